import { rows } from '@yajin/server';
import type { DataSource, EntityMetadata } from 'typeorm';

/** A column of the schema, or of an entity, in PostgreSQL's words; null is no identity and no default. */
interface Described {
  type: string;
  nullable: boolean;
  primary: boolean;
  identity: 'ALWAYS' | 'BY DEFAULT' | null;
  default: string | null;
}

type Table = Map<string, Described>;

/** Written by TypeORM's own migrations; the tables of graphile-worker stand in a schema of their own. */
const FOREIGN = ['migrations'];

/** A line for each thing in which the entities of `db` and the tables of its database are not the same. */
export async function schemaDifferences(db: DataSource): Promise<string[]> {
  const tables = await tablesOf(db);
  const entities = new Map(db.entityMetadatas.map((each) => [each.tableName, columnsOf(db, each)]));
  const names = [...new Set([...tables.keys(), ...entities.keys()])].sort();
  return names.flatMap((name) => {
    const table = tables.get(name);
    const entity = entities.get(name);
    if (!entity) return [`${name}: no entity describes it`];
    if (!table) return [`${name}: there is no such table`];
    return columnDifferences(name, table, entity);
  });
}

function columnDifferences(name: string, table: Table, entity: Table): string[] {
  const columns = [...new Set([...table.keys(), ...entity.keys()])];
  return columns.flatMap((column) => {
    const there = table.get(column);
    const said = entity.get(column);
    if (!said) return [`${name}.${column}: the entity lacks it`];
    if (!there) return [`${name}.${column}: the table lacks it`];
    const facts = Object.keys(there) as (keyof Described)[];
    return facts
      .filter((fact) => there[fact] !== said[fact])
      .map(
        (fact) =>
          `${name}.${column}: ${fact} is ${String(there[fact])}, the entity says ${String(said[fact])}`,
      );
  });
}

function columnsOf(db: DataSource, { columns }: EntityMetadata): Table {
  return new Map(
    columns.map((column) => [
      column.databaseName,
      {
        type: `${db.driver.normalizeType(column)}${column.isArray ? '[]' : ''}`,
        nullable: column.isNullable,
        primary: column.isPrimary,
        identity: column.generatedIdentity ?? null,
        default: db.driver.normalizeDefault(column)?.replace(/^'(\d+)'$/, '$1') ?? null,
      },
    ]),
  );
}

async function tablesOf(db: DataSource): Promise<Map<string, Table>> {
  const found = await rows<Described & { table: string; column: string }>(
    db,
    `SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS nullable,
       EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p' AND a.attnum = ANY (k.conkey)) AS primary,
       CASE a.attidentity WHEN 'a' THEN 'ALWAYS' WHEN 'd' THEN 'BY DEFAULT' END AS identity,
       regexp_replace(pg_get_expr(d.adbin, d.adrelid), '^(''.*'')::.*$', '\\1') AS default
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> ALL ($1)
     ORDER BY c.relname, a.attnum`,
    [FOREIGN],
  );
  const tables = new Map<string, Table>();
  for (const { table, column, ...described } of found)
    tables.set(table, (tables.get(table) ?? new Map<string, Described>()).set(column, described));
  return tables;
}
