/** Holds every statement of a program against a database. */
import pg from 'pg';
import type ts from 'typescript';
import { differences, type Types } from './compare.ts';
import { describeStatement } from './describe.ts';
import { withoutRight, type Asked, type Owners } from './rights.ts';
import { statementsOf, type Statement } from './statements.ts';

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
 * @param owners whose these files are
 * @param url a database with the migrated schema, as whom roles can be made; nothing is run in it
 */
export async function checkStatements(
  program: ts.Program,
  isProduct: (file: string) => boolean,
  owners: Owners,
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
      for (const { text } of statement.forms) {
        asked += 1;
        const found = await describeStatement(client, text).then(
          (description) => differences(statement, text, description, types, checker),
          (error: unknown) => [`is refused: ${error instanceof Error ? error.message : String(error)}`],
        );
        for (const each of [...found, ...ownTime(text)]) wrong.add(`${statement.place}: ${each}`);
      }
    for (const each of await rightsMissing(client, statements, owners)) wrong.add(each);
    return { asked, wrong: [...wrong], unread };
  } finally {
    await client.end();
  }
}

/** What statements of lines touch of what others keep to themselves. */
async function rightsMissing(
  client: pg.ClientBase,
  statements: Statement[],
  { lineOf, keeperOf }: Owners,
): Promise<string[]> {
  const keepers = new Map<string, string>();
  const lines = new Map<string, Asked[]>();
  for (const { place, file, described, forms } of statements) {
    const keeper = keeperOf(file);
    if (described && !described.isView && keeper !== null) keepers.set(described.name, keeper);
    for (const form of forms) {
      // What is put together for a line is the line's, but for what the kernel does for it with its own tables.
      const line = keeper === null ? lineOf(form.file) : lineOf(file);
      const { text } = form;
      if (line === null) continue;
      lines.set(line, [...(lines.get(line) ?? []), { place, text }]);
    }
  }
  const missing: string[] = [];
  for (const [line, asked] of lines) missing.push(...(await withoutRight(client, line, asked, keepers)));
  return missing;
}

async function typesOf(client: pg.ClientBase): Promise<Types> {
  const types = await client.query<{ oid: string; name: string }>(
    'SELECT oid::bigint::text AS oid, format_type(oid, NULL) AS name FROM pg_type',
  );
  const columns = await client.query<{ key: string; name: string }>(
    `SELECT attrelid::bigint || '.' || attnum AS key, attname AS name FROM pg_attribute WHERE attnum > 0 AND NOT attnotnull`,
  );
  // A view's column of the same name is the table's; PostgreSQL itself says of a view's columns that they may be null.
  const published = await client.query<{ view: string; key: string }>(
    `SELECT v.attrelid::bigint || '.' || v.attnum AS view, t.attrelid::bigint || '.' || t.attnum AS key
     FROM pg_attribute v JOIN pg_rewrite r ON r.ev_class = v.attrelid
     JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
     JOIN pg_attribute t ON t.attrelid = d.refobjid AND t.attnum = d.refobjsubid AND t.attname = v.attname
     WHERE v.attnum > 0 AND t.attrelid <> v.attrelid AND pg_column_is_updatable(v.attrelid, v.attnum, false)`,
  );
  const checks = await client.query<{ key: string; check: string }>(
    `SELECT conrelid::bigint || '.' || conkey[1] AS key, pg_get_constraintdef(oid) AS check FROM pg_constraint
     WHERE contype = 'c' AND cardinality(conkey) = 1 AND conrelid <> 0`,
  );
  const names = new Map(types.rows.map(({ oid, name }) => [Number(oid), name]));
  const nullable = new Map(columns.rows.map(({ key, name }) => [key, name]));
  const values = new Map(checks.rows.map(({ key, check }) => [key, listed(check)]));
  const keys = new Map(published.rows.map(({ view, key }) => [view, key]));
  const keyOf = (table: number, number: number): string =>
    keys.get(`${table}.${number}`) ?? `${table}.${number}`;
  return {
    nameOf: (oid) => names.get(oid) ?? String(oid),
    nullable: (table, number) => nullable.get(keyOf(table, number)) ?? null,
    values: (table, number) => values.get(keyOf(table, number)) ?? null,
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
