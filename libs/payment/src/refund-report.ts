import { statesAccepting } from '@yajin/core';
import { onlyRow, type Alerts, type Clock, type Database } from '@yajin/server';
import type { KernelAlert } from './kernel-alert.js';
import { couponFen, partsOf } from './coupons.js';
import type { Gateway, RefundReport } from './gateway.js';
import { inboxEvent, inboxParameters, type InboxEvent, type Applied } from './payment-report.js';
import {
  refundAttemptTransitions,
  refundTransitions,
  type RefundAttemptState,
  type RefundStatus,
} from './states.js';
import { after, PAYOUT_WAITS, REFUND_WAITS } from './times.js';
import { STARVED } from './words.js';

/** Nobody's failure, and only money helps: one alert for all of them. */
export function alertStarved(alerts: Alerts<KernelAlert>, gateway: string): Promise<void> {
  const detail = `${gateway} closed refunds that it had accepted a week ago: they are sent again under new numbers`;
  return alerts.raise('refund-starved', detail, {
    key: `refund-starved:${gateway}`,
    params: { gateway },
  });
}

interface RefundSettled {
  reason: string | null;
  refund_id: number | null;
  twice: number;
  starved: boolean;
}

/**
 * A refund in one statement. Its row is taken first, then the number, then the payment, as everywhere. A number that the
 * gateway closed after days is followed by another; after a week it says that
 * the balance never sufficed.
 * A number that succeeds although its refund is done was paid by other means (the row, once locked, tells it as it is now): that is
 * booked back from there, and a person is alerted. What went back to the merchant has failed: the payer is still owed it, and who
 * pays them otherwise is owed what reached the merchant's bank.
 */
const REFUND = `
WITH target AS (
  SELECT r.*, a.out_refund_no, a.state AS was
  FROM pay_refund r JOIN pay_refund_attempt a ON a.refund_id = r.id WHERE a.out_refund_no = $5 FOR UPDATE OF r
), known AS (
  SELECT t.out_refund_no, t.id, t.status = 'success' AS done, $10::text = 'closed' AND t.sent_at < $19 AS resumes,
    $10::text = 'closed' AND t.sent_at < $20 AS starved, coalesce($9::text, CASE
    WHEN t.out_refund_no IS NULL THEN 'unknown refund'
    WHEN t.amount_fen <> $8::bigint THEN 'wrong amount'
    WHEN t.out_trade_no <> $6::text THEN 'refund of another trade'
    WHEN t.was = 'closed' AND $10::text IN ('success', 'merchant') THEN 'success of a refund number that was closed'
  END) AS objection
  FROM (SELECT 1) AS one LEFT JOIN target t ON true
), ${inboxEvent('known', '$5')},
attempt AS (
  UPDATE pay_refund_attempt a SET state = $10
  FROM known WHERE a.out_refund_no = known.out_refund_no AND known.objection IS NULL AND a.state = ANY($11)
  RETURNING a.refund_id
),
refund AS (
  UPDATE pay_refund r SET status = CASE WHEN known.resumes THEN '${refundTransitions.processing.sent}' ELSE $12 END, deliver_at = $18, delivery_tries = 0,
    gateway_refund_id = CASE WHEN known.resumes THEN NULL ELSE $7 END, succeeded_at = CASE WHEN $12 = 'success' THEN $13::timestamptz END,
    fail_code = CASE WHEN known.starved THEN 'INSUFFICIENT' ELSE $14 END,
    fail_message = CASE WHEN known.starved THEN $23 END,
    sent_at = CASE WHEN known.resumes THEN NULL ELSE r.sent_at END,
    check_at = CASE WHEN known.resumes THEN $21::timestamptz ELSE $22::timestamptz END
  FROM attempt JOIN known ON known.id = attempt.refund_id WHERE r.id = attempt.refund_id AND r.status <> 'success'
  RETURNING r.*
),
resumed AS (
  INSERT INTO pay_refund_attempt (out_refund_no, refund_id, created_at)
  SELECT left(replace(gen_random_uuid()::text, '-', ''), $16), r.id, $15 FROM refund r JOIN known ON known.id = r.id WHERE known.resumes
),
payment AS (
  UPDATE pay_attempt p SET reserved_fen = p.reserved_fen - r.amount_fen, refunded_fen = p.refunded_fen + r.amount_fen
  FROM refund r WHERE r.status = 'success' AND p.out_trade_no = r.out_trade_no
  RETURNING p.out_trade_no, p.held_in
),
arrived AS (
  SELECT 'refund:' || r.id AS source, p.held_in AS debit, r.id FROM refund r JOIN payment p ON p.out_trade_no = r.out_trade_no
  UNION ALL
  SELECT 'refund:' || known.id || ':late', 'outside', known.id FROM attempt JOIN known ON known.id = attempt.refund_id
  WHERE known.done AND $10::text = 'success'
  UNION ALL
  SELECT 'refund:' || known.id || ':merchant', 'outside', known.id FROM attempt JOIN known ON known.id = attempt.refund_id
  WHERE $24::text = 'bank'
),
booked AS (
  INSERT INTO pay_ledger (source, debit, credit, amount_fen, gateway, line, subject, order_id, at, effective_at)
  SELECT a.source || part.ending, a.debit, part.account, part.fen, r.gateway, o.line, o.subject, o.id, $15, $13
  FROM arrived a JOIN pay_refund r ON r.id = a.id JOIN pay_order o ON o.id = r.order_id
  CROSS JOIN LATERAL ${partsOf('r.amount_fen', '$17::bigint')}
  RETURNING source
)
SELECT known.objection AS reason, refund.id AS refund_id, (SELECT count(*) FROM inbox) AS events,
  (SELECT count(*) FROM booked WHERE source LIKE '%:late%') AS twice,
  known.starved AND refund.id IS NOT NULL AS starved
FROM known LEFT JOIN refund ON true`;

