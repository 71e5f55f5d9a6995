import { randomBytes, randomUUID } from 'node:crypto';
import type { Fen } from '@yajin/core';
import { maybeRow, noteAbout, onlyRow, rows, type Database, type Row } from '@yajin/server';
import type { EntityManager } from 'typeorm';
import { post } from './ledger.js';
import type { Order } from './lines.js';
import { requireNumber } from './numbers.js';
import { orderFrom, type OrderRow } from './rows.js';
import type { PayNotification } from './entities/pay-notification.entity.js';

export interface NewOrder {
  line: string;
  subject: string;
  gateway: string;
  /** The line's own form of order number, unique for ever, which also is the first out_trade_no. */
  orderNo?: string;
  amountFen: Fen;
  description: string;
  attach: string;
  /** Money paid at the gateway before this moment counts, whenever we hear of it. */
  expiresAt: Date;
}

/**
 * Writes an order and its first attempt.
 * @param length the most characters that the gateway takes for a trade's number
 * @throws RangeError for an order number of the line's that the gateway would not take
 */
export async function placeOrder(db: Database, order: NewOrder, length: number, now: Date): Promise<Order> {
  const uuid = randomUUID();
  const tradeNo =
    order.orderNo === undefined
      ? uuid.replaceAll('-', '').slice(0, length)
      : requireNumber(order.orderNo, length);
  const row = await onlyRow<OrderRow>(
    db,
    `WITH placed AS (
       INSERT INTO pay_order (id, order_no, line, subject, amount_fen, description, attach, expires_at, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING *
     ), attempt AS (
       INSERT INTO pay_attempt (out_trade_no, order_id, gateway, amount_fen, created_at)
       SELECT $10, id, $11, amount_fen, created_at FROM placed
     ) SELECT * FROM placed`,
    [
      randomId(),
      order.orderNo ?? `ord_${uuid}`,
      order.line,
      order.subject,
      order.amountFen,
      order.description,
      order.attach,
      order.expiresAt,
      now,
      tradeNo,
      order.gateway,
    ],
  );
  noteAbout(`order-${row.order_no}`);
  return orderFrom(row);
}

export interface PaidBy {
  gateway: string;
  outTradeNo: string;
  transactionId: string;
}

/** The payment that counts for an order. @throws before there is one */
export function paidBy(db: Database, orderId: number): Promise<PaidBy> {
  return onlyRow(
    db,
    `SELECT a.gateway, a.out_trade_no AS "outTradeNo", a.transaction_id AS "transactionId"
     FROM pay_order o JOIN pay_attempt a ON a.out_trade_no = o.paid_with WHERE o.id = $1 AND a.transaction_id IS NOT NULL`,
    [orderId],
  );
}

/** What the gateway reported of a payment, without who paid; null where it was asked and reported nothing by itself. */
export async function reportedOf(
  db: Database,
  { gateway, outTradeNo }: Pick<PaidBy, 'gateway' | 'outTradeNo'>,
): Promise<unknown> {
  const row = await maybeRow<Row<PayNotification, 'payload'>>(
    db,
    `SELECT payload FROM pay_notification WHERE gateway = $1 AND subject_no = $2 AND state = 'applied' AND event_type = 'PAYMENT'
     ORDER BY id DESC LIMIT 1`,
    [gateway, outTradeNo],
  );
  return row?.payload ?? null;
}

/** Locks an order's row until the caller's transaction ends, as the kernel does before it changes one. */
export async function holdOrder(manager: EntityManager, orderId: number): Promise<void> {
  await rows(manager, 'SELECT 1 FROM pay_order WHERE id = $1 FOR NO KEY UPDATE', [orderId]);
}

/** 1 … 2^53-1: too sparse to guess. */
function randomId(): number {
  return Number(randomBytes(8).readBigUInt64BE() >> 11n) || 1;
}

/** See `Payments.allocate`. @param now business time */
export async function allocateOrder(
  manager: Database,
  orderId: number,
  subject: string,
  now: Date,
): Promise<boolean> {
  const order = await maybeRow<OrderRow>(
    manager,
    // The order first, then its payment, as everywhere.
    `WITH held AS (
       SELECT o.id, o.paid_with FROM pay_order o WHERE o.id = $1 FOR NO KEY UPDATE
     ), allocated AS (
       UPDATE pay_attempt a SET held_in = 'deposit' FROM held
       WHERE a.out_trade_no = held.paid_with AND a.held_in = 'unallocated' RETURNING a.order_id
     ) UPDATE pay_order o SET subject = $2 FROM allocated WHERE o.id = allocated.order_id RETURNING o.*`,
    [orderId, subject],
  );
  if (!order) return false;
  const amountFen = orderFrom(order).amountFen;
  const posting = {
    source: `allocate:${orderId}`,
    debit: 'unallocated',
    credit: 'deposit',
    amountFen,
    orderId,
  } as const;
  await post(manager, [posting], now);
  return true;
}
