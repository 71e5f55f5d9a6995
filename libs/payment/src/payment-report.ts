import { statesAccepting } from '@yajin/core';
import { noteAbout, onlyRow, type Clock, type Database, type Row } from '@yajin/server';
import { couponFen, partsOf } from './coupons.js';
import type { Gateway, PaidTrade } from './gateway.js';
import type { PayerIds } from './payer-ids.js';
import { attemptTransitions, orderTransitions } from './states.js';
import type { OwnReason } from './words.js';
import type { PayAttempt } from './entities/pay-attempt.entity.js';
import type { PayNotification } from './entities/pay-notification.entity.js';

/** The inbox row that goes with a report; null when we learned of it by asking. */
export interface InboxEvent {
  eventId: string;
  eventType: string;
  /** Without anybody's id: see PayerIds. */
  payload: unknown;
}

/**
 * `quarantined` changed nothing; `reason` says why. `known` had been applied before. `twice` is a refund that the gateway
 * paid although a person had said that it was paid by other means.
 */
export interface Applied {
  outcome: 'applied' | 'surplus' | 'known' | 'quarantined' | 'twice';
  reason: string | null;
  /** A refund that the gateway had accepted and gave up on for want of money: it is sent anew by itself. */
  starved?: boolean;
}

/**
 * `deliveries` counts repeats. A notification that could not be applied gets another chance when it is
 * sent again.
 */
export const inboxEvent = (alias: string, subjectNo: string): string => `
  inbox AS (
    INSERT INTO pay_notification (gateway, event_id, event_type, subject_no, state, reason, payload)
    SELECT $1, $2, $3, ${subjectNo}, CASE WHEN ${alias}.objection IS NULL THEN 'applied' ELSE 'quarantined' END,
           ${alias}.objection, $4::jsonb
    FROM ${alias} WHERE $2::text IS NOT NULL
    ON CONFLICT (gateway, event_id) DO UPDATE
      SET deliveries = pay_notification.deliveries + 1, state = EXCLUDED.state, reason = EXCLUDED.reason
    RETURNING id
  )`;

/** What a payment is objected to with whose sum is not what was asked for. */
export const WRONG_AMOUNT = 'wrong amount';
/** … or who was paid for by somebody else than the number was made for. */
export const WRONG_PAYER = 'wrong payer';
/** … or whose number was paid before, by a transaction that is known: the money is there twice. */
export const ANOTHER_TRANSACTION = 'paid by another transaction';

/** SQL: what the gateway keeps of a sum, in fen; null while its rate (in ten-thousandths) is not known. */
export function feeOf(amount: string, rate: string): string {
  return `round(${amount} * ${rate}::int / 10000.0)::bigint`;
}

/** $1 to $4 of every report. */
export function inboxParameters(gateway: string, event: InboxEvent | null): (string | null)[] {
  if (!event) return [gateway, null, null, null];
  return [gateway, event.eventId, event.eventType, JSON.stringify(event.payload)];
}

/**
 * A payment in one statement: the inbox row, the attempt, the order, the books, the refund of money that
 * counts for nothing, and the delivery to the line. Notifications and query results both come here.
 *
 * The order is taken first and the attempt second, always: two reports of one payment, or of two payments
 * for one order, queue up at the order's row, and the second finds it paid. What is objected to is asked about at once.
 */
