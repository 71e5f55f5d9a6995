import { fen, type Fen } from '@yajin/core';
import { maybeRow, rows, type Database, type Row } from '@yajin/server';
import type { EntityManager } from 'typeorm';
import { takeDifference } from './difference-cases.js';
import { ANOTHER_TRANSACTION } from './payment-report.js';
import { PAYOUT_WAITS } from './times.js';
import type { PayWork, WorkKind } from './entities/pay-work.entity.js';

export const WORK_KINDS = [
  'suspense',
  'unallocated',
  'notification',
  'refund_abnormal',
  'refund_merchant',
  'refund_failed',
  'refund_unclear',
  'outside',
  'difference',
  'entry',
] as const satisfies readonly WorkKind[];

export interface Work {
  kind: WorkKind;
  /** The id of what it is about. */
  ref: number;
  since: Date;
  amountFen: Fen | null;
  line: string | null;
  gateway: string | null;
  orderNo: string | null;
  /** Who took it. */
  owner: string | null;
}

/** A genuine notification that could not be applied may be one of many: the newest of them are shown. */
const MOST_NOTIFICATIONS = 1000;

const NO_PROPOSAL = 'NOT EXISTS (SELECT FROM pay_refund_outside x WHERE x.refund_id = r.id)';

/** SQL: everything that waits. `$1` is real time. */
const WAITING = `
  SELECT 'suspense' AS kind, s.id AS ref, s.created_at AS since, a.amount_fen - a.refunded_fen - a.reserved_fen - a.moved_fen AS amount_fen, s.line, a.gateway,
    o.order_no, NULL::text AS owner
  FROM pay_suspense s JOIN pay_order o ON o.id = s.order_id JOIN pay_attempt a ON a.out_trade_no = s.out_trade_no WHERE s.decision IS NULL
  UNION ALL
  SELECT 'unallocated', o.id, a.paid_at, a.amount_fen - a.refunded_fen - a.reserved_fen - a.moved_fen, o.line, a.gateway, o.order_no, NULL
  FROM pay_attempt a JOIN pay_order o ON o.id = a.order_id
  WHERE a.held_in = 'unallocated' AND a.refunded_fen + a.reserved_fen + a.moved_fen < a.amount_fen
  UNION ALL
  SELECT CASE k.state WHEN 'abnormal' THEN 'refund_abnormal' WHEN 'merchant' THEN 'refund_merchant' ELSE 'refund_failed' END,
    r.id, r.created_at, r.amount_fen, r.line, r.gateway, o.order_no, NULL
  FROM pay_refund r JOIN pay_order o ON o.id = r.order_id
  LEFT JOIN pay_refund_attempt k ON k.refund_id = r.id AND k.state IN ('abnormal', 'merchant')
  WHERE r.status = 'failed' AND ${NO_PROPOSAL}
  UNION ALL
  SELECT 'refund_unclear', r.id, r.created_at, r.amount_fen, r.line, r.gateway, o.order_no, NULL
  FROM pay_refund r JOIN pay_order o ON o.id = r.order_id
  WHERE r.status = 'processing' AND r.sent_at < $1::timestamptz - interval '${PAYOUT_WAITS.unclear} seconds' AND ${NO_PROPOSAL}
  UNION ALL
  SELECT 'outside', r.id, x.proposed_at, r.amount_fen, r.line, r.gateway, o.order_no, NULL
  FROM pay_refund_outside x JOIN pay_refund r ON r.id = x.refund_id JOIN pay_order o ON o.id = r.order_id WHERE x.confirmed_at IS NULL
  UNION ALL
  SELECT 'difference', d.id, d.found_at, abs(coalesce(d.theirs_fen, 0) - coalesce(d.ours_fen, 0)), o.line, d.gateway, o.order_no, d.owner
  FROM pay_difference d LEFT JOIN pay_attempt a ON a.out_trade_no = d.out_trade_no AND a.gateway = d.gateway
  LEFT JOIN pay_order o ON o.id = a.order_id WHERE d.state = 'open'
  UNION ALL
  SELECT 'entry', e.id, e.proposed_at, e.amount_fen, o.line, NULL, o.order_no, NULL
  FROM pay_entry e JOIN pay_order o ON o.id = e.order_id WHERE e.state = 'proposed'
  UNION ALL
  (SELECT 'notification', n.id, n.received_at, coalesce(r.amount_fen, a.amount_fen), o.line, n.gateway, o.order_no, NULL
  FROM pay_notification n
  LEFT JOIN pay_refund_attempt k ON k.out_refund_no = n.subject_no LEFT JOIN pay_refund r ON r.id = k.refund_id
  LEFT JOIN pay_attempt a ON a.out_trade_no = coalesce(r.out_trade_no, n.subject_no) LEFT JOIN pay_order o ON o.id = a.order_id
  WHERE n.state IN ('quarantined', 'unreadable')
  -- Asked, the gateway said since what is so; of a number that was paid before by another transaction nobody is asked.
    AND CASE WHEN k.out_refund_no IS NULL THEN a.state IS DISTINCT FROM 'paid' OR n.reason = '${ANOTHER_TRANSACTION}'
      ELSE k.state NOT IN ('success', 'closed', 'merchant') END
    AND NOT EXISTS (SELECT FROM pay_work d WHERE d.kind = 'notification' AND d.ref = n.id AND d.done_at IS NOT NULL)
  ORDER BY n.id DESC LIMIT ${MOST_NOTIFICATIONS})`;

