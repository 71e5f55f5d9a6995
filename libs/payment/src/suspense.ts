import { Injectable } from '@nestjs/common';
import { fen, type Fen } from '@yajin/core';
import { Alerts, Clock, maybeRow, onlyRow, rows, type Database, type Row } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import type { KernelAlert } from './kernel-alert.js';
import { couponFen, partsOf } from './coupons.js';
import type { PaidTrade } from './gateway.js';
import { post } from './ledger.js';
import type { Refund } from './lines.js';
import { PayerIds } from './payer-ids.js';
import { Refunds } from './refunds.js';
import type { Decider } from './second-person.js';
import { feeOf, type Applied } from './payment-report.js';
import { attemptTransitions, orderTransitions } from './states.js';
import type { OwnReason } from './words.js';
import type { PaySuspense } from './entities/pay-suspense.entity.js';

/** `wrong_amount`: not the sum that was asked for. `not_wanted`: the line has no use for it and cannot say whose it is. */
export type SuspenseReason = PaySuspense['reason'];

export type SuspenseRow = Row<PaySuspense>;

/** It was decided before. */
export class SuspenseDecided extends Error {
  override readonly name = 'SuspenseDecided';
}

/** Its order has been paid otherwise, or the money has gone back meanwhile. */
export class SuspenseNotAssignable extends Error {
  override readonly name = 'SuspenseNotAssignable';
}

/**
 * A payment of another sum, or by somebody else than it was for, as the gateway confirms it: booked as what it is, and its order
 * is over. The order first, then its payment, as everywhere.
 */
const WRONG_SUM = `
WITH held AS (
  SELECT o.*, a.amount_fen AS asked_fen FROM pay_order o JOIN pay_attempt a ON a.order_id = o.id WHERE a.out_trade_no = $1 AND a.gateway = $2 FOR NO KEY UPDATE OF o
), payment AS (
  UPDATE pay_attempt a SET state = '${attemptTransitions.open.paid}', amount_fen = $3, transaction_id = $4, paid_at = $5, payer_id = coalesce($6, a.payer_id),
    payer_index = coalesce($9, a.payer_index), held_in = 'suspense', query_at = NULL,
    fee_fen = ${feeOf('($3::bigint - $8::bigint)', '$11')}, fee_from = CASE WHEN $11::int IS NOT NULL THEN 'rate' END
  FROM held WHERE a.out_trade_no = $1 AND a.state <> 'paid'
    AND NOT EXISTS (SELECT FROM pay_attempt o WHERE o.gateway = $2 AND o.transaction_id = $4 AND o.out_trade_no <> $1) RETURNING a.*
), ended AS (
  UPDATE pay_order o SET status = '${orderTransitions.pending.closed}', deliver_at = $10, delivery_tries = 0 FROM held, payment
  WHERE o.id = held.id AND o.status = 'pending' RETURNING o.id
), booked AS (
  INSERT INTO pay_ledger (source, debit, credit, amount_fen, gateway, line, subject, order_id, at, effective_at)
  SELECT 'payment:' || $1 || part.ending, part.account, 'suspense', part.fen, $2, held.line, held.subject, held.id, $7, $5
  FROM held, payment CROSS JOIN LATERAL ${partsOf('payment.amount_fen', '$8::bigint')}
)
INSERT INTO pay_suspense (out_trade_no, order_id, line, asked_fen, amount_fen, reason, detail, created_at)
SELECT $1, held.id, held.line, held.asked_fen, payment.amount_fen,
  CASE WHEN payment.amount_fen = held.asked_fen THEN 'not_wanted' ELSE 'wrong_amount' END,
  CASE WHEN payment.amount_fen = held.asked_fen THEN 'paid by somebody else than asked'
    ELSE format('asked %s fen, paid %s fen', held.asked_fen, payment.amount_fen) END, $7
FROM payment, held RETURNING id`;

/** SQL: what of a payment `a` is neither back, nor on its way, nor moved. */
const LEFT = 'a.amount_fen - a.refunded_fen - a.reserved_fen - a.moved_fen';

const GIVEN_BACK: OwnReason = 'not_taken';

