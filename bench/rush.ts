/** Enrolment while others wait for their payments or look at statistics, against enrolment alone: among 200,000 members. */
import { createHash, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import path from 'node:path';
import type pg from 'pg';
import { CROWDED, fillCrowd, NEW_CAMP, planetUserOf, POPULAR } from '../apps/api/test/crowd.kit.ts';
import type { Postgres } from '../tools/postgres.ts';
import { Admin, startApi, type Api } from './api.ts';
import { inProject } from './built.ts';
import { createDatabases, settleServer, withClient } from './databases.ts';
import { BenchProcess } from './processes.ts';
import type { Result } from './report.ts';
import { compare } from './rounds.ts';
import type { Page, Visit, Visited } from './visitors.ts';

const DATABASE = 'bench_rush';
const GOAL = 0.8;
const ROUNDS = 5;
const TURN_SECONDS = 6;
/** Enrolments at once. */
const CONNECTIONS = 16;
const PAGES = 2_000;
const READERS = 24;
const AMOUNT_FEN = 9900;
/** Pages that wait were opened over the last so many minutes: the code is shown for half an hour. */
const OPENED_MINUTES = 10;
/** People who have not enrolled, by their place behind everybody of the crowd. */
const STRANGERS = 1_000_000;
/** More than can enrol in a turn. */
const A_TURN = 20_000;

/** An operator looks at what was answered for so long. */
const LOOKS_MS = 1_000;

/** Each reader begins with another one. */
const PATHS = [
  '/api/admin/stats/overview',
  `/api/admin/stats/camps/${POPULAR}`,
  `/api/admin/checkins/stats/${POPULAR}`,
  `/api/admin/stats/camps/${NEW_CAMP}`,
];

const API_V3_KEY = randomBytes(16).toString('hex');
const ACCOUNT = {
  appId: 'wx0000000000000001',
  mchId: '1900000001',
  serial: 'PUB_KEY_ID_0119000000010000000000000000000001',
};
const platform = generateKeyPairSync('rsa', { modulusLength: 2048 });

type Say = (line: string) => void;

export async function benchRush(server: Postgres, logs: string, say: Say): Promise<Result[]> {
  const began = performance.now();
  await createDatabases(server, [DATABASE]);
  await fillCrowd(server.url(DATABASE));
  const pages = await withClient(server.url(DATABASE), openPages);
  say(`  200,000 members were there after ${Math.round((performance.now() - began) / 1000)} s`);
  const gateway = startGateway(logs);
  const { port } = await gateway.ask<{ port: number }>();
  const api = await startApi(server, logs, DATABASE, settings(`http://127.0.0.1:${port}`));
  const newcomers = visitors(logs, 'newcomers');
  const others = visitors(logs, 'others');
  const rush = new Rush(server, api, newcomers, others);
  const token = (await Admin.of(api)).token;
  const readers = { kind: 'read', port: api.port, token, readers: READERS, paths: PATHS } as const;
  const beside: [what: string, goal: number | null, visit: Visit][] = [
    [`${PAGES.toLocaleString('en')} waiting pages`, GOAL, { kind: 'wait', port: api.port, pages }],
    [`${READERS} readers of statistics`, GOAL, { ...readers, pauseMs: LOOKS_MS }],
    [`${READERS} who never look up`, null, { ...readers, pauseMs: 0 }],
  ];
  const results: Result[] = [];
  for (const [who, goal, visit] of beside) {
    const what = `enrolment beside ${who}`;
    const product = (): Promise<number> => rush.beside(visit);
    const floor = (): Promise<number> => rush.alone();
    results.push(await compare({ what, rounds: ROUNDS, goal, product, floor }, say));
    say(`  ${who}: answered ${rush.answered} times in ${1 + ROUNDS} turns, ${rush.away} times by nobody`);
    Object.assign(rush, { answered: 0, away: 0 });
  }
  for (const one of [newcomers, others, api.process, gateway]) await one.stop();
  return results;
}

class Rush {
  /** By how many answers those beside were given in all. */
  answered = 0;
  /** How often they were given none. */
  away = 0;
  private enrolled = 0;

  private readonly server: Postgres;
  private readonly api: Api;
  private readonly newcomers: BenchProcess;
  private readonly others: BenchProcess;

  constructor(server: Postgres, api: Api, newcomers: BenchProcess, others: BenchProcess) {
    this.server = server;
    this.api = api;
    this.newcomers = newcomers;
    this.others = others;
  }

  /** @returns enrolments a second, each of them an order */
  async alone(): Promise<number> {
    await withClient(this.server.url(DATABASE), (client) =>
      settleServer(client, ['pay_order', 'camp_order', 'camp_ticket']),
    );
    return this.enrol();
  }

  async beside(visit: Visit): Promise<number> {
    await withClient(this.server.url(DATABASE), (client) =>
      settleServer(client, ['pay_order', 'camp_order', 'camp_ticket']),
    );
    done(await this.others.ask<Visited>(visit));
    try {
      return await this.enrol();
    } finally {
      const leave: Visit = { kind: 'leave' };
      const left = done(await this.others.ask<Visited>(leave));
      this.answered += left.done;
      this.away += left.away;
    }
  }

  private async enrol(): Promise<number> {
    const from = STRANGERS + this.enrolled;
    this.enrolled += A_TURN;
    const visit: Visit = {
      kind: 'enrol',
      port: this.api.port,
      campId: NEW_CAMP,
      planetUserIds: Array.from({ length: A_TURN }, (_, n) => planetUserOf(from + n)),
      seconds: TURN_SECONDS,
      connections: CONNECTIONS,
    };
    const { done: orders, seconds } = done(await this.newcomers.ask<Visited>(visit));
    await this.requireOrders(visit.planetUserIds.slice(0, orders));
    return orders / seconds;
  }

  private async requireOrders(planetUserIds: string[]): Promise<void> {
    const { rows } = await withClient(this.server.url(DATABASE), (client) =>
      client.query<{ count: string }>(
        `SELECT count(*) FROM camp_order c JOIN pay_order o ON o.id = c.order_id JOIN camp_ticket t ON t.order_id = o.id
         WHERE c.planet_user_id = ANY($1) AND c.camp_id = ${NEW_CAMP} AND o.status = 'pending'`,
        [planetUserIds],
      ),
    );
    if (rows[0]?.count !== String(planetUserIds.length))
      throw new Error(`${rows[0]?.count} orders for ${planetUserIds.length} enrolments`);
  }
}

function done(visited: Visited): Visited {
  if (visited.failure !== null) throw new Error(visited.failure);
  return visited;
}

/** Orders of the new camp whose payers have the code before them, each with its ticket. */
async function openPages(client: pg.Client): Promise<Page[]> {
  const pages = Array.from({ length: PAGES }, (): Page => {
    const id = randomUUID();
    return { orderNo: `ord_${id}`, ticket: `tk_${id}` };
  });
  await client.query(
    `WITH wanted AS (
       SELECT 500000000 + n AS id, no, ticket, now() - n * interval '${OPENED_MINUTES} minutes' / ${PAGES} AS at
       FROM unnest($1::text[], $2::bytea[]) WITH ORDINALITY AS w (no, ticket, n)
     ), placed AS (
       INSERT INTO pay_order (id, order_no, line, subject, amount_fen, description, expires_at, created_at)
       OVERRIDING SYSTEM VALUE SELECT id, no, 'camp', '${NEW_CAMP}', ${AMOUNT_FEN}, '押金', now() + interval '1 day', at FROM wanted
     ), attempt AS (
       INSERT INTO pay_attempt (out_trade_no, order_id, gateway, scene, state, token, token_at, amount_fen, query_at, created_at)
       SELECT md5(no), id, 'wechat-v3', 'native', 'open', 'weixin://wxpay/' || id, at, ${AMOUNT_FEN}, now() + interval '1 day', at FROM wanted
     ), ordered AS (
       INSERT INTO camp_order (order_id, camp_id, planet_user_id, planet_nickname, identity, created_at)
       SELECT id, ${NEW_CAMP}, (70000000000 + id)::text, '学员', 'typed', at FROM wanted
     )
     INSERT INTO camp_ticket (token_hash, order_id, expires_at) SELECT ticket, id, now() + interval '7 days' FROM wanted`,
    [
      pages.map(({ orderNo }) => orderNo),
      pages.map(({ ticket }) => createHash('sha256').update(ticket).digest()),
    ],
  );
  await client.query(`VACUUM (ANALYZE) ${CROWDED.filter((table) => table !== 'camp_member').join(', ')}`);
  return pages;
}

function settings(gateway: string): Record<string, string> {
  return {
    // Each visitor says which address is theirs.
    TRUSTED_PROXIES: '127.0.0.1',
    WECHAT_API_BASE: gateway,
    WECHAT_APP_ID: ACCOUNT.appId,
    WECHAT_MCH_ID: ACCOUNT.mchId,
    WECHAT_API_V3_KEY: API_V3_KEY,
    WECHAT_PLATFORM_KEYS: `${ACCOUNT.serial}=${platform.publicKey.export({ type: 'spki', format: 'pem' }).toString()}`,
  };
}

function startGateway(logs: string): BenchProcess {
  return new BenchProcess(
    'The gateway',
    inProject('bench/refund-gateway.ts'),
    {
      QUOTA: '0',
      SILENT_PERCENT: '0',
      PLATFORM_KEY: platform.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      SERIAL: ACCOUNT.serial,
      API_V3_KEY,
      APP_ID: ACCOUNT.appId,
      MCH_ID: ACCOUNT.mchId,
    },
    path.join(logs, 'rush-gateway.log'),
  );
}

function visitors(logs: string, name: string): BenchProcess {
  return new BenchProcess(`The ${name}`, inProject('bench/visitors.ts'), {}, path.join(logs, `${name}.log`));
}
