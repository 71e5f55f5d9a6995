import { Deadlines } from '@yajin/server';
import type { Console } from '@yajin/contract/console';
import { expectBooksToAgree } from '@yajin/testing/factories';
import { atGate, waitingAt } from '@yajin/testing/gates';
import { eventually, TestApi, type Answer } from '@yajin/testing/api';
import { askRefund, enrol, makePerson, paidBooking, refundUntil } from './course.kit.js';

const DAY_MS = 86_400_000;

let api: TestApi;
/** Where the clock stood before a test moved it without the gateway's. */
let before: number | null = null;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());
afterEach(async () => {
  if (before !== null) api.clock.setOffset(before);
  before = null;
  await api.control('POST', '/control/faults', { reset: true });
  await expectBooksToAgree(api);
});

/** What the books hold of a payment by account, in fen, debits less credits; nothing where it is zero. */
async function held(paymentId: string): Promise<Record<string, number>> {
  const found = await api.rows<{ account: string; fen: string }>(
    `SELECT account, sum(fen) AS fen FROM course_payment p JOIN (
       SELECT order_id, debit AS account, amount_fen AS fen FROM pay_ledger
       UNION ALL SELECT order_id, credit, -amount_fen FROM pay_ledger
     ) AS sides USING (order_id) WHERE p.id = $1 GROUP BY account HAVING sum(fen) <> 0 ORDER BY account`,
    [paymentId],
  );
  return Object.fromEntries(found.map(({ account, fen }) => [account, Number(fen)]));
}

/** Lets the business clock stand so long after a payment; nothing that is due has been looked for yet. */
async function daysAfter(paymentId: string, days: number, ms = 0): Promise<void> {
  const [payment] = await api.rows<{ paid_at: Date }>('SELECT paid_at FROM course_payment WHERE id = $1', [
    paymentId,
  ]);
  before ??= api.clock.offset;
  api.clock.setOffset(payment!.paid_at.getTime() + days * DAY_MS + ms - Date.now());
}

function lookNow(): Promise<void> {
  return api.app.get(Deadlines).run({ routine: false });
}

it('what was paid is income once its fifteen days are over, not while it may be asked back, and once however often it is looked for', async () => {
  const who = makePerson();
  const { payment } = await paidBooking(api, who, 19.9);
  const id = payment.payment_id;
  await daysAfter(id, 15, -60_000);
  await lookNow();
  expect(await held(id)).toEqual({ clearing: 1990, deposit: -1990 });
  await daysAfter(id, 15, 1000);
  await Promise.all([1, 2, 3].map(lookNow));
  await lookNow();
  expect(await held(id)).toEqual({ clearing: 1990, income: -1990 });
  expect(await askRefund(api, who, id, 1)).toMatchObject({
    code: 409,
    message: '订单状态不允许操作：支付已超过 15 天',
  });
});

it('what went back, or is on its way back, is not income: the rest is', async () => {
  const who = makePerson();
  const { payment } = await paidBooking(api, who, 10, 'wechat');
  const id = payment.payment_id;
  const first = await askRefund(api, who, id, 3);
  await refundUntil(api, who, first.data.refund_id, 'completed');
  await api.control('POST', '/control/faults', { refundStuck: true });
  const second = await askRefund(api, who, id, 2);
  await refundUntil(api, who, second.data.refund_id, 'processing');
  await daysAfter(id, 16);
  await lookNow();
  expect(await held(id)).toEqual({ clearing: 700, deposit: -200, income: -500 });
  const [stuck] = await api.rows<{ number: string }>(
    `SELECT a.out_refund_no AS number FROM pay_refund_attempt a JOIN pay_refund r ON r.id = a.refund_id WHERE r.source = $1`,
    [`course_refund:${second.data.refund_id}`],
  );
  await api.control('POST', '/control/refunds/settle', { outRefundNo: stuck!.number });
  await refundUntil(api, who, second.data.refund_id, 'completed');
  await lookNow();
  expect(await held(id)).toEqual({ clearing: 500, income: -500 });
});

it('what was given back in full is never income', async () => {
  const who = makePerson();
  const { payment } = await paidBooking(api, who, 5);
  const { data } = await askRefund(api, who, payment.payment_id, 5);
  await refundUntil(api, who, data.refund_id, 'completed');
  await daysAfter(payment.payment_id, 16);
  await lookNow();
  await lookNow();
  expect(await held(payment.payment_id)).toEqual({});
});

it('money that is asked back just as it is earned is one or the other, and never more than was paid', async () => {
  const who = makePerson();
  const ids: string[] = [];
  for (let n = 0; n < 5; n += 1) ids.push((await paidBooking(api, who, 8)).payment.payment_id);
  // The last moment in which the first may be asked back, so that the clock passes it during the requests.
  await daysAfter(ids[0]!, 15, -100);
  const looking = (async () => {
    for (let n = 0; n < 10; n += 1) await lookNow();
  })();
  const answers = await Promise.all(ids.map((id) => askRefund(api, who, id, 5)));
  await looking;
  for (const [n, { code, data }] of answers.entries()) {
    expect([0, 409]).toContain(code);
    if (code === 0) await refundUntil(api, who, data.refund_id, 'completed');
    await daysAfter(ids[n]!, 16);
    await lookNow();
    expect(await held(ids[n]!)).toEqual(
      code === 0 ? { clearing: 300, income: -300 } : { clearing: 800, income: -800 },
    );
  }
});

