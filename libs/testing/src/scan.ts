import type { TestApi } from './api.js';

/** The columns of any table, in any schema of ours or of the jobs, that hold one of these texts anywhere: `schema.table.column`. */
export async function hold(api: TestApi, texts: string[]): Promise<string[]> {
  const columns = await api.rows<{ name: string; table: string; column: string }>(
    `SELECT format('%I.%I', c.table_schema, c.table_name) AS table, format('%I', c.column_name) AS column,
       c.table_schema || '.' || c.table_name || '.' || c.column_name AS name
     FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE t.table_type = 'BASE TABLE' AND c.table_schema NOT IN ('pg_catalog', 'information_schema')
       AND (c.data_type IN ('text', 'character varying', 'json', 'jsonb', 'ARRAY'))`,
  );
  const found: string[] = [];
  for (const { name, table, column } of columns) {
    const [row] = await api.rows<{ held: boolean }>(
      `SELECT EXISTS (SELECT FROM ${table} t, unnest($1::text[]) AS s (said)
         WHERE strpos(t.${column}::text, s.said) > 0) AS held`,
      [texts],
    );
    if (row?.held) found.push(name);
  }
  return found.sort();
}
