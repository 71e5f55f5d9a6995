/** Holds every statement of a program against a database. */
import pg from 'pg';
import type ts from 'typescript';
import { differences, type Types } from './compare.ts';
import { describeStatement } from './describe.ts';
import { statementsOf } from './statements.ts';

export interface Findings {
  /** How many forms of statements PostgreSQL was asked about. */
  asked: number;
  /** `file:line: what is wrong` */
  wrong: string[];
  /** `file:line: why its text is known at run time only` */
  unread: string[];
}

/**
 * @param isProduct which of the program's files are looked through
 * @param url a database with the migrated schema; nothing is run in it
 */
export async function checkStatements(
  program: ts.Program,
  isProduct: (file: string) => boolean,
  root: string,
  url: string,
): Promise<Findings> {
  const { statements, unread, checker } = statementsOf(program, isProduct, root);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const types = await typesOf(client);
    const wrong = new Set<string>();
    let asked = 0;
    for (const statement of statements)
      for (const text of statement.texts) {
        asked += 1;
        const found = await describeStatement(client, text).then(
          (description) => differences(statement, text, description, types, checker),
          (error: unknown) => [`is refused: ${error instanceof Error ? error.message : String(error)}`],
        );
        for (const each of [...found, ...ownTime(text)]) wrong.add(`${statement.place}: ${each}`);
      }
    return { asked, wrong: [...wrong], unread };
  } finally {
    await client.end();
  }
}

async function typesOf(client: pg.ClientBase): Promise<Types> {
  const types = await client.query<{ oid: string; name: string }>(
    'SELECT oid::bigint::text AS oid, format_type(oid, NULL) AS name FROM pg_type',
  );
  const columns = await client.query<{ key: string; name: string }>(
    `SELECT attrelid::bigint || '.' || attnum AS key, attname AS name FROM pg_attribute WHERE attnum > 0 AND NOT attnotnull`,
  );
  const checks = await client.query<{ key: string; check: string }>(
    `SELECT conrelid::bigint || '.' || conkey[1] AS key, pg_get_constraintdef(oid) AS check FROM pg_constraint
     WHERE contype = 'c' AND cardinality(conkey) = 1 AND conrelid <> 0`,
  );
  const names = new Map(types.rows.map(({ oid, name }) => [Number(oid), name]));
  const nullable = new Map(columns.rows.map(({ key, name }) => [key, name]));
  const values = new Map(checks.rows.map(({ key, check }) => [key, listed(check)]));
  return {
    nameOf: (oid) => names.get(oid) ?? String(oid),
    nullable: (table, number) => nullable.get(`${table}.${number}`) ?? null,
    values: (table, number) => values.get(`${table}.${number}`) ?? null,
  };
}

/** Where a statement asks the database for the time, which the product gives it. */
function ownTime(text: string): string[] {
  const asked =
    /\b(?:now|(?:clock|statement|transaction)_timestamp)\s*\(|\b(?:current|local)_?(?:date|timestamp|time)\b/i.exec(
      text.replaceAll(/'(?:[^']|'')*'/g, "''"),
    );
  return asked ? [`takes its time from the database: ${asked[0].replace(/\s*\($/, '()')}`] : [];
}

/** The values of `CHECK ((column = ANY (ARRAY['a'::text, 'b'::text])))`; null for any other check. */
function listed(check: string): string[] | null {
  const list = /^CHECK \(\(\w+ = ANY \(ARRAY\[([^\]]*)\]\)\)\)$/.exec(check)?.[1];
  return list === undefined ? null : [...list.matchAll(/'([^']*)'/g)].map(([, value]) => value ?? '');
}
