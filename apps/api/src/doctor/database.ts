import { maybeRow, onlyRow, rows, Secrets } from '@yajin/server';
import type { DataSource } from 'typeorm';
import { dataSource } from '../database.js';
import { migrations } from '../migrations.js';
import type { DatabaseEnv, Env } from '../env.js';
import { isNarrow } from '../grants.js';
import { refuseTooNew, SchemaTooNew } from '../schema-guard.js';
import { jobCounts, refuseWrongMasterKey, workers, WrongMasterKey } from '../system/index.js';
import { fail, look, ok, warn, type Finding } from './finding.js';

/** Debian's and the one from npm: what the tests run on. */
const OLDEST_SERVER = 15;
const SLOW_MS = 250;
/** Sessions and leases of several machines go by their clocks. */
const APART_MS = { warn: 2_000, fail: 30_000 };
const MIGRATE = 'Run `npm run migrate` with DATABASE_MIGRATION_URL (docs/operations.md, Upgrade).';

/** Each address by itself, then what is behind it. */
export async function lookAtDatabase(env: DatabaseEnv, keys: Env | null): Promise<Finding[]> {
  const addresses = [
    ['DATABASE_URL', env.databaseUrl],
    ['DATABASE_DIRECT_URL', env.databaseDirectUrl],
    ...(env.databaseMigrationUrl === null ? [] : [['DATABASE_MIGRATION_URL', env.databaseMigrationUrl]]),
  ] as [name: string, url: string][];
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const [name, url] of addresses) {
    if (seen.has(url)) continue;
    seen.add(url);
    findings.push(
      ...(await look(name, 'Is PostgreSQL up, and are host, name, role and password right?', () =>
        over(url, (db) => (name === 'DATABASE_URL' ? inside(db, keys) : reached(db, name))),
      )),
    );
  }
  return findings;
}

