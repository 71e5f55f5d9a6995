import { onPrimary, readsReplica } from './bulkheads.js';
import { onlyRow, rows, type Database } from './database.js';

/** An anchor every so many rows; a page is never further than this from one. */
const BLOCK = 1000;

export interface NumberedList {
  /** The table that is paged, and what stands for it in `where`. It has an `id`. */
  table: string;
  alias: string;
  /** SQL over the alias; its parameters are `parameters`. */
  where: string;
  parameters: unknown[];
  /** A timestamptz column that orders the list before the id does; by id alone when it is left out. */
  at?: string;
  /**
   * A name for anchors, with everything that narrows the list in it: `camp_member:3`. Only where rows never leave the list
   * and new ones come at its newest end (see `forgetAnchors` for what comes or goes elsewhere). Null: the list is
   * counted and skipped through each time.
   */
  anchors: string | null;
}

export interface NumberedPage {
  /** The page's rows, newest first. */
  ids: number[];
  total: number;
}

interface Anchor {
  place: number;
  id: number;
  at: string | null;
}

/**
 * One page of a list, newest first, with the length of the whole. With anchors, page 10,000 costs what page 1 does: the
 * place of every thousandth row, counted from the oldest, stays true as the list grows, so it is counted once.
 */
export async function numberedPage(
  db: Database,
  list: NumberedList,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<NumberedPage> {
  const skip = (page - 1) * pageSize;
  if (list.anchors === null) {
    const { total } = await countAfter(db, list, null);
    return { ids: skip < total ? await slice(db, list, null, skip, pageSize) : [], total };
  }
  const last = await anchor(db, list.anchors, 'place DESC', 0);
  const tail = await countAfter(db, list, last);
  const total = (last?.place ?? 0) + tail.total;
  if (tail.total > 2 * BLOCK) {
    // A replica knows nothing of anchors that were forgotten a moment ago.
    if (readsReplica()) await onPrimary(() => extendFrom(db, list, list.anchors ?? ''));
    else await extend(db, list, last, tail.total);
  }
  // Places count from the oldest, 1: the page's first row is at `first`.
  const first = total - skip;
  if (first <= 0) return { ids: [], total };
  const above = await anchor(db, list.anchors, 'place', first);
  const ids = above
    ? await slice(db, list, above, above.place - first, Math.min(pageSize, first))
    : await slice(db, list, null, skip, pageSize);
  return { ids, total };
}

/** After a row of `at` or later was added or taken away: what had been counted beyond it no longer holds. */
export async function forgetAnchors(db: Database, name: string, at: Date): Promise<void> {
  await rows(db, 'DELETE FROM list_anchor WHERE list = $1 AND at >= $2', [name, at]);
}

/** The same of lists that are in the order of their rows' ids. */
export async function forgetAnchorsFrom(db: Database, names: string[], id: number): Promise<void> {
  await rows(db, 'DELETE FROM list_anchor WHERE list = ANY($1) AND id >= $2', [names, id]);
}

function anchor(
  db: Database,
  name: string,
  order: 'place' | 'place DESC',
  from: number,
): Promise<Anchor | null> {
  return rows<Anchor>(
    db,
    `SELECT place, id, at::text FROM list_anchor WHERE list = $1 AND place >= $2 ORDER BY ${order} LIMIT 1`,
    [name, from],
  ).then(([found]) => found ?? null);
}

function key({ alias, at }: NumberedList): { columns: string; descending: string } {
  const id = `${alias}.id`;
  return at
    ? { columns: `(${alias}.${at}, ${id})`, descending: `${alias}.${at} DESC, ${id} DESC` }
    : { columns: id, descending: `${id} DESC` };
}

/** The WHERE of a list from an anchor on, in one direction. */
function beside(
  list: NumberedList,
  edge: Anchor | null,
  side: '>' | '<=',
): { sql: string; values: unknown[] } {
  if (!edge) return { sql: list.where, values: list.parameters };
  const n = list.parameters.length;
  const value = list.at ? `($${n + 1}::timestamptz, $${n + 2}::bigint)` : `$${n + 1}::bigint`;
  return {
    sql: `(${list.where}) AND ${key(list).columns} ${side} ${value}`,
    values: [...list.parameters, ...(list.at ? [edge.at, edge.id] : [edge.id])],
  };
}

function countAfter(db: Database, list: NumberedList, edge: Anchor | null): Promise<{ total: number }> {
  const { sql, values } = beside(list, edge, '>');
  return onlyRow(db, `SELECT count(*) AS total FROM ${list.table} ${list.alias} WHERE ${sql}`, values);
}

async function slice(
  db: Database,
  list: NumberedList,
  edge: Anchor | null,
  skip: number,
  take: number,
): Promise<number[]> {
  const { sql, values } = beside(list, edge, '<=');
  const found = await rows<{ id: number }>(
    db,
    `SELECT ${list.alias}.id FROM ${list.table} ${list.alias} WHERE ${sql}
     ORDER BY ${key(list).descending} LIMIT ${take} OFFSET ${skip}`,
    values,
  );
  return found.map((row) => row.id);
}

async function extendFrom(db: Database, list: NumberedList, name: string): Promise<void> {
  const last = await anchor(db, name, 'place DESC', 0);
  const tail = await countAfter(db, list, last);
  if (tail.total > 2 * BLOCK) await extend(db, list, last, tail.total);
}

/** Sets the anchors that are missing, except in the newest block: a row may still be on its way there. */
async function extend(db: Database, list: NumberedList, last: Anchor | null, tail: number): Promise<void> {
  const { sql, values } = beside(list, last, '>');
  const n = values.length;
  const at = list.at ? `${list.alias}.${list.at}` : 'NULL::timestamptz';
  await rows(
    db,
    `INSERT INTO list_anchor (list, place, id, at)
     SELECT $${n + 1}, $${n + 2}::bigint + counted.n, counted.id, counted.at
     FROM (SELECT ${list.alias}.id, ${at} AS at, row_number() OVER (ORDER BY ${key(list).descending.replaceAll(' DESC', '')}) AS n
           FROM ${list.table} ${list.alias} WHERE ${sql}) AS counted
     WHERE counted.n % ${BLOCK} = 0 AND counted.n <= $${n + 3} - ${BLOCK}
     ON CONFLICT DO NOTHING`,
    [...values, list.anchors, last?.place ?? 0, tail],
  );
}
