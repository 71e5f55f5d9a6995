import type { QueryRunner } from 'typeorm';

/** The schema has lost something that this program uses. */
export class SchemaTooNew extends Error {
  override readonly name = 'SchemaTooNew';
}

/**
 * A schema that only gained since is one that this program works on: so the release before goes on while the next one starts, and may
 * be gone back to. A migration that takes something away names itself in `schema_need`.
 * @param known the names of the migrations that this program has
 * @throws SchemaTooNew when it lacks one without which nothing may work on the schema
 */
export async function refuseTooNew(runner: QueryRunner, known: string[]): Promise<void> {
  const [table] = (await runner.query(`SELECT to_regclass('schema_need') AS name`)) as {
    name: string | null;
  }[];
  // An empty database, or one from before there was this table.
  if (!table?.name) return;
  const unknown = (await runner.query(
    'SELECT migration FROM schema_need WHERE NOT migration = ANY($1) ORDER BY migration',
    [known],
  )) as { migration: string }[];
  if (unknown.length > 0)
    throw new SchemaTooNew(
      `This program is too old for the schema, which ${unknown.map(({ migration }) => migration).join(', ')} took away from what it uses. ` +
        'Start the release that brought it or a later one, or restore the backup from before it (docs/operations.md, Roll back).',
    );
}
