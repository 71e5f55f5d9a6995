import type { Camp } from '@yajin/contract';
import { withConnectionsOf, type WorkClass } from '@yajin/server';
import { eventually, TestApi, type Answer } from '@yajin/testing/api';
import { person, placedOrder, publishedCamp } from '@yajin/testing/factories';
import { testDatabase } from '@yajin/testing/database';
import pg from 'pg';
import { bulkheadedSource } from '../src/database.js';
import { readDatabaseEnv } from '../src/env.js';
import { workClassOf } from '../src/work-classes.js';

const READERS = 24;
const SIZES = {
  DATABASE_POOL_MONEY: '3',
  DATABASE_POOL_PAGES: '2',
  DATABASE_POOL_REPORTS: '2',
  DATABASE_POOL_JOBS: '3',
};

describe('while two dozen operators wait for figures that do not come', () => {
  let api: TestApi;
  let holder: pg.Client;
  let camp: Awaited<ReturnType<typeof publishedCamp>>;
  let readers: Promise<Answer<never>>[];

  beforeAll(async () => {
    api = await TestApi.start(SIZES);
    camp = await publishedCamp(api);
    // Each asks for figures of its own, so that nobody is answered with another's.
    const camps: number[] = [];
    for (let n = 0; n < READERS; n += 1) camps.push((await publishedCamp(api)).id);
    holder = new pg.Client({ connectionString: api.env.databaseMigrationUrl ?? '' });
    await holder.connect();
    await holder.query('BEGIN; LOCK TABLE camp_checkin IN ACCESS EXCLUSIVE MODE');
    readers = camps.map((id) => api.admin('GET', `/api/admin/stats/camps/${id}`));
    await eventually(
      async () => (await connections('reports', `AND wait_event_type = 'Lock'`)) === 2,
      'all connections of reports to wait',
    );
  });
  afterAll(async () => {
    await holder.query('ROLLBACK');
    await Promise.all(readers);
    await holder.end();
    await api.stop();
  });

  /** As PostgreSQL sees them. */
  async function connections(work: WorkClass, which = ''): Promise<number> {
    const [row] = await api.rows<{ count: number }>(
      `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'yajin-${work}' ${which}`,
    );
    return row?.count ?? 0;
  }

  it('people enrol and pages open', async () => {
    const began = performance.now();
    for (let n = 0; n < 5; n += 1) await placedOrder(api, camp, person());
    expect((await api.admin<Camp.CampPage>('GET', '/api/admin/camps')).status).toBe(200);
    expect((await api.call('GET', `/api/h5/camps/${camp.id}`)).status).toBe(200);
    // Whoever waited for one of those connections would wait for ten seconds.
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('each class has as many connections as it may, under its own name', async () => {
    expect(await connections('reports')).toBe(2);
    expect(await connections('money')).toBeLessThanOrEqual(3);
    expect(await connections('pages')).toBeLessThanOrEqual(2);
    expect(await connections('jobs')).toBeLessThanOrEqual(3);
  });
});

describe('a class of its own limits', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.drop());

  async function limitsOf(
    work: WorkClass,
    directUrl: string,
  ): Promise<{ inside: string[]; outside: string[] }> {
    const db = await bulkheadedSource(
      readDatabaseEnv({
        DATABASE_URL: database.appUrl,
        DATABASE_DIRECT_URL: directUrl,
        DATABASE_POOL_REPORTS_STATEMENT_TIMEOUT: '60',
        DATABASE_POOL_REPORTS_LOCK_TIMEOUT: '2',
      }),
    ).initialize();
    const ask = async (asked: { query: (sql: string) => Promise<unknown> }): Promise<string[]> => {
      const found = (await asked.query(
        `SELECT current_setting('statement_timeout') AS statement, current_setting('lock_timeout') AS lock`,
      )) as { statement: string; lock: string }[];
      return found.flatMap(({ statement, lock }) => [statement, lock]);
    };
    try {
      return await withConnectionsOf(work, async () => ({
        inside: await db.transaction('REPEATABLE READ', (manager) => ask(manager)),
        outside: await ask(db),
      }));
    } finally {
      await db.destroy();
    }
  }

  it('keeps them on its connections, and the others keep the usual ones', async () => {
    const direct = database.appUrl;
    expect(await limitsOf('reports', direct)).toEqual({ inside: ['1min', '2s'], outside: ['1min', '2s'] });
    expect(await limitsOf('money', direct)).toEqual({ inside: ['30s', '10s'], outside: ['30s', '10s'] });
  });

  it('keeps them inside its transactions where a pooler shares connections, and leaves nothing behind on them', async () => {
    const behind = `${database.appUrl}?direct`;
    expect(await limitsOf('reports', behind)).toEqual({ inside: ['1min', '2s'], outside: ['30s', '10s'] });
  });
});

it.each<[string, string, WorkClass]>([
  ['POST', '/api/h5/payments', 'money'],
  ['GET', '/api/h5/payments/:orderNo/status', 'money'],
  ['GET', '/api/h5/camps/:id', 'pages'],
  ['POST', '/api/admin/refunds/:id/approve', 'money'],
  ['GET', '/api/admin/refunds/records', 'pages'],
  ['GET', '/api/admin/members/export', 'reports'],
  ['GET', '/api/admin/stats/overview', 'reports'],
])('%s %s takes the connections of %s', (method, route, work) => {
  expect(workClassOf(method, route)).toBe(work);
});

it('a class without a connection, or a name that PostgreSQL would cut, is refused at the start', () => {
  const wrong = { DATABASE_URL: 'postgres://x', DATABASE_POOL_PAGES: '0', DATABASE_APPLICATION_NAME: 'a b' };
  expect(() => readDatabaseEnv(wrong)).toThrow(/DATABASE_APPLICATION_NAME must be/);
  expect(() => readDatabaseEnv(wrong)).toThrow(/DATABASE_POOL_PAGES must be at least 1/);
});
