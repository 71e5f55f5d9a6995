import { addDays, businessDate } from '@yajin/core';
import { onlyRow, rows, type Database, type Row } from '@yajin/server';
import { SLACK_MS } from './match.rules.js';
import type { AccountFacts, Cause, StatedMovement } from './statement.rules.js';
import type { PayBillRow } from './entities/pay-bill-row.entity.js';
import type { PayMovement } from './entities/pay-movement.entity.js';
import type { PayStatement } from './entities/pay-statement.entity.js';

/** A refund arrives that many days after its money left the account, at most. */
const ARRIVES_WITHIN_DAYS = 40;

type MovementLine = Row<PayMovement>;
type CauseLine = Row<
  PayBillRow,
  'entry' | 'day' | 'at' | 'outTradeNo' | 'transactionId' | 'outRefundNo' | 'gatewayRefundId'
> & { settled_fen: number | null; kept_fen: number | null; ours: boolean; asked_at: Date | null };

/** Days after one whose statements have been read, as far as what that one's has may be about them: a refund's, or a balance. */
export async function readAfter(db: Database, gateway: string, day: string): Promise<string[]> {
  const found = await rows<Row<PayStatement, 'day'>>(
    db,
    'SELECT day FROM pay_statement WHERE gateway = $1 AND day > $2 AND day < $2::date + $3::int AND hash IS NOT NULL ORDER BY day',
    [gateway, day, ARRIVES_WITHIN_DAYS],
  );
  return found.map((statement) => statement.day);
}

/** All that is to be known to match a day's statement: itself, what others say of the same, the bills, and our books. */
export async function accountFactsOf(db: Database, gateway: string, day: string): Promise<AccountFacts> {
  // First what has been read: of what is read meanwhile the rows may already be there, but never lack.
  const read = await onlyRow<{ bills: string[]; statements: string[]; read_since: string; moved: boolean }>(
    db,
    `SELECT ARRAY(SELECT b.day::text FROM pay_bill b WHERE b.gateway = $1 AND b.hash IS NOT NULL AND b.day BETWEEN $2::date - 1 AND $2::date + 1) AS bills,
       ARRAY(SELECT s.day::text FROM pay_statement s WHERE s.gateway = $1 AND s.hash IS NOT NULL AND s.day BETWEEN $2::date - 1 AND $2::date + 1) AS statements,
       (SELECT coalesce(max(d.day::date) + 1, $2::date - $3::int)::text FROM generate_series(($2::date - $3::int)::timestamp, ($2::date - 1)::timestamp, interval '1 day') AS d (day)
        WHERE NOT EXISTS (SELECT FROM pay_statement s WHERE s.gateway = $1 AND s.day = d.day::date AND s.hash IS NOT NULL)) AS read_since,
       EXISTS (SELECT FROM pay_movement m WHERE m.gateway = $1 AND m.day BETWEEN $2::date - 1 AND $2::date + 1)
         OR EXISTS (SELECT FROM pay_bill_row b WHERE b.gateway = $1 AND b.day BETWEEN $2::date - 1 AND $2::date + 1) AS moved`,
    [gateway, day, ARRIVES_WITHIN_DAYS],
  );
  // Most days of most gateways are without any: they name nothing of other days, either.
  const movements = read.moved ? await movementsOf(db, gateway, day) : [];
  return {
    day,
    statement: movements.filter((each) => each.day === day),
    elsewhere: movements.filter((each) => each.day !== day),
    causes: read.moved ? await causesOf(db, gateway, day) : [],
    ours: movements.some((each) => each.day === day) ? await oursOf(db, gateway, day) : new Set(),
    bills: new Set(read.bills),
    statements: new Set(read.statements),
    readSince: read.read_since,
    beforeFen: (await heldAfter(db, [gateway], addDays(day, -1))).get(gateway) ?? null,
  };
}

