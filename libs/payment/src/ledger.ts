import { fen, type Fen } from '@yajin/core';
import { onlyRow, rows, type Database } from '@yajin/server';

/**
 * - `clearing`: money at the gateway that is ours to account for
 * - `deposit`: owed back to payers who keep their promise
 * - `surplus`: paid late or twice, on its way back
 * - `unallocated`: paid, but nobody knows yet what for
 * - `suspense`: paid, and nothing of ours can take it: people decide
 * - `outside`: refunds that were paid by other means, for which the gateway's money is owed to whoever paid them
 * - `receivable`: paid out although it was not theirs any more: owed to us
 * - `coupon`: what coupons of the merchant's own stand in for: no money came for it, and none is owed
 * - `income`: earned
 * - `balance:<owner>`: somebody's, to be paid out
 * - `frozen:<owner>`: on its way to them
 */
export type Account =
  | 'clearing'
  | 'deposit'
  | 'surplus'
  | 'unallocated'
  | 'suspense'
  | 'outside'
  | 'receivable'
  | 'coupon'
  | 'income'
  | `balance:${string}`
  | `frozen:${string}`;

export interface Posting {
  /** What is posted. The same source is posted once. */
  source: string;
  debit: Account;
  credit: Account;
  amountFen: Fen;
  orderId: number;
}

/**
 * Posts in the caller's transaction, any number of postings in one statement.
 * @returns how many were new
 */
export function post(db: Database, postings: Posting[], at: Date): Promise<number> {
  const given = `SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[])
    AS p (source, debit, credit, amount_fen, order_id)`;
  return postSelected(
    db,
    given,
    [
      postings.map((posting) => posting.source),
      postings.map((posting) => posting.debit),
      postings.map((posting) => posting.credit),
      postings.map((posting) => posting.amountFen),
      postings.map((posting) => posting.orderId),
    ],
    at,
  );
}

/**
 * What leaves or comes back to a deposit without the gateway is counted at its payment, whose `CHECK` lets nobody move or
 * refund the same money twice. Payments are taken in the order of their numbers, as everywhere.
 */
const MOVED = `
  sums AS (
    SELECT order_id, sum(CASE WHEN debit = 'deposit' THEN amount_fen ELSE -amount_fen END) AS fen FROM posted
    WHERE (debit = 'deposit' AND credit <> 'suspense') OR (credit = 'deposit' AND debit NOT IN ('unallocated', 'suspense'))
    GROUP BY order_id
  ), held AS (
    SELECT a.out_trade_no, sums.fen FROM sums JOIN pay_order o ON o.id = sums.order_id JOIN pay_attempt a ON a.out_trade_no = o.paid_with
    ORDER BY a.out_trade_no FOR UPDATE OF a
  ), moved AS (
    UPDATE pay_attempt a SET moved_fen = a.moved_fen + held.fen FROM held WHERE a.out_trade_no = held.out_trade_no
  )`;

/**
 * Posts what a query yields, without fetching it. Its columns are those of a posting: source, debit, credit, amount_fen
 * (above 0) and order_id.
 * @returns how many were new
 */
export async function postSelected(
  db: Database,
  select: string,
  parameters: unknown[],
  at: Date,
): Promise<number> {
  const { posted } = await onlyRow<{ posted: number }>(
    db,
    `WITH posted AS (
       INSERT INTO pay_ledger (source, debit, credit, amount_fen, line, subject, order_id, at)
       SELECT p.source, p.debit, p.credit, p.amount_fen, o.line, o.subject, o.id, $${parameters.length + 1}::timestamptz
       FROM (${select}) AS p JOIN pay_order o ON o.id = p.order_id
       ON CONFLICT (source) DO NOTHING
       RETURNING order_id, debit, credit, amount_fen
     ), ${MOVED} SELECT count(*) AS posted FROM posted`,
    [...parameters, at],
  );
  return posted;
}

/**
 * What each account holds, in fen: debits less credits, so `clearing` is positive and what we owe or
 * earned is negative. All of them together are always zero.
 */
export async function balances(db: Database, line: string, subject?: string): Promise<Map<Account, Fen>> {
  const found = await rows<{ account: Account; balance_fen: string }>(
    db,
    `SELECT account, sum(amount_fen) AS balance_fen FROM (
       SELECT debit AS account, amount_fen FROM pay_ledger WHERE line = $1 AND ($2::text IS NULL OR subject = $2)
       UNION ALL
       SELECT credit, -amount_fen FROM pay_ledger WHERE line = $1 AND ($2::text IS NULL OR subject = $2)
     ) AS sides GROUP BY account`,
    [line, subject ?? null],
  );
  return new Map(found.map((row) => [row.account, fen(row.balance_fen)]));
}

export interface OwnedMoney {
  /** What was ever credited to the owner. */
  incomeFen: Fen;
  /** What was ever paid out to them. `incomeFen − paidOutFen = availableFen + frozenFen`, always. */
  paidOutFen: Fen;
  availableFen: Fen;
  frozenFen: Fen;
}

/** What a line's books hold for somebody. */
export async function ownedMoney(db: Database, line: string, owner: string): Promise<OwnedMoney> {
  const found = await rows<{ debit: string; credit: string; sum: string }>(
    db,
    `SELECT debit, credit, sum(amount_fen) AS sum FROM (
       SELECT id, debit, credit, amount_fen FROM pay_ledger
       WHERE line = $1 AND debit = ANY($2) AND strpos(debit, ':') > 0
       UNION
       SELECT id, debit, credit, amount_fen FROM pay_ledger
       WHERE line = $1 AND credit = ANY($2) AND strpos(credit, ':') > 0
     ) AS theirs GROUP BY debit, credit`,
    [line, [`balance:${owner}`, `frozen:${owner}`]],
  );
  const total = (of: (posting: { debit: string; credit: string }) => number): Fen =>
    fen(found.reduce((sum, posting) => sum + of(posting) * fen(posting.sum), 0));
  const held = (account: string): Fen =>
    total(({ debit, credit }) => Number(credit === account) - Number(debit === account));
  const isTheirs = (account: string): boolean =>
    account === `balance:${owner}` || account === `frozen:${owner}`;
  return {
    incomeFen: total(({ debit }) => Number(!isTheirs(debit))),
    paidOutFen: total(({ credit }) => Number(!isTheirs(credit))),
    availableFen: held(`balance:${owner}`),
    frozenFen: held(`frozen:${owner}`),
  };
}
