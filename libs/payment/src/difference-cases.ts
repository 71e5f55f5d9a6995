import { maybeRow, rows, type Database, type Row } from '@yajin/server';
import type { EntityManager } from 'typeorm';
import type { PayDifference } from './entities/pay-difference.entity.js';

/** What a person decides; `explained` is for later bills. */
export type DifferenceDecision = Exclude<PayDifference['decision'], 'explained' | null>;

/** It is resolved, by a person or by a later bill. */
export class DifferenceResolved extends Error {
  override readonly name = 'DifferenceResolved';
}

/** Those of a bill's day that nobody has resolved, the oldest first. @param day a business date */
export async function openDifferences(db: Database, day: string): Promise<number[]> {
  const found = await rows<Row<PayDifference, 'id'>>(
    db,
    `SELECT id FROM pay_difference WHERE day = $1 AND state = 'open' ORDER BY id LIMIT 100`,
    [day],
  );
  return found.map(({ id }) => id);
}

/** From now on it is theirs to see to. @throws DifferenceResolved */
export async function takeDifference(manager: EntityManager, id: number, by: string): Promise<void> {
  const taken = await maybeRow<Row<PayDifference, 'id'>>(
    manager,
    `UPDATE pay_difference SET owner = $2 WHERE id = $1 AND state = 'open' RETURNING id`,
    [id, by],
  );
  if (!taken) throw new DifferenceResolved();
}

/** Says what became of it, once. The books are not touched. @throws DifferenceResolved */
export async function resolveDifference(
  manager: EntityManager,
  id: number,
  by: string,
  decision: DifferenceDecision,
  note: string,
  now: Date,
): Promise<void> {
  const resolved = await maybeRow<Row<PayDifference, 'id'>>(
    manager,
    `UPDATE pay_difference SET state = 'resolved', decision = $3, note = $4, resolved_by = $2, resolved_at = $5, owner = coalesce(owner, $2)
     WHERE id = $1 AND state = 'open' RETURNING id`,
    [id, by, decision, note, now],
  );
  if (!resolved) throw new DifferenceResolved();
}
