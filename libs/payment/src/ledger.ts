import { fen, type Fen } from '@yajin/core';
import { rows, type Database } from '@yajin/server';

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
export async function post(db: Database, postings: Posting[], at: Date): Promise<number> {
  if (postings.length === 0) return 0;
  const inserted = await rows(
    db,
    `INSERT INTO pay_ledger (source, debit, credit, amount_fen, line, subject, order_id, at)
     SELECT p.source, p.debit, p.credit, p.amount_fen, o.line, o.subject, o.id, $6
     FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[])
       AS p (source, debit, credit, amount_fen, order_id)
     JOIN pay_order o ON o.id = p.order_id
     ON CONFLICT (source) DO NOTHING
     RETURNING id`,
    [
      postings.map((posting) => posting.source),
      postings.map((posting) => posting.debit),
      postings.map((posting) => posting.credit),
      postings.map((posting) => posting.amountFen),
      postings.map((posting) => posting.orderId),
      at,
    ],
  );
  return inserted.length;
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
