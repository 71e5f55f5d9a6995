import { SchedulerRegistry } from '@nestjs/schedule';
import type { Camp } from '@yajin/contract';
import type { Console } from '@yajin/contract/console';
import { DueRows } from '@yajin/payment';
import { Jobs } from '@yajin/server';
import { eventually, TestApi, type Answer } from '@yajin/testing/api';
import { member, person, publishedCamp } from '@yajin/testing/factories';
import { operator, ROLES } from '@yajin/testing/operators';
import { beside, command } from '../../../test/command.kit.js';

const KEYS = { JWT_SECRET: 'a1'.repeat(32), MASTER_KEY: 'b2'.repeat(32) };

/** Nobody works the jobs, unless a test begins to, and nothing that falls due adds any beside those of a test. */
let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start({ ...KEYS, JOB_CONCURRENCY: '0' });
  const timers = api.app.get(SchedulerRegistry);
  for (const name of timers.getIntervals()) timers.deleteInterval(name);
});
afterAll(() => api.stop());
beforeEach(() => api.owner.query('DELETE FROM graphile_worker._private_jobs'));

interface Made {
  told?: object;
  attempts?: number;
  error?: string | null;
  inMinutes?: number;
  running?: boolean;
}

/** @returns its id as the console has it */
async function job(name: string, made: Made = {}): Promise<string> {
  const { told = {}, attempts = 0, error = null, inMinutes = 0, running = false } = made;
  const [row] = await api.rows<{ id: number }>(
    `SELECT (graphile_worker.add_job($1, $2::json, max_attempts := 3, run_at := now() + make_interval(mins => $3))).id`,
    [name, JSON.stringify(told), inMinutes],
  );
  await api.owner.query(
    `UPDATE graphile_worker._private_jobs SET attempts = $2, last_error = $3, locked_at = CASE WHEN $4 THEN now() END,
       locked_by = CASE WHEN $4 THEN 'somebody' END WHERE id = $1`,
    [row!.id, attempts, error, running],
  );
  return `job-${row!.id}`;
}

const page = async (query = ''): Promise<Console.JobPage> =>
  (await api.admin<Console.JobPage>('GET', `/api/admin/jobs${query}`)).data;
const retry = (...ids: string[]): Promise<Answer<Console.ChangedJobs>> =>
  api.admin('POST', '/api/admin/jobs/retry', { ids });
const drop = (reason: string, ...ids: string[]): Promise<Answer<Console.ChangedJobs>> =>
  api.admin('POST', '/api/admin/jobs/drop', { ids, reason });
const one = async (id: string): Promise<Console.Job | undefined> =>
  (await page('?pageSize=100')).list.find((each) => each.id === id);
const audited = async (id: string): Promise<Camp.AuditLog[]> =>
  (await api.admin<Camp.AuditLogPage>('GET', '/api/admin/logs?pageSize=100')).data.list.filter(
    ({ targetType, targetId }) => targetType === 'job' && targetId === id,
  );

describe('the list of jobs', () => {
  it('says of each how it stands, why, how often it was tried and when it is due, what waits longest first', async () => {
    const exhausted = await job('camp.notify', {
      told: { refundId: 7 },
      attempts: 3,
      error: 'WeChat said nothing',
      inMinutes: -9,
    });
    const running = await job('camp.sync', {
      told: { campId: 3 },
      attempts: 1,
      running: true,
      inMinutes: -5,
    });
    const failed = await job('payment.fees', { attempts: 2, error: 'no bill', inMinutes: 3 });
    const waiting = await job('camp.list', { told: { campId: 4 }, inMinutes: 8 });
    const { list, total, names } = await page();
    expect(list.map(({ id, state }) => [id, state])).toEqual([
      [exhausted, 'exhausted'],
      [running, 'running'],
      [failed, 'failed'],
      [waiting, 'waiting'],
    ]);
    expect(list[0]).toMatchObject({
      name: 'camp.notify',
      about: [{ field: 'refundId', value: '7' }],
      attempts: 3,
      maxAttempts: 3,
      error: 'WeChat said nothing',
      canRetry: true,
      canDrop: true,
    });
    expect(list.map(({ canRetry, canDrop }) => [canRetry, canDrop])).toEqual([
      [true, true],
      [false, false],
      [true, true],
      [false, false],
    ]);
    expect([total, names]).toEqual([4, ['camp.list', 'camp.notify', 'camp.sync', 'payment.fees']]);
    expect((await page('?state=failed')).list.map(({ id }) => id)).toEqual([failed]);
    expect((await page('?name=camp.list')).list.map(({ id }) => id)).toEqual([waiting]);
    expect(await page('?page=2&pageSize=3')).toMatchObject({
      total: 4,
      totalPages: 2,
      list: [{ id: waiting }],
    });
  });

  it('shows of what a job is told only what its kind has for everybody, and nothing of a kind that is not known', async () => {
    const known = await job('camp.sync', { told: { campId: 3, cookie: 'zsxq_access_token' } });
    const pushed = await job('alert.push', { told: { title: '对账发现差异', detail: 'of 13800000000' } });
    const unknown = await job('gone.kind', {
      told: { openid: 'oPerson' },
      attempts: 3,
      error: 'x'.repeat(5000),
    });
    expect((await one(known))?.about).toEqual([{ field: 'campId', value: '3' }]);
    expect((await one(pushed))?.about).toEqual([{ field: 'title', value: '对账发现差异' }]);
    expect(await one(unknown)).toMatchObject({
      about: [],
      canRetry: true,
      canDrop: false,
      error: 'x'.repeat(1000),
    });
  });

  it('names every kind that the program works as one that may be dropped, but those that money depends on', () => {
    const kept = api.app.get(Jobs).kinds.filter(({ mayDrop }) => !mayDrop);
    expect(kept.map(({ name }) => name)).toEqual(['camp.list']);
  });

  it.each(ROLES.filter((role) => role !== 'admin'))('is not for a %s', async (role) => {
    const { token } = await operator(api, role);
    expect((await api.call('GET', '/api/admin/jobs', { token })).status).toBe(403);
    for (const [deed, body] of [
      ['retry', { ids: ['job-1'] }],
      ['drop', { ids: ['job-1'], reason: 'x' }],
    ] as const)
      expect((await api.call('POST', `/api/admin/jobs/${deed}`, { token, body })).status).toBe(403);
  });
});

