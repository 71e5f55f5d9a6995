import { Injectable } from '@nestjs/common';
import { fen } from '@yajin/core';
import { Clock, maybeRow, rows, type Row } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import { GatewayError, type RefundRedirection } from './gateway.js';
import { Gateways } from './gateways.js';
import { beforeStops } from './holds.js';
import type { Account } from './ledger.js';
import type { Refund } from './lines.js';
import { refundFrom, type RefundRow } from './rows.js';
import { applyRefund } from './refund-report.js';
import { refundTransitions } from './states.js';
import { after, PAYOUT_WAITS, REFUND_WAITS } from './times.js';
import type { PayRefund } from './entities/pay-refund.entity.js';
import type { PayRefundAttempt } from './entities/pay-refund-attempt.entity.js';
import type { PayRefundOutside } from './entities/pay-refund-outside.entity.js';

/**
 * SQL: whether a refund `r` may be settled by other means. Sent anew, it is no longer unclear since it was sent first.
 * @param wall SQL of real time
 */
export const maySettleOutside = (r: string, wall: string): string =>
  `(${r}.status = 'failed' OR (${r}.status = 'processing' AND coalesce(${r}.sent_at < ${wall}::timestamptz - interval '${PAYOUT_WAITS.unclear} seconds', false)))`;

/** SQL: whether a refund `r` waits, abnormal, for somebody to say where else it is to go, as far as its gateway can. */
export const awaitsRedirection = (
  r: string,
): string => `(${r}.status = 'failed' AND ${r}.gateway_refund_id IS NOT NULL
  AND EXISTS (SELECT FROM pay_refund_attempt k WHERE k.refund_id = ${r}.id AND k.state = 'abnormal')
  AND NOT EXISTS (SELECT FROM pay_refund_outside x WHERE x.refund_id = ${r}.id))`;

/**
 * - `state`: the refund is not where this could be done with it
 * - `gateway`: its gateway cannot do it
 * - `proposed`: somebody has said that it was paid by other means
 * - `same person`: who said so cannot confirm it
 * - `stopped`: payouts that it is among are stopped
 */
export type RefundCaseReason = 'state' | 'gateway' | 'proposed' | 'same person' | 'stopped';

export class RefundCaseRefused extends Error {
  override readonly name = 'RefundCaseRefused';
  constructor(readonly reason: RefundCaseReason) {
    super(`refund case refused: ${reason}`);
  }
}

