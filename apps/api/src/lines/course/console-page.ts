import { onlyRow, rows, type Database } from '@yajin/server';

/**
 * One page of a console list, newest first.
 * @param table what is listed, as `t`; it has a `number`
 * @param columns beside those of `t`
 */
export async function listPage<Row, Shown>(
  db: Database,
  table: string,
  { where, parameters }: { where: string; parameters: unknown[] },
  { page, pageSize }: { page: number; pageSize: number },
  present: (row: Row) => Shown,
  columns = '',
): Promise<{ list: Shown[]; total: number; page: number; pageSize: number; totalPages: number }> {
  const { total } = await onlyRow<{ total: number }>(
    db,
    `SELECT count(*) AS total FROM ${table} WHERE ${where}`,
    parameters,
  );
  const found = await rows<Row>(
    db,
    `SELECT t.*${columns} FROM ${table} WHERE ${where} ORDER BY t.number DESC
     LIMIT ${pageSize} OFFSET ${(page - 1) * pageSize}`,
    parameters,
  );
  return { list: found.map(present), total, page, pageSize, totalPages: Math.ceil(total / pageSize) };
}
