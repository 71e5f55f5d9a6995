/** Runs statements of lines as roles that may touch the line's own tables, what is shared, and of the kernel's what it publishes. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** Whose the files of the product are. */
export interface Owners {
  /** The line that a file belongs to; null for all others. */
  lineOf: (file: string) => string | null;
  /** Who keeps to itself the tables that a file describes, and reads them there: a line or not; null where they are shared. */
  keeperOf: (file: string) => string | null;
}

/** What EXPLAIN does not take, for it touches no table. */
const OF_NO_TABLE = /^\s*SET\b/i;
/** Jobs are enqueued by functions of a schema of their own. */
const SCHEMAS = ['public', 'graphile_worker'];
const NO_RIGHT = '42501';

/** One statement of a line. */
export interface Asked {
  place: string;
  text: string;
}

/**
 * What a line may not do of what it does: `place: why`. Nothing is run, and the role is gone at the end.
 * @param client as whom roles can be made
 * @param keepers who keeps a table to itself, by its name
 */
export async function withoutRight(
  client: pg.ClientBase,
  line: string,
  asked: Asked[],
  keepers: ReadonlyMap<string, string>,
): Promise<string[]> {
  const closed = [...keepers].filter(([, keeper]) => keeper !== line).map(([table]) => table);
  const wrong = new Set<string>();
  await client.query('BEGIN');
  try {
    await becomeRole(client, closed);
    for (const { place, text } of asked) {
      if (OF_NO_TABLE.test(text)) continue;
      await client.query('SAVEPOINT asked');
      // PREPARE asks for no rights; the beginning of a run, which EXPLAIN makes, does.
      await client.query(`EXPLAIN (GENERIC_PLAN) ${text}`).catch((error: unknown) => {
        wrong.add(`${place}: ${reason(error, line, keepers)}`);
      });
      await client.query('ROLLBACK TO asked');
    }
  } finally {
    await client.query('ROLLBACK');
  }
  return [...wrong];
}

/** @param closed tables that it has no right to */
async function becomeRole(client: pg.ClientBase, closed: string[]): Promise<void> {
  const role = `sql_${randomBytes(6).toString('hex')}`;
  const { rows: schemas } = await client.query<{ name: string }>(
    'SELECT nspname AS name FROM pg_namespace WHERE nspname = ANY ($1)',
    [SCHEMAS],
  );
  const { rows: views } = await client.query<{ name: string }>(
    `SELECT oid::regclass::text AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'v'`,
  );
  const statements = [
    `CREATE ROLE ${role}`,
    ...schemas.flatMap(({ name }) => [
      `GRANT USAGE ON SCHEMA ${name} TO ${role}`,
      `GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${name} TO ${role}`,
      `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${name} TO ${role}`,
    ]),
    ...views.map(({ name }) => `REVOKE INSERT, UPDATE, DELETE ON ${name} FROM ${role}`),
    ...closed.map((name) => `REVOKE ALL ON ${name} FROM ${role}`),
    `SET LOCAL ROLE ${role}`,
  ];
  for (const statement of statements) await client.query(statement);
}

function reason(error: unknown, line: string, keepers: ReadonlyMap<string, string>): string {
  if (!(error instanceof pg.DatabaseError)) throw error;
  const name = error.code === NO_RIGHT ? /(\w+)$/.exec(error.message)?.[1] : undefined;
  if (name === undefined) return `cannot be explained: ${error.message}`;
  const keeper = keepers.get(name);
  if (keeper !== undefined) return `${name} is of ${keeper} and not published to ${line}`;
  return `${name} is published to be read, and no more`;
}
