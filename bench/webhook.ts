/** Payment notifications a second: the API's process against the least that must be done. */
import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Postgres } from '../tools/postgres.ts';
import { startApi, type Api } from './api.ts';
import { inProject } from './built.ts';
import { createDatabases, settleServer, withClient } from './databases.ts';
import type { Order, Sent } from './load.ts';
import { BenchProcess } from './processes.ts';
import type { Result, Round } from './report.ts';
import { pair, shownRound } from './rounds.ts';

const NOTIFICATIONS = 1000;
const ROUNDS = 9;
const WORKER_ROUNDS = 3;
const CONNECTIONS = 48;
/** The API's own default. */
const POOL_SIZE = 20;
export const AMOUNT_FEN = 9900;
const DRAIN_MS = 180_000;

const DATABASES = { product: 'bench_product', floor: 'bench_floor' };

const API_V3_KEY = randomBytes(16).toString('hex');
const ACCOUNT = {
  appId: 'wx0000000000000001',
  mchId: '1900000001',
  serial: 'PUB_KEY_ID_0119000000010000000000000000000001',
};
const platform = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicPem = platform.publicKey.export({ type: 'spki', format: 'pem' }).toString();

/** The API's own settings of the account that the load plays. */
export const ACCOUNT_SETTINGS = {
  WECHAT_APP_ID: ACCOUNT.appId,
  WECHAT_MCH_ID: ACCOUNT.mchId,
  WECHAT_API_V3_KEY: API_V3_KEY,
  WECHAT_PLATFORM_KEYS: `${ACCOUNT.serial}=${publicPem}`,
};

/** One of the two that are compared, with a database of its own. */
type Side = Api;

export async function benchWebhook(
  server: Postgres,
  logs: string,
  say: (line: string) => void,
): Promise<Result[]> {
  await createDatabases(server, Object.values(DATABASES));
  const load = startLoad(logs);
  const floor = await startFloor(server, logs);
  await withClient(server.url(DATABASES.product), createCamp);
  await withClient(server.url(DATABASES.floor), createCamp);
  const quiet = await startApi(server, logs, DATABASES.product, ACCOUNT_SETTINGS);
  const turns = (product: Side, at: number): Promise<Round> =>
    pair(
      at,
      () => round(server, load, product),
      () => round(server, load, floor),
    );
  await turns(quiet, 0);
  const rounds: Round[] = [];
  for (let at = 0; at < ROUNDS; at++) {
    rounds.push(await turns(quiet, at));
    say(`  webhook, round ${at + 1} of ${ROUNDS}: ${shownRound(rounds.at(-1))}`);
  }
  await quiet.process.stop();
  const working = await startApi(server, logs, DATABASES.product, {
    ...ACCOUNT_SETTINGS,
    JOB_CONCURRENCY: '8',
  });
  // What the quiet rounds left to do is done first: the jobs beside a round are its own.
  let members = (1 + ROUNDS) * NOTIFICATIONS;
  await untilMembers(server, members);
  const workerRounds: Round[] = [];
  for (let at = 0; at < WORKER_ROUNDS; at++) {
    workerRounds.push(await turns(working, at));
    say(`  webhook with jobs, round ${at + 1} of ${WORKER_ROUNDS}: ${shownRound(workerRounds.at(-1))}`);
    members += NOTIFICATIONS;
    await untilMembers(server, members);
  }
  for (const one of [working.process, floor.process, load]) await one.stop();
  return [
    { what: 'webhook', rounds, goal: 0.6 },
    { what: 'webhook, jobs running beside it', rounds: workerRounds, goal: null },
  ];
}

/** @returns notifications a second, all of them proven to have been applied */
async function round(server: Postgres, load: BenchProcess, side: Side): Promise<number> {
  const outTradeNos = Array.from({ length: NOTIFICATIONS }, () => randomUUID().replaceAll('-', ''));
  return withClient(server.url(side.database), async (client) => {
    await createOrders(client, outTradeNos);
    const prepare: Order = { kind: 'prepare', outTradeNos, amountFen: AMOUNT_FEN };
    await load.ask<Sent>(prepare);
    await settleServer(client, ['pay_order', 'pay_attempt', 'pay_notification', 'pay_ledger', 'camp_order']);
    const send: Order = { kind: 'send', port: side.port, connections: CONNECTIONS };
    const { seconds, failure } = await load.ask<Sent>(send);
    if (failure !== null) throw new Error(`${side.database}: a notification was not taken: ${failure}`);
    await requireApplied(client, outTradeNos);
    return NOTIFICATIONS / seconds;
  });
}

