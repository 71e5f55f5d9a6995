/**
 * `npm run bench`: measures the product against the least that any implementation must do, on one PostgreSQL of its
 * own with durable default settings. Fails when a goal is missed. See docs/benchmarks.md.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stopProcesses } from '../bench/processes.ts';
import { missed, table } from '../bench/report.ts';
import { startPostgres, type Postgres } from './postgres.ts';

const ROOT = path.dirname(import.meta.dirname);

let server: Postgres | null = null;
let folder: string | null = null;
let ending = false;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** @param only `webhook` or `checkins`; both when it is not given */
async function bench(only: string | undefined): Promise<boolean> {
  build();
  // Only what was built can be loaded.
  const { benchCheckins, CHECKIN_DATABASE } = await import('../bench/checkins.ts');
  const { benchWebhook, WEBHOOK_DATABASES } = await import('../bench/webhook.ts');
  const { createDatabases } = await import('../bench/databases.ts');
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yajin-bench-'));
  // The server may have to run as another user.
  fs.chmodSync(folder, 0o755);
  server = await startPostgres(folder);
  await createDatabases(server, [...Object.values(WEBHOOK_DATABASES), CHECKIN_DATABASE]);
  const results = [
    ...(only === 'checkins' ? [] : await benchWebhook(server, folder, say)),
    ...(only === 'webhook' ? [] : await benchCheckins(server, say)),
  ];
  say(`\n${table(results)}\n`);
  return !results.some(missed);
}

function build(): void {
  say('Building …');
  const nx = spawnSync(
    path.join(ROOT, 'node_modules/.bin/nx'),
    ['run-many', '-t', 'build', '--output-style=static'],
    {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' },
    },
  );
  if (nx.status !== 0) throw new Error(`The build failed:\n${nx.stdout}${nx.stderr}`);
}

async function clearUp(): Promise<void> {
  await stopProcesses();
  await server?.stop();
  if (folder) fs.rmSync(folder, { recursive: true, force: true });
}

/** The first reason to end counts. */
function end(code: number): void {
  if (ending) return;
  ending = true;
  clearUp().then(
    () => process.exit(code),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const)
  process.on(signal, () => end(130));
bench(process.argv[2]).then(
  (passed) => end(passed ? 0 : 1),
  (error: unknown) => {
    if (!ending)
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    end(1);
  },
);
