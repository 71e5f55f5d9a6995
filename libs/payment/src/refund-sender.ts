import { Injectable, Logger } from '@nestjs/common';
import { fen, statesAccepting } from '@yajin/core';
import { Alerts, Clock, maybeRow, noteAbout, rows, type Row } from '@yajin/server';
import { DataSource } from 'typeorm';
import type { KernelAlert } from './kernel-alert.js';
import { Accepted } from './accepted.js';
import { claimPayouts, isHeld } from './holds.js';
import { KEY, WALL, type Lane, type Step } from './lane.js';
import { GatewayError, type RefundReport } from './gateway.js';
import { Gateways } from './gateways.js';
import { Lines } from './lines.js';
import { isRefusal, isSlow, MOST_REFUSALS, waitAfter } from './payout.js';
import { Pace } from './pace.js';
import { PaymentOptions } from './payment.options.js';
import type { RefundRow } from './rows.js';
import { RefundPauses } from './refund-pauses.js';
import { alertStarved, applyRefund } from './refund-report.js';
import { refundAttemptTransitions, refundTransitions, type RefundAttemptState } from './states.js';
import { after, LEASE, PAYOUT_WAITS, REFUND_WAITS, waitOf } from './times.js';
import { TradeQueries } from './trade-queries.js';
import { reasonInWords } from './words.js';
import type { PayRefundAttempt } from './entities/pay-refund-attempt.entity.js';
import type { PayRefund } from './entities/pay-refund.entity.js';

const DEFAULT_PER_SECOND = 20;
const AT_ONCE = 128;
/** How many full batches of what is held one look goes past. */
const LOOKS_PAST_HELD = 20;

type Due = 'all' | 'to be asked' | 'to be sent';

type Work = RefundRow &
  Row<PayRefundAttempt, 'outRefundNo' | 'state' | 'requests' | 'queries'> & {
    total_fen: number;
    /** What the number's state was before it was taken. */
    was: RefundAttemptState;
    held: boolean;
  };

/** SQL: whether nobody can withdraw a refund `r` any more. @param wall real time */
const mayBeSent = (wall: string): string => `(r.not_before IS NULL OR r.not_before <= ${wall})`;

/**
 * Takes what is due of a gateway's refunds: those never sent are marked as being sent in the same statement, so that
 * whatever happens next the row says "perhaps accepted", never "failed". What is held is put off and stays as it is. Refund first,
 * then its number, as everywhere.
 */
const TAKE = `
WITH due AS (
  SELECT r.id, r.source FROM pay_refund r JOIN pay_refund_attempt a ON a.refund_id = r.id AND a.state <> 'closed'
  WHERE r.gateway = $1 AND r.status IN ('pending', 'processing') AND r.check_at <= $4 AND ${mayBeSent('$4')}
    AND ($3 = 'all' OR ($3 = 'to be sent') = (a.state = 'created'))
  ORDER BY r.check_at, r.id LIMIT $2 FOR UPDATE OF r SKIP LOCKED
), number AS (
  SELECT a.*, a.state = 'created' AND ${isHeld('refund', 'due')} AS held
  FROM pay_refund_attempt a JOIN due ON due.id = a.refund_id WHERE a.state <> 'closed'
), refund AS (
  UPDATE pay_refund r SET check_at = CASE WHEN number.held THEN $6::timestamptz ELSE $5::timestamptz END,
    sent_at = CASE WHEN number.held THEN r.sent_at ELSE coalesce(r.sent_at, $4) END,
    status = CASE WHEN number.held THEN r.status ELSE '${refundTransitions.pending.sent}' END,
    deliver_at = CASE WHEN r.status = 'pending' AND NOT number.held THEN $4 ELSE r.deliver_at END
  FROM number WHERE r.id = number.refund_id RETURNING r.*
), sending AS (
  UPDATE pay_refund_attempt a SET state = CASE WHEN a.state = 'created' THEN '${refundAttemptTransitions.created.send}' ELSE a.state END,
    requests = a.requests + CASE WHEN a.state = 'created' THEN 1 ELSE 0 END,
    queries = a.queries + CASE WHEN a.state = 'created' THEN 0 ELSE 1 END
  FROM number JOIN refund ON refund.id = number.refund_id WHERE a.out_refund_no = number.out_refund_no AND NOT number.held RETURNING a.*
)
SELECT r.*, p.amount_fen AS total_fen, n.out_refund_no, coalesce(s.state, n.state) AS state, n.state AS was, n.held,
  coalesce(s.requests, n.requests) AS requests, coalesce(s.queries, n.queries) AS queries
FROM refund r JOIN number n ON n.refund_id = r.id LEFT JOIN sending s ON s.refund_id = r.id
JOIN pay_attempt p ON p.out_trade_no = r.out_trade_no`;