/** SQL: … with who took it, less what was done with. */
const WORK = `
  SELECT n.kind, n.ref, n.since, n.amount_fen, n.line, n.gateway, n.order_no, coalesce(n.owner, w.owner) AS owner
  FROM (${WAITING}) AS n LEFT JOIN pay_work w ON w.kind = n.kind AND w.ref = n.ref WHERE w.done_at IS NULL`;

interface WorkRow {
  kind: WorkKind;
  ref: number;
  since: Date;
  amount_fen: number | null;
  line: string | null;
  gateway: string | null;
  order_no: string | null;
  owner: string | null;
}

export interface WorkFilter {
  kind: WorkKind | null;
  line: string | null;
  owner: string | null;
}

/** What waits longest first. @param wall real time */
export async function listWork(
  db: Database,
  wall: Date,
  { kind, line, owner }: WorkFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<Work[]> {
  const found = await rows<WorkRow>(
    db,
    `SELECT * FROM (${WORK}) AS work WHERE ($2::text IS NULL OR kind = $2) AND ($3::text IS NULL OR line = $3) AND ($4::text IS NULL OR owner = $4)
     ORDER BY since, kind, ref LIMIT $5 OFFSET $6`,
    [wall, kind, line, owner, limit, offset],
  );
  return found.map(workFrom);
}

/** How much there is of each kind, whatever kind is looked at. */
export async function sumWork(
  db: Database,
  wall: Date,
  { line, owner }: Pick<WorkFilter, 'line' | 'owner'>,
): Promise<{ kind: WorkKind; count: number; amountFen: Fen }[]> {
  const found = await rows<{ kind: WorkKind; count: number; fen: number }>(
    db,
    `SELECT kind, count(*) AS count, coalesce(sum(amount_fen), 0)::bigint AS fen FROM (${WORK}) AS work
     WHERE ($2::text IS NULL OR line = $2) AND ($3::text IS NULL OR owner = $3) GROUP BY kind ORDER BY kind`,
    [wall, line, owner],
  );
  return found.map((row) => ({ kind: row.kind, count: row.count, amountFen: fen(row.fen) }));
}

/** @returns null where it waits no more */
export async function findWork(db: Database, wall: Date, kind: WorkKind, ref: number): Promise<Work | null> {
  const found = await maybeRow<WorkRow>(db, `SELECT * FROM (${WORK}) AS work WHERE kind = $2 AND ref = $3`, [
    wall,
    kind,
    ref,
  ]);
  return found && workFrom(found);
}

/** From now on it is theirs to see to, whoever had it. @throws DifferenceResolved */
export async function takeWork(
  manager: EntityManager,
  kind: WorkKind,
  ref: number,
  by: string,
  now: Date,
): Promise<void> {
  if (kind === 'difference') return takeDifference(manager, ref, by);
  await rows(
    manager,
    `INSERT INTO pay_work (kind, ref, owner, taken_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (kind, ref) DO UPDATE SET owner = EXCLUDED.owner, taken_at = EXCLUDED.taken_at WHERE pay_work.done_at IS NULL`,
    [kind, ref, by, now],
  );
}

/** Says what became of a notification that nothing else will settle. @returns whether it waited */
export async function finishNotification(
  manager: EntityManager,
  id: number,
  by: string,
  note: string,
  now: Date,
): Promise<boolean> {
  const done = await maybeRow<Row<PayWork, 'ref'>>(
    manager,
    `INSERT INTO pay_work (kind, ref, owner, taken_at, note, done_at) VALUES ('notification', $1, $2, $4, $3, $4)
     ON CONFLICT (kind, ref) DO UPDATE SET owner = EXCLUDED.owner, note = EXCLUDED.note, done_at = EXCLUDED.done_at
       WHERE pay_work.done_at IS NULL RETURNING ref`,
    [id, by, note, now],
  );
  return done !== null;
}

function workFrom(row: WorkRow): Work {
  return {
    kind: row.kind,
    ref: row.ref,
    since: row.since,
    amountFen: row.amount_fen === null ? null : fen(row.amount_fen),
    line: row.line,
    gateway: row.gateway,
    orderNo: row.order_no,
    owner: row.owner,
  };
}
