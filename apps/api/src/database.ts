import {
  columnTypes,
  Jobs,
  PoolOfPools,
  poolOptions,
  SnakeCase,
  untilUnlocked,
  USUAL_LIMITS,
  type Limits,
} from '@yajin/server';
import pg from 'pg';
import { DataSource, type DataSourceOptions, type QueryRunner } from 'typeorm';
import { entities } from './entities.js';
import type { DatabaseEnv } from './env.js';
import { grantTo, isNarrow } from './grants.js';
import { migrations } from './migrations.js';
import { MIGRATION_LOCK_MS } from './migrations/build-index.js';
import { refuseTooNew } from './schema-guard.js';

/** Any number, the same for every replica: migrations run one process at a time. */
const MIGRATION_LOCK = 7_215_501;

/** A statement may build an index of a large table; while it waits for a lock, it holds up everybody who comes after it. */
const MIGRATION_LIMITS: Limits = {
  statement: 3_600_000,
  lock: MIGRATION_LOCK_MS,
  idleInTransaction: 60_000,
};
/** So often, and with such pauses, a migration waits for its locks, and a replica for another's migrations. */
const MIGRATION_TRIES = 30;
const MIGRATION_PAUSE_MS = 2_000;
const TURN_TRIES = 1_800;

const described = {
  type: 'postgres',
  entities,
  namingStrategy: new SnakeCase(),
  migrations,
  synchronize: false,
} as const satisfies Partial<DataSourceOptions>;

/** One pool for everything. */
export function dataSource(url: string, poolSize = 20, limits = USUAL_LIMITS): DataSource {
  return new DataSource({
    ...described,
    url,
    extra: { ...poolOptions(url, poolSize, limits), types: columnTypes },
  });
}

/** What serves requests and works jobs: each class of work with connections of its own. */
export function bulkheadedSource(env: DatabaseEnv): DataSource {
  class Pool extends PoolOfPools {
    constructor() {
      super({
        url: env.databaseUrl,
        applicationName: env.databaseApplicationName,
        bulkheads: env.bulkheads,
        pooled: env.databaseUrl !== env.databaseDirectUrl,
        replica: env.databaseReplica && { ...env.databaseReplica, primaryUrl: env.databaseDirectUrl },
        types: columnTypes,
      });
    }
  }
  return new DataSource({ ...described, url: env.databaseUrl, driver: { ...pg, Pool } });
}

/** Where the database is, by whose role. */
interface Roles {
  databaseUrl: string;
  databaseDirectUrl: string;
  /** The owner of the tables; null where the application's own role is to do it, or another process does it. */
  databaseMigrationUrl: string | null;
}

/**
 * Brings jobs' tables and ours up to date as their owner, and gives the application's role its rights.
 * @returns whether the application's role can change neither the schema nor the audit log
 * @throws Error when the schema is behind and nobody's role here owns it, SchemaTooNew when it is ahead of what this program can do with
 */
export async function prepareDatabase(env: Roles): Promise<boolean> {
  const owner = env.databaseMigrationUrl ?? env.databaseDirectUrl;
  const known = migrations.map(({ name }) => name);
  await ask(owner, (runner) => refuseTooNew(runner, known));
  const app = await ask(env.databaseUrl, whoAmI);
  const direct = await ask(env.databaseDirectUrl, whoAmI);
  if (env.databaseMigrationUrl === null && !(await ask(owner, ownsSchema))) {
    const behind = await ask(owner, missingMigrations);
    if (behind.length > 0)
      throw new Error(
        `The schema lacks ${behind.join(', ')}, and the role of DATABASE_URL does not own it: start with DATABASE_MIGRATION_URL.`,
      );
  } else {
    await new Jobs(owner, 0).migrate();
    await migrate(owner, [...new Set([app, direct])]);
  }
  return (await ask(env.databaseUrl, isNarrow)) && (await ask(env.databaseDirectUrl, isNarrow));
}

/** Throws away everything: the schema is undone, and made anew. Nothing may run on it. */
export async function startOver(env: Roles): Promise<void> {
  const source = await dataSource(env.databaseMigrationUrl ?? env.databaseDirectUrl, 1).initialize();
  try {
    await source.query('DROP SCHEMA graphile_worker CASCADE');
    for (let undone = 0; undone < migrations.length; undone += 1)
      await source.undoLastMigration({ transaction: 'none' });
  } finally {
    await source.destroy();
  }
  await prepareDatabase(env);
}

async function ask<Answer>(url: string, question: (runner: QueryRunner) => Promise<Answer>): Promise<Answer> {
  const source = await dataSource(url, 1).initialize();
  const runner = source.createQueryRunner();
  try {
    return await question(runner);
  } finally {
    await runner.release();
    await source.destroy();
  }
}

async function whoAmI(runner: QueryRunner): Promise<string> {
  const [row] = (await runner.query('SELECT current_user AS name')) as { name: string }[];
  return row?.name ?? '';
}

/** An empty database is whoever's who may make something in it. */
async function ownsSchema(runner: QueryRunner): Promise<boolean> {
  const [row] = (await runner.query(
    `SELECT coalesce((SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass('migrations')),
       has_schema_privilege('public', 'CREATE')) AS own`,
  )) as { own: boolean }[];
  return row?.own ?? false;
}

async function missingMigrations(runner: QueryRunner): Promise<string[]> {
  const [table] = (await runner.query(`SELECT to_regclass('migrations') AS name`)) as {
    name: string | null;
  }[];
  const done = table?.name ? ((await runner.query('SELECT name FROM migrations')) as { name: string }[]) : [];
  return migrations.map(({ name }) => name).filter((name) => !done.some((each) => each.name === name));
}

/**
 * Brings the schema up to date over a connection that keeps its session. Replicas wait for each other.
 * @param roles those that get the application's rights; the owner has them anyway
 */
export async function migrate(directUrl: string, roles: string[] = []): Promise<void> {
  const source = await dataSource(directUrl, 1, MIGRATION_LIMITS).initialize();
  const lock = source.createQueryRunner();
  try {
    await takeTurn(lock);
    await untilUnlocked(MIGRATION_TRIES, MIGRATION_PAUSE_MS, () => runPending(directUrl));
    const owner = await whoAmI(lock);
    for (const role of roles.filter((each) => each !== owner))
      await untilUnlocked(MIGRATION_TRIES, MIGRATION_PAUSE_MS, () => grantTo(lock, role));
    await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
  } finally {
    await lock.release();
    await source.destroy();
  }
}

/** On connections of its own: after a failure TypeORM keeps the one it used. */
async function runPending(directUrl: string): Promise<void> {
  const source = await dataSource(directUrl, 1, MIGRATION_LIMITS).initialize();
  try {
    await source.runMigrations({ transaction: 'each' });
  } finally {
    await source.destroy();
  }
}

/** Asks again and again: whoever waits inside a statement is waited for by an index that is built concurrently. */
async function takeTurn(lock: QueryRunner): Promise<void> {
  for (let tries = 0; tries < TURN_TRIES; tries += 1) {
    const [{ taken }] = (await lock.query('SELECT pg_try_advisory_lock($1) AS taken', [MIGRATION_LOCK])) as [
      { taken: boolean },
    ];
    if (taken) return;
    await new Promise((resolve) => setTimeout(resolve, MIGRATION_PAUSE_MS));
  }
  throw new Error('another process has been migrating for an hour');
}
