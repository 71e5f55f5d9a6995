/**
 * Hours in minutes: a steady load of payments, the jobs that they bring about, lists and figures on one API, and every minute what it holds on
 * to. Memory and connections must come to rest; a table may grow only by what is named here.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Postgres } from '../tools/postgres.ts';
import { Admin, startApi, type Api } from './api.ts';
import { createDatabases, withClient } from './databases.ts';
import type { Order, Sent } from './load.ts';
import { settledMemory } from './memory.ts';
import type { BenchProcess } from './processes.ts';
import { median, type Amount } from './report.ts';
import { ACCOUNT_SETTINGS, AMOUNT_FEN, createCamp, createOrders, startLoad } from './webhook.ts';

const DATABASE = 'bench_soak';
const MINUTES = 18;
/** A third of them is for warming up: compiled code, caches, pools. */
const WARM_PARTS = 3;
const BEATS = 6;
const BEAT_MS = 10_000;
/** Ten a second. */
const PAYMENTS_PER_BEAT = 100;
const CONNECTIONS = 4;
/** How much more memory at the end than after warming up, at most. */
const MORE_MEMORY_MIB = 48;
/** The four pools (docs/operations.md, Connections by class), the jobs' own pool, and the listeners. */
const MOST_CONNECTIONS = 37 + 10 + 3;
const PATHS = [
  '/api/admin/stats/overview',
  '/api/admin/members?pageSize=100',
  '/api/admin/pay/orders?pageSize=100',
  '/api/admin/system-health',
];
/** What grows with what is paid, and what bounds it. */
const GROWS: Readonly<Record<string, string>> = {
  pay_order: 'the books: kept',
  pay_attempt: 'the books: kept',
  pay_ledger: 'the books: kept',
  pay_notification: 'retention.payloadDays, retention.notificationDays',
  camp_order: 'kept with its order',
  camp_member: 'kept with its camp; names by retention of identities',
  planet_user: 'one a person; names by retention of identities',
  list_anchor: 'one a thousand rows of a list',
};

interface Sample {
  minute: number;
  paid: number;
  memory: number;
  connections: number;
  jobs: number;
  databaseMib: number;
}

/** @param minutes how long; 18 where nothing is said */
export async function benchSoak(
  server: Postgres,
  logs: string,
  say: (line: string) => void,
  minutes = MINUTES,
): Promise<Amount[]> {
  await createDatabases(server, [DATABASE]);
  const load = startLoad(logs);
  return withClient(server.url(DATABASE), async (client) => {
    await createCamp(client);
    const before = await sizes(client);
    const api = await startApi(server, logs, DATABASE, { ...ACCOUNT_SETTINGS, JOB_CONCURRENCY: '8' });
    const admin = await Admin.of(api);
    const samples: Sample[] = [];
    say('  minute  paid  resident  connections  jobs waiting  database');
    for (let minute = 1; minute <= minutes; minute++) {
      for (let beat = 0; beat < BEATS; beat++) await oneBeat(client, load, api, admin);
      samples.push(await look(client, api, minute));
      say(`  ${shown(samples.at(-1))}`);
    }
    const paid = samples.at(-1)?.paid ?? 0;
    await untilIdle(client, paid);
    const grown = growth(before, await sizes(client));
    for (const { table, bytes } of grown)
      say(
        `  ${table.padEnd(20)}${(bytes / 1024).toFixed(0).padStart(8)} KiB, ${(bytes / paid).toFixed(0)} B a payment: ${GROWS[table] ?? 'UNBOUNDED'}`,
      );
    for (const one of [api.process, load]) await one.stop();
    return amounts(samples, grown.filter(({ table }) => !(table in GROWS)).length);
  });
}

