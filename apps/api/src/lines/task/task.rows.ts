import { randomInt } from 'node:crypto';
import { fen, localTime, statesAccepting, yuanFromFen } from '@yajin/core';
import type { Task } from '@yajin/contract/task';
import { BusinessError, maybeRow, type Database, type Row } from '@yajin/server';
import { reasonInWords, type PayOrderView, type PayRefundView } from '@yajin/payment';
import type { HostUser } from '../../system/index.js';
import { LEADS_TO, numberOf, taskTransitions, type TaskEvent } from './task.rules.js';
import type { TaskEntity } from './task.entity.js';
import type { TaskRefund } from './task-refund.entity.js';
import type { TaskTrade } from './task-trade.entity.js';

export type TaskRow = Row<TaskEntity>;

export type TradeRow = Row<
  TaskTrade,
  'id' | 'orderId' | 'userId' | 'taskId' | 'type' | 'payMethod' | 'transactionId' | 'createdAt'
> &
  Row<PayOrderView, 'orderNo' | 'amountFen' | 'paidAt'> & {
    trade_no: string | null;
    status: Task.TradeStatus;
    updated_at: Date;
  };

/**
 * Payments of tasks, with where the kernel says they stand. `failed` is money that came for nothing, late: it has gone
 * back by itself.
 */
export const TRADES = `
  SELECT r.id, r.order_id, o.order_no, a.transaction_id AS trade_no, r.user_id, r.task_id, r.type, o.amount_fen, o.paid_at, r.pay_method,
    r.transaction_id, r.created_at,
    CASE
      WHEN o.status = 'pending' THEN 'pending'
      WHEN o.status = 'closed' AND EXISTS (SELECT FROM pay_attempt_view s WHERE s.order_id = o.id AND s.held_in = 'surplus') THEN 'failed'
      WHEN o.status = 'closed' THEN 'closed'
      WHEN a.reserved_fen > 0 THEN 'refunding'
      WHEN a.refunded_fen = a.amount_fen THEN 'refunded'
      ELSE 'paid'
    END AS status,
    greatest(r.created_at, o.paid_at, CASE WHEN o.status = 'closed' THEN o.expires_at END,
      (SELECT max(f.updated_at) FROM task_refund f WHERE f.trade_id = r.id)) AS updated_at
  FROM task_trade r JOIN pay_order_view o ON o.id = r.order_id LEFT JOIN pay_attempt_view a ON a.out_trade_no = o.paid_with`;

export type RefundRow = Row<
  TaskRefund,
  'id' | 'source' | 'refundNo' | 'tradeId' | 'createdAt' | 'updatedAt'
> &
  Row<PayOrderView, 'orderNo'> &
  Row<TaskTrade, 'userId' | 'taskId'> &
  Row<PayRefundView, 'amountFen' | 'reason' | 'status' | 'failCode' | 'failMessage' | 'succeededAt'> & {
    kernel_id: number;
  };

/** Refunds of those payments, as the kernel has them. */
export const REFUNDS = `
  SELECT f.id, f.source, k.id AS kernel_id, f.refund_no, f.trade_id, o.order_no, r.user_id, r.task_id, k.amount_fen, k.reason, k.status,
    k.fail_code, k.fail_message, k.succeeded_at, f.created_at, f.updated_at
  FROM task_refund f JOIN pay_refund_view k ON k.source = f.source JOIN task_trade r ON r.id = f.trade_id
  JOIN pay_order_view o ON o.id = r.order_id`;

/** Who asks, in this platform's numbers. */
export interface TaskUser {
  id: number;
  admin: boolean;
}

/** @throws BusinessError 401 for a token without a user's number */
export function taskUser({ id: sub, role }: HostUser): TaskUser {
  const id = /^[1-9]\d{0,15}$/.test(sub) ? Number(sub) : NaN;
  if (!Number.isSafeInteger(id)) throw new BusinessError(401);
  return { id, admin: role === 'admin' };
}

/** Whose rows a user sees: null for everybody's. It belongs inside the WHERE. */
export function ownOnly({ id, admin }: TaskUser): number | null {
  return admin ? null : id;
}

/**
 * Moves a task where the event is accepted.
 * @param more further SQL whose values begin at $5
 * @returns null when it is not there, or elsewhere
 */
export function moveTask(
  db: Database,
  id: number,
  event: TaskEvent,
  now: Date,
  more: { set?: string; where?: string; values?: unknown[] } = {},
): Promise<TaskRow | null> {
  return maybeRow<TaskRow>(
    db,
    `UPDATE task_task SET status = $2, updated_at = $3 ${more.set ? `, ${more.set}` : ''}
     WHERE id = $1 AND status = ANY($4) ${more.where ? `AND ${more.where}` : ''} RETURNING *`,
    [id, LEADS_TO[event], now, statesAccepting(taskTransitions, event), ...(more.values ?? [])],
  );
}

const DIGITS = 10 ** 10;

export function newNumber(prefix: 'SQ' | 'RF', now: Date): string {
  return numberOf(prefix, localTime(now), randomInt(DIGITS));
}

/** UTC to the second, as this contract writes times. */
function instant(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

/** Somebody for whom an open task was kept in vain is not its taker. */
export function takerOf({ status, taker_id: taker, held_until: until }: TaskRow, now: Date): number | null {
  return status === 'open' && until !== null && until <= now ? null : taker;
}

export function presentTask(row: TaskRow, now: Date): Task.Task {
  return {
    id: row.id,
    title: row.title,
    description: row.description,
    publisher_id: row.publisher_id,
    taker_id: takerOf(row, now),
    publish_fee: yuanFromFen(fen(row.publish_fee_fen)),
    take_fee: yuanFromFen(fen(row.take_fee_fen)),
    status: row.status,
    result: row.result,
    created_at: instant(row.created_at),
    updated_at: instant(row.updated_at),
  };
}

export function presentEntry(row: TradeRow): Task.TradeEntry {
  return {
    id: row.id,
    order_no: row.order_no,
    trade_no: row.trade_no,
    user_id: row.user_id,
    task_id: row.task_id,
    trade_type: row.type,
    amount: yuanFromFen(fen(row.amount_fen)),
    status: row.status,
    pay_time: row.paid_at && instant(row.paid_at),
    pay_method: row.pay_method,
    created_at: instant(row.created_at),
  };
}

export function presentTrade(row: TradeRow): Task.Trade {
  return {
    ...presentEntry(row),
    transaction_id: row.transaction_id,
    updated_at: instant(row.updated_at),
  };
}

export function presentRefund(row: RefundRow): Task.Refund {
  return {
    id: row.id,
    refund_no: row.refund_no,
    trade_id: row.trade_id,
    order_no: row.order_no,
    user_id: row.user_id,
    task_id: row.task_id,
    amount: yuanFromFen(fen(row.amount_fen)),
    reason: reasonInWords(row.reason),
    status: row.status,
    refund_time: row.succeeded_at && instant(row.succeeded_at),
    created_at: instant(row.created_at),
    updated_at: instant(row.updated_at),
  };
}
