import { Jobs } from '@yajin/server';
import pg from 'pg';
import type * as ApiDatabase from '../apps/api/src/database.ts';
import type { Postgres } from '../tools/postgres.ts';
import { built } from './built.ts';

const api = await built<typeof ApiDatabase>('apps/api/dist/database.js');

/** TypeORM's data source with the settings that the API gives it. */
export const { dataSource } = api;

/** Databases of the given names, each with the product's schema and nothing in it. */
export async function createDatabases(server: Postgres, names: string[]): Promise<void> {
  for (const name of names) {
    await withClient(server.adminUrl, (admin) => admin.query(`CREATE DATABASE ${name}`));
    await new Jobs(server.url(name), 0).migrate();
    await api.migrate(server.url(name));
  }
}

export async function withClient<Value>(
  url: string,
  use: (client: pg.Client) => Promise<Value>,
): Promise<Value> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** Brings the server to the same state before each measurement: statistics known, nothing left to be flushed. */
export async function settleServer(client: pg.Client, tables: string[]): Promise<void> {
  await client.query(`VACUUM (ANALYZE) ${tables.join(', ')}`);
  await client.query('CHECKPOINT');
}
