import { localTime } from '@yajin/core';
import { PayerIds } from '@yajin/payment';
import type { Console } from '@yajin/contract/console';
import type { WorkOrder } from '@yajin/contract/work-order';
import type { GatewayRefund, GatewayTrade } from '@yajin/testing/factories';
import { eventually, hostToken, TestApi, type Answer } from '@yajin/testing/api';

export const USER = 7001;
export const OTHER = 7002;
export const ELECTRICIAN = 8001;
export const OPENID = 'oElectricCustomer0000000001';

export const user = (id = USER): string => hostToken('work-order', id);
export const electrician = (id = ELECTRICIAN): string => hostToken('work-order', id, 'electrician');
export const platformAdmin = (): string => hostToken('work-order', 1, 'admin');

export let api: TestApi;
let serial = 0;

/** One API for all tests of a file. */
export function useApi(): void {
  beforeAll(async () => {
    api = await TestApi.start();
    await api.control('POST', '/control/settings', { notifySchedule: 'fast' });
  });
  afterAll(() => api.stop());
  afterEach(async () => {
    await api.control('POST', '/control/faults', { reset: true });
    await api.rows('DELETE FROM pay_refund_pause');
  });
}

export const fault = (faults: Record<string, unknown>): Promise<unknown> =>
  api.control('POST', '/control/faults', faults);

/** As a user of the platform. */
export function call<Data>(
  method: string,
  path: string,
  body?: unknown,
  token = user(),
): Promise<Answer<Data>> {
  return api.call<Data>(method, path, { token, ...(body === undefined ? {} : { body }) });
}

/** As an operator; the answer must be a success. */
export async function operate<Data>(method: string, path: string, body?: unknown): Promise<Data> {
  const answer = await api.admin<Data>(method, `/api/admin/work-order/${path}`, body);
  if (answer.code !== 200) throw new Error(`${method} ${path}: ${answer.code} ${answer.message}`);
  return answer.data;
}

export async function serviceType(prepayAmount = 50): Promise<Console.WorkOrderServiceType> {
  serial += 1;
  return operate('POST', 'service-types', { name: `换插座${serial}`, prepayAmount, note: '含上门费' });
}

export async function booked(prepayAmount = 50, userId = USER): Promise<Console.WorkOrder> {
  const { id } = await serviceType(prepayAmount);
  return operate('POST', 'orders', { userId, serviceTypeId: id, description: '没电了' });
}

export async function begin(
  orderId: number,
  type: WorkOrder.PaymentType = 'prepay',
): Promise<WorkOrder.CreatedPayment> {
  const answer = await call<WorkOrder.CreatedPayment>('POST', '/api/payments', {
    order_id: orderId,
    type,
    openid: OPENID,
  });
  if (answer.code !== 200) throw new Error(`payments: ${answer.code} ${answer.message}`);
  return answer.data;
}

export async function pay(outTradeNo: string, change: object = {}): Promise<void> {
  await api.control('POST', '/control/pay', { outTradeNo, openid: OPENID, ...change });
}

export async function payment(number: string, token = user()): Promise<WorkOrder.Payment> {
  return (await call<WorkOrder.PaymentAnswer>('GET', `/api/payments/${number}`, undefined, token)).data
    .payment;
}

export function paymentIs(number: string, status: WorkOrder.PaymentStatus): Promise<WorkOrder.Payment> {
  return eventually(async () => {
    const found = await payment(number);
    return found.status === status && found;
  }, `payment ${number} to be ${status}`);
}

export async function order(id: number): Promise<Console.WorkOrder> {
  const page = await operate<Console.WorkOrderPage>('GET', 'orders?pageSize=100');
  const found = page.list.find((each) => each.id === id);
  if (!found) throw new Error(`no order ${id}`);
  return found;
}

export function orderIs(id: number, status: Console.WorkOrderStatus): Promise<Console.WorkOrder> {
  return eventually(async () => {
    const found = await order(id);
    return found.status === status && found;
  }, `order ${id} to be ${status}`);
}

export interface Made {
  id: number;
  prepay: string;
}

/** Prepaid, waiting for an electrician. */
export async function prepaid(prepayAmount = 50): Promise<Made> {
  const { id } = await booked(prepayAmount);
  const { payment_no: prepay } = await begin(id);
  await pay(prepay);
  await paymentIs(prepay, 'success');
  return { id, prepay };
}