export async function over(url: string, work: (db: DataSource) => Promise<Finding[]>): Promise<Finding[]> {
  const db = await dataSource(url, 1).initialize();
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

async function reached(db: DataSource, name: string): Promise<Finding[]> {
  const began = performance.now();
  const { version } = await onlyRow<{ version: number }>(
    db,
    `SELECT current_setting('server_version_num')::int / 10000 AS version`,
  );
  const ms = Math.ceil(performance.now() - began);
  if (version < OLDEST_SERVER)
    return [fail(name, `PostgreSQL ${version}`, `Upgrade it: at least ${OLDEST_SERVER} is needed.`)];
  if (ms > SLOW_MS)
    return [
      warn(name, `PostgreSQL ${version} took ${ms} ms for nothing`, 'Look at its load and at the network.'),
    ];
  return [ok(name, `PostgreSQL ${version} answers in ${ms} ms`)];
}

async function inside(db: DataSource, keys: Env | null): Promise<Finding[]> {
  const there = await reached(db, 'DATABASE_URL');
  const schema = await schemaOf(db);
  const clock = await clockOf(db);
  // Of an empty database there is nothing more to say.
  if (schema.some(({ level }) => level === 'fail')) return [...there, ...schema, ...clock];
  return [
    ...there,
    ...schema,
    ...(await rightsOf(db)),
    ...clock,
    ...(await masterKey(db, keys)),
    ...(await jobs(db)),
  ];
}

async function schemaOf(db: DataSource): Promise<Finding[]> {
  const what = 'schema';
  const table = await onlyRow<{ name: string | null }>(db, `SELECT to_regclass('migrations')::text AS name`);
  if (table.name === null) return [fail(what, 'the database is empty', MIGRATE)];
  const done = (await rows<{ name: string }>(db, 'SELECT name FROM migrations')).map(({ name }) => name);
  const behind = migrations.filter(({ name }) => !done.includes(name));
  if (behind.length > 0) return [fail(what, `${behind.length} migrations have not been applied`, MIGRATE)];
  const known = migrations.map(({ name }) => name);
  const runner = db.createQueryRunner();
  try {
    await refuseTooNew(runner, known);
  } catch (error) {
    if (error instanceof SchemaTooNew) return [fail(what, 'it is too new for this program', error.message)];
    throw error;
  } finally {
    await runner.release();
  }
  const newer = done.filter((name) => !known.includes(name)).length;
  if (newer > 0)
    return [
      warn(
        what,
        `${newer} migrations are of a newer release`,
        'Finish the upgrade, or leave it: this release works on it.',
      ),
    ];
  return [ok(what, `all ${known.length} migrations are applied`)];
}

async function rightsOf(db: DataSource): Promise<Finding[]> {
  const what = 'role';
  const { without } = await onlyRow<{ without: number }>(
    db,
    `SELECT count(*) AS without FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname IN ('public', 'graphile_worker') AND c.relkind IN ('r', 'p', 'v') AND NOT has_table_privilege(c.oid, 'SELECT')`,
  );
  if (without > 0) return [fail(what, `it has no right to ${without} tables`, MIGRATE)];
  const runner = db.createQueryRunner();
  try {
    if (await isNarrow(runner)) return [ok(what, 'it can change neither the schema nor the audit log')];
  } finally {
    await runner.release();
  }
  return [
    warn(
      what,
      'it can change the schema and the audit log',
      'Give the API a role of its own (docs/operations.md, Database roles).',
    ),
  ];
}

/** The database's own clock is what is asked for here: it is held against this machine's. */
async function clockOf(db: DataSource): Promise<Finding[]> {
  const began = Date.now();
  const { at } = await onlyRow<{ at: Date }>(db, 'SELECT timeofday()::timestamptz AS at');
  const apart = Math.abs(at.getTime() - (began + Date.now()) / 2);
  const said = `this machine's and the database's are ${(apart / 1000).toFixed(1)} s apart`;
  const todo = 'Have both keep time by NTP.';
  if (apart > APART_MS.fail) return [fail('clock', said, todo)];
  return [apart > APART_MS.warn ? warn('clock', said, todo) : ok('clock', said)];
}

/** What a database that has met no key yet would keep of it is not kept: that is for the API to do. */
async function masterKey(db: DataSource, keys: Env | null): Promise<Finding[]> {
  if (keys === null) return [];
  const runner = db.createQueryRunner();
  await runner.startTransaction();
  try {
    await refuseWrongMasterKey(runner.manager, new Secrets(keys.masterKey, keys.masterKeyPrevious));
    return [ok('MASTER_KEY', 'it opens what is sealed in this database')];
  } catch (error) {
    if (!(error instanceof WrongMasterKey)) throw error;
    return [fail('MASTER_KEY', 'it opens nothing of what is sealed here', error.message)];
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
}

async function jobs(db: DataSource): Promise<Finding[]> {
  const alive = await workers(db);
  const { waiting, failed } = await jobCounts(db);
  const said = `${alive} workers, ${waiting} jobs waiting, ${failed} given up`;
  if (alive === 0) return [warn('jobs', said, 'Start a worker: without one refunds and syncs wait.')];
  if (failed > 0) return [warn('jobs', said, 'See why: `npm run jobs -- list --state exhausted`.')];
  return [ok('jobs', said)];
}

/** The planet's login lives in a setting, which operators renew, or in PLANET_COOKIE. */
export async function lookAtCookie(env: DatabaseEnv, given: boolean, now: Date): Promise<Finding[]> {
  const what = 'zsxq cookie';
  const todo = 'Paste a new one under 系统 › 配置 › Cookie, press 测试, then sync.';
  return look(what, todo, () =>
    over(env.databaseUrl, async (db) => {
      const set = await maybeRow<{ updated_at: Date }>(
        db,
        `SELECT updated_at FROM sys_config WHERE key = 'planet.cookie'`,
      );
      if (!set && !given) return [warn(what, 'there is none: check-ins are not read', todo)];
      const last = await maybeRow<{ error: string | null; tried_at: Date | null }>(
        db,
        'SELECT error, tried_at FROM camp_sync WHERE tried_at IS NOT NULL AND lease_until IS NULL ORDER BY tried_at DESC LIMIT 1',
      );
      const days = set ? Math.floor((now.getTime() - set.updated_at.getTime()) / 86_400_000) : null;
      const age = days === null ? 'from PLANET_COOKIE' : `set ${days} days ago`;
      const renewed = set && last?.tried_at && set.updated_at > last.tried_at;
      if (last?.error && !renewed) return [warn(what, `${age}; the last sync failed`, todo)];
      return [ok(what, last && !renewed ? `${age}; the last sync went well` : `${age}; not tried since`)];
    }),
  );
}