/** Sends refunds, asks about them, and comes back later where nothing is clear. */
@Injectable()
export class RefundSender {
  private readonly logger = new Logger(RefundSender.name);
  private readonly accepted: Accepted;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly gateways: Gateways,
    private readonly lines: Lines,
    private readonly trades: TradeQueries,
    private readonly alerts: Alerts<KernelAlert>,
    private readonly options: PaymentOptions,
    private readonly pauses: RefundPauses,
  ) {
    this.accepted = new Accepted(db, clock);
  }

  lanes(): Lane[] {
    return this.gateways.names.map((gateway) => {
      const pace = new Pace(this.gateways.get(gateway).refundsPerSecond ?? DEFAULT_PER_SECOND);
      return {
        name: `refunds of ${gateway}`,
        atOnce: AT_ONCE,
        due: `SELECT FROM pay_refund r WHERE r.gateway = ${KEY} AND r.status IN ('pending', 'processing') AND r.check_at <= ${WALL} AND ${mayBeSent(WALL)}
          AND NOT EXISTS (SELECT FROM pay_refund_pause p JOIN pay_refund_attempt a ON a.refund_id = r.id AND a.state = 'created'
                          WHERE p.gateway = r.gateway AND p.until > ${WALL})`,
        key: gateway,
        take: (room) => this.take(gateway, pace, room),
      };
    });
  }

  private async take(gateway: string, pace: Pace, room: number): Promise<Step[]> {
    const wanted = Math.min(this.gateways.room(gateway, room), pace.room());
    if (wanted <= 0) return [];
    const taken: Work[] = [];
    for (const { what, most } of await this.allowed(gateway)) {
      const found = await this.claim(gateway, what, Math.min(wanted - taken.length, most));
      if (what === 'to be sent' && found.length === 0) await this.pauses.endUnlessAnyWaits(gateway);
      taken.push(...found);
    }
    pace.use(taken.length);
    return taken.map((work) => () => {
      noteAbout(`refund-${work.id}`);
      return this.work(work, pace);
    });
  }

  /** Looks past what is held, which is put off. */
  private async claim(gateway: string, what: Due, room: number): Promise<Work[]> {
    const claimed: Work[] = [];
    for (let looks = 0; looks < LOOKS_PAST_HELD; looks += 1) {
      const wall = this.clock.wall();
      const wanted = room - claimed.length;
      const times = [wall, after(wall, LEASE), after(wall, PAYOUT_WAITS.held)];
      const found = await claimPayouts(this.db, (manager) =>
        rows<Work>(manager, TAKE, [gateway, wanted, what, ...times]),
      );
      claimed.push(...found.filter(({ held }) => !held));
      if (found.length < wanted || claimed.length === room) break;
    }
    return claimed;
  }

  /**
   * While the merchant's balance is empty nothing is sent, and what was sent is asked about all the same; after a while one
   * refund tries whether it still is.
   */
  private async allowed(gateway: string): Promise<{ what: Due; most: number }[]> {
    const asked = { what: 'to be asked', most: AT_ONCE } as const;
    switch (await this.pauses.turn(gateway)) {
      case 'free':
        return [{ what: 'all', most: AT_ONCE }];
      case 'waits':
        return [asked];
      case 'tries':
        return [{ what: 'to be sent', most: 1 }, asked];
    }
  }

  /** Asks first wherever the gateway may know the refund already; sends where it provably does not. */
  private async work(work: Work, pace: Pace): Promise<void> {
    if (work.was === 'created') return this.send(work, pace);
    if (await this.ask(work)) return;
    if (work.state === 'accepted' || work.state === 'abnormal') {
      await this.alerts.raise(
        'refund-not-found',
        `refund ${work.id} was accepted, yet the gateway does not know it`,
        { key: `refund-lost:${work.id}`, params: { refund: work.id, gateway: work.gateway } },
      );
      return this.later(work, queryDelay(work));
    }
    const again = await claimPayouts(this.db, (manager) =>
      rows(
        manager,
        // Meanwhile it may have been settled by other means, or stopped.
        `UPDATE pay_refund_attempt a SET requests = a.requests + 1 FROM pay_refund r
         WHERE a.out_refund_no = $1 AND a.state = 'sending' AND a.requests = $2 AND r.id = a.refund_id AND r.status = 'processing'
           AND NOT (${isHeld('refund', 'r')}) RETURNING a.refund_id`,
        [work.out_refund_no, work.requests],
      ),
    );
    if (again.length === 0) return this.later(work, queryDelay(work));
    await this.send(work, pace);
  }

  /** @returns whether the gateway knew the number, or could not say */
  private async ask(work: Work): Promise<boolean> {
    await this.tellSlow(work);
    try {
      const { out_trade_no: outTradeNo, out_refund_no: outRefundNo } = work;
      const report = await this.gateways.get(work.gateway).queryRefund({ outTradeNo, outRefundNo });
      if (report.state === 'absent') return false;
      await this.apply(work, report);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      this.logger.warn(`refund ${work.id} stays unclear: ${error.code} ${error.message}`);
      await this.later(work, waitAfter(error, queryDelay(work)));
    }
    return true;
  }

  /** For a person: asking goes on, and from now on it may be settled by other means. */
  private async tellSlow(work: Work): Promise<void> {
    if (!isSlow(work, this.clock.wall())) return;
    await this.alerts.raise('refund-slow', `refund ${work.id}, ${work.gateway}`, {
      key: `refund-slow:${work.id}`,
      params: { refund: work.id, gateway: work.gateway },
    });
  }

  private async apply(work: Work, report: RefundReport): Promise<void> {
    const applied = await applyRefund(
      this.db,
      this.gateways.get(work.gateway),
      report,
      null,
      null,
      this.clock,
      work.state === 'abnormal',
    );
    if (applied.starved) await alertStarved(this.alerts, work.gateway);
    if (applied.outcome === 'quarantined' || applied.outcome === 'twice')
      await this.alerts.raise('refund-result-odd', `refund ${work.id}: ${applied.reason}`, {
        key: `refund-odd:${applied.outcome}:${work.id}`,
        params: { refund: work.id, gateway: work.gateway },
      });
    if (report.state === 'processing' || applied.outcome === 'quarantined')
      await this.later(work, queryDelay(work));
  }

  private async send(work: Work, pace: Pace): Promise<void> {
    try {
      const report = await this.gateways.get(work.gateway).refund({
        outTradeNo: work.out_trade_no,
        outRefundNo: work.out_refund_no,
        amountFen: fen(work.amount_fen),
        totalFen: fen(work.total_fen),
        reason: reasonInWords(work.reason),
        notifyUrl: this.options.publicUrl + this.lines.notifyPaths(work.line, work.gateway).refund,
      });
      await this.pauses.endAfterOne(work.gateway);
      if (report.state !== 'processing' || !(await this.accepted.take(report)))
        await this.apply(work, report);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      await this.declined(work, error, pace);
    }
  }

  private async declined(work: Work, error: GatewayError, pace: Pace): Promise<void> {
    this.logger.warn(`refund ${work.id}: ${error.kind} ${error.code} ${error.message}`);
    if (error.kind === 'throttled') pace.slowDown();
    if (!isRefusal(error)) return this.later(work, waitAfter(error, queryDelay(work)));
    // A refusal speaks of this request only. If an earlier one went unanswered, the gateway may have taken
    // that: stay in `sending`, so that the next step asks before it believes.
    if (work.was !== 'created' && (await this.ask(work))) return;
    if (error.kind === 'insufficient') return this.pause(work, error);
    // Perhaps there is nothing left to give back: the gateway did it by itself.
    await this.trades.check(work.out_trade_no).catch((unclear: unknown) => {
      if (!(unclear instanceof GatewayError)) throw unclear;
    });
    const failed = await this.countFailure(work, error);
    if (failed === null) return;
    if (!failed) return this.later(work, waitOf(PAYOUT_WAITS.refusals, work.failures));
    await this.alerts.raise('refund-failed', `refund ${work.id}: ${error.code} ${error.message}`, {
      key: `refund-failed:${work.id}:${work.retries}`,
      params: { refund: work.id, gateway: work.gateway },
    });
  }

  /** An empty balance is nobody's failure: all refunds of the gateway wait, and this one is the first to try again. */
  private async pause(work: Work, error: GatewayError): Promise<void> {
    await this.pauses.begin(work, error);
    await this.alerts.raise(
      'refunds-paused',
      `${work.gateway}: ${error.code}; its refunds wait and go on by themselves once one gets through`,
      { key: `refund-pause:${work.gateway}`, params: { gateway: work.gateway } },
    );
  }

  /** @returns whether the refund has now failed for good, until a person retries it; null when it has ended otherwise */
  private async countFailure(work: Work, error: GatewayError): Promise<boolean | null> {
    const row = await maybeRow<Row<PayRefund, 'status'>>(
      this.db,
      `WITH refund AS (
         UPDATE pay_refund SET failures = failures + 1, deliver_at = $6, delivery_tries = 0, fail_code = 'REFUSED', fail_message = $3,
           status = CASE WHEN failures + 1 >= $4 THEN '${refundTransitions.processing.failed}' ELSE status END
         WHERE id = $1 AND status IN ('pending', 'processing') RETURNING id, status
       ), attempt AS (
         UPDATE pay_refund_attempt a SET state = '${refundAttemptTransitions.sending.refused}' FROM refund
         WHERE a.refund_id = refund.id AND a.out_refund_no = $2 AND a.state = ANY($5)
       ) SELECT status FROM refund`,
      [
        work.id,
        work.out_refund_no,
        `${error.code} ${error.message}`,
        MOST_REFUSALS,
        statesAccepting(refundAttemptTransitions, 'refused'),
        this.clock.wall(),
      ],
    );
    return row && row.status === 'failed';
  }

  private async later(work: Work, seconds: number): Promise<void> {
    await rows(
      this.db,
      `UPDATE pay_refund SET check_at = $2 WHERE id = $1 AND status IN ('pending', 'processing')`,
      [work.id, after(this.clock.wall(), seconds)],
    );
  }
}

function queryDelay(work: Work): number {
  return waitOf(work.state === 'sending' ? REFUND_WAITS.unanswered : PAYOUT_WAITS.queries, work.queries);
}