const PAYMENT = `
WITH known AS (
  SELECT a.out_trade_no, a.order_id, a.held_in, coalesce($9::text, CASE
    WHEN a.out_trade_no IS NULL THEN 'unknown trade'
    WHEN a.transaction_id <> $6::text THEN '${ANOTHER_TRANSACTION}'
    WHEN a.held_in = 'suspense' THEN NULL
    WHEN a.amount_fen <> $7::bigint THEN '${WRONG_AMOUNT}'
    -- An attempt of the time before has the id itself, and no index.
    WHEN a.scene = 'jsapi' AND coalesce(a.payer_index <> ALL ($18::text[]), a.payer_id <> $17::text) THEN '${WRONG_PAYER}'
    WHEN EXISTS (SELECT FROM pay_attempt o WHERE o.gateway = $1 AND o.transaction_id = $6 AND o.out_trade_no <> $5)
      THEN 'transaction of another trade'
  END) AS objection
  FROM (SELECT 1) AS one LEFT JOIN pay_attempt a ON a.out_trade_no = $5 AND a.gateway = $1
), ${inboxEvent('known', '$5')},
asked AS (
  UPDATE pay_attempt a SET query_at = $19 FROM known
  WHERE a.out_trade_no = known.out_trade_no AND known.objection IS NOT NULL AND $2::text IS NOT NULL AND a.state <> 'paid'
),
paid_order AS (
  UPDATE pay_order o SET status = '${orderTransitions.pending.paid}', deliver_at = $19, delivery_tries = 0, paid_at = $10, paid_with = known.out_trade_no,
    payer_id = coalesce($8::text, o.payer_id), payer_index = coalesce($16::text, o.payer_index)
  FROM known
  WHERE o.id = known.order_id AND known.objection IS NULL AND known.held_in IS NULL AND o.status IN ('pending', 'closed')
    AND $10 < o.expires_at
  RETURNING o.id
),
payment AS (
  UPDATE pay_attempt a SET state = '${attemptTransitions.open.paid}', transaction_id = $6, paid_at = $10, payer_id = coalesce($8, a.payer_id), payer_index = coalesce($16, a.payer_index), query_at = NULL,
    held_in = CASE WHEN counted.here THEN 'deposit' ELSE 'surplus' END,
    reserved_fen = CASE WHEN counted.here THEN 0 ELSE a.amount_fen END,
    fee_fen = ${feeOf('(a.amount_fen - $15::bigint)', '$14')}, fee_from = CASE WHEN $14::int IS NOT NULL THEN 'rate' END
  FROM known, (SELECT count(*) > 0 AS here FROM paid_order) AS counted
  WHERE a.out_trade_no = known.out_trade_no AND known.objection IS NULL AND a.state = ANY($12)
  RETURNING a.*
),
booked AS (
  INSERT INTO pay_ledger (source, debit, credit, amount_fen, gateway, line, subject, order_id, at, effective_at)
  SELECT 'payment:' || p.out_trade_no || part.ending, part.account, p.held_in, part.fen, p.gateway, o.line, o.subject, o.id, $11, $10
  FROM payment p JOIN pay_order o ON o.id = p.order_id CROSS JOIN LATERAL ${partsOf('p.amount_fen', '$15::bigint')}
),
surplus AS (
  INSERT INTO pay_refund (source, line, gateway, order_id, out_trade_no, amount_fen, reason, check_at, deliver_at, created_at)
  SELECT 'surplus:' || p.out_trade_no, o.line, p.gateway, p.order_id, p.out_trade_no, p.amount_fen,
         CASE WHEN $10 < o.expires_at THEN '${'paid_twice' satisfies OwnReason}' ELSE '${'paid_late' satisfies OwnReason}' END, $19, $19, $11
  FROM payment p JOIN pay_order o ON o.id = p.order_id WHERE p.held_in = 'surplus'
  RETURNING id
),
surplus_attempt AS (
  INSERT INTO pay_refund_attempt (out_refund_no, refund_id, created_at)
  SELECT left(replace(gen_random_uuid()::text, '-', ''), $13), id, $11 FROM surplus
)
SELECT known.objection AS reason, payment.held_in, (SELECT count(*) FROM inbox) AS events
FROM known LEFT JOIN payment ON true`;

/**
 * Applies what the gateway says of a payment of ours.
 * @param feeRate what the gateway keeps, in ten-thousandths; null while nobody has said
 */
export async function applyPayment(
  db: Database,
  payers: PayerIds,
  gateway: Pick<Gateway, 'name' | 'numberLength'>,
  trade: PaidTrade,
  foreign: string | null,
  event: InboxEvent | null,
  clock: Clock,
  feeRate: number | null = null,
): Promise<Applied> {
  noteAbout(`trade-${trade.outTradeNo}`);
  const payer = payers.keep(trade.payerId);
  const row = await onlyRow<Row<PayAttempt, 'heldIn'> & { reason: string | null }>(db, PAYMENT, [
    ...inboxParameters(gateway.name, event),
    trade.outTradeNo,
    trade.transactionId,
    trade.amountFen,
    payer.payer_id,
    foreign,
    trade.paidAt,
    clock.now(),
    statesAccepting(attemptTransitions, 'paid'),
    gateway.numberLength.refund,
    feeRate,
    couponFen(trade),
    payer.payer_index,
    trade.payerId,
    trade.payerId === null ? null : payers.indexes(trade.payerId),
    clock.wall(),
  ]);
  if (row.reason !== null) return { outcome: 'quarantined', reason: row.reason };
  if (row.held_in === null) return { outcome: 'known', reason: null };
  return { outcome: row.held_in === 'surplus' ? 'surplus' : 'applied', reason: null };
}