/** Those of the day and of the days beside it, and those of any day that name what the day's bill has, or its movements name. */
async function movementsOf(db: Database, gateway: string, day: string): Promise<StatedMovement[]> {
  const found = await rows<MovementLine>(
    db,
    `WITH billed AS (SELECT * FROM pay_bill_row WHERE gateway = $1 AND day = $2), mine AS (
       SELECT * FROM pay_movement WHERE gateway = $1 AND day = $2
     ), named AS (
       SELECT out_trade_no AS no FROM billed UNION SELECT transaction_id FROM billed
       UNION SELECT out_refund_no FROM billed UNION SELECT gateway_refund_id FROM billed
       UNION SELECT our_no FROM mine UNION SELECT gateway_no FROM mine
     )
     SELECT m.* FROM pay_movement m WHERE m.gateway = $1 AND m.day BETWEEN $2::date - 1 AND $2::date + 1
     UNION SELECT m.* FROM named JOIN pay_movement m ON m.our_no = named.no WHERE m.gateway = $1
     UNION SELECT m.* FROM named JOIN pay_movement m ON m.gateway_no = named.no WHERE m.gateway = $1
     ORDER BY day, row_no`,
    [gateway, day],
  );
  return found.map((row) => ({
    ...{ day: row.day, kind: row.kind, said: row.said, at: row.at, flowNo: row.flow_no },
    ...{ gatewayNo: row.gateway_no, ourNo: row.our_no },
    ...{ amountFen: row.amount_fen, balanceFen: row.balance_fen },
  }));
}

/**
 * Lines of bills: of the day and those beside it, and of any day those of the trades that the day's movements name, or its bill's refunds:
 * what moved for one is not to be taken for another one's. What is ours moves what is booked, under the number that succeeded; of what went
 * back under other numbers that is the bill's sum, unless a coupon has a share in it.
 */
async function causesOf(db: Database, gateway: string, day: string): Promise<Cause[]> {
  const found = await rows<CauseLine>(
    db,
    `WITH mine AS (SELECT our_no, gateway_no FROM pay_movement WHERE gateway = $1 AND day = $2), trades AS (
       SELECT our_no AS no FROM mine WHERE our_no IS NOT NULL
       UNION SELECT a.out_trade_no FROM mine JOIN pay_attempt a ON a.gateway = $1 AND a.transaction_id = mine.gateway_no
       UNION SELECT r.out_trade_no FROM mine JOIN pay_refund_attempt k ON k.out_refund_no = mine.our_no JOIN pay_refund r ON r.id = k.refund_id
       UNION SELECT out_trade_no FROM pay_bill_row WHERE gateway = $1 AND day = $2 AND entry = 'refund'
     ), lines AS (
       SELECT b.* FROM pay_bill_row b WHERE b.gateway = $1 AND b.day BETWEEN $2::date - 1 AND $2::date + 1
       UNION SELECT b.* FROM trades JOIN pay_bill_row b ON b.gateway = $1 AND b.out_trade_no = trades.no
     )
     SELECT b.entry, b.day, b.at, b.out_trade_no, b.transaction_id, b.out_refund_no, b.gateway_refund_id,
       CASE WHEN b.entry = 'payment' THEN coalesce(p.amount_fen, CASE WHEN pc.id IS NOT NULL THEN 0 END)
         WHEN r.id IS NOT NULL THEN CASE WHEN k.state = 'success' THEN coalesce(rl.amount_fen, CASE WHEN rc.id IS NOT NULL THEN 0 END) END
         WHEN a.out_trade_no IS NOT NULL AND pc.id IS NULL THEN b.amount_fen END AS settled_fen,
       CASE b.entry WHEN 'payment' THEN b.fee_fen ELSE -abs(b.fee_fen) END AS kept_fen,
       a.out_trade_no IS NOT NULL AND (r.id IS NULL OR k.state = 'success') AS ours, r.created_at AS asked_at
     FROM lines b
     LEFT JOIN pay_attempt a ON a.gateway = b.gateway AND a.out_trade_no = b.out_trade_no AND a.transaction_id = b.transaction_id AND a.state = 'paid'
     LEFT JOIN pay_ledger p ON p.source = 'payment:' || a.out_trade_no
     LEFT JOIN pay_ledger pc ON pc.source = 'payment:' || a.out_trade_no || ':coupon'
     LEFT JOIN pay_refund_attempt k ON b.entry = 'refund' AND k.out_refund_no = b.out_refund_no
     LEFT JOIN pay_refund r ON r.id = k.refund_id AND r.gateway = b.gateway
     LEFT JOIN pay_ledger rl ON rl.source = 'refund:' || r.id
     LEFT JOIN pay_ledger rc ON rc.source = 'refund:' || r.id || ':coupon'
     ORDER BY b.day, b.row_no`,
    [gateway, day],
  );
  return found.map((row) => ({
    ...{ kind: row.entry, day: row.day, at: row.at, since: sinceOf(row) },
    ...{ outTradeNo: row.out_trade_no, transactionId: row.transaction_id },
    ...{ outRefundNo: row.out_refund_no, gatewayRefundId: row.gateway_refund_id },
    ...{ settledFen: row.settled_fen, feeFen: row.kept_fen, ours: row.ours },
  }));
}