/** Money that is at the gateway, that is in the books, and that nothing of ours can take: people assign it or give it back. */
@Injectable()
export class Suspense {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly refunds: Refunds,
    private readonly alerts: Alerts<KernelAlert>,
    private readonly payers: PayerIds,
  ) {}

  /**
   * Takes a payment that does not fit what was asked for, and that the gateway itself confirms.
   * @param feeRate what the gateway keeps, in ten-thousandths; null while nobody has said
   */
  async mismatched(gateway: string, trade: PaidTrade, feeRate: number | null): Promise<Applied> {
    const payer = this.payers.keep(trade.payerId);
    return this.db.transaction(async (manager) => {
      const kept = await maybeRow<Row<PaySuspense, 'id'>>(manager, WRONG_SUM, [
        trade.outTradeNo,
        gateway,
        trade.amountFen,
        trade.transactionId,
        trade.paidAt,
        payer.payer_id,
        this.clock.now(),
        couponFen(trade),
        payer.payer_index,
        this.clock.wall(),
        feeRate,
      ]);
      if (!kept) {
        const before = await maybeRow(
          manager,
          `SELECT 1 FROM pay_attempt WHERE out_trade_no = $1 AND gateway = $2 AND transaction_id = $3 AND state = 'paid'`,
          [trade.outTradeNo, gateway, trade.transactionId],
        );
        return before
          ? { outcome: 'known', reason: null }
          : { outcome: 'quarantined', reason: 'another sum, and the transaction of another trade' };
      }
      await this.alert(manager, kept.id, trade.outTradeNo);
      return { outcome: 'applied', reason: null };
    });
  }

  /**
   * What a line heard is paid and has no use for. Nothing happens to what went back, or was moved, meanwhile. What a person
   * had counted for the order goes back: nobody is asked about the same money twice.
   */
  async notWanted(manager: EntityManager, orderId: number, detail: string): Promise<void> {
    const assigned = await maybeRow<SuspenseRow>(
      manager,
      `SELECT s.* FROM pay_suspense s JOIN pay_order o ON o.paid_with = s.out_trade_no WHERE o.id = $1 AND s.decision = 'assigned'`,
      [orderId],
    );
    if (assigned) return this.giveBack(manager, assigned);
    const kept = await maybeRow<Row<PaySuspense, 'id' | 'outTradeNo' | 'amountFen'> & { held_in: string }>(
      manager,
      `WITH held AS (SELECT * FROM pay_order WHERE id = $1 AND status = 'paid' FOR NO KEY UPDATE), before AS (
         SELECT a.* FROM pay_attempt a JOIN held ON a.out_trade_no = held.paid_with
         WHERE a.held_in IN ('deposit', 'unallocated') AND a.refunded_fen + a.reserved_fen + a.moved_fen = 0
       ), payment AS (
         UPDATE pay_attempt a SET held_in = 'suspense' FROM before WHERE a.out_trade_no = before.out_trade_no
           AND a.held_in IN ('deposit', 'unallocated') AND a.refunded_fen + a.reserved_fen + a.moved_fen = 0 RETURNING a.*
       ), kept AS (
         INSERT INTO pay_suspense (out_trade_no, order_id, line, asked_fen, amount_fen, reason, detail, created_at)
         SELECT payment.out_trade_no, held.id, held.line, held.amount_fen, payment.amount_fen, 'not_wanted', $2, $3 FROM payment, held RETURNING *
       ) SELECT kept.id, kept.out_trade_no, kept.amount_fen, before.held_in FROM kept, before`,
      [orderId, detail, this.clock.now()],
    );
    if (!kept) return;
    const debit = kept.held_in === 'unallocated' ? 'unallocated' : 'deposit';
    const amountFen = fen(kept.amount_fen);
    const source = `suspend:${kept.out_trade_no}`;
    await post(manager, [{ source, debit, credit: 'suspense', amountFen, orderId }], this.clock.now());
    await this.alert(manager, kept.id, kept.out_trade_no);
  }

  private async giveBack(manager: EntityManager, { id, order_id: orderId }: SuspenseRow): Promise<void> {
    const amountFen = await this.refunds.remainder(manager, orderId);
    if (amountFen === 0) return;
    await this.refunds.request(manager, { source: `suspense:${id}`, orderId, amountFen, reason: GIVEN_BACK });
  }

  private alert(manager: EntityManager, id: number, outTradeNo: string): Promise<void> {
    return this.alerts.raise('suspense', `suspense ${id}, trade ${outTradeNo}`, {
      key: `suspense:${id}`,
      params: { suspense: id, trade: outTradeNo },
      within: manager,
    });
  }

  /**
   * Counts the money for its order after all, as the sum that it is; the line hears that it is paid.
   * @param by who decided
   * @throws SuspenseDecided, SuspenseNotAssignable (roll back)
   */
  async assign(manager: EntityManager, id: number, by: string, note: string): Promise<SuspenseRow> {
    const row = await this.decide(manager, id, 'assigned', by, note);
    const counted = await rows(
      manager,
      `WITH paid AS (
         UPDATE pay_order SET status = '${orderTransitions.closed.paid}', amount_fen = $2, paid_with = $3, paid_at = a.paid_at, payer_id = coalesce(a.payer_id, pay_order.payer_id),
           payer_index = CASE WHEN a.payer_id IS NULL THEN pay_order.payer_index ELSE a.payer_index END,
           deliver_at = $4, delivery_tries = 0
         FROM pay_attempt a WHERE pay_order.id = $1 AND a.out_trade_no = $3 AND (pay_order.status <> 'paid' OR pay_order.paid_with = $3)
         RETURNING paid_with
       ) UPDATE pay_attempt a SET held_in = 'deposit' FROM paid
         WHERE a.out_trade_no = paid.paid_with AND a.held_in = 'suspense' AND a.refunded_fen + a.reserved_fen + a.moved_fen = 0
         RETURNING a.out_trade_no`,
      [row.order_id, row.amount_fen, row.out_trade_no, this.clock.wall()],
    );
    if (counted.length === 0) throw new SuspenseNotAssignable();
    const amountFen = fen(row.amount_fen);
    const source = `assign:${row.out_trade_no}`;
    await post(
      manager,
      [{ source, debit: 'suspense', credit: 'deposit', amountFen, orderId: row.order_id }],
      this.clock.now(),
    );
    return row;
  }

  /** Gives back what is left of it: somebody may have given back a part at the gateway. @throws SuspenseDecided (roll back) */
  async refund(manager: EntityManager, id: number, decided: Decider, note: string): Promise<Refund> {
    const row = await this.decide(manager, id, 'refunded', decided.by, note);
    const { out_trade_no: outTradeNo, order_id: orderId } = row;
    const { left_fen: left } = await onlyRow<{ left_fen: number }>(
      manager,
      `SELECT ${LEFT} AS left_fen FROM pay_attempt a WHERE a.out_trade_no = $1 FOR NO KEY UPDATE`,
      [outTradeNo],
    );
    if (left <= 0) throw new SuspenseDecided();
    return this.refunds.request(manager, {
      source: `suspense:${id}`,
      orderId,
      outTradeNo,
      amountFen: fen(left),
      reason: GIVEN_BACK,
      decided,
    });
  }

  /** What lies in suspense, over all lines, in fen. */
  async total(db: Database): Promise<Fen> {
    const { sum } = await onlyRow<{ sum: string }>(
      db,
      `SELECT coalesce(sum(${LEFT}), 0) AS sum FROM pay_suspense s JOIN pay_attempt a ON a.out_trade_no = s.out_trade_no WHERE s.decision IS NULL`,
    );
    return fen(sum);
  }

  /** The order is held first, as everywhere. */
  private async decide(
    manager: EntityManager,
    id: number,
    decision: 'assigned' | 'refunded',
    by: string,
    note: string,
  ): Promise<SuspenseRow> {
    await rows(
      manager,
      'SELECT 1 FROM pay_order WHERE id = (SELECT order_id FROM pay_suspense WHERE id = $1) FOR NO KEY UPDATE',
      [id],
    );
    const row = await maybeRow<SuspenseRow>(
      manager,
      `UPDATE pay_suspense SET decision = $2, decided_by = $3, decided_at = $4, note = $5 WHERE id = $1 AND decision IS NULL RETURNING *`,
      [id, decision, by, this.clock.now(), note],
    );
    if (!row) throw new SuspenseDecided();
    return row;
  }
}
