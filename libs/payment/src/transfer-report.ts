import { statesAccepting } from '@yajin/core';
import { onlyRow, type Clock, type Database } from '@yajin/server';
import type { TransferReport } from './gateway.js';
import { inboxEvent, inboxParameters, type InboxEvent, type Applied } from './payment-report.js';
import {
  transferStatusTransitions,
  transferTransitions,
  type TransferState,
  type TransferStatus,
} from './states.js';
import { after, PAYOUT_WAITS } from './times.js';

/** SQL: whether the transfer's own money is frozen: by its own postings, for the owner's account holds that of others, too. */
const FROZEN = `(SELECT coalesce(sum(CASE WHEN l.credit LIKE 'frozen:%' THEN l.amount_fen ELSE -l.amount_fen END), 0) > 0 FROM pay_ledger l
  WHERE l.order_id IN (SELECT q.order_id FROM pay_transfer_portion q WHERE q.transfer_id = t.id)
    AND (l.source LIKE 'freeze:' || t.id || ':%' OR l.source LIKE 'unfreeze:' || t.id || ':%'))`;

/** SQL: whether the owner's balance covers it. */
const COVERED = `EXISTS (SELECT FROM pay_account c WHERE c.line = t.line AND c.account = 'balance:' || t.owner AND c.balance_fen >= t.amount_fen)`;

/**
 * What the gateway says of a transfer in one statement, as with payments and refunds. The row is locked first, because
 * where the money lies depends on what we believed before: a transfer we had given up holds it in the balance, and what was
 * spent from there meanwhile is owed to us.
 */
const TRANSFER = `
WITH mine AS (
  SELECT * FROM pay_transfer
  WHERE gateway = $1 AND (out_transfer_no = $5 OR past_numbers @> ARRAY[$5::text]) FOR UPDATE
), known AS (
  SELECT m.id, m.status AS was, coalesce($8::text, CASE
    WHEN m.id IS NULL THEN 'unknown transfer'
    WHEN m.amount_fen <> $7::bigint THEN 'wrong amount'
    WHEN (m.out_transfer_no <> $5 OR m.state = 'failed') AND $9::text = 'success' THEN 'success of a transfer number that failed'
    WHEN m.out_transfer_no = $5 AND m.state = 'success' AND $9::text = 'failed' THEN 'failure of a transfer that succeeded'
  END) AS objection
  FROM (SELECT 1) AS one LEFT JOIN mine m ON true
), ${inboxEvent('known', '$5')},
transfer AS (
  UPDATE pay_transfer t SET state = $9, status = $11, gateway_transfer_id = $6, succeeded_at = $12, fail_code = $13, fail_message = $14,
    deliver_at = $16, delivery_tries = 0, check_at = $17
  FROM known WHERE t.id = known.id AND known.objection IS NULL AND t.out_transfer_no = $5 AND t.state = ANY($10)
  RETURNING t.*, known.was
),
booked AS (
  INSERT INTO pay_ledger (source, debit, credit, amount_fen, gateway, line, subject, order_id, at, effective_at)
  SELECT p.source, p.debit, p.credit, n.amount_fen, t.gateway, t.line, o.subject, n.order_id, $15, $12
  FROM transfer t JOIN pay_transfer_portion n ON n.transfer_id = t.id JOIN pay_order o ON o.id = n.order_id CROSS JOIN LATERAL (VALUES
    ('transfer:' || t.id || ':' || n.order_id, CASE
        WHEN ${FROZEN} THEN 'frozen:' || t.owner
        WHEN ${COVERED} THEN 'balance:' || t.owner
        ELSE 'receivable'
      END, 'clearing', t.status = 'success'),
    ('unfreeze:' || t.id || ':' || t.retries || ':' || n.order_id || ':failed', 'frozen:' || t.owner, 'balance:' || t.owner,
      t.status = 'failed' AND ${FROZEN}),
    ('freeze:' || t.id || ':' || t.retries || ':' || n.order_id || ':late', 'balance:' || t.owner, 'frozen:' || t.owner,
      t.status = 'processing' AND NOT ${FROZEN} AND ${COVERED})
  ) AS p (source, debit, credit, due) WHERE p.due
)
SELECT known.objection AS reason, transfer.id AS transfer_id, (SELECT count(*) FROM inbox) AS events
FROM known LEFT JOIN transfer ON true`;

/** Applies what the gateway says of a transfer of ours, be it by notification, by query or as the answer. */
export async function applyTransfer(
  db: Database,
  gateway: string,
  report: TransferReport,
  foreign: string | null,
  event: InboxEvent | null,
  clock: Clock,
): Promise<Applied> {
  const { state, status } = landing(report.state);
  const now = clock.now();
  const wall = clock.wall();
  const row = await onlyRow<{ reason: string | null; transfer_id: number | null }>(db, TRANSFER, [
    ...inboxParameters(gateway, event),
    report.outTransferNo,
    report.gatewayTransferId,
    report.amountFen,
    foreign,
    state,
    statesAccepting(transferTransitions, report.state),
    status,
    report.state === 'success' ? (report.succeededAt ?? now) : null,
    report.state === 'failed' ? 'FAILED' : null,
    report.state === 'failed' ? report.failMessage : null,
    now,
    wall,
    after(wall, PAYOUT_WAITS.queries[0]),
  ]);
  if (row.reason !== null) return { outcome: 'quarantined', reason: row.reason };
  return { outcome: row.transfer_id === null ? 'known' : 'applied', reason: null };
}

function landing(state: TransferReport['state']): { state: TransferState; status: TransferStatus } {
  const status = transferStatusTransitions.processing[state === 'processing' ? 'sent' : state];
  return { state: transferTransitions.sending[state], status };
}
