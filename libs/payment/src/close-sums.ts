import { fen, type Fen } from '@yajin/core';
import { rows, type Database, type Row } from '@yajin/server';
import type { PayCloseAccount } from './entities/pay-close-account.entity.js';
import type { PayCloseGateway } from './entities/pay-close-gateway.entity.js';

/** SQL: the day of the books that a posting `l` belongs to, as its index has it. */
const DAY = `coalesce(l.day, (least(l.at, l.effective_at) AT TIME ZONE 'Asia/Shanghai')::date)`;
/** SQL: the two sides of a posting `l`; people's own accounts together. */
const SIDES = `(VALUES (split_part(l.debit, ':', 1), l.amount_fen, 0::bigint), (split_part(l.credit, ':', 1), 0::bigint, l.amount_fen))
  AS side (account, in_fen, out_fen)`;
/** SQL: the gateway of a posting `l` that moves nothing there: that of its order's payment `a`. */
const OF_ORDER = `LEFT JOIN pay_order o ON o.id = l.order_id AND l.gateway IS NULL LEFT JOIN pay_attempt a ON a.out_trade_no = o.paid_with`;

export type AccountSums = Pick<
  Row<PayCloseAccount>,
  'line' | 'gateway' | 'account' | 'opening_fen' | 'in_fen' | 'out_fen' | 'closing_fen' | 'fee_fen'
>;
export type GatewaySums = Pick<
  Row<PayCloseGateway>,
  'gateway' | 'bill' | 'found' | 'open' | 'difference_fen'
>;

/**
 * The accounts of a day that is open, as they are now: `$1` the day, `$2` the last one that is closed, or null. What was booked before
 * days were closed counts from the beginning.
 */
export const OPEN_ACCOUNTS = `
  WITH moved AS (
    SELECT l.line, coalesce(l.gateway, a.gateway, '') AS gateway, side.account, ${DAY} = $1::date AS today, side.in_fen, side.out_fen
    FROM pay_ledger l ${OF_ORDER} CROSS JOIN LATERAL ${SIDES}
    WHERE ${DAY} <= $1::date AND ${DAY} > coalesce($2::date, '-infinity')
  ), fees AS (
    SELECT l.line, p.gateway, p.fee_fen FROM pay_ledger l JOIN pay_attempt p ON p.out_trade_no = substr(l.source, length('payment:') + 1)
    WHERE ${DAY} = $1::date AND l.debit = 'clearing' AND l.source LIKE 'payment:%' AND p.fee_fen IS NOT NULL
    UNION ALL SELECT f.line, f.gateway, f.fee_fen FROM pay_fee_change f WHERE f.day = $1::date
  ), sums AS (
    SELECT line, gateway, account, closing_fen AS opening_fen, 0::bigint AS in_fen, 0::bigint AS out_fen, 0::bigint AS fee_fen
    FROM pay_close_account WHERE day = $2::date
    UNION ALL SELECT line, gateway, account, CASE WHEN today THEN 0 ELSE in_fen - out_fen END, CASE WHEN today THEN in_fen ELSE 0 END,
      CASE WHEN today THEN out_fen ELSE 0 END, 0 FROM moved
    UNION ALL SELECT line, gateway, 'clearing', 0, 0, 0, fee_fen FROM fees
  )
  SELECT line, gateway, account, sum(opening_fen)::bigint AS opening_fen, sum(in_fen)::bigint AS in_fen, sum(out_fen)::bigint AS out_fen,
    sum(opening_fen + in_fen - out_fen)::bigint AS closing_fen, sum(fee_fen)::bigint AS fee_fen
  FROM sums GROUP BY line, gateway, account
  HAVING sum(opening_fen) <> 0 OR sum(in_fen) <> 0 OR sum(out_fen) <> 0 OR sum(fee_fen) <> 0`;

/**
 * SQL: how far the bills of a day are seen to. One that was read and not yet held wholly against our books may have more differences.
 * @param day SQL of the day @param names SQL of the gateways that have bills
 */
export const openGateways = (day: string, names: string): string => `
  SELECT named.gateway, CASE WHEN b.hash IS NOT NULL AND b.matched_at IS NULL THEN 'waiting' ELSE b.state END AS bill, coalesce(d.found, 0)::int AS found, coalesce(d.open, 0)::int AS open,
    coalesce(d.difference_fen, 0)::bigint AS difference_fen
  FROM (SELECT unnest(${names}::text[]) AS gateway UNION SELECT x.gateway FROM pay_difference x WHERE x.day = ${day}) AS named
  LEFT JOIN pay_bill b ON b.gateway = named.gateway AND b.day = ${day}
  LEFT JOIN LATERAL (
    SELECT count(*) AS found, count(*) FILTER (WHERE x.state = 'open') AS open,
      sum(coalesce(x.theirs_fen, 0) - coalesce(x.ours_fen, 0)) FILTER (WHERE x.state = 'open') AS difference_fen
    FROM pay_difference x WHERE x.gateway = named.gateway AND x.day = ${day}
  ) AS d ON true`;

/** An account of all lines and gateways on one day. Debits less credits. */
export interface DayMovement {
  day: string;
  account: string;
  inFen: Fen;
  outFen: Fen;
}

/** What moved on the open days from one to another; what was before the first of them stands with the day before it. */
export async function openMovements(
  db: Database,
  after: string | null,
  from: string,
  to: string,
): Promise<DayMovement[]> {
  const found = await rows<{ day: string; account: string; in_fen: number; out_fen: number }>(
    db,
    `SELECT greatest(${DAY}, $2::date - 1) AS day, side.account, sum(side.in_fen)::bigint AS in_fen, sum(side.out_fen)::bigint AS out_fen
     FROM pay_ledger l CROSS JOIN LATERAL ${SIDES}
     WHERE ${DAY} > coalesce($1::date, '-infinity') AND ${DAY} <= $3::date GROUP BY 1, 2`,
    [after, from, to],
  );
  return found.map((row) => ({
    day: row.day,
    account: row.account,
    inFen: fen(row.in_fen),
    outFen: fen(row.out_fen),
  }));
}

/** What gateways keep of the payments of each open day, in fen. */
export async function openFees(db: Database, from: string, to: string): Promise<Map<string, number>> {
  const found = await rows<{ day: string; fee_fen: number }>(
    db,
    `SELECT day, sum(fee_fen)::bigint AS fee_fen FROM (
       SELECT ${DAY} AS day, p.fee_fen FROM pay_ledger l JOIN pay_attempt p ON p.out_trade_no = substr(l.source, length('payment:') + 1)
       WHERE ${DAY} BETWEEN $1::date AND $2::date AND l.debit = 'clearing' AND l.source LIKE 'payment:%' AND p.fee_fen IS NOT NULL
       UNION ALL SELECT f.day, f.fee_fen FROM pay_fee_change f WHERE f.day BETWEEN $1::date AND $2::date
     ) AS fees GROUP BY day`,
    [from, to],
  );
  return new Map(found.map((row) => [row.day, row.fee_fen]));
}
