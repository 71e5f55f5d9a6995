import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Camp } from '@yajin/contract';
import { createSandbox, type Sandbox } from '@yajin/sandbox';
import { testDatabase } from '@yajin/testing/database';
import pg from 'pg';
import { ApiProcess } from './process.kit.js';
import { checkOut } from '../../../tools/check/release.ts';

let folder: string;
let sandbox: Sandbox;
let database: Awaited<ReturnType<typeof testDatabase>>;
let db: pg.Client;
let api: ApiProcess;

beforeAll(async () => {
  folder = checkOut(process.env.PREVIOUS_RELEASE ?? '');
  database = await testDatabase();
  sandbox = await createSandbox({ dataFile: ':memory:', port: 0 });
  db = new pg.Client({ connectionString: database.url });
  await db.connect();
});

afterAll(async () => {
  await api.end('SIGKILL');
  await db.end();
  await sandbox.close();
  await database.drop();
  fs.rmSync(folder, { recursive: true });
});

/** A release's own walk through a line, at its API. @returns what it printed */
async function journey(root: string): Promise<string> {
  const env = { ...process.env, PORT: new URL(api.url).port, SANDBOX_PORT: new URL(sandbox.url).port };
  const { stdout } = await promisify(execFile)(process.execPath, [path.join(root, 'tools/journey.ts')], {
    env,
  });
  return stdout;
}

/** Without one nobody is told of a refund. */
async function chooseTemplate(): Promise<void> {
  const admin = { username: 'admin', password: 'admin123' };
  const { token } = await api.call<Camp.LoginResult>('POST', '/api/admin/auth/login', { body: admin });
  const body = { key: 'wechat.refundTemplateId', value: 'DEMO_REFUND_TEMPLATE' };
  await api.call('PUT', '/api/admin/config', { token, body });
}

const sumOf = async (sql: string): Promise<number> =>
  Number((await db.query<{ sum: string }>(sql)).rows[0]?.sum);

it('the API of the release before this one walks through its own journey on today’s schema, and today’s goes on from there', async () => {
  // As in production, where no process that serves may change the schema.
  api = await ApiProcess.prepared(database, sandbox, { DATABASE_MIGRATION_URL: '' });
  const todays = api.program;
  api.program = path.join(folder, 'apps/api/dist/main.js');
  await api.start();
  await chooseTemplate();
  expect(await journey(folder)).toContain('all as they should be');
  await api.end('SIGTERM');
  expect(api.said).not.toMatch(/could not|permission denied|does not exist/);
  const refunded = await sumOf(`SELECT count(*) AS sum FROM pay_refund WHERE status = 'success'`);
  expect(refunded).toBe(2);

  api.program = todays;
  await api.start();
  expect(await journey('.')).toContain('all as they should be');
  expect(await sumOf(`SELECT count(*) AS sum FROM pay_refund WHERE status = 'success'`)).toBe(2 * refunded);
  expect(await sumOf('SELECT count(*) AS sum FROM pay_refund WHERE deliver_at IS NOT NULL')).toBe(0);
});
