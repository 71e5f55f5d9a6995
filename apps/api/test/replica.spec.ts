import { Logger } from '@nestjs/common';
import type { Camp } from '@yajin/contract';
import type { Console } from '@yajin/contract/console';
import { onReplica } from '@yajin/server';
import { eventually, type TestApi, type Answer } from '@yajin/testing/api';
import { operator } from '@yajin/testing/operators';
import { member, person, publishedCamp, statusOf, type MadeCamp } from '@yajin/testing/factories';
import pg from 'pg';
import { bulkheadedSource } from '../src/database.js';
import { readDatabaseEnv } from '../src/env.js';
import { mayComeFromReplica, REPLICA_ROUTES } from '../src/replica-reads.js';
import { Cluster } from './cluster.kit.js';
import { DATABASE, FOREVER_SECONDS, members, replicaOf, ReplicaStage, used } from './replica.kit.js';
import { SilentProxy } from './silent-proxy.js';

const WROTE = 'yajin_wrote';
/** Of the routes that ask for one. */
const QUERIES: Readonly<Record<string, string>> = {
  '/api/admin/checkins/records': '?campId=:campId',
  '/api/admin/members/export': '?campId=:campId&format=csv',
  '/api/admin/pay/balances': '?line=camp',
  '/api/admin/pay/bill-month': '?month=2026-11',
  '/api/admin/pay/close-accounts': '?month=2026-11',
};

let stage: ReplicaStage;
let primary: Cluster;
let standby: Cluster;
beforeAll(async () => {
  stage = await ReplicaStage.start();
  ({ primary, standby } = stage);
});
afterAll(() => stage.stop());

const left = (api: TestApi) =>
  eventually(() => Promise.resolve(!replicaOf(api).usable), 'the replica to be left');

async function health(api: TestApi): Promise<{ overall: string; replica: Camp.SystemCheck | undefined }> {
  const { data } = await api.admin<Camp.SystemHealth>('GET', '/api/admin/system-health');
  return { overall: data.status, replica: data.checks.find(({ name }) => name === 'replica') };
}

