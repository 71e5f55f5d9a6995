import type { Course } from '@yajin/contract/course';
import { expectBooksToAgree } from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';
import {
  appoint,
  bookingNow,
  enrol,
  makePerson,
  openPage,
  order,
  paidBooking,
  payAt,
  statusOf,
  tradeNo,
  until,
  visit,
} from './course.kit.js';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());
afterEach(async () => {
  await api.control('POST', '/control/faults', { reset: true });
  await expectBooksToAgree(api);
});

it('what is told twice counts once, and what is not told is asked for', async () => {
  const who = makePerson();
  await api.control('POST', '/control/faults', { duplicateNotifications: { value: 2, gapMs: 10 } });
  await paidBooking(api, who);
  await api.control('POST', '/control/faults', { reset: true, dropNotifications: true });
  const booking = await enrol(api, who);
  const { data } = await order(api, who, booking, { payment_method: 'bank_card' });
  const outTradeNo = await visit(api, data.payment_id);
  await payAt(api, outTradeNo);
  await api.rows(
    `UPDATE pay_attempt SET token_at = token_at - interval '10 seconds' WHERE out_trade_no = $1`,
    [outTradeNo],
  );
  await until(api, who, booking, 'completed');
});

it('another method cancels the payment before it: money that comes there goes back by itself', async () => {
  const who = makePerson();
  const booking = await enrol(api, who);
  const first = await order(api, who, booking, { payment_method: 'bank_card' });
  const again = await order(api, who, booking, { payment_method: 'bank_card' });
  expect(again.data.payment_id).toBe(first.data.payment_id);
  const abandoned = await visit(api, first.data.payment_id);
  const second = await order(api, who, booking, { payment_method: 'alipay' });
  expect(second.data.payment_id).not.toBe(first.data.payment_id);
  expect(await statusOf(api, who, booking)).toMatchObject({
    payment_id: second.data.payment_id,
    status: 'pending',
  });
  expect((await openPage(api, first.data.payment_id)).status).toBe(409);
  await api.quiet();
  await expect(payAt(api, abandoned)).rejects.toThrow('409');
  await api.control('POST', '/control/faults', { payAfterClose: true });
  await payAt(api, abandoned);
  const back = await eventually(async () => {
    const { data } = await api.call<Course.History>('GET', '/payments/history?type=refund', {
      token: who.token,
    });
    return data.payments.find(({ status }) => status === 'completed');
  }, 'the money to go back');
  expect(back).toMatchObject({ order_id: booking.id, amount: 299, payment_method: 'bank_card' });
  expect(await bookingNow(api, booking)).toBe('unpaid');
  await payAt(api, await visit(api, second.data.payment_id));
  await until(api, who, booking, 'completed');
  expect(await bookingNow(api, booking)).toBe('paid');
});

it('two payments that are both paid in time: the first counts, the second goes back', async () => {
  const who = makePerson();
  const booking = await enrol(api, who);
  const first = await order(api, who, booking, { payment_method: 'bank_card' });
  const early = await visit(api, first.data.payment_id);
  // The notification of the first one is on its way while the payer begins a second.
  await api.control('POST', '/control/faults', {
    dropNotifications: { times: 1 },
    failBefore: ['close', 'query'],
  });
  await payAt(api, early);
  const second = await order(api, who, booking, { payment_method: 'wechat' });
  const late = await tradeNo(api, second.data.payment_id);
  await api.control('POST', '/control/faults', { failBefore: false });
  await payAt(api, late);
  await until(api, who, booking, 'completed');
  await api.control('POST', '/control/notifications/resend', { outTradeNo: early });
  const refund = await eventually(async () => {
    const { data } = await api.call<Course.History>('GET', '/payments/history', { token: who.token });
    return data.payments.find(({ type, status }) => type === 'refund' && status === 'completed');
  }, 'the second to go back');
  expect(refund).toMatchObject({ amount: 299, description: '重复支付或已取消，自动退款' });
  expect(await bookingNow(api, booking)).toBe('paid');
});

