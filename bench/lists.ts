/** What must not grow: a far page of a long list against the first, the overview with check-ins against without. */
import type { Camp } from '@yajin/contract';
import type { Postgres } from '../tools/postgres.ts';
import { Admin, startApi } from './api.ts';
import { CAMP, CHECKINS, fillCheckins, fillMembers, fillRefunds } from './crowd.ts';
import { createDatabases, settleServer, withClient } from './databases.ts';
import type { Result } from './report.ts';
import { compare } from './rounds.ts';

const DATABASE = 'bench_lists';
/** The same members without check-ins. */
const PLAIN_DATABASE = 'bench_lists_plain';

const MEMBERS = 1_000_000;
const PAGE_SIZE = 100;
const FAR_PAGE = 10_000;
const ROUNDS = 5;
const TURN_SECONDS = 0.7;
const GOAL = 0.67;

interface List {
  what: string;
  /** With a query, to which the page is added. */
  path: string;
  table: string;
  /** What is in it and in which order, as SQL over the table. */
  select: string;
}

const LISTS: List[] = [
  { what: 'members', path: '/api/admin/members?', table: 'camp_member', select: 'ORDER BY id DESC' },
  {
    what: 'members of a camp',
    path: `/api/admin/members?campId=${CAMP}&`,
    table: 'camp_member',
    select: `WHERE camp_id = ${CAMP} ORDER BY id DESC`,
  },
  {
    what: 'check-ins of a camp',
    path: `/api/admin/checkins/records?campId=${CAMP}&`,
    table: 'camp_checkin',
    select: `WHERE camp_id = ${CAMP} ORDER BY checkin_time DESC, id DESC`,
  },
  {
    what: 'refund records',
    path: '/api/admin/refunds/records?',
    table: 'camp_refund',
    select: 'ORDER BY id DESC',
  },
];

type Say = (line: string) => void;

export async function benchLists(server: Postgres, logs: string, say: Say): Promise<Result[]> {
  const began = performance.now();
  await createDatabases(server, [DATABASE]);
  const url = server.url(DATABASE);
  const members = await fillMembers(url, MEMBERS);
  await withClient(server.adminUrl, (admin) =>
    admin.query(`CREATE DATABASE ${PLAIN_DATABASE} TEMPLATE ${DATABASE} STRATEGY file_copy`),
  );
  await Promise.all([fillCheckins(url), fillRefunds(url, MEMBERS)]);
  say(`  the lists were filled in ${Math.round((performance.now() - began) / 1000)} s`);
  const full = await startApi(server, logs, DATABASE);
  const plain = await startApi(server, logs, PLAIN_DATABASE);
  const admin = await Admin.of(full);
  const results: Result[] = [];
  for (const list of LISTS) results.push(await benchList(url, admin, list, say));
  results.push(await benchOverview(server, admin, await Admin.of(plain), members, say));
  for (const api of [full, plain]) await api.process.stop();
  return results;
}

/** The far page against the first. */
async function benchList(url: string, admin: Admin, list: List, say: Say): Promise<Result> {
  return withClient(url, async (client) => {
    const { rows: all } = await client.query<{ total: number }>(
      `SELECT count(*)::int AS total FROM (SELECT 1 FROM ${list.table} ${list.select.replace(/ORDER BY.*/, '')}) AS counted`,
    );
    const total = all[0]?.total ?? 0;
    const page = async (number: number): Promise<() => Promise<void>> => {
      const { rows } = await client.query<{ id: string }>(
        `SELECT id FROM ${list.table} ${list.select} LIMIT ${PAGE_SIZE} OFFSET ${(number - 1) * PAGE_SIZE}`,
      );
      if (rows.length !== PAGE_SIZE) throw new Error(`${list.what}: page ${number} is not full`);
      const expected = rows.map((row) => row.id).join();
      return async () => {
        const path = `${list.path}page=${number}&pageSize=${PAGE_SIZE}`;
        const found = await admin.get<{ list: { id: number }[]; total: number }>(path);
        if (found.total !== total || found.list.map((row) => row.id).join() !== expected)
          throw new Error(`${path} does not answer what is in the database`);
      };
    };
    const far = await page(FAR_PAGE);
    const first = await page(1);
    const turn = async (ask: () => Promise<void>): Promise<number> => {
      await settleServer(client, [list.table]);
      return perSecond(ask);
    };
    const began = performance.now();
    await far();
    say(`  ${list.what}: the very first request took ${Math.round(performance.now() - began)} ms`);
    const what = `page ${FAR_PAGE.toLocaleString('en')} against page 1: ${list.what}`;
    return compare(
      { what, rounds: ROUNDS, goal: GOAL, product: () => turn(far), floor: () => turn(first) },
      say,
    );
  });
}

async function benchOverview(
  server: Postgres,
  full: Admin,
  plain: Admin,
  members: number,
  say: Say,
): Promise<Result> {
  await requireCheckins(server.url(DATABASE), CHECKINS);
  await requireCheckins(server.url(PLAIN_DATABASE), 0);
  const turn = async (database: string, admin: Admin): Promise<number> => {
    await withClient(server.url(database), (client) => settleServer(client, ['camp', 'camp_member']));
    return perSecond(async () => {
      const { summary } = await admin.get<Camp.StatsOverview>('/api/admin/stats/overview');
      if (summary.totalMembers !== members) throw new Error(`the overview tells ${summary.totalMembers}`);
    });
  };
  const product = (): Promise<number> => turn(DATABASE, full);
  const floor = (): Promise<number> => turn(PLAIN_DATABASE, plain);
  return compare(
    { what: 'overview with 1,000,000 check-ins against none', rounds: ROUNDS, goal: GOAL, product, floor },
    say,
  );
}

async function requireCheckins(url: string, expected: number): Promise<void> {
  const { rows } = await withClient(url, (client) =>
    client.query<{ count: string }>('SELECT count(*) FROM camp_checkin'),
  );
  if (rows[0]?.count !== String(expected)) throw new Error(`${rows[0]?.count} check-ins, not ${expected}`);
}

/** One request after the other. */
async function perSecond(ask: () => Promise<void>): Promise<number> {
  const began = performance.now();
  for (let asked = 1; ; asked++) {
    await ask();
    const seconds = (performance.now() - began) / 1000;
    if (seconds >= TURN_SECONDS) return asked / seconds;
  }
}
