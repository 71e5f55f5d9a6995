import { Alerts, Clock, SealedColumns, Secrets } from '@yajin/server';
import { AuditChain } from '../src/system/audit-chain.js';
import { AuditKeys } from '../src/system/audit-keys.js';
import { AuditMarks } from '../src/system/audit-marks.js';
import { Audit, SettingsService } from '../src/system/index.js';
import { TestApi } from '@yajin/testing/api';
import { afterTheNight, chainByHand, findingsOf } from './audit.kit.js';

const OLD = 'the-old-master-key-of-thirty-two-characters!';
const NEW = 'a-new-master-key-of-thirty-two-characters-?#';
const BROKEN = '操作日志校验失败，可能被改动';

let api: TestApi;
beforeEach(async () => {
  api = await TestApi.start({ MASTER_KEY: OLD });
  await afterTheNight(api);
  chainByHand(api);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await api.stop();
});

/** Another process over the same database. */
function process(secrets = new Secrets(OLD)): { chain: AuditChain; sealed: SealedColumns } {
  const alerts = api.app.get(Alerts);
  const sealed = new SealedColumns(api.db, secrets);
  const keys = new AuditKeys(secrets, sealed, alerts);
  const marks = new AuditMarks(secrets, sealed);
  keys.onModuleInit();
  marks.onModuleInit();
  return { chain: new AuditChain(api.db, api.app.get(Clock), alerts, keys, marks), sealed };
}
const record = async (count: number): Promise<void> => {
  for (let n = 0; n < count; n += 1)
    await api.app
      .get(Audit)
      .record(api.db, { id: null, username: 'night', ip: null }, { action: 'test.night', after: { n } });
};
/** What the nightly verification of a process that has just started says: alerts with their details. */
const findings = (chain = process().chain): Promise<string[]> => findingsOf(chain);
/** What only the owner of the database can do, its triggers switched off. */
const asThief = (sql: string): Promise<unknown> =>
  api.rows(
    `DO $thief$ DECLARE row sys_audit; chained bytea; BEGIN SET LOCAL session_replication_role = replica; ${sql} END $thief$`,
  );
/** Hashes the whole log anew as the database itself can. */
const REWRITE = `
  FOR row IN SELECT * FROM sys_audit ORDER BY id LOOP
    chained := sys_audit_hash(chained, row);
    UPDATE sys_audit SET hash = chained WHERE id = row.id;
  END LOOP;`;

it('a log that the owner of the database rewrote consistently is found out, by a process that has never seen it', async () => {
  await record(6);
  await process().chain.takeIn();
  expect(await findings()).toEqual([]);
  await asThief(`UPDATE sys_audit SET username = 'somebody else' WHERE id = 3; ${REWRITE}`);
  expect(await findings()).toEqual([`${BROKEN} | sys_audit is not whole at id 1`]);
});

it('taking the keys away as well shows: the log says from where on it is keyed, and that happens once', async () => {
  await record(6);
  await process().chain.takeIn();
  await asThief(
    `UPDATE sys_audit SET username = 'somebody else' WHERE id = 3;
     DELETE FROM sys_audit_key; DELETE FROM sys_audit_checkpoint; ${REWRITE}`,
  );
  const { count } = (await api.rows<{ count: number }>('SELECT count(*) AS count FROM sys_audit'))[0]!;
  expect(await findings()).toEqual([
    `操作日志从中间某条起才有密钥校验 | from id ${count + 1} on sys_audit is keyed by master key ${new Secrets(OLD).keyId}`,
  ]);
  expect(await findings()).toEqual([]);
});

it('rows from before there were keys verify, are sealed by what follows, and cannot be rewritten any more', async () => {
  await record(3);
  await process().chain.takeIn();
  // As the version before left it.
  await asThief(`DELETE FROM sys_audit_key; DELETE FROM sys_audit_checkpoint; ${REWRITE}`);
  expect(await findings()).toHaveLength(1);
  await record(2);
  expect(await findings()).toEqual([]);
  const [key] = await api.rows<{ from_id: number }>('SELECT from_id FROM sys_audit_key');
  await asThief(`UPDATE sys_audit SET username = 'somebody else' WHERE id = 2;
    FOR row IN SELECT * FROM sys_audit WHERE id < ${key!.from_id} ORDER BY id LOOP
      chained := sys_audit_hash(chained, row);
      UPDATE sys_audit SET hash = chained WHERE id = row.id;
    END LOOP;`);
  expect(await findings()).toEqual([`${BROKEN} | sys_audit is not whole at id ${key!.from_id}`]);
});

it('how far the log was verified outlives the process that did it, and nobody else can say otherwise', async () => {
  await record(6);
  expect(await findings()).toEqual([]);
  const [head] = await api.rows<{ id: number }>('SELECT max(id) AS id FROM sys_audit');
  await asThief(`DELETE FROM sys_audit WHERE id >= ${head!.id - 1};`);
  const gone = [`${BROKEN} | sys_audit is not whole at id ${head!.id}`];
  expect(await findings()).toEqual(gone);
  await record(3);
  expect(await findings()).toEqual(gone);
  await asThief(`UPDATE sys_audit_checkpoint SET sealed = (SELECT sealed FROM sys_audit_key LIMIT 1);`);
  expect(await findings()).toEqual([]);
});

it('a key that was moved to another row, or copied, opens nothing', async () => {
  await record(3);
  await process().chain.takeIn();
  await asThief(`UPDATE sys_audit_key SET from_id = 3;`);
  const { chain } = process();
  expect(await findings(chain)).toEqual([`${BROKEN} | sys_audit is not whole at id 3`]);
});

it('old rows verify by the old key while the master key is replaced, and after the old one is gone', async () => {
  await record(3);
  await process().chain.takeIn();
  const during = process(new Secrets(NEW, OLD));
  await record(3);
  expect(await findings(during.chain)).toEqual([]);
  expect(await api.rows('SELECT 1 FROM sys_audit_key')).toHaveLength(2);
  // Whoever has the old key only leaves chaining to the others.
  await record(1);
  await process().chain.takeIn();
  expect(await api.rows('SELECT 1 FROM sys_audit_entry')).toHaveLength(1);
  expect(await during.sealed.reseal()).toMatchObject({ unreadable: 0 });
  expect(await findings(process(new Secrets(NEW)).chain)).toEqual([]);
  await asThief(`UPDATE sys_audit SET username = 'somebody else' WHERE id = 2;`);
  expect(await findings(process(new Secrets(NEW)).chain)).toEqual([
    `${BROKEN} | sys_audit is not whole at id 2`,
  ]);
});

it('the newest row’s number and hash go to the operators’ robot every night, and nothing personal', async () => {
  const told: string[] = [];
  jest.spyOn(api.app.get(SettingsService), 'get').mockResolvedValue(null);
  jest.spyOn(api.app.get(Alerts), 'tell').mockImplementation((title, detail) => {
    told.push(`${title} ${detail}`);
    return Promise.resolve();
  });
  await record(2);
  await process().chain.verify();
  const [head] = await api.rows<{ id: number; hash: string }>(
    `SELECT id, encode(hash, 'hex') AS hash FROM sys_audit ORDER BY id DESC LIMIT 1`,
  );
  expect(told).toEqual([`操作日志校验通过 最新一条 ${head!.id}，校验值 ${head!.hash}`]);
});
