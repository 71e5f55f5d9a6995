import { createHmac } from 'node:crypto';
import type { Console } from '@yajin/contract/console';
import type { Course } from '@yajin/contract/course';
import { addDays, businessDate } from '@yajin/core';
import { unique } from '@yajin/testing/factories';
import { eventually, hostToken, type Answer, type Exchange, type TestApi } from '@yajin/testing/api';

export const WEBHOOK_KEYS = { ALIPAY_WEBHOOK_KEY: 'a'.repeat(64), WECHAT_WEBHOOK_KEY: 'w'.repeat(64) };
export const PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148 Safari/604.1';
const COMPUTER = 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36';

export interface Person {
  user: string;
  token: string;
}

export function makePerson(): Person {
  const user = `student-${unique()}`;
  return { user, token: hostToken('course', user) };
}

/** What an operator's call has made. */
async function made<Data>(asked: Promise<Answer<Data>>): Promise<Data> {
  const { code, message, data } = await asked;
  if (code !== 200) throw new Error(`${code} ${message}`);
  return data;
}

export function makeCourse(api: TestApi, price = 299): Promise<Console.Course> {
  const body = { title: `Go Web开发实战 ${unique()}`, price };
  return made(api.admin<Console.Course>('POST', '/api/admin/course/courses', body));
}

/** Somebody's place in a course of its own. */
export async function enrol(api: TestApi, who: Person, price = 299): Promise<Console.CourseBooking> {
  const { id: courseId } = await makeCourse(api, price);
  const body = { courseId, userId: who.user };
  return made(api.admin<Console.CourseBooking>('POST', '/api/admin/course/enrolments', body));
}

export function appoint(
  api: TestApi,
  who: Person,
  startsAt = `${addDays(businessDate(api.clock.now()), 2)}T10:00:00`,
): Promise<Console.CourseBooking> {
  const body = { userId: who.user, title: '一对一辅导', startsAt, amount: 0.07 };
  return made(api.admin<Console.CourseBooking>('POST', '/api/admin/course/appointments', body));
}

export function order(
  api: TestApi,
  who: Person,
  booking: Console.CourseBooking,
  more: object = {},
): Promise<Answer<Course.CreatedOrder>> {
  return api.call<Course.CreatedOrder>('POST', '/payments/orders', {
    token: who.token,
    body: {
      order_type: booking.type,
      order_id: booking.id,
      amount: booking.amount,
      payment_method: 'alipay',
      ...more,
    },
  });
}

export function openPage(api: TestApi, paymentId: string, agent = COMPUTER): Promise<Exchange> {
  return api.exchange('GET', `/payments/pages/${paymentId}`, { headers: { 'user-agent': agent } });
}

/** Opens the payment page as a browser would, and goes where it sends it. @returns the number at the gateway */
export async function visit(api: TestApi, paymentId: string, agent = COMPUTER): Promise<string> {
  const page = await openPage(api, paymentId, agent);
  if (page.status !== 200) throw new Error(`page: ${page.status} ${JSON.stringify(page.body)}`);
  const address = /<a href="([^"]+)"/.exec(String(page.body))?.[1]?.replaceAll('&amp;', '&');
  if (address !== undefined) expect((await fetch(address)).status).toBe(200);
  return tradeNo(api, paymentId);
}

/** The live number under which a payment stands at its gateway. */
export async function tradeNo(api: TestApi, paymentId: string): Promise<string> {
  const [attempt] = await api.rows<{ out_trade_no: string }>(
    `SELECT a.out_trade_no FROM course_payment p JOIN pay_attempt a ON a.order_id = p.order_id
     WHERE p.id = $1 AND a.state = 'open'`,
    [paymentId],
  );
  if (!attempt) throw new Error('nothing is open at the gateway');
  return attempt.out_trade_no;
}

export function payAt(api: TestApi, outTradeNo: string): Promise<unknown> {
  return api.control('POST', '/control/pay', { outTradeNo });
}

export async function statusOf(
  api: TestApi,
  who: Person,
  booking: Console.CourseBooking,
): Promise<Course.OrderStatus> {
  const answer = await api.call<Course.OrderStatus>('GET', `/payments/orders/${booking.id}/status`, {
    token: who.token,
  });
  return answer.data;
}

export function until(
  api: TestApi,
  who: Person,
  booking: Console.CourseBooking,
  status: Course.PaymentStatus,
): Promise<Course.OrderStatus> {
  return eventually(async () => {
    const found = await statusOf(api, who, booking);
    return found.status === status && found;
  }, `the payment to be ${status}`);
}

/** A booking that is paid for, with its payment. */
export async function paidBooking(
  api: TestApi,
  who: Person,
  price = 299,
  method: Course.PaymentMethod = 'alipay',
): Promise<{ booking: Console.CourseBooking; payment: Course.OrderStatus }> {
  const booking = await enrol(api, who, price);
  const { data } = await order(api, who, booking, { payment_method: method });
  await payAt(api, await visit(api, data.payment_id));
  return { booking, payment: await until(api, who, booking, 'completed') };
}

export function askRefund(
  api: TestApi,
  who: Person,
  paymentId: string,
  amount: number,
): Promise<Answer<Course.RequestedRefund>> {
  const body = { payment_id: paymentId, amount, reason: '课程内容不符合预期' };
  return api.call<Course.RequestedRefund>('POST', '/payments/refunds', { token: who.token, body });
}

export function refundUntil(
  api: TestApi,
  who: Person,
  id: string,
  status: Course.RefundStatus,
): Promise<Course.RefundState> {
  return eventually(async () => {
    const { data } = await api.call<Course.RefundState>('GET', `/payments/refunds/${id}/status`, {
      token: who.token,
    });
    return data.status === status && data;
  }, `the refund to be ${status}`);
}

export async function bookingNow(
  api: TestApi,
  booking: Console.CourseBooking,
): Promise<Console.CourseBookingStatus> {
  const kind = booking.type === 'appointment' ? 'appointments' : 'enrolments';
  const page = await api.admin<Console.CourseBookingPage>(
    'GET',
    `/api/admin/course/${kind}?keyword=${booking.userId}`,
  );
  const found = page.data.list.find(({ id }) => id === booking.id);
  if (!found) throw new Error('the booking is not listed');
  return found.status;
}

/** The contract's webhook as a gateway signs it: written here again, from the contract's words. */
export function webhook(key: string, fields: Record<string, string | number>): string {
  const said = Object.entries(fields)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${typeof value === 'number' ? value.toFixed(2) : value}`);
  const signature = createHmac('sha256', key).update(said.join('&')).digest('hex');
  return JSON.stringify({ ...fields, signature });
}

export function notify(api: TestApi, gateway: string, body: string): Promise<Exchange> {
  const headers = { 'content-type': 'application/json' };
  return api.exchange('POST', `/payments/webhook/${gateway}`, { headers, body });
}
