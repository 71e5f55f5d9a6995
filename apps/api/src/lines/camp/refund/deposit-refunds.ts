/** SQL: whether the record `r` gives back a deposit, and not what was paid too much, fitted no camp or is in suspense. */
export const OF_DEPOSIT = `(r.member_id IS NOT NULL OR EXISTS (
  SELECT FROM pay_order_view o LEFT JOIN pay_refund_view k ON k.source = r.source
  JOIN pay_attempt_view a ON a.out_trade_no = coalesce(k.out_trade_no, o.paid_with) WHERE o.id = r.order_id AND a.held_in = 'deposit'))`;

/** SQL: whether the money of the record `r` is still to arrive. */
const OPEN = `(r.audit_status <> 'rejected' AND r.refund_status <> 'success')`;

const HELD = `sum(CASE WHEN p.credit = 'deposit' THEN p.amount_fen WHEN p.debit = 'deposit' THEN -p.amount_fen END)`;

/** SQL: the same, but for a deposit that somebody gave back beside us: there is nothing left of it to arrive. */
export const TO_ARRIVE = `(${OPEN} AND (NOT ${OF_DEPOSIT}
  OR coalesce((SELECT ${HELD} FROM pay_ledger_view p WHERE p.order_id = r.order_id), 0) > 0))`;

/**
 * SQL: the records `r` of deposits that are still to arrive, and of each how much of it the ledger has in hand.
 * @param where over `r`
 */
export const owedDeposits = (where: string): string => `
  WITH open AS MATERIALIZED (
    SELECT r.id, r.camp_id, r.order_id, r.amount_fen FROM camp_refund r WHERE ${OPEN} AND ${OF_DEPOSIT} AND ${where}
  ), held AS (
    SELECT p.order_id, ${HELD} AS fen
    FROM pay_ledger_view p WHERE p.order_id IN (SELECT open.order_id FROM open) GROUP BY p.order_id
  ) SELECT open.id, open.camp_id, least(open.amount_fen, greatest(held.fen, 0)) AS owed_fen FROM open JOIN held ON held.order_id = open.order_id`;
