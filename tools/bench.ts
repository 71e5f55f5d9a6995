/**
 * `npm run bench`: measures the product against the least that any implementation must do, on one PostgreSQL of its
 * own with durable default settings. Fails when a goal is missed. See docs/benchmarks.md.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startPostgres, type Postgres } from './postgres.ts';

const ROOT = path.dirname(import.meta.dirname);

let server: Postgres | null = null;
let folder: string | null = null;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function bench(only: string | undefined): Promise<boolean> {
  build();
  const { benchCheckins, CHECKIN_DATABASE } = await import('../bench/checkins.ts');
  const { benchWebhook, WEBHOOK_DATABASES } = await import('../bench/webhook.ts');
  const { createDatabases } = await import('../bench/databases.ts');
  const { missed, table } = await import('../bench/report.ts');
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
  const { endProcesses } = await import('../bench/processes.ts');
  await endProcesses();
  await server?.stop();
  if (folder) fs.rmSync(folder, { recursive: true, force: true });
}

async function end(code: number): Promise<never> {
  await clearUp();
  process.exit(code);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const)
  process.on(signal, () => void end(130));
bench(process.argv[2]).then(
  (passed) => end(passed ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return end(1);
  },
);
