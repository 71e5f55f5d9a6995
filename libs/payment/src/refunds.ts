import { Logger } from '@nestjs/common';
import { fen, statesAccepting, type Fen } from '@yajin/core';
import { maybeRow, onlyRow, rows, type Alerts, type Clock, type Database } from '@yajin/server';
import type { DataSource, EntityManager } from 'typeorm';
import { GatewayError } from './gateway.js';
import type { Gateways } from './gateways.js';
import type { Lines, Refund } from './lines.js';
import { newNumber } from './numbers.js';
import { refundFrom, type RefundRow } from './rows.js';
import { settleRefund } from './settlement.js';
import { refundAttemptTransitions, type RefundAttemptState } from './states.js';

const MAX_FAILURES = 3;
/** Before trying again after the n-th definite refusal. */
const RETRY_AFTER_SECONDS = [30, 120];
/** Before asking about a refund again; the first is what the gateway recommends. */
const QUERY_AFTER_SECONDS = [60, 120, 300, 600, 1800, 3600, 3 * 3600, 6 * 3600];
const THROTTLE_SECONDS = 10;
const PAUSE_SECONDS = 600;

export interface RefundOrder {
  /** What asks for the refund. Asking twice under one source is asking once. */
  source: string;
  orderId: number;
  amountFen: Fen;
  /** Shown to the payer by the gateway. */
  reason: string;
}

/** More than what is left of the payment: paid − refunded − reserved. */
export class RefundExceedsPayment extends Error {
  override readonly name = 'RefundExceedsPayment';
}

/** The refund is under way, unclear or done: nothing for a person to retry. */
export class RefundNotRetryable extends Error {
  override readonly name = 'RefundNotRetryable';
}

interface Work extends RefundRow {
  gateway: string;
  total_fen: number;
  out_refund_no: string;
  state: RefundAttemptState;
  requests: number;
  queries: number;
  paused_until: Date | null;
}

