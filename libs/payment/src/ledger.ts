import { fen, type Fen } from '@yajin/core';
import { onlyRow, rows, type Database } from '@yajin/server';

/**
 * - `clearing`: money at the gateway that is ours to account for
 * - `deposit`: owed back to payers who keep their promise
 * - `surplus`: paid late or twice, on its way back
 * - `unallocated`: paid, but nobody knows yet what for
 * - `income`: kept
 */
export type Account = 'clearing' | 'deposit' | 'surplus' | 'unallocated' | 'income';

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
  const given = `SELECT * FROM unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[])
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
 * Posts what a query yields, without fetching it. Its columns are those of a posting: source, debit, credit, amount_fen
 * (above 0) and order_id; its parameters begin at $2.
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
       SELECT p.source, p.debit, p.credit, p.amount_fen, o.line, o.subject, o.id, $1
       FROM (${select}) AS p JOIN pay_order o ON o.id = p.order_id
       ON CONFLICT (source) DO NOTHING
       RETURNING id
     ) SELECT count(*) AS posted FROM posted`,
    [at, ...parameters],
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
