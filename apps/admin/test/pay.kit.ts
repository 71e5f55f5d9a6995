import type { Console } from '@yajin/contract/console';
import type { Gym } from '@yajin/contract/gym';
import type { Task } from '@yajin/contract/task';
import type { WorkOrder } from '@yajin/contract/work-order';
import { businessDate, fen } from '@yajin/core';
import { Refunds } from '@yajin/payment';
import { member, openOrder, pay, person, publishedCamp, unique } from '@yajin/testing/factories';
import { eventually, hostToken, type Answer, type TestApi } from '@yajin/testing/api';

const PAYER = { openid: 'oPayerOfSmallLines' };

/** The data of an answer that went well. */
async function got<Data>(asked: Promise<Answer<Data>>): Promise<Data> {
  const { code, message, data } = await asked;
  if (code !== 200) throw new Error(`${code} ${message}`);
  return data;
}

export async function served(api: TestApi): Promise<Console.Line[]> {
  return (await got(api.admin<Console.PayLineList>('GET', '/api/admin/pay/lines'))).list;
}

/** The newest order of a line, once it has been paid. */
function paidOrder(api: TestApi, line: Console.Line): Promise<Console.PayOrder> {
  return eventually(async () => {
    const { list } = await got(
      api.admin<Console.OrderPage>('GET', `/api/admin/pay/orders?line=${line}&pageSize=1`),
    );
    return list[0]?.status === 'paid' && list[0];
  }, `the order of ${line} to be paid`);
}

