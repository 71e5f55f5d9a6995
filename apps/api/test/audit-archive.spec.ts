import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Camp } from '@yajin/contract';
import { Alerts, Clock, SealedColumns, Secrets } from '@yajin/server';
import { TestApi } from '@yajin/testing/api';

import { AuditArchiver } from '../src/system/audit-archiver.js';
import { AuditChain } from '../src/system/audit-chain.js';
import { AuditKeys } from '../src/system/audit-keys.js';
import { AuditMarks } from '../src/system/audit-marks.js';
import { Audit, SYSTEM } from '../src/system/index.js';
import { afterTheNight, chainByHand, findingsOf } from './audit.kit.js';
import { beside, command } from './command.kit.js';

const KEYS = { JWT_SECRET: 'a1'.repeat(32), MASTER_KEY: 'b2'.repeat(32) };

let api: TestApi;
let folder: string;
/** As the owner of the tables, who alone may take rows out. */
let archiver: AuditArchiver;
beforeAll(async () => {
  api = await TestApi.start(KEYS);
  const { app, owner } = api;
  archiver = new AuditArchiver(
    owner,
    app.get(Clock),
    app.get(Audit),
    app.get(AuditKeys),
    app.get(AuditMarks),
  );
  await afterTheNight(api);
});
afterAll(() => api.stop());
beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yajin-audit-'));
  chainByHand(api);
  await api.rows(`DO $$ BEGIN SET LOCAL session_replication_role = replica;
    DELETE FROM sys_audit; DELETE FROM sys_audit_entry; DELETE FROM sys_audit_key; DELETE FROM sys_audit_archive; DELETE FROM sys_audit_checkpoint;
  END $$`);
  // January and February are over; in March there is more to come.
  const now = jest.spyOn(api.clock, 'now');
  for (const day of ['2026-01-05', '2026-01-31', '2026-02-01', '2026-02-28', '2026-03-01']) {
    now.mockReturnValue(new Date(`${day}T15:59:00Z`));
    for (let n = 0; n < 3; n += 1)
      await api.app
        .get(Audit)
        .record(api.db, SYSTEM, { action: 'test.day', after: { day, n, words: '押金 \n ok' } });
  }
  now.mockRestore();
  await api.app.get(AuditChain).takeIn();
});
afterEach(() => {
  jest.restoreAllMocks();
  fs.rmSync(folder, { recursive: true, force: true });
});

async function archive(before: string): Promise<string[]> {
  const files = [];
  for await (const { file } of archiver.archive(before, folder)) files.push(path.basename(file));
  return files;
}
const ids = async (): Promise<number[]> =>
  (await api.rows<{ id: number }>('SELECT id FROM sys_audit ORDER BY id')).map(({ id }) => id);
const findings = (chain = api.app.get(AuditChain)): Promise<string[]> => findingsOf(chain);
const asThief = (sql: string): Promise<unknown> =>
  api.rows(`DO $thief$ BEGIN SET LOCAL session_replication_role = replica; ${sql} END $thief$`);
const BROKEN = (id: number): string[] => [
  `操作日志校验失败，可能被改动 | sys_audit is not whole at id ${id}`,
];

it('old months move into files that say what the table said, and the log goes on whole from there', async () => {
  const before = await api.rows<{ id: number; action: string; hash: string }>(
    `SELECT id, action, encode(hash, 'hex') AS hash FROM sys_audit ORDER BY id`,
  );
  expect(await findings()).toEqual([]);
  expect(await archive('2026-03')).toEqual(['audit-2026-01-1-6.log.gz', 'audit-2026-02-7-12.log.gz']);
  expect((await ids())[0]).toBe(13);
  const lines = gunzipSync(fs.readFileSync(path.join(folder, 'audit-2026-01-1-6.log.gz')))
    .toString()
    .trimEnd();
  expect(lines.split('\n').map((line) => line.split(' ')[0])).toEqual(
    before.slice(0, 6).map(({ hash }) => hash),
  );
  expect(lines).toContain('押金 \\n ok');
  expect(fs.statSync(path.join(folder, 'audit-2026-01-1-6.log.gz')).mode & 0o777).toBe(0o600);
  expect(await findings()).toEqual([]);
  expect(await findings()).toEqual([]);
  // Whose file it is, is itself in the log, which people go on reading from its newest page.
  const { data } = await api.admin<Camp.AuditLogPage>('GET', '/api/admin/logs?pageSize=100');
  expect(data.total).toBe(data.list.length);
  expect(data.list.at(-1)).toMatchObject({ id: 13 });
  expect(
    data.list.filter(({ action }) => action === 'audit.archive').map(({ after }) => after),
  ).toMatchObject([
    { file: 'audit-2026-02-7-12.log.gz', first: 7, last: 12 },
    { file: 'audit-2026-01-1-6.log.gz', first: 1, last: 6 },
  ]);
  expect(
    (await api.admin<Camp.AuditLogPage>('GET', '/api/admin/logs?page=2&pageSize=100')).data.list,
  ).toEqual([]);
  for (const file of fs.readdirSync(folder)) await archiver.verify(path.join(folder, file));
  expect(await archive('2026-03')).toEqual([]);
});

it('the newest row stays, whatever is asked for, so that the next one has something to follow', async () => {
  const all = (await ids()).length;
  await archive('2099-01');
  const left = await ids();
  expect(left).toEqual([all]);
  await api.app.get(AuditChain).takeIn();
  expect(await findings()).toEqual([]);
});

