import { fen } from '@yajin/core';
import { GatewayError, type Gateway, type RefundRequest, type TradeRequest } from '../src/gateway.js';
import { NOW, signedHeaders, testGateway, transaction, WireServer, type Reply } from './wechat-v3.kit.js';

// What nobody can read: pages, nothing, halves, garbage and silence.

const wire = new WireServer();
let base: string;
let gateway: Gateway;
beforeAll(async () => {
  base = await wire.start();
  gateway = testGateway({ apiBase: base });
});
afterAll(() => wire.stop());

const outTradeNo = String(transaction()['out_trade_no']);
const notifyUrl = 'https://example.test/notify';
const trade: TradeRequest = {
  outTradeNo,
  scene: 'jsapi',
  amountFen: fen(9900),
  description: '早起训练营',
  attach: '',
  expiresAt: NOW,
  notifyUrl,
  payerId: 'openid-of-a-tester',
  clientIp: '127.0.0.1',
  returnUrl: null,
};
const amounts = { amountFen: fen(9900), totalFen: fen(9900) };
const refund: RefundRequest = { outTradeNo, outRefundNo: 'refund-1', ...amounts, reason: '达标', notifyUrl };

async function failure(action: Promise<unknown>): Promise<GatewayError> {
  const error = await action.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(GatewayError);
  return error as GatewayError;
}

const page = '<html><body>Service Unavailable</body></html>';
const whole = JSON.stringify(transaction());
const cases: [string, Reply][] = [
  ['HTML', { status: 200, body: page }],
  ['HTML as a refusal', { status: 403, body: page }],
  ['an empty body', { status: 200, body: '' }],
  ['202', { status: 202, body: '' }],
  ['202 with an answer', { status: 202, body: whole }],
  ['302', { status: 302, body: '', headers: { location: 'http://127.0.0.1:9/' } }],
  ['a truncated body', { status: 200, body: whole.slice(0, 100) }],
  ['another type', { status: 200, body: 'out_trade_no=1&trade_state=SUCCESS' }],
  ['a list', { status: 200, body: `[${whole}]` }],
  ['100 kB of garbage', { status: 200, body: '\u0000{'.repeat(50_000) }],
  ['100 kB of garbage as a refusal', { status: 400, body: '\u0000{'.repeat(50_000) }],
];
const calls: [string, () => Promise<unknown>][] = [
  ['createTrade', () => gateway.createTrade(trade)],
  ['queryTrade', () => gateway.queryTrade(outTradeNo)],
  ['closeTrade', () => gateway.closeTrade(outTradeNo)],
  ['refund', () => gateway.refund(refund)],
  ['queryRefund', () => gateway.queryRefund({ outTradeNo, outRefundNo: 'refund-1' })],
  ['downloadBill', () => gateway.downloadBill!('2026-11-20')],
  ['downloadStatement', () => gateway.downloadStatement!('2026-11-20')],
];
for (const [call, work] of calls) {
  it.each(cases)(`${call} takes %s for unknown, signed or not, and asks once`, async (_, reply) => {
    for (const headers of [reply.headers ?? {}, { ...reply.headers, ...signedHeaders(String(reply.body)) }]) {
      wire.received.length = 0;
      wire.reply = () => ({ ...reply, headers });
      // A signed refusal that nobody can read is none.
      expect((await failure(work())).kind).toBe('unknown');
      expect(wire.received).toHaveLength(1);
    }
  });
}

it.each(calls.filter(([call]) => call !== 'closeTrade'))(
  '%s takes a signed 204 for unknown',
  async (_, work) => {
    wire.reply = () => ({ status: 204 });
    expect((await failure(work())).kind).toBe('unknown');
  },
);

it('closeTrade takes a signed body for unknown, for closing is told by none', async () => {
  wire.reply = () => ({ status: 200, body: '{"code":"SUCCESS"}' });
  expect((await failure(gateway.closeTrade(outTradeNo))).kind).toBe('unknown');
});

it.each(calls)('%s gives up on silence', async (call) => {
  wire.reply = () => 'hang';
  const hasty = testGateway({ apiBase: base, timeoutMs: 50 });
  const work: Record<string, () => Promise<unknown>> = {
    createTrade: () => hasty.createTrade(trade),
    queryTrade: () => hasty.queryTrade(outTradeNo),
    closeTrade: () => hasty.closeTrade(outTradeNo),
    refund: () => hasty.refund(refund),
    queryRefund: () => hasty.queryRefund({ outTradeNo, outRefundNo: 'refund-1' }),
    downloadBill: () => hasty.downloadBill!('2026-11-20'),
    downloadStatement: () => hasty.downloadStatement!('2026-11-20'),
  };
  expect(await failure(work[call]!())).toMatchObject({ kind: 'unknown', code: 'TIMEOUT' });
});

it('an answer without end is given up as unknown, and not read on', async () => {
  wire.reply = () => ({ status: 200, body: Buffer.alloc(2 * 1024 * 1024, 0x20) });
  expect(await failure(gateway.queryTrade(outTradeNo))).toMatchObject({ kind: 'unknown', code: 'NETWORK' });
});