it('two requests at once make one payment', async () => {
  const who = makePerson();
  const booking = await enrol(api, who);
  const answers = await Promise.all(
    ['alipay', 'bank_card', 'alipay', 'bank_card'].map((method) =>
      order(api, who, booking, { payment_method: method }),
    ),
  );
  expect(answers.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  expect(
    await api.rows(`SELECT id FROM course_payment WHERE booking_id = $1 AND status = 'pending'`, [
      booking.id,
    ]),
  ).toHaveLength(1);
});

it('an appointment is cancelled by operators before it is paid: money that comes then goes back', async () => {
  const who = makePerson();
  const booking = await appoint(api, who);
  const { data } = await order(api, who, booking, { payment_method: 'wechat' });
  const outTradeNo = await visit(api, data.payment_id);
  expect((await api.admin('POST', `/api/admin/course/bookings/${booking.id}/cancel`)).code).toBe(200);
  await api.control('POST', '/control/faults', { payAfterClose: true });
  await api.quiet();
  await payAt(api, outTradeNo);
  await eventually(async () => {
    const { data: page } = await api.call<Course.History>('GET', '/payments/history?type=refund', {
      token: who.token,
    });
    return page.payments[0]?.status === 'completed';
  }, 'the money to go back');
  expect(await bookingNow(api, booking)).toBe('cancelled');
  expect(await order(api, who, booking)).toMatchObject({ code: 409, message: '订单状态不允许操作：已取消' });
});

it('a gateway that throttles or does not answer is said so, and the same payment can be tried again', async () => {
  const who = makePerson();
  const booking = await enrol(api, who);
  for (const fault of ['frequencyLimited', 'failBefore']) {
    await api.control('POST', '/control/faults', {
      reset: true,
      [fault]: { endpoints: ['create'], times: 1 },
    });
    expect(await order(api, who, booking, { payment_method: 'wechat' })).toMatchObject({
      code: 503,
      message: '微信支付暂时没有响应，请稍后再试',
    });
  }
  const { data } = await order(api, who, booking, { payment_method: 'wechat' });
  expect(await api.rows('SELECT id FROM course_payment WHERE booking_id = $1', [booking.id])).toEqual([
    { id: data.payment_id },
  ]);
});

it('what is not paid in time fails; money that comes later goes back; an appointment ends with its beginning', async () => {
  const who = makePerson();
  const booking = await enrol(api, who);
  const { data } = await order(api, who, booking, { payment_method: 'wechat' });
  const outTradeNo = await tradeNo(api, data.payment_id);
  const at = new Date(api.clock.now().getTime() + 8 * 3_600_000 + 10 * 60_000).toISOString().slice(0, 19);
  const soon = await appoint(api, who, at);
  const placed = await order(api, who, soon);
  expect(placed.data.expires_at).toBe(new Date(`${at}+08:00`).toISOString().replace('.000', ''));
  await api.moveClock(
    new Date(api.clock.now().getTime() + 8 * 3_600_000 + 31 * 60_000).toISOString().slice(0, 19),
  );
  await until(api, who, booking, 'failed');
  await until(api, who, soon, 'failed');
  expect(await order(api, who, soon)).toMatchObject({
    code: 409,
    message: '订单状态不允许操作：预约时间已过',
  });
  await api.control('POST', '/control/faults', { payAfterClose: true, payAfterExpiry: true });
  await payAt(api, outTradeNo);
  await eventually(async () => {
    const { data: page } = await api.call<Course.History>('GET', '/payments/history?type=refund', {
      token: who.token,
    });
    return page.payments[0]?.status === 'completed';
  }, 'the money to go back');
  expect(await bookingNow(api, booking)).toBe('unpaid');
  const again = await order(api, who, booking, { payment_method: 'alipay' });
  expect(again.data.payment_id).not.toBe(data.payment_id);
  await payAt(api, await visit(api, again.data.payment_id));
  await until(api, who, booking, 'completed');
});
