import type { QueryRunner } from 'typeorm';

/**
 * Builds an index while everybody goes on reading and writing, for a migration with `transaction = false`. May be run
 * again after a try that broke off: the invalid index it left is taken away first.
 * @param on what follows ON: `pay_order (created_at, id)`
 */
export async function buildIndex(
  runner: QueryRunner,
  name: string,
  on: string,
  { unique = false } = {},
): Promise<void> {
  const [invalid] = (await runner.query(
    'SELECT 1 FROM pg_index WHERE indexrelid = to_regclass($1) AND NOT indisvalid',
    [name],
  )) as unknown[];
  // It waits for transactions under way, but nobody waits for it.
  await runner.query(`SET lock_timeout = 0`);
  if (invalid) await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`);
  await runner.query(`CREATE ${unique ? 'UNIQUE ' : ''}INDEX CONCURRENTLY IF NOT EXISTS ${name} ON ${on}`);
  await runner.query(`SET lock_timeout = ${MIGRATION_LOCK_MS}`);
}

/** How long any other statement of a migration waits for a lock, in milliseconds: those who come after it wait as long. */
export const MIGRATION_LOCK_MS = 3_000;
