/** A camp's deposits go back: approved refunds a second until each member's record says that it arrived. */
import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { freePort, type Postgres } from '../tools/postgres.ts';
import { Admin, keys, startApi, type Api } from './api.ts';
import { inProject } from './built.ts';
import { createDatabases, settleServer, withClient } from './databases.ts';
import { BenchProcess } from './processes.ts';
import type { Result, Round } from './report.ts';

const REFUNDS = 10_000;
const BATCH = 1000;
const QUOTA = 150;
const SILENT_PERCENT = 5;
const AMOUNT_FEN = 9900;
const GOAL = 0.9;
const LONGEST_MS = 600_000;
const DATABASE = 'bench_refund_day';
const API_V3_KEY = randomBytes(16).toString('hex');
const ACCOUNT = {
  appId: 'wx0000000000000001',
  mchId: '1900000001',
  serial: 'PUB_KEY_ID_0119000000010000000000000000000001',
};
const platform = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicPem = platform.publicKey.export({ type: 'spki', format: 'pem' }).toString();

type Say = (line: string) => void;

export async function benchRefundDay(server: Postgres, logs: string, say: Say): Promise<Result[]> {
  await createDatabases(server, [DATABASE]);
  const gateway = new BenchProcess(
    'The gateway',
    inProject('bench/refund-gateway.ts'),
    {
      QUOTA: String(QUOTA),
      SILENT_PERCENT: String(SILENT_PERCENT),
      PLATFORM_KEY: platform.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      SERIAL: ACCOUNT.serial,
      API_V3_KEY,
      APP_ID: ACCOUNT.appId,
      MCH_ID: ACCOUNT.mchId,
    },
    `${logs}/refund-gateway.log`,
  );
  const { port } = await gateway.ask<{ port: number }>();
  const base = `http://127.0.0.1:${port}`;
  try {
    const product = await productDay(server, logs, base, say);
    say(`  the gateway's side: ${JSON.stringify(await gateway.ask<object>({}))}`);
    const floor = await floorDay(server, logs, base);
    const allowed = Math.min(QUOTA, floor);
    say(`  refund day: ${product.toFixed(1)} a second; the floor ${floor.toFixed(1)}, the quota ${QUOTA}`);
    const round: Round = { product, floor: allowed };
    return [
      {
        what: `refund day of ${REFUNDS.toLocaleString('en')}: 5 % unanswered, one kill -9`,
        rounds: [round],
        goal: GOAL,
      },
    ];
  } finally {
    await gateway.stop();
  }
}

/** Approves everything and waits until every record says that the money arrived; half way the process is killed. */
async function productDay(server: Postgres, logs: string, gateway: string, say: Say): Promise<number> {
  const environment = {
    PORT: String(await freePort(0)),
    JOB_CONCURRENCY: '8',
    WECHAT_API_BASE: gateway,
    WECHAT_APP_ID: ACCOUNT.appId,
    WECHAT_MCH_ID: ACCOUNT.mchId,
    WECHAT_API_V3_KEY: API_V3_KEY,
    WECHAT_PLATFORM_KEYS: `${ACCOUNT.serial}=${publicPem}`,
  };
  let api = await startApi(server, logs, DATABASE, environment);
  const seconds = await withClient(server.url(DATABASE), async (client) => {
    await fill(client);
    await settleServer(client, ['pay_order', 'pay_attempt', 'pay_refund', 'camp_member', 'camp_refund']);
    const ids = await client.query<{ id: string }>('SELECT id FROM camp_refund ORDER BY id');
    const admin = await Admin.of(api);
    const began = performance.now();
    for (let at = 0; at < REFUNDS; at += BATCH)
      await admin.post('/api/admin/refunds/batch-approve', {
        refundIds: ids.rows.slice(at, at + BATCH).map(({ id }) => Number(id)),
      });
    const passed = (): string => ((performance.now() - began) / 1000).toFixed(1);
    await until(client, REFUNDS / 2);
    say(`  half of them have arrived after ${passed()} s`);
    api = await killed(api, () => startApi(server, logs, DATABASE, environment));
    say(`  killed and ready again after ${passed()} s`);
    await until(client, REFUNDS);
    const taken = (performance.now() - began) / 1000;
    await requireBooks(client);
    return taken;
  });
  await api.process.stop();
  return REFUNDS / seconds;
}

async function killed(api: Api, start: () => Promise<Api>): Promise<Api> {
  process.kill(api.process.pid, 'SIGKILL');
  await api.process.ended.catch(() => undefined);
  return start();
}

/** Until so many records say that their refund arrived. */
async function until(client: pg.Client, count: number): Promise<void> {
  const deadline = Date.now() + LONGEST_MS;
  for (;;) {
    const { rows } = await client.query<{ count: string }>(
      `SELECT count(*) FROM camp_refund WHERE refund_status = 'success'`,
    );
    if (Number(rows[0]?.count) >= count) return;
    if (Date.now() > deadline) throw new Error(`${rows[0]?.count} refunds arrived, not ${count}`);
    await sleep(250);
  }
}

