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
  const described = db.entityMetadatas.filter(({ tableType }) => tableType !== 'view');
  const entities = new Map(described.map((each) => [each.tableName, columnsOf(db, each)]));
  const names = [...new Set([...tables.keys(), ...entities.keys()])].sort();
  const found = names.flatMap((name) => {
    const table = tables.get(name);
    const entity = entities.get(name);
    if (!entity) return [`${name}: no entity describes it`];
    if (!table) return [`${name}: there is no such table`];
    return columnDifferences(name, table, entity);
  });
  return [...found, ...(await viewDifferences(db))];
}

/**
 * Views are plain choices of columns of one table, called as they are there: so the types of the table's entity hold for them, and
 * the planner looks through them.
 */
async function viewDifferences(db: DataSource): Promise<string[]> {
  const views = await viewsOf(db);
  const described = db.entityMetadatas.filter(({ tableType }) => tableType === 'view');
  const entities = new Map(
    described.map(({ tableName, columns }) => [tableName, new Set(columns.map((each) => each.databaseName))]),
  );
  const names = [...new Set([...views.keys(), ...entities.keys()])].sort();
  return names.flatMap((name) => {
    const view = views.get(name);
    const entity = entities.get(name);
    if (!entity) return [`${name}: no entity describes it`];
    if (!view) return [`${name}: there is no such view`];
    return [...new Set([...view.keys(), ...entity])].flatMap((column) => {
      if (!entity.has(column)) return [`${name}.${column}: the entity lacks it`];
      if (!view.has(column)) return [`${name}.${column}: the view lacks it`];
      return view.get(column)
        ? []
        : [`${name}.${column}: is no column of its table, or of another name there`];
    });
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

/** Of each view its columns, and whether that is one of its table, by the same name. */
async function viewsOf(db: DataSource): Promise<Map<string, Map<string, boolean>>> {
  const found = await rows<{ view: string; column: string; plain: boolean }>(
    db,
    `SELECT c.relname AS view, a.attname AS column, pg_column_is_updatable(c.oid, a.attnum, false) AND EXISTS (
         SELECT FROM pg_rewrite r JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
         JOIN pg_attribute t ON t.attrelid = d.refobjid AND t.attnum = d.refobjsubid AND t.attname = a.attname
         WHERE r.ev_class = c.oid AND d.refclassid = 'pg_class'::regclass AND t.attrelid <> c.oid AND t.atttypid = a.atttypid) AS plain
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('v', 'm') ORDER BY c.relname, a.attnum`,
  );
  const views = new Map<string, Map<string, boolean>>();
  for (const { view, column, plain } of found)
    views.set(view, (views.get(view) ?? new Map<string, boolean>()).set(column, plain));
  return views;
}
