import { createHash, randomUUID } from 'node:crypto';
import { fen } from '@yajin/core';
import type { Said, VendorAnswer } from '@yajin/core/vendor-book';
import { shouqianbaGateway, type Gateway, type RefundRequest, type TradeRequest } from '../../src/index.js';
import { openGateway } from '../gateways.kit.js';
import type { SandboxHarness } from '../sandbox.kit.js';
import { bookOf, holdAgainstBook, type VendorHarness } from './book.js';
import { givenOf, sequenceOf, Wire } from './wire.js';

const NUMBERS = { outTradeNo: 'SQ20261121120000000001', outRefundNo: 'RF20261121000000001' };
const PATHS: Record<string, string> = {
  createTrade: '/upay/v2/precreate',
  queryTrade: '/upay/v2/query',
  queryRefund: '/upay/v2/query',
  closeTrade: '/upay/v2/cancel',
  refund: '/upay/v2/refund',
};

function trade(outTradeNo: string, notifyUrl = 'https://example.test/notify'): TradeRequest {
  return {
    outTradeNo,
    scene: 'native',
    amountFen: fen(1990),
    description: '21天早起打卡训练营 - 押金',
    attach: '{"campId":1}',
    expiresAt: new Date(Date.now() + 1_800_000),
    notifyUrl,
    payerId: null,
    clientIp: null,
    returnUrl: null,
  };
}

function refundOf(numbers: typeof NUMBERS, amountFen: number): RefundRequest {
  return {
    ...numbers,
    amountFen: fen(amountFen),
    totalFen: fen(1990),
    reason: '押金退还',
    notifyUrl: '',
  };
}

function perform(gateway: Gateway, entry: VendorAnswer, numbers: typeof NUMBERS): Promise<unknown> {
  const amount = Number(entry.request['amountFen'] ?? 1990);
  switch (entry.call) {
    case 'createTrade':
      return gateway.createTrade(trade(numbers.outTradeNo));
    case 'queryTrade':
      return gateway.queryTrade(numbers.outTradeNo);
    case 'closeTrade':
      return gateway.closeTrade(numbers.outTradeNo);
    case 'refund':
      return gateway.refund(refundOf(numbers, amount));
    case 'queryRefund':
      return gateway.queryRefund(numbers);
    default:
      throw new Error(`${entry.name}: no call ${entry.call}`);
  }
}

class Shouqianba implements VendorHarness {
  private readonly book = bookOf('shouqianba');

  constructor(
    private readonly h: SandboxHarness,
    private readonly wire: Wire,
    private readonly through: Wire,
  ) {}

  private gateway(apiBase: string, terminalKey?: unknown): Gateway {
    const { settings } = this.h.sandbox;
    return shouqianbaGateway({
      apiBase,
      wapUrl: settings.SHOUQIANBA_WAP_URL,
      terminalSn: settings.SHOUQIANBA_TERMINAL_SN,
      terminalKey: typeof terminalKey === 'string' ? terminalKey : settings.SHOUQIANBA_TERMINAL_KEY,
      appId: settings.SHOUQIANBA_APP_ID,
      merchantNo: settings.SHOUQIANBA_MERCHANT_NO,
      secretKey: settings.SHOUQIANBA_SECRET_KEY,
      transferUrl: null,
      returnUrl: 'https://example.test/',
      timeoutMs: 2000,
    });
  }

  async read(entry: VendorAnswer): Promise<unknown> {
    const gateway = this.gateway(this.wire.url);
    const text = (body: unknown): Buffer => Buffer.from(JSON.stringify(body));
    if (entry.call === 'notification') return gateway.readNotification({}, text(entry.answer.body));
    this.wire.answers(
      sequenceOf(entry, this.book).map(({ answer }) => ({
        status: answer.status,
        contentType: 'application/json;charset=UTF-8',
        body: text(answer.body),
      })),
    );
    return perform(gateway, entry, NUMBERS);
  }

  async emit(entry: VendorAnswer): Promise<Said> {
    const numbers = {
      outTradeNo: `SQ${randomUUID().replaceAll('-', '').slice(0, 20)}`,
      outRefundNo: `RF${randomUUID().replaceAll('-', '').slice(0, 17)}`,
    };
    await this.h.control('reset', {});
    for (const { done, fen: amount } of givenOf(entry)) {
      // What decides how it is paid has to be there before.
      if (done === 'paid') await this.prepare(entry);
      await this.happen(done, amount, numbers);
    }
    await this.prepare(entry);
    if (entry.call === 'notification') return this.notified(numbers.outTradeNo);
    const gateway = this.gateway(this.through.url, entry.request['terminalKey']);
    await perform(gateway, entry, numbers).catch(() => undefined);
    const said = this.through.said.splice(0).find(({ path }) => path === PATHS[entry.call]);
    if (!said) throw new Error(`${entry.name}: nothing was said`);
    return {
      status: said.status,
      signed: null,
      headers: {},
      body: JSON.parse(said.body.toString()) as unknown,
    };
  }

  private async prepare(entry: VendorAnswer): Promise<void> {
    for (const { path, body } of entry.sandbox) await this.h.control(path, body);
  }

  private async happen(done: string, amount: number, numbers: typeof NUMBERS): Promise<void> {
    const { gateway } = this.h;
    switch (done) {
      case 'created':
        await gateway.createTrade(trade(numbers.outTradeNo, this.h.notifyUrl));
        break;
      case 'paid':
        await this.h.pay(numbers.outTradeNo);
        break;
      case 'refunded':
        await gateway.refund(refundOf(numbers, amount));
        break;
      case 'refunded-again':
        await gateway.refund(refundOf({ ...numbers, outRefundNo: 'RF2' }, amount));
        break;
      case 'refund-failed':
        await this.h.control('faults', { refundResult: 'CLOSED' });
        await gateway.refund(refundOf(numbers, amount));
        break;
      case 'refund-lost':
        await this.h.control('faults', { refundResult: 'ABNORMAL' });
        await gateway.refund(refundOf(numbers, amount)).catch(() => undefined);
        break;
      case 'cancelled':
        await this.cancel(numbers.outTradeNo);
        break;
      default:
        throw new Error(`cannot make it ${done}`);
    }
  }

  /** As somebody does it in the merchant's console: the adapter never cancels what it knows to be paid. */
  private async cancel(outTradeNo: string): Promise<void> {
    const { settings, url } = this.h.sandbox;
    const body = JSON.stringify({ terminal_sn: settings.SHOUQIANBA_TERMINAL_SN, client_sn: outTradeNo });
    const sign = createHash('md5').update(body + settings.SHOUQIANBA_TERMINAL_KEY);
    const headers = { authorization: `${settings.SHOUQIANBA_TERMINAL_SN} ${sign.digest('hex')}` };
    const response = await fetch(`${url}/upay/v2/cancel`, { method: 'POST', headers, body });
    expect(await response.text()).toContain('CANCEL_SUCCESS');
  }

  private async notified(outTradeNo: string): Promise<Said> {
    await this.h.gateway.createTrade(trade(outTradeNo, this.h.notifyUrl));
    this.h.received.length = 0;
    await this.h.pay(outTradeNo);
    const { body } = await this.h.notification();
    return { status: 200, signed: null, headers: {}, body: JSON.parse(body.toString()) as unknown };
  }

  async close(): Promise<void> {
    await Promise.all([this.wire.close(), this.through.close()]);
    await this.h.close();
  }
}

holdAgainstBook('shouqianba', 15, async () => {
  const h = await openGateway('shouqianba');
  return new Shouqianba(h, await Wire.open(''), await Wire.open(h.sandbox.url));
});