/**
 * A payment whose trade was begun outside, such as by a fixed code that anyone can scan. The order is born
 * paid, held as unallocated until its line says what the money is for.
 */
const CLAIMED_PAYMENT = `
WITH known AS (SELECT $9::text AS objection), ${inboxEvent('known', '$5')},
paid_order AS (
  INSERT INTO pay_order (id, order_no, line, subject, amount_fen, description, status, payer_id, payer_index, expires_at, paid_at,
                         paid_with, claimed_trade, deliver_at, created_at)
  SELECT ('x' || right(encode(sha256(gen_random_uuid()::text::bytea), 'hex'), 13))::bit(52)::bigint,
         'ord_' || gen_random_uuid(), $12, $13, $7, $14, 'paid', $8::text, $17::text, $10, $10, $5, $1 || ':' || $5, $18, $11
  FROM known WHERE known.objection IS NULL
  ON CONFLICT (claimed_trade) DO NOTHING
  RETURNING *
),
payment AS (
  INSERT INTO pay_attempt (out_trade_no, order_id, gateway, state, payer_id, payer_index, amount_fen, transaction_id, paid_at, held_in,
                           created_at, fee_fen, fee_from)
  SELECT $5, id, $1, 'paid', $8, $17, $7, $6, $10, 'unallocated', $11, ${feeOf('($7::bigint - $16::bigint)', '$15')}, CASE WHEN $15::int IS NOT NULL THEN 'rate' END
  FROM paid_order
),
booked AS (
  INSERT INTO pay_ledger (source, debit, credit, amount_fen, gateway, line, subject, order_id, at, effective_at)
  SELECT 'payment:' || $5 || part.ending, part.account, 'unallocated', part.fen, $1, line, subject, id, $11, $10
  FROM paid_order CROSS JOIN LATERAL ${partsOf('amount_fen', '$16::bigint')}
)
SELECT known.objection AS reason, (SELECT count(*) FROM inbox) AS events, (SELECT count(*) FROM paid_order) AS orders
FROM known`;

export async function applyClaimedPayment(
  db: Database,
  payers: PayerIds,
  gateway: string,
  trade: PaidTrade,
  claim: { line: string; subject: string; description: string },
  foreign: string | null,
  event: InboxEvent | null,
  clock: Clock,
  feeRate: number | null = null,
): Promise<Applied> {
  const payer = payers.keep(trade.payerId);
  const row = await onlyRow<{ reason: string | null; orders: number }>(db, CLAIMED_PAYMENT, [
    ...inboxParameters(gateway, event),
    trade.outTradeNo,
    trade.transactionId,
    trade.amountFen,
    payer.payer_id,
    foreign,
    trade.paidAt,
    clock.now(),
    claim.line,
    claim.subject,
    claim.description,
    feeRate,
    couponFen(trade),
    payer.payer_index,
    clock.wall(),
  ]);
  if (row.reason !== null) return { outcome: 'quarantined', reason: row.reason };
  return { outcome: row.orders > 0 ? 'applied' : 'known', reason: null };
}

/**
 * Keeps what was truly the gateway's but is nothing we can apply.
 * @returns whether it is new
 */
export async function keepUnapplied(
  db: Database,
  gateway: string,
  event: InboxEvent,
  state: 'quarantined' | 'unreadable',
  reason: string,
  subjectNo: string | null,
): Promise<boolean> {
  const { deliveries } = await onlyRow<Row<PayNotification, 'deliveries'>>(
    db,
    `INSERT INTO pay_notification (gateway, event_id, event_type, subject_no, state, reason, payload)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (gateway, event_id) DO UPDATE SET deliveries = pay_notification.deliveries + 1
     RETURNING deliveries`,
    [gateway, event.eventId, event.eventType, subjectNo, state, reason, JSON.stringify(event.payload)],
  );
  return deliveries === 1;
}
