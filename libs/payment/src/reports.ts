import { fen, type Fen } from '@yajin/core';
import { onlyRow, rows, type Database } from '@yajin/server';
import type { Account } from './ledger.js';

export interface Slice {
  limit: number;
  offset: number;
}

export interface InboxEntry {
  id: number;
  gateway: string;
  eventId: string;
  eventType: string;
  state: 'applied' | 'quarantined' | 'unreadable';
  reason: string | null;
  orderNo: string | null;
  outTradeNo: string | null;
  outRefundNo: string | null;
  receivedAt: Date;
}

/** Verified notifications, the newest first. What they carried stays in the table: it names payers. */
export async function listNotifications(
  db: Database,
  state: string | null,
  slice: Slice,
): Promise<{ list: InboxEntry[]; total: number }> {
  const list = await rows<InboxEntry>(
    db,
    `SELECT n.id, n.gateway, n.event_id AS "eventId", n.event_type AS "eventType", n.state, n.reason, n.received_at AS "receivedAt",
       o.order_no AS "orderNo", CASE WHEN r.out_refund_no IS NULL THEN n.subject_no ELSE k.out_trade_no END AS "outTradeNo",
       r.out_refund_no AS "outRefundNo"
     FROM (SELECT * FROM pay_notification WHERE $1::text IS NULL OR state = $1 ORDER BY id DESC LIMIT $2 OFFSET $3) AS n
     LEFT JOIN pay_refund_attempt r ON r.out_refund_no = n.subject_no LEFT JOIN pay_refund k ON k.id = r.refund_id
     LEFT JOIN pay_attempt a ON a.out_trade_no = coalesce(k.out_trade_no, n.subject_no) LEFT JOIN pay_order o ON o.id = a.order_id
     ORDER BY n.id DESC`,
    [state, slice.limit, slice.offset],
  );
  const { total } = await onlyRow<{ total: number }>(
    db,
    'SELECT count(*) AS total FROM pay_notification WHERE $1::text IS NULL OR state = $1',
    [state],
  );
  return { list, total };
}

export interface LedgerFilter {
  line: string;
  subject: string | null;
  account: string | null;
  orderNo: string | null;
  from: Date | null;
  before: Date | null;
}

export interface LedgerEntry {
  /** The posting; its two entries cancel out. */
  postingId: number;
  side: 0 | 1;
  account: Account;
  /** Fen: positive for a debit, negative for a credit. */
  amountFen: Fen;
  /** What was posted, such as `payment` or `refund`. */
  kind: string;
  orderId: number;
  orderNo: string;
  subject: string;
  at: Date;
}

const ENTRIES = `
  SELECT l.id AS "postingId", e.side, e.account, e.amount AS "amountFen", split_part(l.source, ':', 1) AS kind, o.id AS "orderId", o.order_no AS "orderNo",
    l.subject, l.at
  FROM pay_ledger l JOIN pay_order o ON o.id = l.order_id
  CROSS JOIN LATERAL (VALUES (0, l.debit, l.amount_fen), (1, l.credit, -l.amount_fen)) AS e (side, account, amount)
  WHERE l.line = $1 AND ($2::text IS NULL OR l.subject = $2) AND ($3::text IS NULL OR e.account = $3)
    AND ($4::text IS NULL OR o.order_no = $4) AND ($5::timestamptz IS NULL OR l.at >= $5) AND ($6::timestamptz IS NULL OR l.at < $6)`;

/** The books of a line as single entries, the newest first, with what each account comes to over all of them. */
export async function listLedger(
  db: Database,
  filter: LedgerFilter,
  slice: Slice,
): Promise<{ list: LedgerEntry[]; total: number; balances: { account: Account; balanceFen: Fen }[] }> {
  const values = [filter.line, filter.subject, filter.account, filter.orderNo, filter.from, filter.before];
  const list = await rows<LedgerEntry>(db, `${ENTRIES} ORDER BY l.id DESC, e.side LIMIT $7 OFFSET $8`, [
    ...values,
    slice.limit,
    slice.offset,
  ]);
  const sums = await rows<{ account: Account; balance: string; entries: number }>(
    db,
    `SELECT account, sum("amountFen") AS balance, count(*) AS entries FROM (${ENTRIES}) AS entries GROUP BY account ORDER BY account`,
    values,
  );
  return {
    list: list.map((entry) => ({ ...entry, amountFen: fen(entry.amountFen) })),
    total: sums.reduce((count, row) => count + row.entries, 0),
    balances: sums.map((row) => ({ account: row.account, balanceFen: fen(row.balance) })),
  };
}