/** Nobody knows when a refund was asked for that somebody made by hand. */
function sinceOf({ entry, day, asked_at }: CauseLine): string {
  if (entry === 'payment') return day;
  const earliest = addDays(day, -ARRIVES_WITHIN_DAYS);
  const asked = asked_at && businessDate(new Date(asked_at.getTime() - SLACK_MS));
  return asked && asked > earliest ? asked : earliest;
}

/** Which of the day's movements something of ours stands for: a payment, a refund that was asked for or has arrived, a transfer. */
async function oursOf(db: Database, gateway: string, day: string): Promise<Set<string>> {
  const found = await rows<Row<PayMovement, 'flowNo'>>(
    db,
    `WITH mine AS (SELECT * FROM pay_movement WHERE gateway = $1 AND day = $2), arrived AS (
       SELECT r.* FROM pay_refund r WHERE r.gateway = $1 AND r.status = 'success'
         AND r.succeeded_at >= ($2::date - 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
         AND r.succeeded_at < ($2::date + $3::int)::timestamp AT TIME ZONE 'Asia/Shanghai'
     )
     SELECT m.flow_no FROM mine m JOIN pay_attempt a ON a.gateway = $1 AND a.out_trade_no = m.our_no WHERE m.kind = 'payment' AND a.state = 'paid'
     UNION SELECT m.flow_no FROM mine m JOIN pay_attempt a ON a.gateway = $1 AND a.transaction_id = m.gateway_no WHERE m.kind = 'payment' AND a.state = 'paid'
     UNION SELECT m.flow_no FROM mine m JOIN pay_refund_attempt k ON k.out_refund_no = m.our_no JOIN pay_refund r ON r.id = k.refund_id AND r.gateway = $1
       WHERE m.kind = 'refund' AND k.state <> 'created'
     -- Where a refund has no number of its own, that is its trade's, which all of the trade's have.
     UNION SELECT m.flow_no FROM mine m JOIN arrived r ON r.gateway_refund_id = m.gateway_no JOIN pay_attempt a ON a.out_trade_no = r.out_trade_no
       WHERE m.kind = 'refund' AND a.transaction_id <> m.gateway_no
     -- Under its trade's number alone: for as long as there are more of ours of that sum than bills have, which stand for a movement each.
     UNION SELECT m.flow_no FROM mine m WHERE m.kind = 'refund'
       AND (SELECT count(*) FROM pay_refund r WHERE r.gateway = $1 AND r.out_trade_no = m.our_no AND r.amount_fen = -m.amount_fen AND r.status = 'success'
              AND NOT EXISTS (SELECT FROM pay_refund_outside o WHERE o.refund_id = r.id))
         > (SELECT count(*) FROM pay_bill_row b WHERE b.gateway = $1 AND b.out_trade_no = m.our_no AND b.entry = 'refund' AND b.amount_fen = -m.amount_fen)
     UNION SELECT m.flow_no FROM mine m JOIN pay_transfer t ON t.gateway = $1 AND t.amount_fen = -m.amount_fen
       AND (t.out_transfer_no = m.our_no OR m.our_no = ANY (t.past_numbers) OR t.gateway_transfer_id = m.gateway_no) WHERE m.kind = 'other'`,
    [gateway, day, ARRIVES_WITHIN_DAYS],
  );
  return new Set(found.map(({ flow_no }) => flow_no));
}

/**
 * What the merchant's account with each gateway held at the end of a day, in fen, as the statements say it: by the last one with a movement,
 * if all since then are there. Gateways of which that is not known are left out.
 */
export async function heldAfter(
  db: Database,
  gateways: readonly string[],
  day: string,
): Promise<Map<string, number>> {
  const found = await rows<Row<PayStatement, 'gateway' | 'closingFen'>>(
    db,
    `SELECT s.gateway, s.closing_fen FROM unnest($1::text[]) AS g (name)
     CROSS JOIN LATERAL (
       SELECT gateway, day, closing_fen FROM pay_statement WHERE gateway = g.name AND day <= $2 AND hash IS NOT NULL AND row_count > 0
       ORDER BY day DESC LIMIT 1
     ) AS s
     WHERE s.closing_fen IS NOT NULL AND s.day + (
       SELECT count(*)::int FROM pay_statement n WHERE n.gateway = s.gateway AND n.day > s.day AND n.day <= $2 AND n.hash IS NOT NULL) = $2::date`,
    [gateways, day],
  );
  return new Map(found.flatMap(({ gateway, closing_fen: fen }) => (fen === null ? [] : [[gateway, fen]])));
}
