import pg from 'pg';
import { DataSource, type EntityManager, type QueryResult } from 'typeorm';

/**
 * How columns arrive: bigint as a number (an unsafe one is an error, never a rounded value) and date
 * as its `YYYY-MM-DD` text. Passed to each pool, so nothing global changes.
 */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: ((
    oid: Parameters<typeof pg.types.getTypeParser>[0],
    format?: 'text' | 'binary',
  ): unknown => {
    if (format !== 'binary' && oid === pg.types.builtins.INT8) return safeInteger;
    if (format !== 'binary' && oid === pg.types.builtins.DATE) return (text: string) => text;
    return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
  }) as typeof pg.types.getTypeParser,
};

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint beyond 2^53: ${text}`);
  return value;
}

export type Database = DataSource | EntityManager;

/** Runs one statement and returns its rows, whatever kind of statement it is. */
export async function rows<Row>(db: Database, sql: string, parameters: unknown[] = []): Promise<Row[]> {
  const given = db instanceof DataSource ? undefined : db.queryRunner;
  // Never on another connection: what belongs to a lost transaction must not commit by itself.
  if (given?.isReleased) throw new Error('the transaction has lost its connection');
  if (given) return (await run<Row>(given, sql, parameters)).records;
  const source = db instanceof DataSource ? db : db.dataSource;
  const runner = source.createQueryRunner();
  try {
    return (await run<Row>(runner, sql, parameters)).records;
  } finally {
    await runner.release();
  }
}

function run<Row>(
  runner: { query: unknown },
  sql: string,
  parameters: unknown[],
): Promise<QueryResult & { records: Row[] }> {
  const query = runner.query as (
    sql: string,
    parameters: unknown[],
    structured: true,
  ) => Promise<QueryResult>;
  return query.call(runner, sql, parameters, true);
}

/** The only row of a statement that always has one. */
export async function onlyRow<Row>(db: Database, sql: string, parameters: unknown[] = []): Promise<Row> {
  const [row] = await rows<Row>(db, sql, parameters);
  if (row === undefined) throw new Error(`expected a row from: ${sql.trim().slice(0, 80)}`);
  return row;
}

/** The first row, or null. */
export async function maybeRow<Row>(
  db: Database,
  sql: string,
  parameters: unknown[] = [],
): Promise<Row | null> {
  return (await rows<Row>(db, sql, parameters))[0] ?? null;
}

/**
 * A WHERE out of those conditions that are asked for. Each names its value as `?`; one without a value always holds, and
 * one whose value is null or undefined is left out, so that the planner sees only what narrows.
 */
export function conditions(all: ([sql: string] | [sql: string, value: unknown])[]): {
  where: string;
  parameters: unknown[];
} {
  const parameters: unknown[] = [];
  const parts = all.flatMap(([sql, ...value]) => {
    if (value.length === 0) return [sql];
    if (value[0] === null || value[0] === undefined) return [];
    parameters.push(value[0]);
    return [sql.replaceAll('?', `$${parameters.length}`)];
  });
  return { where: parts.join(' AND ') || 'true', parameters };
}
