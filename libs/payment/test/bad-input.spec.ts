import { randomUUID } from 'node:crypto';
import { fen } from '@yajin/core';
import { createSandbox, type ApiSettings, type Sandbox } from '@yajin/sandbox';
import { GatewayError, type Gateway, type TradeRequest } from '../src/index.js';
import { secureAgent } from '../src/gateways/wechat-v2/wechat-v2.client.js';
import { gatewayOn, HASTY, wechatV2Config } from './gateways.kit.js';
import { BAD_ANSWERS, silence, spoil } from './vendor/bad-answers.js';
import { Wire } from './vendor/wire.js';

/** How each is pointed at the wire. */
const ADDRESSES: Record<string, (settings: ApiSettings, url: string) => Partial<ApiSettings>> = {
  'wechat-v2': (_settings, url) => ({ WECHAT_V2_API_BASE: url, WECHAT_V2_SECURE_BASE: url }),
  alipay: (_settings, url) => ({ ALIPAY_GATEWAY: `${url}/alipay/gateway.do` }),
  'alipay-certificates': (_settings, url) => ({ ALIPAY_GATEWAY: `${url}/alipay/gateway.do` }),
  shouqianba: (_settings, url) => ({
    SHOUQIANBA_API_BASE: url,
    SHOUQIANBA_TRANSFER_URL: `${url}/shouqianba/transfer`,
  }),
  'bank-card': (_settings, url) => ({ BANK_CARD_API_BASE: `${url}/bank-card` }),
};

let sandbox: Sandbox;
let wire: Wire;
beforeAll(async () => {
  sandbox = await createSandbox({ dataFile: ':memory:', port: 0 });
  const { secureBase: base, ...certificate } = wechatV2Config(sandbox.settings);
  wire = await Wire.open(sandbox.url, { path: '/secapi/', base, agent: secureAgent(certificate) });
});
afterAll(async () => {
  await wire.close();
  await sandbox.close();
});

describe.each(Object.keys(ADDRESSES))('what is no answer of %s', (name) => {
  let gateway: Gateway;
  let hasty: Gateway;
  beforeAll(() => {
    const settings = { ...sandbox.settings, ...ADDRESSES[name]?.(sandbox.settings, wire.url) };
    gateway = gatewayOn(name, settings, sandbox);
    hasty = gatewayOn(name, settings, sandbox, HASTY);
  });

  const scene = name === 'bank-card' ? ('page' as const) : ('native' as const);
  const trade = (): TradeRequest => ({
    outTradeNo: randomUUID().replaceAll('-', ''),
    scene,
    amountFen: fen(1990),
    description: '押金',
    attach: '',
    expiresAt: new Date(Date.now() + 1_800_000),
    notifyUrl: 'http://127.0.0.1:9/notify',
    payerId: null,
    clientIp: null,
    returnUrl: null,
  });

  /** A paid trade, and every call that can be made about it. */
  async function calls(by = gateway): Promise<[string, () => Promise<unknown>][]> {
    wire.answer = (asked) => wire.pass(asked);
    const request = trade();
    await gateway.createTrade(request);
    const init = { method: 'POST', headers: { 'content-type': 'application/json' } };
    const { outTradeNo } = request;
    await fetch(`${sandbox.url}/control/pay`, { ...init, body: JSON.stringify({ outTradeNo }) });
    const outRefundNo = outTradeNo.slice(0, 20);
    const refund = { ...request, outRefundNo, totalFen: request.amountFen, reason: '' };
    const outTransferNo = outRefundNo;
    const transfer = { ...request, outTransferNo, payeeId: 'user-7', remark: '结算' };
    const { transfers } = by;
    const payouts: [string, () => Promise<unknown>][] = transfers
      ? [
          ['transfer', () => transfers.transfer(transfer)],
          ['queryTransfer', () => transfers.queryTransfer(outTransferNo)],
        ]
      : [];
    const bills: [string, () => Promise<unknown>][] = by.downloadBill
      ? [['downloadBill', () => by.downloadBill!('2026-11-20')]]
      : [];
    const statements: typeof bills = by.downloadStatement
      ? [['downloadStatement', () => by.downloadStatement!('2026-11-20')]]
      : [];
    return [
      ['createTrade', () => by.createTrade(trade())],
      ['queryTrade', () => by.queryTrade(outTradeNo)],
      ['closeTrade', () => by.closeTrade(outTradeNo)],
      ['refund', () => by.refund(refund)],
      ['queryRefund', () => by.queryRefund(refund)],
      ...bills,
      ...statements,
      ...payouts,
    ];
  }

  async function expectUnknown(call: string, ask: () => Promise<unknown>): Promise<void> {
    const said = await ask().then(
      (value) => value,
      (error: unknown) => error,
    );
    expect([call, said]).toEqual([call, expect.any(GatewayError)]);
    expect([call, (said as GatewayError).kind]).toEqual([call, 'unknown']);
  }

  it.each(BAD_ANSWERS)('is unknown, and asked for once: $name', async (bad) => {
    const made = await calls();
    spoil(wire, bad);
    for (const [call, ask] of made) {
      const before = wire.asked;
      await expectUnknown(call, ask);
      // Nothing is repeated and no redirection is followed by an adapter.
      expect([call, wire.asked - before]).toEqual([call, 1]);
    }
  });

  it('is unknown when it is silence, after the time-out', async () => {
    const made = await calls(hasty);
    silence(wire);
    const before = wire.asked;
    // All at once: each is waited for to its end.
    await Promise.all(made.map(([call, ask]) => expectUnknown(call, ask)));
    expect(wire.asked - before).toBe(made.length);
  });
});