it('nothing of a month moves that is not whole', async () => {
  await asThief(`UPDATE sys_audit SET username = 'nobody' WHERE id = 8;`);
  await expect(archive('2026-03')).rejects.toThrow('sys_audit is not whole at id 8');
  expect((await ids())[0]).toBe(7);
  expect(fs.readdirSync(folder)).toEqual(['audit-2026-01-1-6.log.gz']);
});

it('what dies between the file and the table is done again, and two at once take each row out once', async () => {
  jest.spyOn(api.app.get(AuditMarks), 'recordArchive').mockRejectedValueOnce(new Error('the machine died'));
  await expect(archive('2026-02')).rejects.toThrow('the machine died');
  expect((await ids())[0]).toBe(1);
  const both = await Promise.allSettled([archive('2026-02'), archive('2026-02')]);
  expect(both.some(({ status }) => status === 'fulfilled')).toBe(true);
  expect((await ids())[0]).toBe(7);
  await archiver.verify(path.join(folder, 'audit-2026-01-1-6.log.gz'));
  expect(await findings()).toEqual([]);
});

it('rows that somebody takes out, and says were archived, are missed', async () => {
  await archive('2026-02');
  expect(await findings()).toEqual([]);
  await asThief(`DELETE FROM sys_audit WHERE id <= 9;`);
  expect(await findings()).toEqual(BROKEN(10));
  await asThief(`UPDATE sys_audit_archive SET last_id = 9;`);
  expect(await findings()).toEqual(BROKEN(9));
  await asThief(`DELETE FROM sys_audit_archive;`);
  expect(await findings()).toEqual(BROKEN(10));
});

it('a log whose master key was lost goes on, verified from there, and only then', async () => {
  const { app, owner } = api;
  await archive('2026-02');
  expect(await findings()).toEqual([]);
  await expect(archiver.restart()).rejects.toThrow('is known here');
  const secrets = new Secrets('another-master-key-than-that-which-was-lost');
  const sealed = new SealedColumns(owner, secrets);
  const keys = new AuditKeys(secrets, sealed, app.get(Alerts));
  const marks = new AuditMarks(secrets, sealed);
  const anew = new AuditArchiver(owner, app.get(Clock), app.get(Audit), keys, marks);
  const chain = new AuditChain(owner, app.get(Clock), app.get(Alerts), keys, marks);
  const before = await ids();
  expect(await anew.restart()).toBe(before.at(-1));
  await chain.takeIn();
  expect(await ids()).toEqual([...before, before.at(-1)! + 1]);
  expect(await findings(chain)).toEqual([]);
  await asThief(`UPDATE sys_audit SET username = 'nobody' WHERE id = ${before.at(-1)! + 1};`);
  expect(await findings(chain)).toEqual(BROKEN(before.at(-1)! + 1));
});

it.each([
  [
    'a row that was changed',
    (text: string) => text.replace('"system"', '"nobody"'),
    'row 1 is not what it was',
  ],
  ['a row that is missing', (text: string) => text.replace(/\n.*\n/, '\n'), 'row 3 is not what it was'],
  ['an end that is missing', (text: string) => text.replace(/\n.*\n$/, '\n'), 'it ends with row 5'],
  ['something else', () => 'a page of a diary', 'it is no file of the audit log'],
  ['nothing', () => '', 'there are no rows in it'],
])('a file with %s is told from the one that was written', async (_, change, said) => {
  await archive('2026-02');
  const file = path.join(folder, 'audit-2026-01-1-6.log.gz');
  const packed = fs.readFileSync(file);
  fs.writeFileSync(file, gzipSync(change(gunzipSync(packed).toString())));
  await expect(archiver.verify(file)).rejects.toThrow(said);
  fs.writeFileSync(file, packed.subarray(0, 100));
  await expect(archiver.verify(file)).rejects.toThrow('it cannot be unpacked');
});

it.each([
  'DELETE FROM sys_audit WHERE id = 1',
  `SELECT set_config('yajin.archived', '99', true); DELETE FROM sys_audit`,
])('the role that the API runs as takes no row out: %s', async (sql) => {
  await expect(api.db.query(sql)).rejects.toThrow('permission denied');
  expect((await ids())[0]).toBe(1);
});

it('the command archives and verifies, and says what it did', async () => {
  const asApi = { ...beside(api, KEYS), JOB_CONCURRENCY: '0' };
  const asOwner = { ...asApi, DATABASE_MIGRATION_URL: api.env.databaseMigrationUrl ?? '' };
  const run = (...args: string[]) => command('audit.js', args, asOwner);
  expect((await command('audit.js', ['archive', '--before', '2026-02', folder], asApi)).said).toContain(
    'set DATABASE_MIGRATION_URL',
  );
  expect(fs.readdirSync(folder)).toEqual([]);
  expect(await run('archive', '--before', '2026-02', folder)).toMatchObject({
    code: 0,
    said: expect.stringContaining('audit-2026-01-1-6.log.gz: rows 1 to 6'),
  });
  const file = path.join(folder, 'audit-2026-01-1-6.log.gz');
  expect(await run('verify', file)).toMatchObject({ code: 0, said: expect.stringContaining('as they were') });
  fs.appendFileSync(file, 'x');
  expect(await run('verify', file, path.join(folder, 'none'))).toMatchObject({ code: 1 });
  expect((await run('archive', '--before', '2026-13', folder)).said).toContain('npm run audit');
  expect((await run('archive', '--before', '2026-02', path.join(folder, 'none'))).said).toContain(
    'is no folder',
  );
});
