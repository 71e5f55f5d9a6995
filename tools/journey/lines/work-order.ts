import type { Console } from '@yajin/contract/console';
import type { WorkOrder } from '@yajin/contract/work-order';
import { booksOf, compareBooks, HostUser, logIn } from '../host.ts';
import { yuan, type Report } from '../report.ts';
import { eventually, expectEqual, type Api, type Sandbox } from '../wire.ts';

const PREPAY = 19.9;
const REPAIR = 120.07;
const OPENID = 'oWorkOrderJourney';
const SECONDS = 20;

/** Everybody who takes part, and the trades they made. */
interface Cast {
  api: Api;
  sandbox: Sandbox;
  report: Report;
  userId: number;
  user: HostUser;
  electricianId: number;
  electrician: HostUser;
  serviceTypeId: number;
  trades: string[];
}

/** A work order from the booking to the finished repair, one that is refunded, and one nobody pays. */
export async function journey(api: Api, sandbox: Sandbox, report: Report): Promise<void> {
  report.chapter('The repair');
  await logIn(api, report);
  const type = await report.step(
    'Offer a service',
    () =>
      api.call<Console.WorkOrderServiceType>('POST', '/api/admin/work-order/service-types', {
        body: { name: `更换插座 ${Date.now()}`, prepayAmount: PREPAY, note: '含上门费' },
      }),
    ({ name, prepayAmount }) => `${name}, prepayment ${yuan(prepayAmount)}`,
  );
  const userId = Date.now();
  const electricianId = userId + 1;
  const cast: Cast = {
    api,
    sandbox,
    report,
    userId,
    user: new HostUser(api, 'work-order', String(userId)),
    electricianId,
    electrician: new HostUser(api, 'work-order', String(electricianId), 'electrician'),
    serviceTypeId: type.id,
    trades: [],
  };
  const before = await booksOf(api, 'work-order');
  await repair(cast);
  report.chapter('The refund');
  await refund(cast);
  report.chapter('The order nobody pays');
  await expire(cast);
  await report.step(
    'Compare the books',
    () => compareBooks(api, sandbox, 'work-order', before, cast.trades),
    (said) => said,
  );
}

async function repair(cast: Cast): Promise<void> {
  const { api, report, electrician, electricianId } = cast;
  const { id } = await book(cast);
  await payFor(cast, id, 'prepay');
  await orderIs(cast, id, 'pending');
  await report.step(
    'An electrician accepts',
    () =>
      api.call<Console.WorkOrder>('POST', `/api/admin/work-order/orders/${id}/accept`, {
        body: { electricianId },
      }),
    ({ status }) => status,
  );
  await report.step(
    'Ask for the repair fee',
    () =>
      api.call<Console.WorkOrder>('PUT', `/api/admin/work-order/orders/${id}/final-amount`, {
        body: { finalAmount: REPAIR },
      }),
    ({ status, finalAmount }) => `${yuan(finalAmount ?? 0)}, ${status}`,
  );
  await report.step(
    'Not before the fee is paid',
    () => electrician.call('PUT', `/api/orders/${id}/start`, undefined, 409),
    () => 'refused with 409',
  );
  await payFor(cast, id, 'repair');
  await report.step(
    'The repair begins',
    () => electrician.call<WorkOrder.OrderAnswer>('PUT', `/api/orders/${id}/start`),
    ({ order }) => order.status,
  );
  await report.step(
    'The repair is done',
    () => api.call<Console.WorkOrder>('POST', `/api/admin/work-order/orders/${id}/complete`),
    ({ status }) => status,
  );
}

