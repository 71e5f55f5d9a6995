import { fen, type Fen } from '@yajin/core';
import { rows, type Database } from '@yajin/server';

/** What became of the deposits of one subject, in fen, as the ledger has it. */
export interface Deposits {
  /** Taken as deposits, less what was put into suspense since. */
  receivedFen: Fen;
  /** The balance of `deposit`: neither given back nor earned. */
  inHandFen: Fen;
  /** Back at their payers, by the gateway or by other means. */
  refundedFen: Fen;
  /** The balance of `income`. */
  incomeFen: Fen;
}

/**
 * `receivedFen` is the sum of the other three, unless people booked deposits to other accounts by hand.
 * @param subjects all of the line's where null
 * @returns by subject; those without a posting are absent
 */
export async function depositsOf(
  db: Database,
  line: string,
  subjects: string[] | null,
): Promise<Map<string, Deposits>> {
  const found = await rows<{ subject: string } & Record<'received' | 'held' | 'refunded' | 'income', string>>(
    db,
    `SELECT subject,
       sum(CASE WHEN credit = 'deposit' AND debit IN ('clearing', 'coupon', 'unallocated', 'suspense') THEN amount_fen
                WHEN debit = 'deposit' AND credit = 'suspense' THEN -amount_fen ELSE 0 END) AS received,
       sum(CASE WHEN credit = 'deposit' THEN amount_fen WHEN debit = 'deposit' THEN -amount_fen ELSE 0 END) AS held,
       sum(CASE WHEN debit = 'deposit' AND credit IN ('clearing', 'coupon', 'outside') THEN amount_fen
                WHEN debit = 'outside' AND credit = 'deposit' THEN -amount_fen ELSE 0 END) AS refunded,
       sum(CASE WHEN credit = 'income' THEN amount_fen WHEN debit = 'income' THEN -amount_fen ELSE 0 END) AS income
     FROM pay_ledger WHERE line = $1 AND ($2::text[] IS NULL OR subject = ANY($2))
       AND ('deposit' IN (debit, credit) OR 'income' IN (debit, credit)) GROUP BY subject`,
    [line, subjects],
  );
  return new Map(
    found.map((row) => [
      row.subject,
      {
        receivedFen: fen(row.received),
        inHandFen: fen(row.held),
        refundedFen: fen(row.refunded),
        incomeFen: fen(row.income),
      },
    ]),
  );
}
