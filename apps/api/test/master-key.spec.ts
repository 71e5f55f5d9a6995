import { createSandbox, type Sandbox } from '@yajin/sandbox';
import { onlyRow, Secrets } from '@yajin/server';
import { asOwner, testDatabase } from '@yajin/testing/database';
import { eventually } from '@yajin/testing/api';
import { dataSource } from '../src/database.js';
import { refuseWrongMasterKey, WrongMasterKey } from '../src/system/index.js';
import { ApiProcess } from './process.kit.js';

const OLD = 'the-old-master-key-of-thirty-two-characters!';
const NEW = 'a-new-master-key-of-thirty-two-characters-?#';
const STRANGE = 'a-strange-key-that-has-thirty-two-letters-#!';

let database: Awaited<ReturnType<typeof testDatabase>>;
let sandbox: Sandbox;
let db: Awaited<ReturnType<ReturnType<typeof dataSource>['initialize']>>;
beforeAll(async () => {
  database = await testDatabase();
  sandbox = await createSandbox({ dataFile: ':memory:', port: 0 });
  db = await dataSource(asOwner(database.appUrl), 4).initialize();
});
afterAll(async () => {
  await db.destroy();
  await sandbox.close();
  await database.drop();
});

const withKeys = (keys: Record<string, string>): Promise<ApiProcess> =>
  ApiProcess.prepared(database, sandbox, keys);
async function starts(keys: Record<string, string>, until?: () => Promise<boolean>): Promise<void> {
  const api = await withKeys(keys);
  await api.start();
  if (until) await eventually(until, 'what is sealed to be sealed anew');
  expect(await api.end('SIGTERM')).toBe(0);
}
async function refuses(keys: Record<string, string>): Promise<void> {
  const api = await withKeys(keys);
  api.launch();
  expect(await api.ended()).toBe(78);
  expect(api.said).toContain('MASTER_KEY is not the key of this database');
}
const sealed = async (): Promise<string> =>
  (await onlyRow<{ sealed: string }>(db, 'SELECT sealed FROM sys_master_key')).sealed;

it('a wrong MASTER_KEY refuses to start and says so; one that is being replaced starts, and alone once all is sealed anew', async () => {
  await starts({ MASTER_KEY: OLD });
  await refuses({ MASTER_KEY: NEW });
  await refuses({ MASTER_KEY: NEW, MASTER_KEY_PREVIOUS: STRANGE });
  await starts({ MASTER_KEY: NEW, MASTER_KEY_PREVIOUS: OLD }, async () =>
    new Secrets(NEW).isCurrent(await sealed()),
  );
  await starts({ MASTER_KEY: NEW });
  await refuses({ MASTER_KEY: OLD });
});

it('a database from before there was a check value is known by its audit log’s key; of two that start at once the first decides', async () => {
  await db.query('DELETE FROM sys_master_key');
  await db.query('DELETE FROM sys_audit_key');
  const context = 'sys_audit_key:1';
  await db.query('INSERT INTO sys_audit_key (from_id, sealed) VALUES (1, $1)', [
    new Secrets(OLD).encrypt('{}', context),
  ]);
  await expect(refuseWrongMasterKey(db, new Secrets(NEW))).rejects.toThrow(WrongMasterKey);
  await refuseWrongMasterKey(db, new Secrets(OLD));
  await expect(refuseWrongMasterKey(db, new Secrets(NEW))).rejects.toThrow(WrongMasterKey);
  await db.query('DELETE FROM sys_master_key');
  await db.query('DELETE FROM sys_audit_key');
  const both = await Promise.allSettled([OLD, NEW].map((key) => refuseWrongMasterKey(db, new Secrets(key))));
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});
