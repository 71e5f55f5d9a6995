import { rows } from '@yajin/server';
import pg from 'pg';
import { prepareDatabase } from '../src/database.js';
import { migrations } from '../src/migrations.js';
import { AuditChain } from '../src/system/audit-chain.js';
import { operator } from '@yajin/testing/operators';
import { testDatabase } from '@yajin/testing/database';
import { TestApi } from '@yajin/testing/api';

describe('the role that the API runs as', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await TestApi.start();
    await operator(api, 'coach');
    await api.app.get(AuditChain).takeIn();
  });
  afterAll(() => api.stop());

  it('is the narrow one, in this test as in all others', async () => {
    expect(await rows(api.db, 'SELECT current_user::text AS name')).toEqual([{ name: 'yajin_app' }]);
    const owned = await rows(
      api.db,
      `SELECT relname FROM pg_class WHERE pg_has_role(relowner, 'USAGE') AND relkind IN ('r', 'v', 'S')`,
    );
    expect(owned).toEqual([]);
  });

  it.each([
    `UPDATE sys_audit SET action = 'nothing'`,
    'DELETE FROM sys_audit',
    'TRUNCATE sys_audit',
    `INSERT INTO sys_audit (at, username, action) VALUES (now(), 'nobody', 'test.forged')`,
    `UPDATE sys_audit_entry SET action = 'nothing'`,
    'DELETE FROM sys_audit_entry',
    'TRUNCATE sys_audit_entry',
    'ALTER TABLE sys_audit DISABLE TRIGGER sys_audit_append_only',
    'ALTER TABLE sys_audit DISABLE TRIGGER ALL',
    'DROP TRIGGER sys_audit_append_only ON sys_audit',
    'ALTER TABLE sys_audit_entry DISABLE TRIGGER ALL',
    'CREATE OR REPLACE FUNCTION sys_audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$',
    'CREATE TRIGGER mine BEFORE INSERT ON sys_audit_entry EXECUTE FUNCTION sys_audit_entry_stays()',
    'SET session_replication_role = replica',
    'UPDATE pay_ledger SET amount_fen = 1',
    'DELETE FROM pay_ledger',
    'UPDATE pay_close SET reason = NULL',
    'DELETE FROM pay_close_account',
    'UPDATE pay_ledger_view SET amount_fen = 1',
    'DELETE FROM pay_ledger_view',
    'UPDATE pay_order_view SET amount_fen = 1',
    'SELECT 1 FROM pay_order_view FOR UPDATE',
    'TRUNCATE pay_order CASCADE',
    'ALTER TABLE pay_order ADD COLUMN mine text',
    'DROP TABLE sys_upload',
    'CREATE TABLE mine (id int)',
    'CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$',
    'CREATE TABLE graphile_worker.mine (id int)',
    `INSERT INTO migrations (timestamp, name) VALUES (1, 'Mine1')`,
    'DELETE FROM sys_audit_archive',
    `INSERT INTO sys_audit_archive (last_id, file, archived_at, sealed) VALUES (1, '', now(), '')`,
    'DELETE FROM sys_audit_key',
    'DELETE FROM migrations',
    'DELETE FROM schema_need',
    'DELETE FROM graphile_worker.migrations',
    `COPY (SELECT 1) TO PROGRAM 'true'`,
  ])('may not: %s', async (sql) => {
    await expect(rows(api.db, sql)).rejects.toMatchObject({ code: '42501' });
  });

  it('may read, add to, change and delete from every other table, whichever comes to be', async () => {
    const kept = [
      'migrations',
      'pay_close',
      'pay_close_account',
      'pay_close_gateway',
      'pay_fee_change',
      'pay_ledger',
      'schema_need',
      'sys_audit',
      'sys_audit_archive',
      'sys_audit_entry',
      'sys_audit_key',
    ];
    const wrong = await rows(
      api.db,
      `SELECT schemaname || '.' || tablename AS name FROM pg_tables
       WHERE schemaname IN ('public', 'graphile_worker') AND NOT (tablename = ANY($1))
         AND NOT (SELECT bool_and(has_table_privilege(format('%I.%I', schemaname, tablename), privilege))
           FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS privilege)`,
      [kept],
    );
    expect(wrong).toEqual([]);
  });

  it('may read every view, whichever comes to be, and change nothing through one', async () => {
    const views = await rows<{ name: string; may: string[] }>(
      api.db,
      `SELECT relname AS name, array(SELECT p FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRIGGER']) AS p
         WHERE has_table_privilege(oid, p)) AS may
       FROM pg_class WHERE relkind = 'v' AND relnamespace IN ('public'::regnamespace, 'graphile_worker'::regnamespace)`,
    );
    expect(views.length).toBeGreaterThan(5);
    expect(views.filter(({ may }) => may.join() !== 'SELECT')).toEqual([]);
  });
});

describe('bringing the database up to date', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>;
  let owner: pg.Client;
  beforeAll(async () => {
    database = await testDatabase();
    owner = new pg.Client({ connectionString: database.url });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await database.drop();
  });

  const prepare = (databaseUrl: string, databaseMigrationUrl: string | null): Promise<boolean> =>
    prepareDatabase({ databaseUrl, databaseDirectUrl: databaseUrl, databaseMigrationUrl });
  const may = async (right: string): Promise<unknown> =>
    (await owner.query(`SELECT has_table_privilege('yajin_app', $1, $2) AS may`, right.split(' '))).rows[0];

  it('takes away what the role should not have, and gives it what new tables need', async () => {
    await owner.query('GRANT ALL ON sys_audit TO yajin_app; CREATE TABLE brand_new (id int)');
    expect(await prepare(database.appUrl, database.url)).toBe(true);
    expect(await may('sys_audit UPDATE')).toEqual({ may: false });
    expect(await may('sys_audit SELECT')).toEqual({ may: true });
    expect(await may('brand_new DELETE')).toEqual({ may: true });
    expect(await may('brand_new TRUNCATE')).toEqual({ may: false });
  });

  it('goes on with one role for everything, and says that it is too mighty', async () => {
    expect(await prepare(database.url, null)).toBe(false);
  });

  it('works on a schema that a later program added to, and refuses one that a later program took something from', async () => {
    const later = 'Later1000000009999';
    await owner.query(`INSERT INTO migrations (timestamp, name) VALUES (1000000009999, '${later}')`);
    expect(await prepare(database.appUrl, null)).toBe(true);
    expect(await prepare(database.appUrl, database.url)).toBe(true);
    await owner.query(`INSERT INTO schema_need VALUES ('${later}'), ('${migrations.at(-1)?.name}')`);
    for (const migrationUrl of [null, database.url])
      await expect(prepare(database.appUrl, migrationUrl)).rejects.toThrow(
        `too old for the schema, which ${later} took away`,
      );
    await owner.query(`DELETE FROM schema_need; DELETE FROM migrations WHERE name = '${later}'`);
  });

  it('is no business of the narrow role: it starts on a schema that is current, and refuses one that is behind', async () => {
    expect(await prepare(database.appUrl, null)).toBe(true);
    const last = migrations.at(-1)?.name;
    await owner.query('DELETE FROM migrations WHERE name = $1', [last]);
    await expect(prepare(database.appUrl, null)).rejects.toThrow(`The schema lacks ${last}`);
    await expect(prepare(database.appUrl, null)).rejects.toThrow('DATABASE_MIGRATION_URL');
  });
});