/** A member of the gym has paid for a month. */
export async function gymOrder(api: TestApi, provider = 'wechat'): Promise<Console.PayOrder> {
  const [userId, name, amount] = [`guest-${unique()}`, '月卡', 199];
  const { list } = await got(api.admin<Console.GymOfferList>('GET', '/api/admin/gym/offers'));
  if (list.length === 0) {
    const offer = { type: 'membership', name, amount, quantity: 30 };
    await got(api.admin<Console.GymOffer>('POST', '/api/admin/gym/offers', offer));
  }
  const member = await got(
    api.admin<Console.GymMember>('POST', '/api/admin/gym/members', { userId, name: '林小满' }),
  );
  const headers = { authorization: `Bearer ${hostToken('gym', userId)}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ member_id: member.id, amount, type: 'membership' });
  const placed = await api.exchange('POST', '/api/v1/payments/', { headers, body });
  const { id } = placed.body as Gym.Payment;
  const begun = await api.exchange('GET', `/api/v1/payments/${id}/pay?provider=${provider}`, { headers });
  if (begun.status !== 200) throw new Error(`gym: ${begun.status} ${JSON.stringify(begun.body)}`);
  await (await fetch((begun.body as Gym.PayAddress).pay_url)).body?.cancel();
  const [open] = await api.rows<{ number: string }>(
    `SELECT a.out_trade_no AS number FROM gym_payment p JOIN pay_attempt a ON a.order_id = p.order_id
     WHERE p.id = $1 AND a.state = 'open'`,
    [id],
  );
  await api.control('POST', '/control/pay', { ...PAYER, outTradeNo: open?.number });
  return paidOrder(api, 'gym');
}

/** Somebody has prepaid a work order, and asks for the money back. @returns the payment's number */
export async function refundApplication(api: TestApi): Promise<string> {
  const at = '/api/admin/work-order';
  const userId = 7000 + unique();
  const type = await got(
    api.admin<Console.WorkOrderServiceType>('POST', `${at}/service-types`, {
      name: `换插座 ${unique()}`,
      prepayAmount: 50,
      note: '含上门费',
    }),
  );
  const order = await got(
    api.admin<Console.WorkOrder>('POST', `${at}/orders`, {
      userId,
      serviceTypeId: type.id,
      description: '客厅没电了',
    }),
  );
  const token = hostToken('work-order', userId);
  const payment = await got(
    api.call<WorkOrder.CreatedPayment>('POST', '/api/payments', {
      token,
      body: { order_id: order.id, type: 'prepay', ...PAYER },
    }),
  );
  await api.control('POST', '/control/pay', { ...PAYER, outTradeNo: payment.payment_no });
  await paidOrder(api, 'work-order');
  await api.quiet();
  await got(
    api.call<WorkOrder.Said>('POST', `/api/payments/${payment.payment_no}/refund`, {
      token,
      body: { reason: '不需要了' },
    }),
  );
  return payment.payment_no;
}

/** A task whose publishing is paid, waiting for its review. */
async function taskToReview(api: TestApi): Promise<Task.Task> {
  const token = hostToken('task', 1000 + unique());
  const body = { title: '搬运书架', publish_fee: 100, take_fee: 20 };
  const task = await got(api.call<Task.Task>('POST', '/api/v1/tasks', { token, body }));
  const prepay = { task_id: task.id, order_type: 'task_publish', amount: task.publish_fee };
  const order = await got(api.call<Task.Prepaid>('POST', '/api/v1/pay/prepay', { token, body: prepay }));
  await (await fetch(order.pay_url)).body?.cancel();
  await api.control('POST', '/control/pay', { orderNo: order.order_no });
  await paidOrder(api, 'task');
  await api.quiet();
  return task;
}

/** A place in a course, and an hour with its teacher, both unpaid. */
async function courseBookings(api: TestApi): Promise<void> {
  const at = '/api/admin/course';
  const course = await got(
    api.admin<Console.Course>('POST', `${at}/courses`, {
      title: `Go 网络编程实战 ${unique()}`,
      price: 299,
    }),
  );
  const userId = `student-${unique()}`;
  await got(api.admin<Console.CourseBooking>('POST', `${at}/enrolments`, { courseId: course.id, userId }));
  const hour = { userId, title: '一对一辅导', startsAt: '2099-01-05T10:00:00', amount: 120 };
  await got(api.admin<Console.CourseBooking>('POST', `${at}/appointments`, hour));
}

/** Something in each of the small lines that are served. */
export async function fillLines(api: TestApi): Promise<void> {
  const fill: Partial<Record<Console.Line, (api: TestApi) => Promise<unknown>>> = {
    course: courseBookings,
    gym: gymOrder,
    task: taskToReview,
    'work-order': refundApplication,
  };
  for (const line of await served(api)) await fill[line]?.(api);
}

/** Somebody has paid 99 for a place in a camp that asked for 120: no order can take it. */
export async function suspendedMoney(api: TestApi): Promise<Console.PaySuspense> {
  const who = person();
  const order = await openOrder(api, await publishedCamp(api), who);
  await api.rows(
    `WITH asked AS (UPDATE pay_order SET amount_fen = 12000 WHERE id = $1)
     UPDATE pay_attempt SET amount_fen = 12000 WHERE order_id = $1`,
    [order.orderId],
  );
  await pay(api, order, who);
  return eventually(async () => {
    const { list } = await got(api.admin<Console.PaySuspensePage>('GET', '/api/admin/pay/suspense'));
    return list.find(({ orderNo }) => orderNo === order.orderNo);
  }, 'the money to be in suspense');
}

/** A refund that the system began by itself, and that its gateway closed without paying. */
export async function failedOwnRefund(api: TestApi): Promise<{ orderNo: string; refund: Console.PayRefund }> {
  const { orderNo } = await gymOrder(api);
  const [order] = await api.rows<{ id: number }>('SELECT id FROM pay_order WHERE order_no = $1', [orderNo]);
  await api.control('POST', '/control/faults', { refundResult: { value: 'CLOSED', times: 1 } });
  const wanted = { source: `unwanted:${orderNo}`, orderId: order!.id, reason: '迟到的付款，自动退回' };
  await api.db.transaction((manager) =>
    api.app.get(Refunds).request(manager, { ...wanted, amountFen: fen(19900) }),
  );
  const refund = await eventually(async () => {
    const story = await got(api.admin<Console.OrderStory>('GET', `/api/admin/pay/orders/${orderNo}`));
    return story.refunds.find(({ canRetry }) => canRetry);
  }, 'the refund to fail');
  return { orderNo, refund };
}

/** A bill of a day of its own that says another sum of a payment; once it had not said it at all, which somebody accepted. */
export async function differingBill(
  api: TestApi,
): Promise<{ bill: string; month: string; open: number; resolved: number }> {
  const { orderId } = await member(api, await publishedCamp(api), person());
  // The newest days are read by themselves, as the sandbox has them; so are those of the demo.
  const [free] = await api.rows<{ day: string }>(
    `SELECT max(d)::date::text AS day FROM generate_series($1::date - 90, $1::date - 3, '1 day') AS d
     WHERE NOT EXISTS (SELECT FROM pay_bill b WHERE b.day = d)`,
    [businessDate(api.clock.now())],
  );
  const day = free?.day ?? '';
  await api.rows(
    `INSERT INTO pay_bill (gateway, day, state, row_count, paid_fen, fee_fen, read_at, reason) VALUES ('wechat-v3', $1, 'complete', 1, 9901, 59, now(), NULL),
       ('wechat-v2', $1, 'broken', 0, 0, NULL, NULL, 'BROKEN_BILL 账单不完整') ON CONFLICT DO NOTHING`,
    [day],
  );
  await api.rows(
    `WITH s AS (
       INSERT INTO pay_statement (gateway, day, state, hash, row_count, opening_fen, closing_fen, in_fen, out_fen, payment_fen, fee_fen, withdrawal_fen, read_at)
       VALUES ('wechat-v3', $1, 'complete', 'h', 3, 500000, 209841, 9900, 300059, 9900, 59, -300000, now())
       ON CONFLICT DO NOTHING RETURNING *), w AS (
       INSERT INTO pay_withdrawal (gateway, flow_no, day, at, said, amount_fen, state, note, decided_by, decided_at) VALUES
         ('wechat-v3', 'w-1', $1, now(), '提现', 300000, 'waiting', NULL, NULL, NULL), ('wechat-v3', 'w-0', $1::date - 9, now(), '提现', 120000, 'arrived', '回单 2026110031', 'admin', now()) ON CONFLICT DO NOTHING)
     INSERT INTO pay_movement (gateway, day, row_no, kind, said, at, flow_no, our_no, amount_fen, balance_fen)
     SELECT s.gateway, s.day, m.no, m.kind, m.said, now(), m.flow, m.number, m.fen, m.balance FROM s, (VALUES (1, 'payment', '交易', 'f-1', 'trade-1', 9900, 509900),
       (2, 'fee', '扣除交易手续费', 'f-2', 'trade-1', -59, 509841), (3, 'withdrawal', '提现', 'w-1', NULL, -300000, 209841)) AS m (no, kind, said, flow, number, fen, balance)
     WHERE s.row_count > 0`,
    [day],
  );
  const made = await api.rows<{ id: number }>(
    `WITH paid AS (SELECT * FROM pay_attempt WHERE order_id = $2), line AS (
       INSERT INTO pay_bill_row (gateway, day, row_no, entry, at, out_trade_no, transaction_id, amount_fen, fee_fen)
       SELECT gateway, $1, 1, 'payment', now(), out_trade_no, transaction_id, 9901, 59 FROM paid)
     INSERT INTO pay_difference (gateway, day, key, kind, out_trade_no, transaction_id, ours_fen, theirs_fen, found_at, state, decision, note, owner, resolved_by, resolved_at)
     SELECT p.gateway, $1, v.kind || p.out_trade_no, v.kind, p.out_trade_no, p.transaction_id, 9900, v.theirs, now(), v.state, v.decision, v.note,
       v.owner, v.owner, v.resolved_at FROM paid p, (VALUES ('payment_amount', 9901, 'open', NULL, NULL, NULL, NULL::timestamptz),
         ('payment_missing', NULL, 'resolved', 'accepted', '渠道次日补记', 'admin', now())) AS v (kind, theirs, state, decision, note, owner, resolved_at)
     RETURNING id`,
    [day, orderId],
  );
  const [open, resolved] = made.map(({ id }) => id).sort((a, b) => a - b);
  if (!open || !resolved) throw new Error('no differences were made');
  return { bill: `wechat-v3/${day}`, month: day.slice(0, 7), open, resolved };
}

/** A refund that the payer's account could not take. */
export async function abnormalRefund(api: TestApi): Promise<Console.PayRefund> {
  const order = await member(api, await publishedCamp(api), person());
  await api.control('POST', '/control/faults', { refundResult: { value: 'ABNORMAL', times: 1 } });
  const wanted = { source: `test:${order.orderId}`, orderId: order.orderId, reason: '训练营押金退还' };
  await api.db.transaction((manager) =>
    api.app.get(Refunds).request(manager, { ...wanted, amountFen: fen(9900) }),
  );
  return eventually(async () => {
    const story = await got(api.admin<Console.OrderStory>('GET', `/api/admin/pay/orders/${order.orderNo}`));
    return story.refunds.find(({ canRedirect }) => canRedirect);
  }, 'the refund to be abnormal');
}

/** Nothing is sent to whoever paid an order of its own, as somebody has said why. */
export async function stopPayouts(api: TestApi): Promise<Console.PayStop> {
  const { orderNo } = await member(api, await publishedCamp(api), person());
  const body = { scope: 'payee', target: orderNo, reason: '付款人称账户被盗，核实前不退' };
  return got(api.admin<Console.PayStop>('POST', '/api/admin/pay/stops', body));
}
