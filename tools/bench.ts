/**
 * `npm run bench`: measures the product against the least that any implementation must do, on one PostgreSQL of its
 * own with durable default settings. Fails when a goal is missed. See docs/benchmarks.md.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stopProcesses } from '../bench/processes.ts';
import { missed, report, type Amount, type Result } from '../bench/report.ts';
import { startPostgres, type Postgres } from './postgres.ts';

const ROOT = path.dirname(import.meta.dirname);

const PARTS = ['webhook', 'checkins', 'lists', 'refunds', 'refund-day', 'export'] as const;
type Part = (typeof PARTS)[number];

let server: Postgres | null = null;
let folder: string | null = null;
let ending = false;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** @param only one part; all of them when it is not given */
async function bench(only: string | undefined): Promise<boolean> {
  if (only !== undefined && !PARTS.some((part) => part === only))
    throw new Error(`Which part? One of: ${PARTS.join(', ')}`);
  build();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yajin-bench-'));
  // The server may have to run as another user.
  fs.chmodSync(folder, 0o755);
  server = await startPostgres(folder);
  const measured: (Result | Amount)[] = [];
  for (const part of PARTS) {
    if (only === undefined || only === part) measured.push(...(await measure(part, server, folder)));
  }
  say(`\n${report(measured)}\n`);
  return !measured.some(missed);
}

/** Each part is loaded when its turn comes: only what was built can be loaded. */
async function measure(part: Part, on: Postgres, logs: string): Promise<(Result | Amount)[]> {
  switch (part) {
    case 'webhook': {
      const { benchWebhook } = await import('../bench/webhook.ts');
      return benchWebhook(on, logs, say);
    }
    case 'checkins': {
      const { benchCheckins } = await import('../bench/checkins.ts');
      return benchCheckins(on, say);
    }
    case 'lists': {
      const { benchLists } = await import('../bench/lists.ts');
      return benchLists(on, logs, say);
    }
    case 'refunds': {
      const { benchRefunds } = await import('../bench/refunds.ts');
      return benchRefunds(on, say);
    }
    case 'refund-day': {
      const { benchRefundDay } = await import('../bench/refund-day.ts');
      return benchRefundDay(on, logs, say);
    }
    case 'export': {
      const { benchExport } = await import('../bench/export.ts');
      return benchExport(on, logs, say);
    }
  }
}

/** The API and what it is made of; nobody looks at pages here. */
function build(): void {
  say('Building …');
  const nx = spawnSync(
    path.join(ROOT, 'node_modules/.bin/nx'),
    ['run-many', '-t', 'build', '--projects=@yajin/api,libs/*', '--output-style=static'],
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
