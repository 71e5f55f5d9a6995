import { fen, statesAccepting } from '@yajin/core';
import { cancelOrder, post } from '@yajin/payment';
import { maybeRow, rows, type Clock, type Row } from '@yajin/server';
import type { EntityManager } from 'typeorm';
import { orderTransitions, type ClosedBy } from './work-order.rules.js';
import type { WorkOrderEntity } from './work-order.entity.js';
import type { WorkOrderPayment } from './work-order-payment.entity.js';

export type OrderRow = Row<WorkOrderEntity>;

export type PaymentRow = Row<WorkOrderPayment>;

/** Over a `work_order_payment` p: where its latest application for a refund stands. */
export const REFUND_STATUS = `coalesce((SELECT r.status FROM work_order_refund r WHERE r.payment_id = p.id ORDER BY r.id DESC LIMIT 1), 'none')`;

/** Over a `work_order_payment` p: whether its money is on its way back, or asked back. */
export const ASKED_BACK = `EXISTS (SELECT FROM work_order_refund r WHERE r.payment_id = p.id AND r.status <> 'rejected')`;

/**
 * The order, which nobody else changes until the transaction ends, nor its payments and refunds: what the next
 * statement reads of them holds.
 */
export function lockOrder(manager: EntityManager, id: number): Promise<OrderRow | null> {
  return maybeRow(manager, 'SELECT * FROM work_order WHERE id = $1 FOR UPDATE', [id]);
}

/**
 * Closes the order, and gives up payments that were under way for it.
 * @returns whether it was open
 */
export async function closeOrder(manager: EntityManager, id: number, by: ClosedBy): Promise<boolean> {
  const event = { expiry: 'expired', operator: 'close', refund: 'refunded' } as const;
  const closed = await rows(
    manager,
    `UPDATE work_order SET status = 'closed', closed_by = $2 WHERE id = $1 AND status = ANY($3) RETURNING id`,
    [id, by, statesAccepting(orderTransitions, event[by])],
  );
  if (closed.length === 0) return false;
  await rows(
    manager,
    `UPDATE work_order_payment SET status = 'failed' WHERE work_order_id = $1 AND status = 'pending'`,
    [id],
  );
  return true;
}

/**
 * Gives up a pending payment for another one: what is paid from now on goes back by itself.
 * @returns false when it is paid or closed already, and stays what it is
 */
export async function giveUp(
  manager: EntityManager,
  payment: Pick<PaymentRow, 'id' | 'pay_order_id'>,
  clock: Clock,
): Promise<boolean> {
  if (!(await cancelOrder(manager, payment.pay_order_id, clock))) return false;
  await rows(manager, `UPDATE work_order_payment SET status = 'failed' WHERE id = $1`, [payment.id]);
  return true;
}

/**
 * Books as income what was paid for work that is done, and what was kept of a closed order when its refund was
 * rejected. Posts nothing twice.
 */
export async function earn(manager: EntityManager, orderId: number, at: Date): Promise<void> {
  const earned = await rows<PaymentRow>(
    manager,
    `UPDATE work_order_payment p SET earned = true FROM work_order o
     WHERE o.id = $1 AND p.work_order_id = o.id AND p.status = 'success' AND NOT p.earned AND NOT ${ASKED_BACK}
       AND EXISTS (SELECT FROM pay_order_view k JOIN pay_attempt_view a ON a.out_trade_no = k.paid_with
                   WHERE k.id = p.pay_order_id AND a.amount_fen - a.refunded_fen - a.reserved_fen - a.moved_fen >= p.amount_fen)
       AND (o.status = 'completed' OR (o.status = 'closed' AND ${REFUND_STATUS} = 'rejected'))
     RETURNING p.*`,
    [orderId],
  );
  const postings = earned.map((payment) => ({
    source: `earn:work-order:${payment.id}`,
    debit: 'deposit' as const,
    credit: 'income' as const,
    amountFen: fen(payment.amount_fen),
    orderId: payment.pay_order_id,
  }));
  if (postings.length > 0) await post(manager, postings, at);
}

/** Income that is to go back is owed again. */
export async function unearn(manager: EntityManager, paymentId: number, at: Date): Promise<void> {
  const payment = await maybeRow<PaymentRow>(
    manager,
    'UPDATE work_order_payment SET earned = false WHERE id = $1 AND earned RETURNING *',
    [paymentId],
  );
  if (!payment) return;
  const posting = {
    source: `restore:work-order:${payment.id}`,
    debit: 'income',
    credit: 'deposit',
    amountFen: fen(payment.amount_fen),
    orderId: payment.pay_order_id,
  } as const;
  await post(manager, [posting], at);
}
