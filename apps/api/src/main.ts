import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { Gateways } from '@yajin/payment';
import { Secrets, untilThere } from '@yajin/server';
import { createApp, begin } from './app.js';
import { DemoLeft, refuseDemo } from './demo/leftovers.js';
import { bulkheadedSource, prepareDatabase } from './database.js';
import { migrations } from './migrations.js';
import { mountDocs } from './docs.js';
import { InvalidEnv, readDatabaseEnv, readEnv, type DatabaseEnv, type Env } from './env.js';
import { linesOf } from './lines/index.js';
import { mountPages, type WebApp } from './pages.js';
import { SchemaTooNew } from './schema-guard.js';
import { build, Readiness, refuseWrongMasterKey, WrongMasterKey } from './system/index.js';

/** Beside the API, as they were built. */
const webApps: WebApp[] = [
  { prefix: '/admin/', folder: path.join(import.meta.dirname, '../../admin/dist') },
  { prefix: '/h5/', folder: path.join(import.meta.dirname, '../../h5/dist'), from: ['/enroll/*'] },
];
/** Long enough for a refund under way to hear from its gateway. */
const DRAIN_MS = 25_000;

/** What is to be run, as the first word on the command line; both without one. */
const ROLES = ['web', 'worker', 'migrate'];
/** What no second try would change (EX_CONFIG of sysexits.h): supervisors are told not to start it again. */
const EXIT_CONFIGURATION = 78;

async function main(): Promise<void> {
  const role = process.argv[2] ?? 'both';
  if (role !== 'both' && !ROLES.includes(role)) refuse(`usage: main.js [${ROLES.join(' | ')}]`);
  // Words that nobody can be told any more (a full disk, a reader that has gone) end nothing.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  let stop = (): Promise<void> => process.exit(0);
  for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.on(signal, () => void stop());
  // A promise nobody waited for has failed, such as a job's last word to a database that is gone: nothing in
  // memory can be trusted any more, everything in the database can.
  process.on('unhandledRejection', (error) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
    void stop();
  });
  // As the owner, in a process of its own, so that those that serve never hold its password.
  if (role === 'migrate') return migrateAlone();
  const env = withRole(readEnv(process.env), role);
  await untilDatabase(env);
  const narrow = await prepareDatabase(env);
  const db = await bulkheadedSource(env).initialize();
  if (!env.demo) await refuseDemo(db);
  await refuseWrongMasterKey(db, new Secrets(env.masterKey, env.masterKeyPrevious));
  const app = await createApp(env, db);
  if (!narrow)
    new Logger('Database').warn(
      'the role of DATABASE_URL can change the schema and the audit log: give it one of its own (docs/operations.md, Database roles)',
    );
  if (env.allowHttpReason !== null)
    new Logger('Environment').warn(`addresses of other machines may be http: ${env.allowHttpReason}`);
  if (env.demoDataKeptBy !== null)
    new Logger('Environment').warn(
      `no sample data: ${env.demoDataKeptBy} is not an address of the sandbox (SANDBOX_URL), which plays it`,
    );
  if (env.apiDocs) mountDocs(app, linesOf(env));
  await mountPages(app, webApps);
  stop = async () => {
    stop = () => Promise.resolve();
    app.get(Readiness).stop();
    const logger = new Logger('Process');
    logger.log({ msg: 'stopping', ...about(env, role), up: Math.round(process.uptime()) });
    // Where something broke, the sooner another process takes over the better.
    if (process.exitCode === undefined) await sleep(env.drainDelayMs);
    setTimeout(() => {
      process.stderr.write(`What was under way did not end within ${DRAIN_MS / 1000} s: giving it up.\n`);
      process.exit(1);
    }, DRAIN_MS).unref();
    await app.close();
    logger.log({ msg: 'stopped', ...about(env, role), code: process.exitCode ?? 0 });
    process.exit();
  };
  await app.listen(env.port, env.host);
  await begin(app, env);
  const gateways = app.get(Gateways).names;
  const lines = env.lines.map(({ name }) => name);
  new Logger('Process').log({ msg: 'started', ...about(env, role), port: env.port, gateways, lines });
}

/** What runs, for the lines of the log that say that it begins or ends. */
function about({ demo }: Env, role: string): object {
  const { version, commit } = build;
  return { version, commit, mode: demo ? 'demo' : 'production', role, node: process.version };
}

/** @throws WrongSchema and what else keeps the schema from being brought up to date */
async function migrateAlone(): Promise<void> {
  const env = readDatabaseEnv(process.env);
  await untilDatabase(env);
  await prepareDatabase(env);
  process.stdout.write(`The schema is up to date: ${migrations.length} migrations.\n`);
}

function withRole(env: Env, role: string): Env {
  if (role === 'web') return { ...env, jobConcurrency: 0 };
  if (role === 'worker' && env.jobConcurrency === 0)
    refuse('A worker with JOB_CONCURRENCY=0 would do nothing.');
  return env;
}

async function untilDatabase(env: DatabaseEnv): Promise<void> {
  const { databaseUrl, databaseDirectUrl, databaseMigrationUrl, databaseWaitMs } = env;
  const addresses = new Set([databaseUrl, databaseDirectUrl, databaseMigrationUrl ?? databaseDirectUrl]);
  for (const address of addresses)
    await untilThere(address, databaseWaitMs, (why, pauseMs) =>
      process.stderr.write(
        `The database at ${placeOf(address)} is not there yet (${why}): trying again in ${pauseMs / 1000} s.\n`,
      ),
    );
}

/** Without the password. */
function placeOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : 'an address that cannot be read';
}

function refuse(text: string): never {
  process.stderr.write(`${text}\n`);
  process.exit(EXIT_CONFIGURATION);
}

main().catch((error: unknown) => {
  if (error instanceof InvalidEnv || error instanceof DemoLeft || error instanceof SchemaTooNew)
    refuse(error.message);
  if (error instanceof WrongMasterKey) refuse(error.message);
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
