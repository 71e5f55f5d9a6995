import { createHash, randomUUID } from 'node:crypto';
import { fen } from '@yajin/core';
import {
  InvalidNotification,
  shouqianbaGateway,
  type Gateway,
  type TradeRequest,
  type TransferRequest,
} from '../src/index.js';
import { signFields } from '../src/gateways/shouqianba/shouqianba.client.js';
import { openGateway } from './gateways.kit.js';
import type { SandboxHarness } from './sandbox.kit.js';
import { WireServer } from './wechat-v3.kit.js';

const ACCOUNT = { appId: 'app-1', merchantNo: '1680000000001', secretKey: 'secret-key-of-tests' };
const make = (apiBase: string, transferUrl: string | null = null): Gateway =>
  shouqianbaGateway({
    apiBase,
    wapUrl: 'https://m.example.test/qr/gateway',
    terminalSn: 'terminal-1',
    terminalKey: 'terminal-key',
    ...ACCOUNT,
    transferUrl,
    returnUrl: 'https://example.test/',
    timeoutMs: 20_000,
  });
const gateway = make('http://127.0.0.1:9');

const HEAD = { app_id: ACCOUNT.appId, merchant_no: ACCOUNT.merchantNo };
const PAID = {
  ...HEAD,
  order_no: 'SQ20260101120000123456',
  trade_no: 'SQ_TRADE_123456',
  status: 'paid',
  amount: '19.90',
  pay_time: '2026-01-01T12:00:00Z',
  pay_method: 'ALIPAY',
  transaction_id: '2026010122001234567890123456',
};
const REFUNDED = {
  ...HEAD,
  order_no: PAID.order_no,
  refund_no: 'RF1',
  trade_no: 'R1',
  status: 'refunded',
  amount: '0.07',
  refund_time: '2026-01-01T13:00:00Z',
};
const TRANSFERRED = {
  ...HEAD,
  transfer_no: 'T1',
  trade_no: 'TT1',
  status: 'success',
  amount: '1234567.89',
  transfer_time: '2026-01-01T14:00:00Z',
};

const signed = (fields: Record<string, unknown>, key = ACCOUNT.secretKey): Buffer =>
  Buffer.from(JSON.stringify({ ...fields, sign: signFields(fields, key) }));
/** Signed, and then changed. */
const changed = (change: (fields: Record<string, string | null>) => Record<string, unknown>): Buffer =>
  Buffer.from(JSON.stringify(change(JSON.parse(signed(PAID).toString()) as Record<string, string>)));
const read = (fields: Record<string, unknown>) => gateway.readNotification({}, signed(fields)).content;

describe('the signature', () => {
  it('is that of the known WAP address', () => {
    const fields = {
      subject: 'TEST',
      terminal_sn: 'test',
      client_sn: 'test',
      return_url: 'test',
      total_amount: '3',
      operator: 'TEST',
    };
    expect(signFields(fields, 'test')).toBe('D5AFC533FFD5EE8DA62A96661D636FF7');
  });

  it('of a callback is the upper-case MD5 of the sorted pairs and the merchant’s key', () => {
    const text = `amount=1.00&order_no=SQ1&status=paid&key=${ACCOUNT.secretKey}`;
    const expected = createHash('md5').update(text).digest('hex').toUpperCase();
    expect(
      signFields({ status: 'paid', order_no: 'SQ1', amount: '1.00', reflect: '' }, ACCOUNT.secretKey),
    ).toBe(expected);
    expect(signFields({ status: 'paid', order_no: 'SQ1', amount: 1 }, ACCOUNT.secretKey)).toBe(expected);
  });

  it('of a request covers the bytes that are sent', async () => {
    const wire = new WireServer();
    const there = make(await wire.start());
    wire.reply = () => ({
      status: 200,
      headers: {},
      body: '{"result_code":"200","biz_response":{"result_code":"FAIL","error_code":"UPAY_ORDER_NOT_EXISTS"}}',
    });
    expect(await there.queryTrade('SQ1')).toEqual({ state: 'absent', outTradeNo: 'SQ1' });
    const [{ url, headers, body } = { url: '', headers: {}, body: '' }] = wire.received;
    expect(url).toBe('/upay/v2/query');
    expect(JSON.parse(body)).toEqual({ terminal_sn: 'terminal-1', client_sn: 'SQ1' });
    const digest = createHash('md5').update(`${body}terminal-key`).digest('hex');
    expect(headers.authorization).toBe(`terminal-1 ${digest}`);
    await wire.stop();
  });
});

