import { fen } from '@yajin/core';
import { maybeRow, rows, type Clock } from '@yajin/server';
import type { DataSource, EntityManager } from 'typeorm';
import type { RefundRedirection } from './gateway.js';
import type { Gateways } from './gateways.js';
import type { Account } from './ledger.js';
import type { Refund } from './lines.js';
import { refundFrom, type RefundRow } from './rows.js';
import { settleRefund } from './settlement.js';

/** A refund that has been unclear for so long may be settled by other means, too. */
const UNCLEAR_HOURS = 24;

/** The refund is not where this could be done with it. */
export class RefundCaseRefused extends Error {
  override readonly name = 'RefundCaseRefused';
  constructor(readonly reason: 'state' | 'gateway' | 'same person') {
    super(`refund case refused: ${reason}`);
  }
}

/** Refunds that the gateway cannot bring to an end by itself: a person does. */
export class RefundCases {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly gateways: Gateways,
  ) {}

  /**
   * Sends an abnormal refund to another account, where its gateway can: its number and its reservation stay.
   * @throws RefundCaseRefused unless it is abnormal; GatewayError
   */
  async redirect(refundId: number, to: RefundRedirection['to']): Promise<Refund> {
    const row = await maybeRow<RefundRow & { out_refund_no: string; refund_id: string }>(
      this.db,
      `SELECT r.*, a.out_refund_no FROM pay_refund r JOIN pay_refund_attempt a ON a.refund_id = r.id AND a.state = 'abnormal'
       WHERE r.id = $1 AND r.status = 'failed' AND r.refund_id IS NOT NULL`,
      [refundId],
    );
    if (!row) throw new RefundCaseRefused('state');
    const gateway = this.gateways.get(row.gateway);
    if (!gateway.redirectRefund) throw new RefundCaseRefused('gateway');
    const report = await gateway.redirectRefund({
      outRefundNo: row.out_refund_no,
      refundId: row.refund_id,
      to,
    });
    await settleRefund(this.db, gateway, report, null, null, this.clock.now());
    return refundFrom({ ...row, status: report.state === 'success' ? 'success' : 'processing' });
  }

  /**
   * Says that the payer was paid by other means; somebody else has to confirm it.
   * @throws RefundCaseRefused unless the refund has failed, or has been unclear for a day
   */
  async propose(manager: EntityManager, refundId: number, by: string, evidence: string): Promise<void> {
    const proposed = await maybeRow(
      manager,
      `WITH held AS (
         SELECT id FROM pay_refund WHERE id = $1
           AND (status = 'failed' OR (status = 'processing' AND sent_at < now() - interval '${UNCLEAR_HOURS} hours')) FOR UPDATE
       ) INSERT INTO pay_refund_outside AS o (refund_id, evidence, proposed_by, proposed_at) SELECT id, $2, $3, $4 FROM held
       ON CONFLICT (refund_id) DO UPDATE SET evidence = EXCLUDED.evidence, proposed_by = EXCLUDED.proposed_by, proposed_at = EXCLUDED.proposed_at
         WHERE o.confirmed_at IS NULL
       RETURNING refund_id`,
      [refundId, evidence, by, this.clock.now()],
    );
    if (!proposed) throw new RefundCaseRefused('state');
  }

  /**
   * Confirms it: the reservation ends, and the books owe the gateway's money to whoever paid. The refund's row first, then
   * the payment, as everywhere.
   * @throws RefundCaseRefused for the one who said so, and when nothing waits to be confirmed (any more)
   */
  async confirm(manager: EntityManager, refundId: number, by: string): Promise<Refund> {
    const now = this.clock.now();
    await rows(manager, 'SELECT 1 FROM pay_refund WHERE id = $1 FOR UPDATE', [refundId]);
    const proposal = await maybeRow<{ proposed_by: string }>(
      manager,
      `SELECT o.proposed_by FROM pay_refund_outside o JOIN pay_refund r ON r.id = o.refund_id
       WHERE o.refund_id = $1 AND o.confirmed_at IS NULL AND r.status IN ('failed', 'processing')`,
      [refundId],
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
         UPDATE pay_refund SET status = 'success', succeeded_at = $2, fail_code = NULL, fail_message = NULL, tell_at = now(), tell_tries = 0
         WHERE id = $1 RETURNING *
       ), payment AS (
         UPDATE pay_attempt p SET reserved_fen = p.reserved_fen - refund.amount_fen, refunded_fen = p.refunded_fen + refund.amount_fen
         FROM refund WHERE p.out_trade_no = refund.out_trade_no RETURNING p.held_in
       ) SELECT refund.*, payment.held_in FROM refund, payment`,
      [refundId, now],
    );
    if (!row) throw new RefundCaseRefused('state');
    await rows(
      manager,
      `INSERT INTO pay_ledger (source, debit, credit, amount_fen, line, subject, order_id, at)
       SELECT 'outside:' || $1, $2, 'outside', $3, o.line, o.subject, o.id, $4 FROM pay_order o WHERE o.id = $5`,
      [refundId, row.held_in, fen(row.amount_fen), now, row.order_id],
    );
    return refundFrom(row);
  }
}
