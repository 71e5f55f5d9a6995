import { addDays, businessDate, daysBetween, isBusinessDate } from '@yajin/core';
import { Reconciliation, StatementMatching, type BillReading, type StatementReading } from '@yajin/payment';
import { Clock } from '@yajin/server';
import { createApp } from './app.js';
import { dataSource } from './database.js';
import { DemoClock } from './demo/index.js';
import { readEnv } from './env.js';

const USAGE = 'npm run reconcile -- --from YYYY-MM-DD [--to YYYY-MM-DD]';
/** Gateways keep no bill for longer that is worth asking for at once. */
const MAX_DAYS = 366;

/**
 * Beside the API, as it was built, with its environment: run by `npm run reconcile`. Reads every gateway's bills of a range of days, the
 * oldest first, and books what they show and we do not have; then the statements of the merchant's accounts, which book nothing. It may run
 * beside the API, be broken off, and run again.
 */
async function main(): Promise<void> {
  const env = readEnv(process.env);
  const db = await dataSource(env.databaseUrl).initialize();
  const app = await createApp(env, db);
  try {
    await app.init();
    if (env.demo) await app.get(DemoClock).restore();
    const yesterday = addDays(businessDate(app.get(Clock).now()), -1);
    const { from, to } = rangeOf(process.argv.slice(2), yesterday);
    const late: string[] = [];
    for await (const reading of app.get(Reconciliation).readRange(from, to)) {
      process.stdout.write(`${inWords(reading)}\n`);
      if (!reading.read) late.push(`${reading.gateway} ${reading.day}`);
    }
    for await (const reading of app.get(StatementMatching).readRange(from, to)) {
      process.stdout.write(`${statementInWords(reading)}\n`);
      if (!reading.read) late.push(`the statement of ${reading.gateway} ${reading.day}`);
    }
    if (late.length === 0) return;
    process.stderr.write(`Not there, or broken: ${late.join(', ')}. Run it again for them.\n`);
    process.exitCode = 1;
  } finally {
    await app.close();
  }
}

function rangeOf(given: string[], yesterday: string): { from: string; to: string } {
  const option = (name: string): string | undefined =>
    given.includes(name) ? given[given.indexOf(name) + 1] : undefined;
  const [from, to] = [option('--from') ?? '', option('--to') ?? yesterday];
  if (!isBusinessDate(from) || !isBusinessDate(to)) throw new Error(`Which days? ${USAGE}`);
  if (to < from || to > yesterday) throw new Error(`The last day is from ${from} to ${yesterday}. ${USAGE}`);
  if (daysBetween(from, to) >= MAX_DAYS) throw new Error(`At most ${MAX_DAYS} days at a time. ${USAGE}`);
  return { from, to };
}

function inWords({ gateway, day, read, rows, asked, differences }: BillReading): string {
  if (!read) return `${day} ${gateway}: no bill that can be read`;
  return `${day} ${gateway}: ${rows} rows, ${asked} asked about, ${differences} differences open`;
}

function statementInWords({ gateway, day, read, movements, differences }: StatementReading): string {
  if (!read) return `${day} ${gateway}: no statement of the account that can be read`;
  return `${day} ${gateway}: ${movements} movements of the account, ${differences} differences open`;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