describe('retrying', () => {
  it('has what failed or was given up tried now, with all its tries; a second click changes nothing', async () => {
    const exhausted = await job('camp.notify', { told: { refundId: 7 }, attempts: 3, error: 'silent' });
    const failed = await job('payment.fees', { attempts: 2, error: 'no bill', inMinutes: 30 });
    expect((await retry(exhausted, failed, exhausted)).data).toEqual({ done: 2, left: 0 });
    for (const id of [exhausted, failed])
      expect(await one(id)).toMatchObject({ state: 'waiting', attempts: 0 });
    const [row] = await api.rows<{ due: boolean }>(
      'SELECT bool_and(run_at <= now()) AS due FROM graphile_worker.jobs',
    );
    expect(row?.due).toBe(true);
    expect((await retry(exhausted, failed)).data).toEqual({ done: 0, left: 2 });
    expect(await audited(exhausted)).toMatchObject([
      {
        action: 'job.retry',
        username: 'admin',
        before: { attempts: 3 },
        after: { job: 'camp.notify', about: 'refundId 7' },
      },
    ]);
  });

  it('counts once when two do it at the same moment', async () => {
    const id = await job('camp.notify', { attempts: 3 });
    const both = await Promise.all([retry(id), retry(id)]);
    expect(both.map(({ data }) => data.done).sort()).toEqual([0, 1]);
    expect(await audited(id)).toHaveLength(1);
  });

  it('leaves alone what runs, what has not failed, and what is gone', async () => {
    const running = await job('camp.notify', { attempts: 2, running: true });
    const waiting = await job('camp.notify', { inMinutes: 60 });
    expect((await retry(running, waiting, 'job-987654321', 'order-987654321')).data).toEqual({
      done: 0,
      left: 4,
    });
    expect(await one(running)).toMatchObject({ state: 'running', attempts: 2 });
    expect(await audited(running)).toEqual([]);
  });

  it('does the work: what was given up is done and gone', async () => {
    const id = await job('alert.push', { told: { title: 't', detail: 'd' }, attempts: 3, error: 'silent' });
    const working = await TestApi.start({ JOB_CONCURRENCY: '2' });
    try {
      const [row] = await working.rows<{ id: number }>(
        `SELECT (graphile_worker.add_job('alert.push', '{"title":"t","detail":"d"}', run_at := now() + interval '1 hour')).id`,
      );
      await working.owner.query(
        'UPDATE graphile_worker._private_jobs SET attempts = max_attempts WHERE id = $1',
        [row!.id],
      );
      await working.admin('POST', '/api/admin/jobs/retry', { ids: [`job-${row!.id}`] });
      await eventually(
        async () =>
          (await working.rows('SELECT FROM graphile_worker.jobs WHERE id = $1', [row!.id])).length === 0,
        'the job to be done',
      );
    } finally {
      await working.stop();
    }
    expect(await one(id)).toBeDefined();
  });
});