/**
 * Applies what the gateway says of a refund of ours, be it by notification, by query or as the answer.
 * @param redirected whether it was abnormal when the gateway was asked: only then `processing` is news of it
 */
export async function applyRefund(
  db: Database,
  gateway: Pick<Gateway, 'name' | 'numberLength'>,
  report: RefundReport,
  foreign: string | null,
  event: InboxEvent | null,
  clock: Clock,
  redirected = false,
): Promise<Applied> {
  const outcome = report.state === 'success' && report.backAt ? 'merchant' : report.state;
  const { state, status } = landing(outcome);
  const now = clock.now();
  const wall = clock.wall();
  const attemptEvent = redirected && outcome === 'processing' ? 'redirected' : outcome;
  const row = await onlyRow<RefundSettled>(db, REFUND, [
    ...inboxParameters(gateway.name, event),
    report.outRefundNo,
    report.outTradeNo,
    report.gatewayRefundId,
    report.amountFen,
    foreign,
    state,
    statesAccepting(refundAttemptTransitions, attemptEvent),
    status,
    report.state === 'success' ? (report.succeededAt ?? now) : null,
    status === 'failed' ? outcome.toUpperCase() : null,
    now,
    gateway.numberLength.refund,
    couponFen(report),
    wall,
    after(wall, -REFUND_WAITS.resumesAfter),
    after(wall, -REFUND_WAITS.starvesAfter),
    after(wall, REFUND_WAITS.resumption),
    after(wall, PAYOUT_WAITS.queries[0]),
    STARVED,
    outcome === 'merchant' ? report.backAt : null,
  ]);
  if (row.reason !== null) return { outcome: 'quarantined', reason: row.reason };
  if (row.twice > 0) return { outcome: 'twice', reason: 'arrived although it had been paid by other means' };
  const applied = row.refund_id === null ? 'known' : 'applied';
  return { outcome: applied, reason: null, ...(row.starved && { starved: true }) };
}

function landing(state: RefundReport['state'] | 'merchant'): {
  state: RefundAttemptState;
  status: RefundStatus;
} {
  const reached = refundAttemptTransitions.sending[state];
  switch (state) {
    case 'processing':
      return { state: reached, status: refundTransitions.processing.sent };
    case 'success':
      return { state: reached, status: refundTransitions.processing.success };
    case 'closed':
    case 'abnormal':
    case 'merchant':
      return { state: reached, status: refundTransitions.processing.failed };
  }
}
