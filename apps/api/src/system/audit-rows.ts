import { rows, type Database } from '@yajin/server';
import { chainHash, type AuditKey, type Head } from './audit-keys.js';

/** Rows that are read by one statement. */
const BATCH = 1000;

/**
 * A row as the text that is hashed, `a` with `id` as its id. Here and not in a function of the database's: whoever owns that could
 * have it say what once was.
 */
export const rowText = (
  id: string,
): string => `jsonb_build_array(${id}, to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), a.user_id,
  a.username, a.action, a.target_type, a.target_id, a.before, a.after, a.ip)::text`;

export interface AuditRow extends Head {
  text: string;
}

/** The row `id` does not follow the one before it. */
export class NotWhole extends Error {
  override readonly name = 'NotWhole';

  constructor(readonly id: number) {
    super(`sys_audit is not whole at id ${id}`);
  }
}

/** Says which key a row is hashed with. */
export type KeyOf = (id: number) => AuditKey;

/** Whether `row` follows `before` (null: nothing), by its number and by its hash. */
export function follows(keyOf: KeyOf, before: Head | null, row: AuditRow): boolean {
  return (
    row.id === (before?.id ?? 0) + 1 && row.hash === chainHash(keyOf(row.id), before?.hash ?? null, row.text)
  );
}

/**
 * The rows after `after`, up to that with the id `last` where one is given, each of which follows the one before it.
 * @throws NotWhole at the first that does not
 */
export async function* wholeRows(
  db: Database,
  keyOf: KeyOf,
  after: Head | null,
  last: number | null = null,
): AsyncGenerator<AuditRow> {
  let before = after;
  for (;;) {
    const batch: AuditRow[] = await rows(
      db,
      `SELECT a.id, encode(a.hash, 'hex') AS hash, ${rowText('a.id')} AS text FROM sys_audit a
       WHERE a.id > $1 AND a.id <= coalesce($3, a.id) ORDER BY a.id LIMIT $2`,
      [before?.id ?? 0, BATCH, last],
    );
    for (const row of batch) {
      if (!follows(keyOf, before, row)) throw new NotWhole(row.id);
      before = row;
      yield row;
    }
    if (batch.length < BATCH) return;
  }
}
