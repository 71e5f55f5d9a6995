import { Injectable } from '@nestjs/common';
import { fen, type Fen } from '@yajin/core';
import { Clock, maybeRow, rows, type Database } from '@yajin/server';
import type { EntityManager } from 'typeorm';
import { Gateways } from './gateways.js';
import type { Refund } from './lines.js';
import { newNumber } from './numbers.js';
import { refundFrom, type RefundRow } from './rows.js';
import { SecondPerson, type Decider } from './second-person.js';
import { refundTransitions } from './states.js';
import { after, LEASE } from './times.js';

export interface RefundOrder {
  /** What asks for the refund. Asking twice under one source is asking once. */
  source: string;
  orderId: number;
  amountFen: Fen;
  /** Shown to the payer by the gateway. */
  reason: string;
  /** The payment that it is taken from, where that is not the one that counts for the order. */
  outTradeNo?: string;
  /** It is not sent before then, and can be withdrawn until then; real time. All of one call have the same. */
  notBefore?: Date;
  /** Who decides that it goes back; left out where nobody does, or where rules leave nothing to decide. */
  decided?: Decider;
}

/** More than what is left of the payment: paid − refunded − reserved − moved. */
export class RefundExceedsPayment extends Error {
  override readonly name = 'RefundExceedsPayment';
}

/** The refund is under way, unclear or done: nothing for a person to retry. */
export class RefundNotRetryable extends Error {
  override readonly name = 'RefundNotRetryable';
}

/**
 * Reserves the money of many refunds and writes their numbers, in one statement. Payments are taken in the order of their
 * numbers. Two refunds of one payment must not be in one call.
 */
const REQUEST = `
WITH wanted AS (
  SELECT w.*, coalesce(w.trade, o.paid_with) AS out_trade_no, o.line
  FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[]) AS w (source, order_id, amount_fen, reason, number, trade)
  JOIN pay_order o ON o.id = w.order_id AND (w.trade IS NOT NULL OR o.status = 'paid')
  WHERE NOT EXISTS (SELECT FROM pay_refund r WHERE r.source = w.source)
), held AS (
  SELECT a.out_trade_no, a.gateway FROM pay_attempt a JOIN wanted w USING (out_trade_no)
  WHERE a.state = 'paid' AND a.amount_fen - a.refunded_fen - a.reserved_fen - a.moved_fen >= w.amount_fen ORDER BY a.out_trade_no FOR UPDATE OF a
), created AS (
  INSERT INTO pay_refund (source, line, gateway, order_id, out_trade_no, amount_fen, reason, check_at, not_before, created_at)
  SELECT w.source, w.line, held.gateway, w.order_id, w.out_trade_no, w.amount_fen, w.reason, greatest($9::timestamptz, $10), $10, $7
  FROM wanted w JOIN held USING (out_trade_no) ORDER BY w.source
  ON CONFLICT (source) DO NOTHING RETURNING *
), reserved AS (
  UPDATE pay_attempt a SET reserved_fen = a.reserved_fen + c.amount_fen FROM created c WHERE a.out_trade_no = c.out_trade_no
), attempt AS (
  INSERT INTO pay_refund_attempt (out_refund_no, refund_id, created_at)
  SELECT left(w.number, coalesce(($8::jsonb ->> c.gateway)::int, 32)), c.id, $7 FROM created c JOIN wanted w USING (source)
) SELECT * FROM created ORDER BY id`;

/** SQL: whether the money of a refund `r` has gone back to the merchant: no number can send it any more. */
export const isBackAtMerchant = (r: string): string =>
  `EXISTS (SELECT FROM pay_refund_attempt m WHERE m.refund_id = ${r}.id AND m.state = 'merchant')`;

/** Refunds as lines ask for them. Sending them is the sender's. */
@Injectable()
export class Refunds {
  constructor(
    private readonly clock: Clock,
    private readonly gateways: Gateways,
    private readonly secondPerson: SecondPerson,
  ) {}

  /**
   * Reserves the money in the caller's transaction; it is sent from then on.
   * @throws RefundExceedsPayment (nothing was written)
   */
  async request(manager: EntityManager, order: RefundOrder): Promise<Refund> {
    const [refund] = await this.requestMany(manager, [order]);
    if (!refund) throw new RefundExceedsPayment();
    return refund;
  }