describe('with a replica that stands still', () => {
  let api: TestApi;
  let camp: MadeCamp;
  let order: Camp.CreatedPayment;
  beforeAll(async () => {
    api = await stage.startApi(stage.standbyUrl, FOREVER_SECONDS);
    camp = await publishedCamp(api);
    await member(api, camp, person());
    await stage.caughtUp();
    await used(api);
    await stage.pause();
    order = await member(api, camp, person());
  });
  afterAll(async () => {
    await stage.resume();
    await api.stop();
  });

  it('lists, statistics and exports are what it knows, and how it is with a payment is what the primary knows', async () => {
    expect(await members(api, camp)).toBe(1);
    const stats = await api.admin<Camp.CampStats>('GET', `/api/admin/stats/camps/${camp.id}`);
    expect(stats.data.enrollment.totalMembers).toBe(1);
    const file = await api.fetch(`/api/admin/members/export?campId=${camp.id}&format=csv`);
    expect(String(file.body).trim().split('\n')).toHaveLength(2);
    expect((await statusOf(api, order)).payStatus).toBe('success');
    const story = await api.admin<Console.OrderStory>('GET', `/api/admin/pay/orders/${order.orderNo}`);
    expect(story.data.order.status).toBe('paid');
  });

  it('who has changed something sees it, from whichever process, until the replica must have it', async () => {
    const path = `/api/admin/camps/${camp.id}`;
    const before = await api.admin<Camp.CampDetail>('GET', path);
    const changed: Answer<unknown> = await api.admin('PUT', path, { name: `${before.data.name}改` });
    const cookie = changed.headers.getSetCookie().find((each) => each.startsWith(`${WROTE}=`)) ?? '';
    expect(cookie).toMatch(/; Max-Age=3605; Path=\/api\/admin; HttpOnly; SameSite=Strict$/);
    const headers = { cookie: cookie.split(';')[0] ?? '' };
    expect(await members(api, camp, headers)).toBe(2);
    expect(await members(api, camp)).toBe(1);
  });

  it('an export is written down on the primary, at once', async () => {
    const count = async (): Promise<number> =>
      (await api.auditEntries(`SELECT 1 FROM sys_audit WHERE action = 'member.export'`)).length;
    const before = await count();
    await api.fetch(`/api/admin/members/export?campId=${camp.id}&format=csv`);
    expect(await count()).toBe(before + 1);
  });

  it.each([...REPLICA_ROUTES])('%s is answered by it alone', async (path) => {
    const replica = replicaOf(api);
    const asked = jest.spyOn(replica, 'connect');
    const { fallbacks } = replica.now;
    const query = QUERIES[path] ?? '';
    const answer = await api.fetch((path + query).replace(/:(campId|id)/, String(camp.id)));
    expect(answer).toMatchObject({ status: 200 });
    expect(asked).toHaveBeenCalled();
    expect(replica.now.fallbacks).toBe(fallbacks);
    asked.mockRestore();
  });

  it('what decides, guards and waits for a payment asks the primary', async () => {
    const asked = jest.spyOn(replicaOf(api), 'connect');
    await statusOf(api, order);
    for (const path of [
      `/api/admin/pay/orders/${order.orderNo}`,
      '/api/admin/pay/orders',
      '/api/admin/pay/refunds',
      `/api/admin/camps/${camp.id}`,
      '/api/admin/auth/me',
    ])
      expect(await api.admin('GET', path)).toMatchObject({ status: 200 });
    await publishedCamp(api);
    // What a coach may see is decided as it is now.
    const { token } = await operator(api, 'coach');
    expect(await api.call('GET', '/api/admin/members', { token })).toMatchObject({ status: 200 });
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
  });

  it('nothing can be written over its connections', async () => {
    await expect(
      onReplica(() => api.db.query('UPDATE camp SET name = name WHERE id = $1', [camp.id])),
    ).rejects.toThrow(/read-only transaction/);
    const settings = await onReplica(() => api.db.query<unknown>('SHOW default_transaction_read_only'));
    expect(settings).toEqual([{ default_transaction_read_only: 'on' }]);
    expect(await api.db.query<unknown>('SHOW default_transaction_read_only')).toEqual([
      { default_transaction_read_only: 'off' },
    ]);
  });

  it('health says that it is read from, and the metrics how far it is behind', async () => {
    expect((await health(api)).replica).toMatchObject({
      status: 'up',
      findings: [{ code: 'replica_follows' }],
    });
    const text = String((await api.exchange('GET', '/metrics', {})).body);
    expect(text).toMatch(/^database_replica_used\{pool="replica"\} 1$/m);
    expect(text).toMatch(/^database_replica_lag_seconds\{pool="replica"\} [\d.]+$/m);
  });
});

describe('with a replica that goes', () => {
  let api: TestApi;
  let proxy: SilentProxy;
  let camp: MadeCamp;
  const said: string[] = [];
  beforeAll(async () => {
    for (const level of ['log', 'warn'] as const)
      jest
        .spyOn(Logger.prototype, level)
        .mockImplementation((...line: unknown[]) => void said.push(String(line[0])));
    proxy = await SilentProxy.before(stage.standbyUrl);
    api = await stage.startApi(proxy.url, '1');
    camp = await publishedCamp(api);
    await member(api, camp, person());
    await stage.caughtUp();
    await used(api);
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await api.stop();
    await proxy.close();
  });

  /** A list that is being read on the replica, and cannot be answered there before `end`. */
  async function reading(): Promise<{ answer: Promise<number>; end: () => Promise<unknown> }> {
    const holder = new pg.Client({ connectionString: primary.url('yajin_owner', DATABASE) });
    await holder.connect();
    // What is locked so on the primary is locked on the replica, too, as soon as it hears of it.
    await holder.query('BEGIN; LOCK TABLE camp_member IN ACCESS EXCLUSIVE MODE');
    await primary.ask('CREATE TABLE heard ()', 'DROP TABLE heard');
    await stage.caughtUp();
    const answer = members(api, camp);
    await eventually(
      async () =>
        (await standby.ask(`SELECT 1 AS one FROM pg_stat_activity WHERE wait_event_type = 'Lock'`))?.['one'],
      'the list to wait on the replica',
    );
    const end = async (): Promise<void> => {
      await holder.query('ROLLBACK');
      await holder.end();
    };
    return { answer, end };
  }

  const line = (part: string): number => said.filter((each) => each.includes(part)).length;

  it('that is further behind than it may be, the primary is read, until it has caught up', async () => {
    await stage.pause();
    await member(api, camp, person());
    await left(api);
    expect(await members(api, camp)).toBe(2);
    expect(await health(api)).toMatchObject({
      overall: 'degraded',
      replica: { status: 'degraded', findings: [{ code: 'replica_behind' }] },
    });
    await stage.resume();
    await used(api);
    expect((await health(api)).replica?.status).toBe('up');
    expect(line('behind, the primary is read instead')).toBe(1);
  });

  it('that is killed in the middle of a read, the primary answers it and all that follow, until it is back', async () => {
    const before = line('the replica is away');
    const { answer, end } = await reading();
    standby.kill();
    await end();
    expect(await answer).toBe(2);
    expect(replicaOf(api).now.fallbacks).toBeGreaterThan(0);
    await left(api);
    expect(await members(api, camp)).toBe(2);
    expect(await api.exchange('GET', '/health/ready', {})).toMatchObject({ status: 200 });
    expect(await health(api)).toMatchObject({
      overall: 'degraded',
      replica: { status: 'degraded', findings: [{ code: 'replica_away' }] },
    });
    expect(line('the replica is away')).toBe(before + 1);
    standby.begin();
    await used(api);
    expect(await members(api, camp)).toBe(2);
  });

  it('that falls silent in the middle of a read, the primary answers it long before the statement would be given up', async () => {
    const { answer, end } = await reading();
    proxy.silence();
    await left(api);
    await end();
    expect(await answer).toBe(2);
    proxy.heal();
    await used(api);
  });
});