describe('callbacks', () => {
  it('tell of payments, refunds and transfers, each in fen', () => {
    expect(read(PAID)).toMatchObject({
      kind: 'payment',
      foreign: null,
      trade: { outTradeNo: PAID.order_no, amountFen: 1990 },
    });
    expect(read(REFUNDED)).toMatchObject({
      kind: 'refund',
      foreign: null,
      refund: { state: 'success', outRefundNo: 'RF1', amountFen: 7 },
    });
    expect(read(TRANSFERRED)).toMatchObject({
      kind: 'transfer',
      foreign: null,
      transfer: { state: 'success', outTransferNo: 'T1', amountFen: 123_456_789, failMessage: null },
    });
    expect(read({ ...TRANSFERRED, status: 'failed', reason: '账户异常' })).toMatchObject({
      transfer: { state: 'failed', failMessage: '账户异常' },
    });
    expect(read({ ...REFUNDED, status: 'failed' })).toMatchObject({ refund: { state: 'closed' } });
  });

  it('may come as a form, or with the amount as a number', () => {
    const sign = signFields(PAID, ACCOUNT.secretKey);
    const form = Buffer.from(new URLSearchParams({ ...PAID, sign }).toString());
    expect(gateway.readNotification({}, form).content).toMatchObject({ trade: { amountFen: 1990 } });
    expect(read({ ...PAID, amount: 19.9 })).toMatchObject({ trade: { amountFen: 1990 } });
    // 19.9 and "19.90" are signed alike.
    expect(signFields({ ...PAID, amount: 19.9 }, ACCOUNT.secretKey)).toBe(sign);
  });

  it('that repeat are one event, and those that differ are two', () => {
    const [first, again, other] = [PAID, PAID, { ...PAID, amount: '20.00' }].map(
      (fields) => gateway.readNotification({}, signed(fields)).eventId,
    );
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it.each([PAID, REFUNDED, TRANSFERRED])(
    'of another merchant or application are told as foreign',
    (fields) => {
      expect(read({ ...fields, merchant_no: '1680000000009' })).toMatchObject({
        foreign: expect.stringContaining('merchant_no'),
      });
      expect(read({ ...fields, app_id: 'app-9' })).toMatchObject({
        foreign: expect.stringContaining('app_id'),
      });
    },
  );

  it.each(['0.00', '-1.00', '1.234', '1e2', 'x'])(
    'with the amount "%s" are kept and never applied',
    (amount) => {
      expect(read({ ...PAID, amount }).kind).toBe('unusable');
    },
  );

  it.each<[string, Buffer]>([
    ['under another key', signed(PAID, 'another key')],
    ['with the amount changed', Buffer.from(signed(PAID).toString().replace('19.90', '0.01'))],
    [
      'with a lower-case signature',
      Buffer.from(JSON.stringify({ ...PAID, sign: signFields(PAID, ACCOUNT.secretKey).toLowerCase() })),
    ],
    ['with a signature that is no text', Buffer.from(JSON.stringify({ ...PAID, sign: 1 }))],
    ['with a value that is nested', Buffer.from(JSON.stringify({ ...PAID, extra: { a: 1 }, sign: 'x' }))],
    ['without a signature and without a number of the platform’s form', Buffer.from(JSON.stringify(PAID))],
    ['of the platform’s form with a number that is none', Buffer.from('{"client_sn":"SQ\\u00001"}')],
    ['that is empty', Buffer.alloc(0)],
    [
      'with an empty refund number added, which no signature covers',
      changed((body) => ({ ...body, refund_no: '' })),
    ],
    ['with a null added', changed((body) => ({ ...body, transfer_no: null }))],
    [
      'with two fields merged into one',
      changed(({ order_no, pay_time, ...body }) => ({
        ...body,
        order_no: `${order_no}&pay_time=${pay_time}`,
      })),
    ],
    ['with one field written as two', signed({ ...PAID, reflect: 'a&refund_no=1' })],
    [
      'with a name that holds a value',
      changed(({ trade_no, ...body }) => ({
        ...body,
        [`trade_no=${trade_no?.slice(0, 2)}`]: trade_no?.slice(2),
      })),
    ],
    ['with a field said twice', Buffer.from(signed(PAID).toString().replace('{', '{"amount":"0.01",'))],
    [
      'with a field said twice in a form',
      Buffer.from(
        `amount=0.01&${new URLSearchParams(JSON.parse(signed(PAID).toString()) as Record<string, string>).toString()}`,
      ),
    ],
  ])('one %s is refused', (_what, body) => {
    expect(() => gateway.readNotification({}, body)).toThrow(InvalidNotification);
  });

  it('of the platform’s own form prove nothing: they only name what to ask about', () => {
    const body = Buffer.from(
      JSON.stringify({ client_sn: 'SQ1', order_status: 'PAID', total_amount: '1', sn: '7895' }),
    );
    expect(gateway.readNotification({}, body).content).toEqual({
      kind: 'hint',
      outTradeNo: 'SQ1',
      outRefundNo: null,
      authentic: false,
    });
  });
});

describe('over the wire', () => {
  let h: SandboxHarness;
  beforeAll(async () => {
    h = await openGateway('shouqianba');
  });
  afterAll(() => h.close());
  afterEach(() => h.behave());

  const request = (change: Partial<TradeRequest> = {}): TradeRequest => ({
    outTradeNo: `SQ${randomUUID().replaceAll('-', '').slice(0, 20)}`,
    scene: 'native',
    amountFen: fen(10_000),
    description: '任务发布费用',
    attach: '',
    expiresAt: new Date(Date.now() + 900_000),
    notifyUrl: h.notifyUrl,
    payerId: null,
    clientIp: null,
    returnUrl: 'http://127.0.0.1:9/pay/success',
    ...change,
  });

  it('the WAP address leads a browser to the cashier, and no other amount does', async () => {
    const trade = request({ scene: 'h5' });
    const { h5Url } = h.gateway.present('h5', await h.gateway.createTrade(trade));
    expect((await h.gateway.queryTrade(trade.outTradeNo)).state).toBe('absent');
    expect((await fetch((h5Url ?? '').replace('total_amount=10000', 'total_amount=1'))).status).toBe(400);
    expect(await (await fetch(h5Url ?? '')).text()).toContain('¥</small>100.00');
    expect((await h.gateway.queryTrade(trade.outTradeNo)).state).toBe('open');
  });

  it('a cancel never gives back a payment that was there when it was asked for', async () => {
    const trade = request();
    await h.gateway.createTrade(trade);
    await h.pay(trade.outTradeNo);
    await h.notification();
    await expect(h.gateway.closeTrade(trade.outTradeNo)).rejects.toMatchObject({ kind: 'paid' });
    expect((await h.gateway.queryTrade(trade.outTradeNo)).state).toBe('paid');
  });

  it('its own notification leads to a query that tells the payment', async () => {
    await h.control('settings', { shouqianbaNotify: 'own' });
    const trade = request();
    await h.gateway.createTrade(trade);
    await h.pay(trade.outTradeNo);
    const { headers, body } = await h.notification();
    const { content } = h.gateway.readNotification(headers, body);
    expect(content).toEqual({
      kind: 'hint',
      outTradeNo: trade.outTradeNo,
      outRefundNo: null,
      authentic: false,
    });
    expect(await h.gateway.queryTrade(trade.outTradeNo)).toMatchObject({ state: 'paid', amountFen: 10_000 });
    await h.control('settings', { shouqianbaNotify: 'signed' });
  });

  const payout = (change: Partial<TransferRequest> = {}): TransferRequest => ({
    outTransferNo: randomUUID().replaceAll('-', ''),
    amountFen: fen(8500),
    payeeId: 'user-7',
    remark: '任务结算',
    notifyUrl: h.notifyUrl,
    ...change,
  });

  it('without an address for transfers there are none', () => {
    expect(gateway.transfers).toBeUndefined();
    expect(make('http://127.0.0.1:9', 'http://127.0.0.1:9/transfer').transfers).toBeDefined();
  });

  it.each([7, 1990, 123_456_789])(
    'a transfer of %i fen is paid once, however often it is asked for',
    async (amount) => {
      const { transfers } = h.gateway;
      const order = payout({ amountFen: fen(amount) });
      const { outTransferNo } = order;
      expect(await transfers?.queryTransfer(outTransferNo)).toEqual({ state: 'absent', outTransferNo });
      const first = await transfers?.transfer(order);
      expect(first).toMatchObject({ state: 'success', outTransferNo, amountFen: amount });
      expect(await transfers?.transfer(order)).toEqual(first);
      expect(await transfers?.queryTransfer(outTransferNo)).toEqual(first);
      const { headers, body } = await h.notification();
      expect(h.gateway.readNotification(headers, body).content).toEqual({
        kind: 'transfer',
        transfer: first,
        foreign: null,
      });
      expect(h.received).toEqual([]);
    },
  );

  it('a transfer without an answer is unknown, and known when asked about', async () => {
    const order = payout();
    await h.control('faults', { hangAfter: ['transfer'], refundResult: 'CLOSED' });
    await expect(h.gateway.transfers?.transfer(order)).rejects.toMatchObject({
      kind: 'unknown',
      code: 'TIMEOUT',
    });
    expect(await h.gateway.transfers?.queryTransfer(order.outTransferNo)).toMatchObject({
      state: 'failed',
      failMessage: '收款账户异常',
    });
    await h.notification();
  });

  it('a transfer for want of money is not made', async () => {
    const order = payout();
    await h.control('faults', { notEnough: true });
    await expect(h.gateway.transfers?.transfer(order)).rejects.toMatchObject({ kind: 'insufficient' });
    expect(await h.gateway.transfers?.queryTransfer(order.outTransferNo)).toMatchObject({ state: 'absent' });
  });
});