/** Accepted, with the repair fee asked for. */
export async function priced(finalAmount = 120): Promise<Made> {
  const made = await prepaid();
  await operate('POST', `orders/${made.id}/accept`, { electricianId: ELECTRICIAN });
  await operate('PUT', `orders/${made.id}/final-amount`, { finalAmount });
  return made;
}

/** With the repair fee paid. */
export async function repairPaid(finalAmount = 120): Promise<Made & { repair: string }> {
  const made = await priced(finalAmount);
  const { payment_no: repair } = await begin(made.id, 'repair');
  await pay(repair);
  await paymentIs(repair, 'success');
  return { ...made, repair };
}

export async function done(): Promise<Made & { repair: string }> {
  const made = await repairPaid();
  const started = await call('PUT', `/api/orders/${made.id}/start`, undefined, electrician());
  if (started.code !== 200) throw new Error(started.message);
  await operate('POST', `orders/${made.id}/complete`);
  return made;
}

export const start = (id: number, token = electrician()): Promise<Answer<WorkOrder.OrderAnswer>> =>
  call('PUT', `/api/orders/${id}/start`, undefined, token);

export const apply = (number: string, body?: unknown, token = user()): Promise<Answer<WorkOrder.Said>> =>
  call('POST', `/api/payments/${number}/refund`, body, token);

export const decide = (
  number: string,
  action: string,
  token = platformAdmin(),
): Promise<Answer<WorkOrder.Said>> => call('PUT', `/api/payments/${number}/refund`, { action }, token);

/** Moves business time forward and lets what fell due happen. */
export async function later(minutes: number): Promise<void> {
  await api.moveClock(localTime(new Date(api.clock.now().getTime() + minutes * 60_000)));
  await api.quiet();
}

/** Runs the jobs of refunds now instead of after their pauses. */
export async function workRefunds(): Promise<void> {
  await api.quiet();
  await api.rows('DELETE FROM pay_refund_pause');
  await api.hurry();
}

export const refundsAt = async (outTradeNo: string): Promise<GatewayRefund[]> =>
  (await api.control<GatewayRefund[]>('GET', '/control/refunds')).filter(
    (refund) => refund.outTradeNo === outTradeNo,
  );

export async function trade(outTradeNo: string): Promise<GatewayTrade | undefined> {
  const all = await api.control<GatewayTrade[]>('GET', '/control/trades');
  return all.find((each) => each.outTradeNo === outTradeNo);
}

/** What an account holds of one order, in fen: debits less credits. */
export async function held(orderId: number): Promise<Record<string, number>> {
  const found = await api.rows<{ account: string; fen: string }>(
    `SELECT account, sum(fen) AS fen FROM (
       SELECT debit AS account, amount_fen AS fen FROM pay_ledger WHERE line = 'work-order' AND subject = $1
       UNION ALL SELECT credit, -amount_fen FROM pay_ledger WHERE line = 'work-order' AND subject = $1) AS sides
     GROUP BY account HAVING sum(fen) <> 0`,
    [String(orderId)],
  );
  return Object.fromEntries(found.map((row) => [row.account, Number(row.fen)]));
}

/** What was paid at WeChat less what went back there is what our books hold there. */
export async function expectBooksToAgree(): Promise<void> {
  await api.quiet();
  const trades = await api.control<(GatewayTrade & { channel: string })[]>('GET', '/control/trades');
  const refunds = await api.control<GatewayRefund[]>('GET', '/control/refunds');
  const paid = trades
    .filter(({ channel, state }) => channel === 'wechat-v2' && ['SUCCESS', 'REFUND'].includes(state))
    .reduce((sum, each) => sum + each.amountFen, 0);
  const back = refunds
    .filter(({ state }) => state === 'SUCCESS')
    .reduce((sum, each) => sum + each.amountFen, 0);
  const [clearing] = await api.rows<{ fen: string | null }>(
    `SELECT sum(CASE WHEN debit = 'clearing' THEN amount_fen ELSE -amount_fen END) AS fen FROM pay_ledger
     WHERE gateway = 'wechat-v2'`,
  );
  expect(paid).toBeGreaterThan(0);
  expect(Number(clearing?.fen ?? 0)).toBe(paid - back);
}

/** The attempts at paying for an order, each with its payer's blind index. */
export const attemptsOf = (id: number) =>
  api.rows(
    `SELECT a.state, a.payer_index FROM work_order_payment p JOIN pay_attempt a ON a.order_id = p.pay_order_id
     WHERE p.work_order_id = $1 ORDER BY a.created_at`,
    [id],
  );

export const payer = (openid: string) => ({ payer_index: api.app.get(PayerIds).index(openid) });