describe('dropping', () => {
  it('takes a job away for good, with the reason in the log of operations', async () => {
    const id = await job('camp.sync', { told: { campId: 9 }, attempts: 3, error: 'expired' });
    expect((await drop('营已取消', id)).data).toEqual({ done: 1, left: 0 });
    expect(await one(id)).toBeUndefined();
    expect((await drop('营已取消', id)).data).toEqual({ done: 0, left: 1 });
    expect(await audited(id)).toMatchObject([
      { action: 'job.drop', after: { job: 'camp.sync', about: 'campId 9', reason: '营已取消' } },
    ]);
  });

  it('keeps what runs, what money depends on, and kinds that this program does not know', async () => {
    const running = await job('camp.sync', { attempts: 1, running: true });
    const listing = await job('camp.list', { told: { campId: 1 }, attempts: 3 });
    const unknown = await job('gone.kind', { attempts: 3 });
    expect((await drop('不要了', running, listing, unknown)).data).toEqual({ done: 0, left: 3 });
    expect((await page()).total).toBe(3);
  });

  it('asks for ids and a reason', async () => {
    for (const body of [
      { ids: [], reason: 'x' },
      { ids: ['job-1'] },
      { ids: ['job-0'], reason: 'x' },
      { ids: 'job-1', reason: 'x' },
      { ids: ['pay_order-1'], reason: 'x' },
      { ids: Array.from({ length: 101 }, (_, n) => `job-${n + 1}`), reason: 'x' },
    ])
      expect((await api.admin('POST', '/api/admin/jobs/drop', body)).status).toBe(400);
  });
});

describe('what a line has not taken of its money', () => {
  it('stands in the list with why, is delivered at once when it is retried, and cannot be dropped', async () => {
    api.app.get(DueRows).start();
    const { orderId, orderNo } = await member(api, await publishedCamp(api), person());
    await api.quiet();
    await api.rows(
      `WITH late AS (UPDATE pay_order SET deliver_at = now() + interval '9 minutes', delivery_tries = 8 WHERE id = $1)
       INSERT INTO sys_alert (key, title, detail) VALUES ('undelivered:pay_order:' || $1, '业务线未接收', 'the line was down')`,
      [orderId],
    );
    const id = `order-${orderId}`;
    expect(await one(id)).toMatchObject({
      name: 'payment.delivery',
      about: [
        { field: 'line', value: 'camp' },
        { field: 'orderNo', value: orderNo },
      ],
      state: 'failed',
      attempts: 8,
      maxAttempts: null,
      error: 'the line was down',
      canRetry: true,
      canDrop: false,
    });
    expect((await drop('不要了', id)).data).toEqual({ done: 0, left: 1 });
    expect((await retry(id)).data).toEqual({ done: 1, left: 0 });
    expect((await retry(id)).data).toEqual({ done: 0, left: 1 });
    await eventually(async () => (await one(id)) === undefined, 'the line to take it');
    const members = await api.rows('SELECT FROM camp_member WHERE order_id = $1', [orderId]);
    expect(members).toHaveLength(1);
    expect(await audited(id)).toMatchObject([{ action: 'job.retry', after: { job: 'payment.delivery' } }]);
  });
});

describe('the command', () => {
  const run = (...args: string[]) => command('jobs.js', args, { ...beside(api, KEYS), JOB_CONCURRENCY: '0' });

  it('lists, retries and drops as the console does, and says by its exit code what stayed', async () => {
    const id = await job('camp.notify', {
      told: { refundId: 7 },
      attempts: 3,
      error: 'WeChat said\nnothing',
    });
    const kept = await job('camp.list', { told: { campId: 1 }, attempts: 3 });
    const listed = await run('list', '--state', 'exhausted');
    expect(listed.code).toBe(0);
    expect(listed.said).toContain(`${id} exhausted camp.notify refundId=7: 3 of 3 tries`);
    expect(listed.said).toContain('WeChat said nothing');
    expect(listed.said).toContain('2 in all');
    expect(await run('retry', id)).toEqual({ code: 0, said: '1 to be tried now, 0 stayed.\n' });
    expect(await run('drop', id, kept, '--reason', 'not needed')).toEqual({
      code: 3,
      said: '1 dropped, 1 stayed.\n',
    });
    expect(await audited(id)).toMatchObject([
      { action: 'job.drop', username: 'system', after: { reason: 'not needed' } },
      { action: 'job.retry', username: 'system' },
    ]);
  });

  it('says how it is used, without a database', async () => {
    expect(await run('--help')).toMatchObject({
      code: 0,
      said: expect.stringContaining('npm run jobs -- list') as string,
    });
    for (const args of [
      [],
      ['list', '--state', 'sleeping'],
      ['retry'],
      ['drop', 'job-1'],
      ['retry', 'job-x'],
      ['list', '--what'],
    ])
      expect(await run(...args)).toMatchObject({
        code: 2,
        said: expect.stringContaining('npm run jobs -- list') as string,
      });
  });
});