/** Payments, one after the other of a few connections, and a look at some pages; then a rest until the beat is over. */
async function oneBeat(client: pg.Client, load: BenchProcess, api: Api, admin: Admin): Promise<void> {
  const rest = sleep(BEAT_MS);
  const outTradeNos = Array.from({ length: PAYMENTS_PER_BEAT }, () => randomUUID().replaceAll('-', ''));
  await createOrders(client, outTradeNos);
  const prepare: Order = { kind: 'prepare', outTradeNos, amountFen: AMOUNT_FEN };
  await load.ask<Sent>(prepare);
  const send: Order = { kind: 'send', port: api.port, connections: CONNECTIONS };
  const { failure } = await load.ask<Sent>(send);
  if (failure !== null) throw new Error(`a notification was not taken: ${failure}`);
  for (const path of PATHS) await (await admin.open(path)).arrayBuffer();
  await rest;
}

async function look(client: pg.Client, api: Api, minute: number): Promise<Sample> {
  const memory = await settledMemory(api.process.pid);
  const { rows } = await client.query<Record<'paid' | 'connections' | 'jobs' | 'bytes', string>>(
    `SELECT (SELECT count(*) FROM pay_order WHERE status = 'paid') AS paid,
       (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()) AS connections,
       (SELECT count(*) FROM graphile_worker._private_jobs WHERE run_at <= now()) AS jobs,
       pg_database_size(current_database()) AS bytes`,
  );
  const [found] = rows;
  if (!found || memory === null)
    throw new Error('nothing is to be seen here: Linux tells how much memory a process has');
  return {
    minute,
    memory,
    paid: Number(found.paid),
    connections: Number(found.connections),
    jobs: Number(found.jobs),
    databaseMib: Number(found.bytes) / 2 ** 20,
  };
}

function shown(sample: Sample | undefined): string {
  if (!sample) return '';
  const { minute, paid, memory, connections, jobs, databaseMib } = sample;
  return [
    String(minute).padStart(6),
    String(paid).padStart(6),
    `${memory.toFixed(0)} MiB`.padStart(10),
    String(connections).padStart(13),
    String(jobs).padStart(14),
    `${databaseMib.toFixed(1)} MiB`.padStart(10),
  ].join('');
}

async function untilIdle(client: pg.Client, members: number): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const { rows } = await client.query<{ count: string }>('SELECT count(*) FROM camp_member');
    if (Number(rows[0]?.count) === members) return;
    if (Date.now() > deadline) throw new Error(`${rows[0]?.count} members exist, not ${members}`);
    await sleep(200);
  }
}

/** Bytes of each table with its indexes. */
async function sizes(client: pg.Client): Promise<Map<string, number>> {
  const { rows } = await client.query<{ name: string; bytes: string }>(
    `SELECT c.relname AS name, pg_total_relation_size(c.oid) AS bytes FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND n.nspname = 'public'`,
  );
  return new Map(rows.map(({ name, bytes }) => [name, Number(bytes)]));
}

/** What has grown by more than a page of each of its files takes, the largest first. */
function growth(before: Map<string, number>, after: Map<string, number>): { table: string; bytes: number }[] {
  return [...after]
    .map(([table, bytes]) => ({ table, bytes: bytes - (before.get(table) ?? 0) }))
    .filter(({ bytes }) => bytes > 256 * 1024)
    .sort((a, b) => b.bytes - a.bytes);
}

function amounts(samples: Sample[], unbounded: number): Amount[] {
  const third = Math.max(1, Math.floor(samples.length / WARM_PARTS));
  const memory = (of: Sample[]): number => median(of.map((sample) => sample.memory));
  const [warm, last] = [samples.slice(third, 2 * third), samples.slice(-third)];
  return [
    {
      what: `soak: memory of the last third of ${samples.length} min over the second`,
      amount: Math.max(0, memory(last) - memory(warm)),
      unit: 'MiB',
      most: MORE_MEMORY_MIB,
    },
    {
      what: 'soak: most connections',
      amount: Math.max(...samples.map(({ connections }) => connections)),
      unit: '',
      most: MOST_CONNECTIONS,
    },
    { what: 'soak: jobs due at the end', amount: samples.at(-1)?.jobs ?? NaN, unit: '', most: 200 },
    { what: 'soak: tables that grow without a bound', amount: unbounded, unit: '', most: 0 },
  ];
}