/** Each once in the books, and nothing left over. */
async function requireBooks(client: pg.Client): Promise<void> {
  const { rows } = await client.query<Record<string, string>>(
    `SELECT (SELECT count(*) FROM pay_ledger WHERE source LIKE 'refund:%') AS booked, (SELECT count(*) FROM pay_refund_attempt) AS numbers,
       (SELECT count(*) FROM pay_attempt WHERE reserved_fen <> 0 OR refunded_fen <> amount_fen) AS open,
       (SELECT count(*) FROM graphile_worker.jobs WHERE task_identifier LIKE 'camp.%') AS jobs`,
  );
  const found = JSON.stringify(rows[0]);
  const expected = JSON.stringify({
    booked: String(REFUNDS),
    numbers: String(REFUNDS),
    open: '0',
    jobs: '0',
  });
  if (found !== expected) throw new Error(`after the refund day there are ${found}`);
}

/** Members of a finished camp who kept their promise, each with a record that waits to be approved. */
async function fill(client: pg.Client): Promise<void> {
  const from = `FROM generate_series(1, ${REFUNDS}) AS n`;
  const number = `md5('trade' || n)`;
  for (const statement of [
    `INSERT INTO camp (id, name, poster_url, deposit_fen, start_date, end_date, required_days, group_qrcode_url, planet_project_id,
       status, published_at, refunds_listed_at, created_at, updated_at) OVERRIDING SYSTEM VALUE
     VALUES (1, '压测', 'https://example.com/p.png', ${AMOUNT_FEN}, current_date - 30, current_date - 9, 7, 'https://example.com/q.png', '1',
       'finished', now(), now(), now(), now())`,
    `INSERT INTO pay_order (id, order_no, line, subject, amount_fen, description, status, payer_id, expires_at, paid_at, paid_with, created_at)
     SELECT n, 'ord_' || ${number}, 'camp', '1', ${AMOUNT_FEN}, '压测押金', 'paid', 'o' || n, now(), now(), ${number}, now() ${from}`,
    `INSERT INTO pay_attempt (out_trade_no, order_id, gateway, scene, state, amount_fen, transaction_id, paid_at, held_in, created_at)
     SELECT ${number}, n, 'wechat-v3', 'native', 'paid', ${AMOUNT_FEN}, '42' || n, now(), 'deposit', now() ${from}`,
    `INSERT INTO pay_ledger (source, debit, credit, amount_fen, gateway, line, subject, order_id, at)
     SELECT 'payment:' || ${number}, 'clearing', 'deposit', ${AMOUNT_FEN}, 'wechat-v3', 'camp', '1', n, now() ${from}`,
    `INSERT INTO planet_user (id, planet_user_id, name, alias, updated_at) SELECT n, n::text, '学员' || n, '', now() ${from}`,
    `INSERT INTO camp_order (order_id, camp_id, planet_user_id, planet_nickname, identity, bind_status, bind_method, outcome, created_at)
     SELECT n, 1, n::text, '学员' || n, 'signed', 'completed', 'dynamic_qrcode', 'member', now() ${from}`,
    `INSERT INTO camp_member (id, camp_id, order_id, pay_fen, paid_at, filled_planet_user_id, filled_planet_nickname, match_status,
       match_confidence, match_method, matched_at, planet_user_ref, checkin_count, created_at, updated_at)
     SELECT n, 1, n, ${AMOUNT_FEN}, now(), n::text, '学员' || n, 'matched', 100, 'dynamic_qrcode', now(), n, 10, now(), now() ${from}`,
    `INSERT INTO camp_refund (camp_id, member_id, order_id, amount_fen, audit_status, match_confidence, match_method, checkin_count,
       required_days, name_differs, created_at)
     SELECT 1, n, n, ${AMOUNT_FEN}, 'pending', 100, 'dynamic_qrcode', 10, 7, false, now() ${from}`,
  ])
    await client.query(statement);
}

async function floorDay(server: Postgres, logs: string, gateway: string): Promise<number> {
  const numbers = Array.from({ length: REFUNDS }, () => randomUUID().replaceAll('-', ''));
  await withClient(server.url(DATABASE), async (client) => {
    await client.query(
      `CREATE TABLE floor_refund (number text PRIMARY KEY, status text NOT NULL DEFAULT 'pending')`,
    );
    await client.query('INSERT INTO floor_refund (number) SELECT unnest($1::text[])', [numbers]);
    await settleServer(client, ['floor_refund']);
  });
  const floor = new BenchProcess(
    'The floor',
    inProject('bench/refund-floor.ts'),
    {
      QUOTA: String(QUOTA),
      GATEWAY: gateway,
      MERCHANT_KEY: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      PLATFORM_PUBLIC_KEY: publicPem,
      API_V3_KEY,
      DATABASE_URL: server.url(DATABASE),
    },
    `${logs}/refund-floor.log`,
  );
  await floor.ask<{ port: number }>();
  const { seconds } = await floor.ask<{ seconds: number }>({ numbers });
  await floor.stop();
  return REFUNDS / seconds;
}