/** Refunds that the gateway cannot bring to an end by itself: a person does. */
@Injectable()
export class RefundCases {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly gateways: Gateways,
  ) {}

  /**
   * That an abnormal refund is going to be sent to another account, in the caller's transaction: from now on it is perhaps under
   * way, and its day of being unclear begins anew. `redirect` follows.
   * @throws RefundCaseRefused
   */
  async beginRedirect(manager: EntityManager, refundId: number): Promise<void> {
    const wall = this.clock.wall();
    await beforeStops(manager);
    const stopped = await maybeRow(
      manager,
      'SELECT 1 FROM pay_refund r JOIN pay_stop s ON s.released_at IS NULL AND pay_stops_refund(s, r) WHERE r.id = $1 LIMIT 1',
      [refundId],
    );
    if (stopped) throw new RefundCaseRefused('stopped');
    const row = await maybeRow<Row<PayRefund, 'gateway'>>(
      manager,
      `UPDATE pay_refund r SET sent_at = $2, status = '${refundTransitions.failed.sent}', check_at = $3, deliver_at = $2, delivery_tries = 0
       WHERE r.id = $1 AND ${awaitsRedirection('r')} RETURNING r.gateway`,
      [refundId, wall, after(wall, REFUND_WAITS.redirection)],
    );
    if (!row) throw new RefundCaseRefused('state');
    if (!this.gateways.redirects(row.gateway)) throw new RefundCaseRefused('gateway');
  }

  /**
   * Sends an abnormal refund to another account, where its gateway can: its number and its reservation stay. Of two at once
   * the gateway takes one. What went unanswered is asked about until it is clear.
   * @throws RefundCaseRefused unless it is abnormal; GatewayError when the gateway verifiably declined
   */
  async redirect(refundId: number, to: RefundRedirection['to']): Promise<void> {
    const row = await maybeRow<
      Row<PayRefund, 'gateway'> & Row<PayRefundAttempt, 'outRefundNo'> & { gateway_refund_id: string }
    >(
      this.db,
      `SELECT r.gateway, r.gateway_refund_id, a.out_refund_no FROM pay_refund r
       JOIN pay_refund_attempt a ON a.refund_id = r.id AND a.state = 'abnormal' WHERE r.id = $1 AND r.status = 'processing' AND r.gateway_refund_id IS NOT NULL`,
      [refundId],
    );
    if (!row) throw new RefundCaseRefused('state');
    const gateway = this.gateways.get(row.gateway);
    if (!gateway.redirectRefund) throw new RefundCaseRefused('gateway');
    try {
      const report = await gateway.redirectRefund({
        outRefundNo: row.out_refund_no,
        gatewayRefundId: row.gateway_refund_id,
        to,
      });
      const applied = await applyRefund(this.db, gateway, report, null, null, this.clock, true);
      if (applied.outcome === 'quarantined') await this.ask(refundId);
    } catch (error) {
      // Asking tells what it is by now, whatever the gateway said: still abnormal, or under way.
      await this.ask(refundId);
      if (!(error instanceof GatewayError) || error.kind !== 'unknown') throw error;
    }
  }

  /** Perhaps accepted: it is as if it had just been sent. */
  private async ask(refundId: number): Promise<void> {
    const wall = this.clock.wall();
    await rows(
      this.db,
      `UPDATE pay_refund SET status = '${refundTransitions.failed.sent}', check_at = $3, deliver_at = $2, delivery_tries = 0
       WHERE id = $1 AND status IN ('failed', 'processing')`,
      [refundId, wall, after(wall, REFUND_WAITS.redirectionUnanswered)],
    );
  }

  /**
   * Says that the payer was paid by other means; somebody else has to confirm it.
   * @throws RefundCaseRefused unless the refund has failed, or has been unclear for a day; when somebody has said so before
   */
  async propose(manager: EntityManager, refundId: number, by: string, evidence: string): Promise<void> {
    const held = await maybeRow(
      manager,
      `SELECT 1 FROM pay_refund r WHERE r.id = $1 AND ${maySettleOutside('r', '$2')} FOR UPDATE`,
      [refundId, this.clock.wall()],
    );
    if (!held) throw new RefundCaseRefused('state');
    const proposed = await maybeRow(
      manager,
      `INSERT INTO pay_refund_outside (refund_id, evidence, proposed_by, proposed_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (refund_id) DO NOTHING RETURNING refund_id`,
      [refundId, evidence, by, this.clock.now()],
    );
    if (!proposed) throw new RefundCaseRefused('proposed');
  }

  /**
   * Takes back what nobody has confirmed.
   * @returns what had been said, and by whom
   * @throws RefundCaseRefused when nothing waits to be confirmed (any more)
   */
  async withdraw(
    manager: EntityManager,
    refundId: number,
  ): Promise<{ evidence: string; proposedBy: string }> {
    await rows(manager, 'SELECT 1 FROM pay_refund WHERE id = $1 FOR UPDATE', [refundId]);
    const withdrawn = await maybeRow<Row<PayRefundOutside, 'evidence' | 'proposedBy'>>(
      manager,
      'DELETE FROM pay_refund_outside WHERE refund_id = $1 AND confirmed_at IS NULL RETURNING evidence, proposed_by',
      [refundId],
    );
    if (!withdrawn) throw new RefundCaseRefused('state');
    return { evidence: withdrawn.evidence, proposedBy: withdrawn.proposed_by };
  }

  /**
   * Confirms it: the reservation ends, and the books owe the gateway's money to whoever paid. The refund's row first, then
   * the payment, as everywhere.
   * @throws RefundCaseRefused for the one who said so; when nothing waits to be confirmed (any more); when the refund was
   *   sent again since
   */
  async confirm(manager: EntityManager, refundId: number, by: string): Promise<Refund> {
    const now = this.clock.now();
    await rows(manager, 'SELECT 1 FROM pay_refund WHERE id = $1 FOR UPDATE', [refundId]);
    const proposal = await maybeRow<Row<PayRefundOutside, 'proposedBy'>>(
      manager,
      `SELECT o.proposed_by FROM pay_refund_outside o JOIN pay_refund r ON r.id = o.refund_id
       WHERE o.refund_id = $1 AND o.confirmed_at IS NULL AND ${maySettleOutside('r', '$2')}`,
      [refundId, this.clock.wall()],
    );
    if (!proposal) throw new RefundCaseRefused('state');
    if (proposal.proposed_by === by) throw new RefundCaseRefused('same person');
    await rows(
      manager,
      'UPDATE pay_refund_outside SET confirmed_by = $2, confirmed_at = $3 WHERE refund_id = $1',
      [refundId, by, now],
    );
    const row = await maybeRow<RefundRow & { held_in: Account }>(
      manager,
      `WITH refund AS (
         UPDATE pay_refund SET status = '${refundTransitions.failed.success}', succeeded_at = $2, fail_code = NULL, fail_message = NULL, deliver_at = $3, delivery_tries = 0
         WHERE id = $1 RETURNING *
       ), payment AS (
         UPDATE pay_attempt p SET reserved_fen = p.reserved_fen - refund.amount_fen, refunded_fen = p.refunded_fen + refund.amount_fen
         FROM refund WHERE p.out_trade_no = refund.out_trade_no AND p.held_in IS NOT NULL RETURNING p.held_in
       ) SELECT refund.*, payment.held_in FROM refund, payment`,
      [refundId, now, this.clock.wall()],
    );
    if (!row) throw new RefundCaseRefused('state');
    await rows(
      manager,
      `INSERT INTO pay_ledger (source, debit, credit, amount_fen, gateway, line, subject, order_id, at)
       SELECT 'outside:' || $1::bigint, $2, 'outside', $3, $6, o.line, o.subject, o.id, $4 FROM pay_order o WHERE o.id = $5`,
      [refundId, row.held_in, fen(row.amount_fen), now, row.order_id, row.gateway],
    );
    return refundFrom(row);
  }
}