it('a request that waits until the fifteen days are over is too late, and not for too much', async () => {
  const who = makePerson();
  const id = (await paidBooking(api, who, 8)).payment.payment_id;
  await daysAfter(id, 15, -60_000);
  const locked = 'SELECT 1 FROM course_payment WHERE id = $1 FOR UPDATE';
  const answer = await atGate(api, [locked, id], async () => {
    const begun = askRefund(api, who, id, 5);
    await waitingAt(api, 'FROM course_payment p JOIN course_booking b');
    await daysAfter(id, 15, 1000);
    return { begun };
  });
  expect(answer).toMatchObject({ code: 409, message: '订单状态不允许操作：支付已超过 15 天' });
  await lookNow();
  expect(await held(id)).toEqual({ clearing: 800, income: -800 });
});

describe('an operator', () => {
  const refund = (bookingId: string, amount: number): Promise<Answer<Console.CourseBookingDetail>> =>
    api.admin('POST', `/api/admin/course/bookings/${bookingId}/refund`, { amount, reason: '课程改期' });
  const detail = async (bookingId: string): Promise<Console.CourseBookingDetail> =>
    (await api.admin<Console.CourseBookingDetail>('GET', `/api/admin/course/bookings/${bookingId}`)).data;
  const arrived = (bookingId: string): Promise<Console.CourseBookingDetail> =>
    eventually(async () => {
      const now = await detail(bookingId);
      return now.refunds.every(({ status }) => status === 'completed') && now;
    }, 'the refunds to arrive');

  it('gives back a part of what was paid and then the rest, no more, and the booking ends as refunded', async () => {
    const { booking, payment } = await paidBooking(api, makePerson(), 10);
    expect(await detail(booking.id)).toMatchObject({
      booking: { status: 'paid' },
      refundable: 10,
      refunds: [],
    });
    expect((await refund(booking.id, 10.01)).data).toMatchObject({ errors: [{ field: 'amount' }] });
    expect((await refund(booking.id, 3)).data).toMatchObject({ refundable: 7, booking: { status: 'paid' } });
    expect((await arrived(booking.id)).refunds).toMatchObject([{ amount: 3, reason: '课程改期' }]);
    const both = await Promise.all([refund(booking.id, 7), refund(booking.id, 7)]);
    expect(both.map(({ code }) => code).toSorted()).toEqual([200, 409]);
    expect((await arrived(booking.id)).booking.status).toBe('refunded');
    expect(await held(payment.payment_id)).toEqual({});
    expect(
      await api.auditEntries('SELECT action FROM sys_audit WHERE target_id = $1 ORDER BY id', [booking.id]),
    ).toEqual(
      ['course.booking_create', 'course.booking_refund', 'course.booking_refund'].map((action) => ({
        action,
      })),
    );
  });

  it('is told so where the money goes elsewhere at the same moment', async () => {
    const { booking, payment } = await paidBooking(api, makePerson(), 10);
    const reserve = `UPDATE pay_attempt SET reserved_fen = $2 WHERE order_id = (SELECT order_id FROM course_payment WHERE id = $1) AND state = 'paid'`;
    const answer = await atGate(api, [reserve, payment.payment_id, 500], async () => {
      const begun = refund(booking.id, 10);
      await waitingAt(api, 'INSERT INTO pay_refund ');
      return { begun };
    });
    await api.rows(reserve, [payment.payment_id, 0]);
    expect(answer).toMatchObject({ status: 409, message: '这笔付款的钱已退回或正在退回' });
    expect((await detail(booking.id)).refunds).toEqual([]);
  });

  it('gives back what is income already, in parts, and what is left is income as before', async () => {
    const { booking, payment } = await paidBooking(api, makePerson(), 10);
    const id = payment.payment_id;
    await daysAfter(id, 16);
    await lookNow();
    expect(await held(id)).toEqual({ clearing: 1000, income: -1000 });
    expect((await refund(booking.id, 4)).data).toMatchObject({ refundable: 6 });
    await arrived(booking.id);
    await lookNow();
    expect(await held(id)).toEqual({ clearing: 600, income: -600 });
    expect((await refund(booking.id, 6)).code).toBe(200);
    expect((await arrived(booking.id)).booking.status).toBe('refunded');
    expect(await held(id)).toEqual({});
  });

  it('gives nothing back of what is not paid, or not there', async () => {
    const booking = await enrol(api, makePerson(), 10);
    expect(await refund(booking.id, 1)).toMatchObject({
      code: 409,
      message: '这个报名或预约还没有支付，不能退款',
    });
    expect((await refund('00000000-0000-4000-8000-000000000000', 1)).code).toBe(404);
    expect((await refund(booking.id, 0)).code).toBe(400);
  });
});