export async function createCamp(client: pg.Client): Promise<void> {
  await client.query(
    `INSERT INTO camp (name, poster_url, deposit_fen, start_date, end_date, required_days, group_qrcode_url, planet_project_id,
       status, published_at, created_at, updated_at)
     VALUES ('压测', 'https://example.com/p.png', $1, current_date + 7, current_date + 28, 15, 'https://example.com/q.png', '1',
       'enrolling', now(), now(), now())`,
    [AMOUNT_FEN],
  );
}

/** Enrolments that wait for their payment, as the product leaves them once the payer has seen the code. */
export async function createOrders(client: pg.Client, outTradeNos: string[]): Promise<void> {
  await client.query(
    `WITH wanted AS (
       SELECT no, ('x' || left(no, 13))::bit(52)::bigint AS id FROM unnest($1::text[]) AS no
     ), placed AS (
       INSERT INTO pay_order (id, order_no, line, subject, amount_fen, description, expires_at, created_at)
       SELECT id, 'ord_' || no, 'camp', '1', $2, '压测押金', now() + interval '1 day', now() FROM wanted
     ), attempt AS (
       INSERT INTO pay_attempt (out_trade_no, order_id, gateway, scene, state, token, token_at, amount_fen, query_at, created_at)
       SELECT no, id, 'wechat-v3', 'native', 'open', 'weixin://wxpay/' || no, now(), $2, now() + interval '1 hour', now() FROM wanted
     )
     INSERT INTO camp_order (order_id, camp_id, planet_user_id, planet_nickname, identity, created_at)
     SELECT id, (SELECT id FROM camp), no, '学员', 'typed', now() FROM wanted`,
    [outTradeNos, AMOUNT_FEN],
  );
}

/** Paid, booked, kept in the inbox and told to the line: each exactly once. */
async function requireApplied(client: pg.Client, outTradeNos: string[]): Promise<void> {
  const found = await client.query<Record<string, string>>(
    `SELECT count(*) FILTER (WHERE o.status = 'paid' AND o.paid_with = a.out_trade_no) AS paid,
       count(a.transaction_id) FILTER (WHERE a.state = 'paid' AND a.held_in = 'deposit') AS held,
       (SELECT sum(amount_fen) FROM pay_ledger WHERE source = ANY(SELECT 'payment:' || unnest($1::text[]))) AS booked,
       (SELECT count(*) FROM pay_notification WHERE subject_no = ANY($1) AND state = 'applied' AND deliveries = 1) AS noted
     FROM pay_attempt a JOIN pay_order o ON o.id = a.order_id WHERE a.out_trade_no = ANY($1)`,
    [outTradeNos],
  );
  const all = String(NOTIFICATIONS);
  const expected = { paid: all, held: all, booked: String(NOTIFICATIONS * AMOUNT_FEN), noted: all };
  for (const [name, value] of Object.entries(expected)) {
    if (found.rows[0]?.[name] !== value) throw new Error(`${name} is ${found.rows[0]?.[name]}, not ${value}`);
  }
}

async function untilMembers(server: Postgres, members: number): Promise<void> {
  const deadline = Date.now() + DRAIN_MS;
  await withClient(server.url(DATABASES.product), async (client) => {
    for (;;) {
      const { rows } = await client.query<{ count: string }>('SELECT count(*) FROM camp_member');
      if (Number(rows[0]?.count) === members) return;
      if (Date.now() > deadline) throw new Error(`${rows[0]?.count} members exist, not ${members}`);
      await sleep(50);
    }
  });
}

export function startLoad(logs: string): BenchProcess {
  return new BenchProcess(
    'The load',
    inProject('bench/load.ts'),
    {
      PLATFORM_KEY: platform.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      PLATFORM_SERIAL: ACCOUNT.serial,
      API_V3_KEY,
      APP_ID: ACCOUNT.appId,
      MCH_ID: ACCOUNT.mchId,
    },
    path.join(logs, 'load.log'),
  );
}

async function startFloor(server: Postgres, logs: string): Promise<Side> {
  const database = DATABASES.floor;
  const environment = {
    DATABASE_URL: server.url(database),
    POOL_SIZE: String(POOL_SIZE),
    PLATFORM_PUBLIC_KEY: publicPem,
    API_V3_KEY,
  };
  const floor = new BenchProcess(
    'The floor',
    inProject('bench/floor.ts'),
    environment,
    path.join(logs, 'floor.log'),
  );
  const { port } = await floor.ask<{ port: number }>();
  return { port, database, process: floor };
}
