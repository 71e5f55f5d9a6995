import path from 'node:path';
import { Logger } from '@nestjs/common';
import { createApp, begin } from './app.js';
import { DemoLeft, refuseDemo } from './demo/leftovers.js';
import { dataSource, prepareDatabase } from './database.js';
import { mountDocs } from './docs.js';
import { InvalidEnv, readEnv, type Env } from './env.js';
import { linesOf } from './lines/index.js';
import { mountPages, type WebApp } from './pages.js';
import { Readiness } from './system/index.js';

/** Beside the API, as they were built. */
const webApps: WebApp[] = [
  { prefix: '/admin/', folder: path.join(import.meta.dirname, '../../admin/dist') },
  { prefix: '/h5/', folder: path.join(import.meta.dirname, '../../h5/dist'), from: ['/enroll/*'] },
];
/** Long enough for a refund under way to hear from its gateway. */
const DRAIN_MS = 25_000;

async function main(): Promise<void> {
  const env = readEnvOrExit();
  let stop = (): Promise<void> => process.exit(0);
  for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.on(signal, () => void stop());
  // A promise nobody waited for has failed, such as a job's last word to a database that is gone: nothing in
  // memory can be trusted any more, everything in the database can.
  process.on('unhandledRejection', (error) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
    void stop();
  });
  const narrow = await prepareDatabase(env);
  // `main.js migrate`: as the owner, in a process of its own, so that those that serve never hold its password.
  if (process.argv[2] === 'migrate') return;
  const db = await dataSource(env.databaseUrl).initialize();
  if (!env.demo) await refuseDemo(db);
  const app = await createApp(env, db);
  if (!narrow)
    new Logger('Database').warn(
      'the role of DATABASE_URL can change the schema and the audit log: give it one of its own (docs/operations.md, Database roles)',
    );
  if (env.allowHttpReason !== null)
    new Logger('Environment').warn(`addresses of other machines may be http: ${env.allowHttpReason}`);
  if (env.apiDocs) mountDocs(app, linesOf(env));
  await mountPages(app, webApps);
  stop = async () => {
    stop = () => Promise.resolve();
    app.get(Readiness).stop();
    setTimeout(() => process.exit(1), DRAIN_MS).unref();
    await app.close();
    process.exit();
  };
  await app.listen(env.port, env.host);
  await begin(app, env);
}

function readEnvOrExit(): Env {
  try {
    return readEnv(process.env);
  } catch (error) {
    if (!(error instanceof InvalidEnv)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(78);
  }
}

main().catch((error: unknown) => {
  if (error instanceof DemoLeft) {
    process.stderr.write(`${error.message}\n`);
    process.exit(78);
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
