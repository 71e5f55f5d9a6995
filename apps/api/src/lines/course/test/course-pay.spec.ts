import { randomUUID } from 'node:crypto';
import { expectBooksToAgree } from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';
import {
  bookingNow,
  enrol,
  makePerson,
  notify,
  openPage,
  order,
  paidBooking,
  payAt,
  PHONE,
  statusOf,
  until,
  visit,
  webhook,
  WEBHOOK_KEYS,
} from './course.kit.js';

const METHODS = ['alipay', 'wechat', 'bank_card'] as const;

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start(WEBHOOK_KEYS);
});
afterAll(() => api.stop());
afterEach(async () => {
  await api.control('POST', '/control/faults', { reset: true });
  await expectBooksToAgree(api);
});

const transactions = (): string => `T${randomUUID()}`;
const stored = (): Promise<unknown> => api.rows('SELECT count(*) FROM pay_notification');

describe.each(METHODS)('by %s', (method) => {
  it('an enrolment is paid for, once, and said to be', async () => {
    const who = makePerson();
    const booking = await enrol(api, who, 19.9);
    const { data, message } = await order(api, who, booking, { payment_method: method });
    expect(message).toBe('支付订单创建成功');
    expect(data.qr_code).toMatch(/^data:image\/png;base64,/);
    expect(data.order_id).toBe(booking.id);
    expect(await statusOf(api, who, booking)).toMatchObject({ status: 'pending', paid_at: null });
    await payAt(api, await visit(api, data.payment_id));
    expect(await until(api, who, booking, 'completed')).toMatchObject({
      payment_id: data.payment_id,
      amount: 19.9,
      currency: 'CNY',
      payment_method: method,
      transaction_id: expect.stringMatching(/^\d{20,}/),
    });
    expect(await bookingNow(api, booking)).toBe('paid');
    expect(await order(api, who, booking, { payment_method: method })).toMatchObject({
      code: 409,
      message: '订单状态不允许操作：已支付',
    });
    expect((await openPage(api, data.payment_id)).status).toBe(409);
  });

  it('a phone that takes over from a computer closes the first trade', async () => {
    const who = makePerson();
    const booking = await enrol(api, who);
    const { data } = await order(api, who, booking, { payment_method: method });
    const first = await visit(api, data.payment_id);
    const second = await visit(api, data.payment_id, PHONE);
    expect(second).not.toBe(first);
    await expect(payAt(api, first)).rejects.toThrow('409');
    await payAt(api, second);
    await until(api, who, booking, 'completed');
  });

  it('the contract’s webhook pays, and its repeat changes nothing', async () => {
    const who = makePerson();
    const booking = await enrol(api, who);
    const { data } = await order(api, who, booking, { payment_method: method });
    const key = keyOf(method);
    const transaction = transactions();
    const body = webhook(key, {
      order_id: data.payment_id,
      transaction_id: transaction,
      status: 'success',
      amount: 299,
    });
    for (let time = 0; time < 2; time += 1) {
      expect((await notify(api, method, body)).body).toMatchObject({
        code: 0,
        message: '回调处理成功',
        data: { processed: true },
      });
    }
    expect(await until(api, who, booking, 'completed')).toMatchObject({ transaction_id: transaction });
    await payBesides(data.payment_id);
  });

  /** The gateway's number of a payment that somebody else made. */
  async function paidTransaction(): Promise<string> {
    const who = makePerson();
    const booking = await enrol(api, who);
    const { data } = await order(api, who, booking, { payment_method: method });
    await payAt(api, await visit(api, data.payment_id));
    await until(api, who, booking, 'completed');
    return (await statusOf(api, who, booking)).transaction_id ?? '';
  }

  it('a webhook that is forged, of nobody, of another amount or of another’s transaction changes nothing', async () => {
    const who = makePerson();
    const booking = await enrol(api, who);
    const { data } = await order(api, who, booking, { payment_method: method });
    const fields = {
      order_id: data.payment_id,
      transaction_id: transactions(),
      status: 'success',
      amount: 299,
    };
    const before = await stored();
    const forged = [
      webhook('x'.repeat(64), fields),
      webhook(keyOf(method), fields).replace('299', '299.5'),
      JSON.stringify(fields),
      'not json',
      '',
    ];
    for (const body of forged) expect((await notify(api, method, body)).body).toMatchObject({ code: 401 });
    const xml = await api.exchange('POST', `/payments/webhook/${method}`, {
      headers: { 'content-type': 'text/xml' },
      body: '<!DOCTYPE x [<!ENTITY e "e">]><xml><out_trade_no>&e;</out_trade_no></xml>',
    });
    expect(xml.body).toMatchObject({ code: 401 });
    expect(await stored()).toEqual(before);
    const alerts = api.alerts.length;
    const wrong = webhook(keyOf(method), { ...fields, amount: 0.01 });
    expect((await notify(api, method, wrong)).status).toBe(200);
    expect(api.alerts.slice(alerts)).toEqual(['支付通知无法处理，已隔离']);
    const nobody = webhook(keyOf(method), { ...fields, order_id: randomUUID() });
    expect((await notify(api, method, nobody)).body).toMatchObject({ code: 404, message: '订单不存在' });
    const taken = { ...fields, transaction_id: await paidTransaction() };
    expect((await notify(api, method, webhook(keyOf(method), taken))).status).toBe(200);
    const failed = webhook(keyOf(method), { ...fields, status: 'failed' });
    expect((await notify(api, method, failed)).status).toBe(200);
    await api.quiet();
    expect(await statusOf(api, who, booking)).toMatchObject({ status: 'pending' });
  });

  it('a notification that is forged on its way is refused, and its true repeat counts', async () => {
    const who = makePerson();
    const booking = await enrol(api, who);
    const { data } = await order(api, who, booking, { payment_method: method });
    const outTradeNo = await visit(api, data.payment_id);
    await api.control('POST', '/control/faults', { badSignature: { times: 1 } });
    await payAt(api, outTradeNo);
    await eventually(async () => {
      const sent = await api.control<{ outTradeNo: string; lastResult: string | null }[]>(
        'GET',
        '/control/notifications',
      );
      return sent.find((each) => each.outTradeNo === outTradeNo)?.lastResult === '401';
    }, 'the refusal');
    expect(await bookingNow(api, booking)).toBe('unpaid');
    await api.control('POST', '/control/notifications/resend', { outTradeNo });
    await until(api, who, booking, 'completed');
  });

  it.each([
    ['of a wrong amount', 'wrongAmount', { value: 1, times: 1 }],
    ['for another merchant', 'wrongMchId', { times: 1 }],
  ])('a notification %s is kept and alerted, and pays nothing', async (_what, fault, how) => {
    const who = makePerson();
    const booking = await enrol(api, who);
    const { data } = await order(api, who, booking, { payment_method: method });
    const outTradeNo = await visit(api, data.payment_id);
    await api.control('POST', '/control/faults', { [fault]: how });
    // The kernel asks by itself after a minute, which a slow machine may take until then.
    await api.rows(`UPDATE pay_attempt SET query_at = query_at + interval '1 day' WHERE out_trade_no = $1`, [
      outTradeNo,
    ]);
    const alerts = api.alerts.length;
    await payAt(api, outTradeNo);
    await eventually(async () => api.alerts.slice(alerts).includes('支付通知无法处理，已隔离'), 'the alert');
    expect(await bookingNow(api, booking)).toBe('unpaid');
    // The gateway itself knows the true amount: asked, it is believed.
    await api.rows(
      `UPDATE pay_attempt SET token_at = token_at - interval '10 seconds' WHERE out_trade_no = $1`,
      [outTradeNo],
    );
    await until(api, who, booking, 'completed');
  });
});