  /**
   * The same for many, each of another payment, and all decided by one.
   * @returns those that exist now; one that is left out asked for more than is left of its payment
   */
  async requestMany(manager: EntityManager, orders: RefundOrder[]): Promise<Refund[]> {
    const created = await rows<RefundRow>(manager, REQUEST, [
      orders.map(({ source }) => source),
      orders.map(({ orderId }) => orderId),
      orders.map(({ amountFen }) => amountFen),
      orders.map(({ reason }) => reason),
      orders.map(() => newNumber()),
      orders.map(({ outTradeNo }) => outTradeNo ?? null),
      this.clock.now(),
      this.gateways.refundLengths(),
      this.clock.wall(),
      orders[0]?.notBefore ?? null,
    ]);
    const decided = orders[0]?.decided;
    if (decided) await this.secondPerson.review(manager, 'refund', created, decided);
    if (created.length === orders.length) return created.map(refundFrom);
    // Some were asked for before, or for more than is left.
    const found = await rows<RefundRow>(
      manager,
      'SELECT * FROM pay_refund WHERE source = ANY($1) ORDER BY id',
      [orders.map(({ source }) => source)],
    );
    return found.map(refundFrom);
  }

  /** What is left of an order's payment, in fen: paid − refunded − reserved − moved; 0 when it is not paid. */
  async remainder(db: Database, orderId: number): Promise<Fen> {
    const row = await maybeRow<{ left_fen: number }>(
      db,
      `SELECT a.amount_fen - a.refunded_fen - a.reserved_fen - a.moved_fen AS left_fen
       FROM pay_order o JOIN pay_attempt a ON a.out_trade_no = o.paid_with WHERE o.id = $1 AND o.status = 'paid'`,
      [orderId],
    );
    return fen(row?.left_fen ?? 0);
  }

  /**
   * A person's second try at a failed refund whose money is not back at the merchant, from the beginning of all waiting times. The number changes only when the
   * gateway has proved the old one closed; in every other case it stays.
   * @throws RefundNotRetryable
   */
  async retry(manager: EntityManager, refundId: number): Promise<Refund> {
    const row = await maybeRow<RefundRow>(
      manager,
      `UPDATE pay_refund SET status = '${refundTransitions.failed.retried}', fail_code = NULL, fail_message = NULL, failures = 0, retries = retries + 1,
         check_at = greatest($2::timestamptz, not_before), sent_at = NULL
       WHERE id = $1 AND status = 'failed' AND NOT ${isBackAtMerchant('pay_refund')} RETURNING *`,
      [refundId, this.clock.wall()],
    );
    if (!row) throw new RefundNotRetryable();
    await this.secondPerson.askAgain(manager, 'refund', refundId);
    await rows(
      manager,
      `WITH asked AS (
         UPDATE pay_refund_attempt SET queries = 0 WHERE refund_id = $1 AND state <> 'closed' RETURNING refund_id
       ) INSERT INTO pay_refund_attempt (out_refund_no, refund_id, created_at)
       SELECT left($2, coalesce(($4::jsonb ->> $5)::int, 32)), $1, $3 WHERE NOT EXISTS (SELECT FROM asked)`,
      [refundId, newNumber(), this.clock.now(), this.gateways.refundLengths(), row.gateway],
    );
    await rows(manager, 'UPDATE pay_refund_pause SET until = $2 WHERE gateway = $1', [
      row.gateway,
      this.clock.wall(),
    ]);
    return refundFrom(row);
  }

  /** Cuts the wait short of a refund that was refused and is to be sent again; one that is being sent just now is left alone. */
  async cutWait(db: Database, source: string): Promise<void> {
    const wall = this.clock.wall();
    await rows(
      db,
      `UPDATE pay_refund SET check_at = $2 WHERE source = $1 AND status = 'processing' AND failures > 0 AND check_at > $3`,
      [source, wall, after(wall, LEASE)],
    );
  }

  async find(db: Database, refundId: number): Promise<Refund | null> {
    const row = await maybeRow<RefundRow>(db, 'SELECT * FROM pay_refund WHERE id = $1', [refundId]);
    return row && refundFrom(row);
  }
}
