import { createHmac, randomUUID } from 'node:crypto';
import { fen } from '@yajin/core';
import { bankCardGateway, InvalidNotification, withWebhook } from '../src/index.js';
import { signFields } from '../src/gateways/webhook.js';
import { openGateway } from './gateways.kit.js';
import {
  notificationBody,
  signedHeaders,
  testGateway as v3Gateway,
  transaction,
  WireServer,
} from './wechat-v3.kit.js';

const KEY = 'bank-card-key-of-exactly-32-chars';
const MERCHANT = 'bank_1';
const NOW = new Date('2026-11-21T12:00:00+08:00');
const gateway = bankCardGateway({
  apiBase: 'http://127.0.0.1:9',
  merchant: MERCHANT,
  key: KEY,
  now: () => NOW,
});

/** The webhook as the contract shows it. */
const PAID = {
  order_id: '0b0e7a8e-3c43-4b6f-8f5c-0c8a5a4e9d11',
  transaction_id: '202412011234567890',
  status: 'success',
  amount: 299,
};

const signed = (fields: Record<string, unknown>, key = KEY): Buffer =>
  Buffer.from(JSON.stringify({ ...fields, signature: signFields(fields, key) }));
const read = (fields: Record<string, unknown>) => gateway.readNotification({}, signed(fields)).content;

describe('the webhook', () => {
  it('is signed with HMAC-SHA256 over its sorted fields, amounts with two decimals', () => {
    const text = `amount=299.00&order_id=${PAID.order_id}&status=success&transaction_id=202412011234567890`;
    const expected = createHmac('sha256', KEY).update(text).digest('hex');
    expect(signFields(PAID, KEY)).toBe(expected);
    expect(signFields({ ...PAID, amount: '299.00' }, KEY)).toBe(expected);
  });

  it('tells of a payment, by a uuid with or without its dashes', () => {
    const outTradeNo = PAID.order_id.replaceAll('-', '');
    const trade = {
      state: 'paid',
      outTradeNo,
      transactionId: '202412011234567890',
      amountFen: 29_900,
      paidAt: NOW,
      payerId: null,
      attach: '',
    };
    expect(read(PAID)).toEqual({ kind: 'payment', foreign: null, trade });
    expect(read({ ...PAID, order_id: outTradeNo })).toMatchObject({ trade: { outTradeNo } });
    expect(read({ ...PAID, paid_at: '2024-12-01T10:05:00Z' })).toMatchObject({
      trade: { paidAt: new Date('2024-12-01T10:05:00Z') },
    });
  });

  it.each([
    [19.9, 1990],
    [0.07, 7],
    [1_234_567.89, 123_456_789],
  ])('%d yuan are %i fen', (amount, amountFen) => {
    expect(read({ ...PAID, amount })).toMatchObject({ trade: { amountFen } });
  });

  it.each([0, -1, 1.234, 1e21, '1e2', true])('an amount of %p is kept and never applied', (amount) => {
    expect(read({ ...PAID, amount }).kind).toBe('unusable');
  });

  it('of a payment that failed moves nothing', () => {
    expect(read({ ...PAID, status: 'failed' })).toEqual({ kind: 'nothing', reason: '支付状态为 failed' });
  });

  it('of another merchant is told as foreign', () => {
    expect(read({ ...PAID, merchant: 'bank_2' })).toMatchObject({
      kind: 'payment',
      foreign: expect.stringContaining('bank_2'),
    });
    expect(read({ ...PAID, merchant: MERCHANT })).toMatchObject({ foreign: null });
  });

  it.each<[string, Buffer]>([
    ['without a signature', Buffer.from(JSON.stringify(PAID))],
    ['under another key', signed(PAID, 'another key')],
    ['with the amount changed', Buffer.from(signed(PAID).toString().replace('299', '1'))],
    [
      'with a field added',
      Buffer.from(
        JSON.stringify({ ...PAID, signature: signFields(PAID, KEY), paid_at: '2020-01-01T00:00:00Z' }),
      ),
    ],
    ['with a nested value', Buffer.from(JSON.stringify({ ...PAID, a: {}, signature: 'x' }))],
    ['that is a form', Buffer.from('order_id=1&signature=x')],
    ['that is empty', Buffer.alloc(0)],
  ])('one %s is refused', (_what, body) => {
    expect(() => gateway.readNotification({}, body)).toThrow(InvalidNotification);
  });

  it('can stand beside a gateway’s own form, and opens no way around either signature', () => {
    const both = withWebhook(v3Gateway(), KEY);
    expect(both.readNotification({}, signed(PAID)).content).toMatchObject({
      kind: 'payment',
      trade: { amountFen: 29_900 },
    });
    const own = notificationBody('TRANSACTION.SUCCESS', transaction());
    expect(both.readNotification(signedHeaders(own), Buffer.from(own)).content).toMatchObject({
      kind: 'payment',
      trade: { amountFen: 9900 },
    });
    expect(() => both.readNotification({}, Buffer.from(own))).toThrow(InvalidNotification);
    expect(() => both.readNotification({}, signed(PAID, 'another key'))).toThrow(InvalidNotification);
    expect(() => both.readNotification(signedHeaders(own), Buffer.from(JSON.stringify(PAID)))).toThrow(
      InvalidNotification,
    );
  });
});

describe('over the wire', () => {
  it('an answer to an earlier request is not taken for one to this', async () => {
    const wire = new WireServer();
    const there = bankCardGateway({
      apiBase: await wire.start(),
      merchant: MERCHANT,
      key: KEY,
      timeoutMs: 20_000,
    });
    const old = { merchant: MERCHANT, nonce: 'of-an-earlier-request', order_id: 'x1', status: 'pending' };
    wire.reply = () => ({
      status: 200,
      headers: {},
      body: JSON.stringify({ ...old, signature: signFields(old, KEY) }),
    });
    await expect(there.queryTrade('x1')).rejects.toMatchObject({ kind: 'unknown', code: 'FOREIGN' });
    const sent = JSON.parse(wire.received[0]?.body ?? '') as Record<string, unknown>;
    expect(sent['signature']).toBe(signFields(sent, KEY));
    await wire.stop();
  });

  it('the payer pays at the cashier and comes back', async () => {
    const h = await openGateway('bank-card');
    const outTradeNo = randomUUID().replaceAll('-', '');
    const token = await h.gateway.createTrade({
      outTradeNo,
      scene: 'page',
      amountFen: fen(29_900),
      description: '课程报名',
      attach: '',
      expiresAt: new Date(Date.now() + 1_800_000),
      notifyUrl: h.notifyUrl,
      payerId: null,
      clientIp: null,
      returnUrl: 'http://127.0.0.1:9/back',
    });
    const { h5Url } = h.gateway.present('page', token);
    expect(await (await fetch(h5Url ?? '')).text()).toContain('银行卡支付 · 沙箱收银台');
    const pay = await fetch(`${h5Url}/pay`, { method: 'POST', redirect: 'manual' });
    expect(pay.headers.get('location')).toBe('http://127.0.0.1:9/back');
    const { headers, body } = await h.notification();
    expect(h.gateway.readNotification(headers, body).content).toMatchObject({
      kind: 'payment',
      trade: { outTradeNo, amountFen: 29_900 },
    });
    await h.close();
  });
});