async function refund(cast: Cast): Promise<void> {
  const { api, report, user } = cast;
  const { id } = await book(cast);
  const number = await payFor(cast, id, 'prepay');
  await report.step(
    'Ask for the money back',
    () => user.call<WorkOrder.Said>('POST', `/api/payments/${number}/refund`, { reason: '约错了时间' }),
    ({ message }) => message,
  );
  await report.step(
    'An operator approves',
    async () => {
      const { list } = await api.call<Console.WorkOrderRefundPage>(
        'GET',
        '/api/admin/work-order/refunds?status=pending',
      );
      const asked = list.find(({ paymentNo }) => paymentNo === number);
      return api.call<Console.WorkOrderRefund>('PUT', `/api/admin/work-order/refunds/${asked?.id ?? 0}`, {
        body: { action: 'approve', adminNotes: '同意' },
      });
    },
    ({ status, amount }) => `${yuan(amount)}, ${status}`,
  );
  await report.step(
    'The money is back',
    () => paymentIs(cast, number, 'refunded'),
    ({ amount, refund_status }) => `${yuan(amount)}, ${refund_status}`,
  );
  await orderIs(cast, id, 'closed');
}

async function expire(cast: Cast): Promise<void> {
  const { api, sandbox, report } = cast;
  const { id } = await book(cast);
  const { payment_no: number } = await begin(cast, id, 'prepay');
  await report.step(
    'Half an hour goes by',
    async () => {
      const { now } = await sandbox.get<{ now: string }>('/clock');
      const later = new Date(Date.parse(`${now}Z`) + 31 * 60_000).toISOString().slice(0, 19);
      await api.call('POST', '/api/demo/clock', { body: { now: later } });
      return paymentIs(cast, number, 'expired');
    },
    ({ status }) => `payment ${status}`,
  );
  await orderIs(cast, id, 'closed');
}

function book({ api, report, userId, serviceTypeId }: Cast): Promise<Console.WorkOrder> {
  return report.step(
    'Book',
    () =>
      api.call<Console.WorkOrder>('POST', '/api/admin/work-order/orders', {
        body: { userId, serviceTypeId, description: '厨房插座没电' },
      }),
    ({ id, status }) => `order ${id}, ${status}`,
  );
}

function begin(
  { report, user }: Cast,
  orderId: number,
  type: WorkOrder.PaymentType,
): Promise<WorkOrder.CreatedPayment> {
  return report.step(
    `Begin the ${type} payment`,
    async () => {
      const created = await user.call<WorkOrder.CreatedPayment>('POST', '/api/payments', {
        order_id: orderId,
        type,
        openid: OPENID,
      });
      expectEqual('the amount', created.amount, type === 'prepay' ? PREPAY : REPAIR);
      return created;
    },
    ({ payment_no: number, amount }) => `${number}, ${yuan(amount)}`,
  );
}

async function payFor(cast: Cast, orderId: number, type: WorkOrder.PaymentType): Promise<string> {
  const { payment_no: number } = await begin(cast, orderId, type);
  cast.trades.push(number);
  await cast.report.step(
    'Pay in the mini program',
    async () => {
      await cast.sandbox.post('/pay', { outTradeNo: number, openid: OPENID });
      return paymentIs(cast, number, 'success');
    },
    ({ transaction_id: transaction, paid_at: at }) => `${transaction}, ${at}`,
  );
  return number;
}

function paymentIs(
  { user }: Cast,
  number: string,
  status: WorkOrder.PaymentStatus,
): Promise<WorkOrder.Payment> {
  return eventually(`payment ${number} to be ${status}`, SECONDS, async () => {
    const { payment } = await user.call<WorkOrder.PaymentAnswer>('GET', `/api/payments/${number}`);
    return payment.status === status ? payment : null;
  });
}

async function orderIs(
  { api, report, userId }: Cast,
  id: number,
  status: Console.WorkOrderStatus,
): Promise<void> {
  await report.step(
    'Look at the order',
    () =>
      eventually(`order ${id} to be ${status}`, SECONDS, async () => {
        const path = `/api/admin/work-order/orders?userId=${userId}`;
        const { list } = await api.call<Console.WorkOrderPage>('GET', path);
        return list.find((order) => order.id === id && order.status === status) ?? null;
      }),
    (order) => `${order.status}${order.closedBy ? ` by ${order.closedBy}` : ''}`,
  );
}