/** Refunds and the attempts at sending them. */
export class Refunds {
  private readonly logger = new Logger(Refunds.name);

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly gateways: Gateways,
    private readonly lines: Lines,
    private readonly alerts: Alerts,
    private readonly publicUrl: string,
  ) {}

  /**
   * Reserves the money and enqueues the sending, in the caller's transaction.
   * @throws RefundExceedsPayment (the caller's transaction must then be rolled back)
   */
  async request(manager: EntityManager, order: RefundOrder): Promise<Refund> {
    const created = await maybeRow<RefundRow>(
      manager,
      `INSERT INTO pay_refund (source, line, order_id, out_trade_no, amount_fen, reason, check_at, created_at)
       SELECT $1, line, id, paid_with, $3, $4, now() + interval '2 minutes', $5 FROM pay_order WHERE id = $2 AND status = 'paid'
       ON CONFLICT (source) DO NOTHING RETURNING *`,
      [order.source, order.orderId, order.amountFen, order.reason, this.clock.now()],
    );
    if (!created) return this.existing(manager, order.source);
    const reserved = await rows(
      manager,
      `WITH payment AS (
         UPDATE pay_attempt SET reserved_fen = reserved_fen + $3
         WHERE out_trade_no = $2 AND state = 'paid' AND amount_fen - refunded_fen - reserved_fen >= $3 RETURNING gateway
       ), attempt AS (
         INSERT INTO pay_refund_attempt (out_refund_no, refund_id, created_at)
         SELECT left($4, ($6::jsonb ->> gateway)::int), $1, $5 FROM payment RETURNING refund_id
       ) SELECT graphile_worker.add_job('payment.refund', json_build_object('refundId', refund_id), job_key := 'refund:' || refund_id)
         FROM attempt`,
      [
        created.id,
        created.out_trade_no,
        order.amountFen,
        newNumber(),
        this.clock.now(),
        this.gateways.refundLengths(),
      ],
    );
    if (reserved.length === 0) throw new RefundExceedsPayment();
    return refundFrom(created);
  }

  /** What is left of an order's payment, in fen: paid − refunded − reserved; 0 when it is not paid. */
  async remainder(db: Database, orderId: number): Promise<Fen> {
    const row = await maybeRow<{ left_fen: number }>(
      db,
      `SELECT a.amount_fen - a.refunded_fen - a.reserved_fen AS left_fen
       FROM pay_order o JOIN pay_attempt a ON a.out_trade_no = o.paid_with WHERE o.id = $1 AND o.status = 'paid'`,
      [orderId],
    );
    return fen(row?.left_fen ?? 0);
  }

  private async existing(manager: EntityManager, source: string): Promise<Refund> {
    const row = await maybeRow<RefundRow>(manager, 'SELECT * FROM pay_refund WHERE source = $1', [source]);
    if (!row) throw new RefundExceedsPayment();
    return refundFrom(row);
  }

  /**
   * A person's second try at a failed refund. The number changes only when the gateway has proved the old
   * one closed; in every other case it stays.
   * @throws RefundNotRetryable
   */
  async retry(manager: EntityManager, refundId: number): Promise<Refund> {
    const row = await maybeRow<RefundRow>(
      manager,
      `UPDATE pay_refund SET status = 'processing', fail_code = NULL, fail_message = NULL, failures = 0, retries = retries + 1,
         check_at = now() + interval '2 minutes'
       WHERE id = $1 AND status = 'failed' RETURNING *`,
      [refundId],
    );
    if (!row) throw new RefundNotRetryable();
    await rows(
      manager,
      `INSERT INTO pay_refund_attempt (out_refund_no, refund_id, created_at)
       SELECT left($2, ($4::jsonb ->> gateway)::int), $1, $3 FROM pay_attempt
       WHERE out_trade_no = $5 AND NOT EXISTS (SELECT FROM pay_refund_attempt WHERE refund_id = $1 AND state <> 'closed')`,
      [refundId, newNumber(), this.clock.now(), this.gateways.refundLengths(), row.out_trade_no],
    );
    await rows(
      manager,
      'DELETE FROM pay_refund_pause WHERE gateway = (SELECT gateway FROM pay_attempt WHERE out_trade_no = $1)',
      [row.out_trade_no],
    );
    await this.enqueue(manager, refundId, 0);
    return refundFrom(row);
  }

  async find(db: Database, refundId: number): Promise<Refund | null> {
    const row = await maybeRow<RefundRow>(db, 'SELECT * FROM pay_refund WHERE id = $1', [refundId]);
    return row && refundFrom(row);
  }

  /**
   * Takes a refund one step further: asks first wherever the gateway may know it already, sends where it
   * provably does not, and comes back later where nothing is clear.
   */
  async work(refundId: number): Promise<void> {
    const work = await this.load(refundId);
    if (!work) return;
    if (work.paused_until) return this.later(work, (work.paused_until.getTime() - Date.now()) / 1000);
    if (work.state !== 'created' && (await this.ask(work))) return;
    if (work.state === 'accepted' || work.state === 'abnormal') {
      await this.alerts.raise(
        '退款在网关侧查不到',
        `refund ${refundId} was accepted, yet the gateway does not know it`,
      );
      return this.later(work, this.queryDelay(work));
    }
    await this.send(work);
  }

  private async load(refundId: number): Promise<Work | null> {
    return maybeRow<Work>(
      this.db,
      `SELECT r.*, p.gateway, p.amount_fen AS total_fen, a.out_refund_no, a.state, a.requests, a.queries,
              (SELECT until FROM pay_refund_pause WHERE gateway = p.gateway AND until > now()) AS paused_until
       FROM pay_refund r JOIN pay_attempt p ON p.out_trade_no = r.out_trade_no
       JOIN pay_refund_attempt a ON a.refund_id = r.id AND a.state <> 'closed'
       WHERE r.id = $1 AND r.status IN ('pending', 'processing')`,
      [refundId],
    );
  }

  /** @returns whether the gateway knew the number, or could not say */
  private async ask(work: Work): Promise<boolean> {
    await rows(this.db, 'UPDATE pay_refund_attempt SET queries = queries + 1 WHERE out_refund_no = $1', [
      work.out_refund_no,
    ]);
    try {
      const { out_trade_no: outTradeNo, out_refund_no: outRefundNo } = work;
      const report = await this.gateways.get(work.gateway).queryRefund({ outTradeNo, outRefundNo });
      if (report.state === 'absent') return false;
      await settleRefund(this.db, work.gateway, report, null, null, this.clock.now());
      if (report.state === 'processing') await this.later(work, this.queryDelay(work));
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      this.logger.warn(`refund ${work.id} stays unclear: ${error.code} ${error.message}`);
      await this.later(work, this.queryDelay(work));
    }
    return true;
  }

  private async send(work: Work): Promise<void> {
    const sending = await rows(
      this.db,
      `WITH attempt AS (
         UPDATE pay_refund_attempt SET state = 'sending', requests = requests + 1
         WHERE out_refund_no = $1 AND state = ANY($2) AND requests = $3 RETURNING refund_id
       ), refund AS (
         UPDATE pay_refund r SET status = 'processing', tell_at = now() + interval '10 minutes' FROM attempt
         WHERE r.id = attempt.refund_id AND r.status = 'pending' RETURNING r.id
       ) SELECT refund_id,
           (SELECT count(graphile_worker.add_job('line.event', json_build_object('type', 'refund', 'refundId', id))) FROM refund) AS told
         FROM attempt`,
      [work.out_refund_no, statesAccepting(refundAttemptTransitions, 'send'), work.requests],
    );
    if (sending.length === 0) return;
    try {
      const report = await this.gateways.get(work.gateway).refund({
        outTradeNo: work.out_trade_no,
        outRefundNo: work.out_refund_no,
        amountFen: fen(work.amount_fen),
        totalFen: fen(work.total_fen),
        reason: work.reason,
        notifyUrl: this.publicUrl + this.lines.notifyPaths(work.line, work.gateway).refund,
      });
      await settleRefund(this.db, work.gateway, report, null, null, this.clock.now());
      if (report.state === 'processing') await this.later(work, this.queryDelay(work));
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      await this.declined(work, error);
    }
  }

  private async declined(work: Work, error: GatewayError): Promise<void> {
    this.logger.warn(`refund ${work.id}: ${error.kind} ${error.code} ${error.message}`);
    switch (error.kind) {
      case 'throttled':
        return this.later(work, THROTTLE_SECONDS);
      case 'unknown':
        return this.later(work, this.queryDelay(work));
      case 'refused':
      case 'paid':
      case 'insufficient':
        break;
    }
    // A refusal speaks of this request only. If an earlier one went unanswered, the gateway may have taken
    // that: stay in `sending`, so that the next step asks before it believes.
    if (work.state === 'sending' && (await this.ask(work))) return;
    if (error.kind === 'insufficient') await this.pause(work, error.code);
    const failed = await this.countFailure(work, error);
    if (!failed) return this.later(work, RETRY_AFTER_SECONDS[work.failures] ?? RETRY_AFTER_SECONDS[0] ?? 30);
    await this.alerts.raise('退款失败，需人工处理', `refund ${work.id}: ${error.code} ${error.message}`);
  }

  private async pause(work: Work, code: string): Promise<void> {
    await rows(
      this.db,
      `INSERT INTO pay_refund_pause (gateway, until, code) VALUES ($1, now() + make_interval(secs => $2), $3)
       ON CONFLICT (gateway) DO UPDATE SET until = EXCLUDED.until, code = EXCLUDED.code`,
      [work.gateway, PAUSE_SECONDS, code],
    );
    await this.alerts.raise(
      '商户余额不足，退款已暂停',
      `${work.gateway}: ${code}; refunds wait ${PAUSE_SECONDS} s`,
    );
  }

  /** @returns whether the refund has now failed for good, until a person retries it */
  private async countFailure(work: Work, error: GatewayError): Promise<boolean> {
    const row = await onlyRow<{ status: string }>(
      this.db,
      `WITH attempt AS (
         UPDATE pay_refund_attempt SET state = 'created' WHERE out_refund_no = $2 AND state = ANY($6)
       ), refund AS (
         UPDATE pay_refund SET failures = failures + 1, tell_at = now() + interval '10 minutes', fail_code = $3, fail_message = $4,
           status = CASE WHEN failures + 1 >= $5 THEN 'failed' ELSE status END
         WHERE id = $1 AND status IN ('pending', 'processing') RETURNING id, status
       ) SELECT status, graphile_worker.add_job('line.event', json_build_object('type', 'refund', 'refundId', id)) FROM refund`,
      [
        work.id,
        work.out_refund_no,
        error.kind === 'insufficient' ? 'INSUFFICIENT' : 'REFUSED',
        `${error.code} ${error.message}`,
        MAX_FAILURES,
        statesAccepting(refundAttemptTransitions, 'refused'),
      ],
    );
    return row.status === 'failed';
  }

  private queryDelay(work: Work): number {
    return QUERY_AFTER_SECONDS[Math.min(work.queries, QUERY_AFTER_SECONDS.length - 1)] ?? 60;
  }

  private async later(work: Work, seconds: number): Promise<void> {
    await this.enqueue(this.db, work.id, Math.max(1, seconds));
  }

  private async enqueue(db: Database, refundId: number, seconds: number): Promise<void> {
    await rows(
      db,
      `WITH due AS (
         UPDATE pay_refund SET check_at = now() + make_interval(secs => $2) + interval '2 minutes' WHERE id = $1 RETURNING id
       ) SELECT graphile_worker.add_job('payment.refund', json_build_object('refundId', id), job_key := 'refund:' || id,
                  run_at := now() + make_interval(secs => $2)) FROM due`,
      [refundId, seconds],
    );
  }
}
