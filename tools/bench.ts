/**
 * `npm run bench`: measures the product against the least that any implementation must do, on one PostgreSQL of its
 * own with durable default settings. Fails when a goal is missed. See docs/benchmarks.md.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stopProcesses } from '../bench/processes.ts';
import { missed, report, type Amount, type Result } from '../bench/report.ts';
import { build } from './build.ts';
import { Ending } from './ending.ts';
import { startPostgres, type Postgres } from './postgres.ts';
import { said } from './said.ts';

const PARTS = [
  'webhook',
  'rush',
  'planet',
  'checkins',
  'lists',
  'refunds',
  'refund-day',
  'export',
  'pages',
] as const;
/** Takes 18 minutes, so it is run by its name alone; `npm run bench soak 5` for five. */
const ALONE = 'soak';
type Part = (typeof PARTS)[number] | typeof ALONE;
const ALL: readonly Part[] = [...PARTS, ALONE];

let server: Postgres | null = null;
let folder: string | null = null;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** @param only one part; all but the soak when it is not given */
async function bench(only: string | undefined): Promise<boolean> {
  const parts = ALL.filter((part) => (only === undefined ? part !== ALONE : part === only));
  if (parts.length === 0) throw new Error(`Which part? One of: ${ALL.join(', ')}`);
  say('Building …');
  // The API and what it is made of; nobody looks at pages here.
  build('@yajin/api,libs/*');
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yajin-bench-'));
  // The server may have to run as another user.
  fs.chmodSync(folder, 0o755);
  server = await startPostgres(folder);
  const measured: (Result | Amount)[] = [];
  for (const part of parts) measured.push(...(await measure(part, server, folder)));
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
    case 'rush': {
      const { benchRush } = await import('../bench/rush.ts');
      return benchRush(on, logs, say);
    }
    case 'planet': {
      const { benchPlanet } = await import('../bench/planet.ts');
      return benchPlanet(say);
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
    case 'pages': {
      const { benchPages } = await import('../bench/pages.ts');
      return benchPages(on, logs, say);
    }
    case 'soak': {
      const { benchSoak } = await import('../bench/soak.ts');
      return benchSoak(on, logs, say, minutesOf(process.argv[3]));
    }
  }
}

/** @throws Error unless it is a number of minutes, or nothing */
function minutesOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const minutes = Number(text);
  if (!Number.isInteger(minutes) || minutes < 3 || minutes > 600)
    throw new Error('For how many minutes? 3 to 600');
  return minutes;
}

async function clearUp(): Promise<void> {
  await stopProcesses();
  await server?.stop();
  if (folder) fs.rmSync(folder, { recursive: true, force: true });
}

const ending = new Ending(clearUp);
bench(process.argv[2]).then(
  (passed) => ending.end(passed ? 0 : 1),
  (error: unknown) => {
    if (!ending.hasBegun) process.stderr.write(`${said(error)}\n`);
    ending.end(1);
  },
);