it('amounts of any size arrive to the fen', async () => {
  const who = makePerson();
  for (const [price, method] of [
    [0.07, 'alipay'],
    [19.9, 'wechat'],
    [50_000, 'alipay'],
    [99_999.99, 'bank_card'],
  ] as const) {
    const { payment } = await paidBooking(api, who, price, method);
    expect(payment.amount).toBe(price);
  }
});

function keyOf(method: (typeof METHODS)[number]): string {
  switch (method) {
    case 'alipay':
      return WEBHOOK_KEYS.ALIPAY_WEBHOOK_KEY;
    case 'wechat':
      return WEBHOOK_KEYS.WECHAT_WEBHOOK_KEY;
    case 'bank_card':
      return api.sandbox.settings.BANK_CARD_KEY;
  }
}

/** Money that the generic webhook tells of was never at the sandbox: for the books to agree, as much is put there. */
async function payBesides(paymentId: string): Promise<void> {
  await api.quiet();
  const [payment] = await api.rows<{ amount_fen: number }>(
    'SELECT amount_fen FROM course_payment WHERE id = $1',
    [paymentId],
  );
  await api.control('POST', '/control/faults', { dropNotifications: { times: 1 } });
  const besides = { campId: 1, amountFen: payment?.amount_fen, openid: 'oOutside' };
  await api.control('POST', '/control/fixed-qr-payment', besides);
}
