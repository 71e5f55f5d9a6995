import { fen } from '@yajin/core';
import { rows, type Clock } from '@yajin/server';
import type { DataSource, EntityManager } from 'typeorm';
import { post, postSelected } from './ledger.js';

const BATCH = 500;
/** The rest waits for the next look. */
const MOST_BATCHES = 20;

/** Whose payments are income once they are so old. What it names is SQL of a line's own, never anybody's input. */
export interface IncomeRule {
  line: string;
  /** The line's payments: `id`, `order_id`, `status`, `created_at`, and `income_due`, which an index finds. */
  table: string;
  /** The status of one that is paid. */
  paid: string;
  days: number;
  /** How the moment of paying stands to the moment so many days ago. */
  paidAt: '<' | '<=';
}

/**
 * Books what is left of payments as income once they are due, in batches that each stand or fall as a whole. Replicas take
 * different payments.
 * @returns how many postings were made
 */
export async function earnDue(db: DataSource, clock: Clock, rule: IncomeRule): Promise<number> {
  let posted = 0;
  for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
    const { due, postings } = await db.transaction((manager) => earnBatch(manager, clock.now(), rule));
    posted += postings;
    if (due < BATCH) break;
  }
  return posted;
}

/** With its payment locked, what is left of the money holds. */
async function earnBatch(
  manager: EntityManager,
  now: Date,
  { line, table, paid, days, paidAt }: IncomeRule,
): Promise<{ due: number; postings: number }> {
  const earned = await rows<{ id: number | string; order_id: number; left_fen: number }>(
    manager,
    `WITH due AS (
       SELECT p.id, a.amount_fen - a.refunded_fen - a.reserved_fen - a.moved_fen AS left_fen
       FROM ${table} p JOIN pay_order o ON o.id = p.order_id JOIN pay_attempt a ON a.out_trade_no = o.paid_with
       CROSS JOIN (SELECT $1::timestamptz - make_interval(days => $2) AS before) AS long
       -- When it was made is what the index knows; the gateway's clock may be behind ours.
       WHERE p.income_due AND p.status = '${paid}' AND p.created_at <= long.before + interval '5 minutes'
         AND o.paid_at ${paidAt} long.before AND a.held_in = 'deposit'
       ORDER BY p.created_at LIMIT ${BATCH} FOR UPDATE OF p, a SKIP LOCKED
     ) UPDATE ${table} p SET income_due = false FROM due WHERE p.id = due.id RETURNING p.id, p.order_id, due.left_fen`,
    [now, days],
  );
  const postings = earned
    .filter(({ left_fen: left }) => left > 0)
    .map((payment) => ({
      source: `earn:${line}:${payment.id}`,
      debit: 'deposit' as const,
      credit: 'income' as const,
      amountFen: fen(payment.left_fen),
      orderId: payment.order_id,
    }));
  if (postings.length > 0) await post(manager, postings, now);
  return { due: earned.length, postings: postings.length };
}

/** What was earned of an order's payment is owed again, posted once as `source`. */
export function restoreIncome(
  manager: EntityManager,
  orderId: number,
  source: string,
  at: Date,
): Promise<number> {
  return postSelected(
    manager,
    `SELECT $2::text AS source, 'income' AS debit, 'deposit' AS credit, a.moved_fen AS amount_fen, o.id AS order_id
     FROM pay_order o JOIN pay_attempt a ON a.out_trade_no = o.paid_with WHERE o.id = $1 AND a.moved_fen > 0`,
    [orderId, source],
    at,
  );
}

/** What is left of an order's payment is earned, posted once as `source`. */
export function earnRest(manager: EntityManager, orderId: number, source: string, at: Date): Promise<number> {
  return postSelected(
    manager,
    `SELECT $2::text AS source, 'deposit' AS debit, 'income' AS credit,
       a.amount_fen - a.refunded_fen - a.reserved_fen - a.moved_fen AS amount_fen, o.id AS order_id
     FROM pay_order o JOIN pay_attempt a ON a.out_trade_no = o.paid_with
     WHERE o.id = $1 AND a.amount_fen - a.refunded_fen - a.reserved_fen - a.moved_fen > 0`,
    [orderId, source],
    at,
  );
}