describe('what is no replica of this database', () => {
  async function stateWith(replicaUrl: string): Promise<string | null> {
    const env = { DATABASE_URL: stage.primaryUrl, DATABASE_REPLICA_URL: replicaUrl };
    const db = await bulkheadedSource(readDatabaseEnv(env)).initialize();
    try {
      const replica = replicaOf({ db });
      return await eventually(() => Promise.resolve(replica.now.why), 'a reason');
    } finally {
      await db.destroy();
    }
  }

  it('is not read from: the primary itself, or a replica that was promoted', async () => {
    expect(await stateWith(stage.primaryUrl)).toMatch(/follows nobody/);
  });

  it('is not read from: another database of the same server', async () => {
    expect(await stateWith(standby.url('yajin_app', 'postgres'))).toMatch(/of another database/);
  });

  it('is not read from: another database', async () => {
    const other = await Cluster.start();
    await other.ask(`CREATE DATABASE ${DATABASE} OWNER yajin_owner`);
    try {
      expect(await stateWith(other.url('yajin_app', DATABASE))).toMatch(/of another database/);
    } finally {
      other.stop();
    }
  });
});

it.each([
  ['GET', '/api/h5/payments/:orderNo/status'],
  ['GET', '/api/h5/payments/:id/params'],
  ['GET', '/api/h5/progress/:memberId'],
  ['GET', '/api/h5/camps/:id'],
  ['GET', '/api/admin/pay/orders'],
  ['GET', '/api/admin/pay/orders/:orderNo'],
  ['GET', '/api/admin/pay/refunds'],
  ['GET', '/api/admin/refunds/records'],
  ['GET', '/api/admin/pay/suspense'],
  ['GET', '/api/admin/pay/approvals'],
  ['GET', '/api/admin/members/:id'],
  ['GET', '/api/admin/camps/:id'],
  ['GET', '/api/admin/logs'],
  ['GET', '/api/admin/configs'],
  ['POST', '/api/admin/camps'],
])('%s %s never comes from a replica', (method, route) => {
  expect(mayComeFromReplica(method, route)).toBe(false);
});

it('a replica that may be nothing behind is refused at the start', () => {
  const wrong = { DATABASE_URL: 'postgres://x', DATABASE_REPLICA_URL: 'http://x', DATABASE_REPLICA_LAG: '0' };
  expect(() => readDatabaseEnv(wrong)).toThrow(/DATABASE_REPLICA_LAG must be at least 1/);
  expect(() => readDatabaseEnv(wrong)).toThrow(/DATABASE_REPLICA_URL must be an address/);
  expect(readDatabaseEnv({ DATABASE_URL: 'postgres://x' }).databaseReplica).toBeNull();
});
