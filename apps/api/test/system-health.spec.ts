import type { Camp } from '@yajin/contract';
import { localTime } from '@yajin/core';
import { Alerts } from '@yajin/server';
import manifest from '../package.json' with { type: 'json' };
import { checkIns, member, person, publishedCamp, unique } from '@yajin/testing/factories';
import { eventually, freePort, TestApi } from '@yajin/testing/api';
import { operator } from '@yajin/testing/operators';
import { HealthChecks, SystemScanner } from '../src/system/index.js';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
  // The night's jobs, which the first look enqueues, are not counted below.
  await api.app.get(SystemScanner).tick();
  await eventually(async () => {
    const left = await api.rows('SELECT 1 FROM graphile_worker.jobs');
    return left.length === 0;
  }, 'the night to be over');
});
afterAll(() => api.stop());

const health = async (): Promise<Camp.SystemHealth> =>
  (await api.admin<Camp.SystemHealth>('GET', '/api/admin/system-health')).data;
const check = async (name: string): Promise<Camp.SystemCheck | undefined> =>
  (await health()).checks.find((each) => each.name === name);
const sync = (camp: { id: number }) => api.admin('POST', `/api/admin/checkins/sync/${camp.id}`);

describe('the health of the system', () => {
  it('is up when all is well, and says what it has looked at', async () => {
    const report = await health();
    expect(report.checks.map(({ name, status }) => [name, status]).sort()).toEqual([
      ['alipay', 'up'],
      ['bank-card', 'up'],
      ['database', 'up'],
      ['gateways', 'up'],
      ['images', 'disabled'],
      ['jobs', 'up'],
      ['masterKey', 'up'],
      ['messages', 'up'],
      ['payers', 'up'],
      ['planet', 'up'],
      ['redis', 'disabled'],
      ['retention', 'up'],
      ['shouqianba', 'up'],
      ['test', 'up'],
      ['wechat', 'up'],
      ['wechat-v2', 'up'],
    ]);
    expect(report).toMatchObject({
      status: 'up',
      version: manifest.version,
      failedJobs: 0,
      refundsPaused: false,
      planetCookie: 'unknown',
      lastSyncTime: null,
    });
    expect(report.checks.find(({ name }) => name === 'database')?.message).toMatch(/^\d+ ms$/);
  });

  it('counts the jobs that wait, and those that have used up their tries', async () => {
    const waiting = (await health()).waitingJobs;
    await api.rows(
      `SELECT graphile_worker.add_job('test.nobody', run_at := now() + interval '1 day', job_key := 'test' || n) FROM generate_series(1, 3) n`,
    );
    expect(await health()).toMatchObject({ status: 'up', waitingJobs: waiting + 3, failedJobs: 0 });
    await api.rows(`UPDATE graphile_worker._private_jobs SET attempts = max_attempts WHERE key = 'test1'`);
    expect(await health()).toMatchObject({ status: 'degraded', waitingJobs: waiting + 2, failedJobs: 1 });
    expect(await check('jobs')).toMatchObject({
      status: 'degraded',
      message: '1 个任务多次失败，需人工处理',
    });
    await api.rows(`SELECT graphile_worker.remove_job('test' || n) FROM generate_series(1, 3) n`);
    expect((await health()).failedJobs).toBe(0);
  });

  it('is down when no job worker lives', async () => {
    const idle = await TestApi.start({ JOB_CONCURRENCY: '0' });
    try {
      await idle.rows(`INSERT INTO job_worker VALUES ('killed', now() - interval '61 seconds')`);
      const { data } = await idle.admin<Camp.SystemHealth>('GET', '/api/admin/system-health');
      expect(data.status).toBe('down');
      expect(data.checks).toContainEqual({
        name: 'jobs',
        status: 'down',
        message: '没有运行中的后台任务进程',
        findings: [{ message: '没有运行中的后台任务进程', code: 'no_worker', params: [] }],
      });
    } finally {
      await idle.stop();
    }
  });

  it('is degraded while refunds are paused for want of money', async () => {
    await api.rows(
      `INSERT INTO pay_refund_pause (gateway, until, code) VALUES ('wechat-v3', now() + interval '1 minute', 'NOT_ENOUGH')`,
    );
    expect(await health()).toMatchObject({ status: 'degraded', refundsPaused: true });
    expect(await check('wechat')).toMatchObject({ status: 'degraded', message: '商户余额不足，退款已暂停' });
    await api.rows(`UPDATE pay_refund_pause SET until = now() - interval '1 second'`);
    expect(await health()).toMatchObject({ status: 'up', refundsPaused: false });
  });

  it('names the gateway whose refunds wait, and no other', async () => {
    await api.rows(
      `INSERT INTO pay_refund_pause (gateway, until, code) VALUES ('alipay', now() + interval '1 minute', 'NOT_ENOUGH')`,
    );
    expect(await health()).toMatchObject({ status: 'degraded', refundsPaused: true });
    expect(await check('alipay')).toMatchObject({
      status: 'degraded',
      message: '商户余额不足，退款已暂停',
    });
    expect(await check('wechat')).toMatchObject({ status: 'up', message: null });
    await api.rows(`UPDATE pay_refund_pause SET until = now() - interval '1 second'`);
  });

  it('names money that is under way at a gateway that is not configured any more', async () => {
    const camp = await publishedCamp(api);
    const { orderNo } = await member(api, camp, person());
    await api.rows(
      `INSERT INTO pay_refund (source, line, gateway, order_id, out_trade_no, amount_fen, reason, status, check_at, created_at)
       SELECT 'gone', line, 'gone', id, paid_with, 1, 'x', 'processing', now(), now() FROM pay_order WHERE order_no = $1`,
      [orderNo],
    );
    expect(await check('gateways')).toMatchObject({ status: 'degraded', message: '1 笔退款的渠道未配置' });
    await api.rows(`DELETE FROM pay_refund WHERE source = 'gone'`);
    expect(await check('gateways')).toMatchObject({ status: 'up', message: null });
  });

  it('tells a valid cookie from an expired one, and one that was put in since', async () => {
    const camp = await publishedCamp(api);
    await checkIns(api, camp, person(), 1);
    expect((await sync(camp)).code).toBe(200);
    const good = await health();
    expect(good).toMatchObject({ status: 'up', planetCookie: 'valid' });
    expect(good.lastSyncTime).not.toBeNull();
    await api.control('POST', '/control/planet/cookie', { state: 'expired' });
    expect((await sync(camp)).code).toBe(1202);
    const bad = await health();
    expect(bad).toMatchObject({
      status: 'degraded',
      planetCookie: 'expired',
      lastSyncTime: good.lastSyncTime,
    });
    expect(await check('planet')).toMatchObject({
      status: 'down',
      message: '知识星球 Cookie 已过期，请更新',
    });
    const cookie = `cookie-${unique()}`;
    await api.control('POST', '/control/planet/cookie', { state: 'valid', cookie });
    await api.admin('PUT', '/api/admin/config', { key: 'planet.cookie', value: cookie });
    expect(await health()).toMatchObject({ status: 'degraded', planetCookie: 'unknown' });
    expect((await sync(camp)).code).toBe(200);
    expect(await health()).toMatchObject({ status: 'up', planetCookie: 'valid' });
  });

  it('says what else went wrong with the last sync, which tells nothing of the cookie', async () => {
    const camp = await publishedCamp(api);
    await api.rows(
      `INSERT INTO camp_sync (camp_id, tried_at, error, fail_code)
       VALUES ($1, now() + interval '1 minute', '知识星球限流（1059），请稍后再试', 1203)`,
      [camp.id],
    );
    expect(await health()).toMatchObject({ status: 'degraded', planetCookie: 'unknown' });
    expect((await check('planet'))?.message).toBe('最近一次同步失败：知识星球限流（1059），请稍后再试');
    await api.rows('DELETE FROM camp_sync WHERE camp_id = $1', [camp.id]);
  });

  it('is answered in time, whatever a check does', async () => {
    const checks = api.app.get(HealthChecks);
    const registered = checks['checks'];
    checks.register('throws', () => Promise.reject(new Error('secret detail')));
    checks.register('hangs', () => new Promise(() => undefined));
    const began = Date.now();
    const report = await health();
    expect(Date.now() - began).toBeLessThan(6000);
    expect(report.status).toBe('degraded');
    for (const name of ['throws', 'hangs'])
      expect(report.checks).toContainEqual({
        name,
        status: 'down',
        message: '检查失败或超时',
        findings: [{ message: '检查失败或超时', code: 'check_failed', params: [] }],
      });
    for (const name of ['throws', 'hangs']) registered.delete(name);
    expect(() => checks.register('planet', () => Promise.reject(new Error()))).toThrow('registered twice');
  });

  it('is by business time, on the demo’s clock', async () => {
    const before = localTime(api.clock.now());
    expect((await health()).checkedAt >= before).toBe(true);
  });

  it('is for admins only', async () => {
    const { token } = await operator(api, 'manager');
    expect((await api.call('GET', '/api/admin/system-health', { token })).status).toBe(403);
    expect((await api.call('GET', '/api/admin/system-health')).status).toBe(401);
  });
});

it('what runs here is told to anybody who asks: its version, its commit, and since when', async () => {
  const { status, headers, body } = await api.exchange('GET', '/version', {});
  expect([status, headers.get('x-request-id')?.length]).toEqual([200, 36]);
  expect(body).toMatchObject({ version: expect.stringMatching(/^\d+\.\d+/) as string, commit: null });
});

describe('the metrics', () => {
  const read = async (
    headers: Record<string, string> = {},
    from = api,
  ): Promise<{ status: number; text: string }> => {
    const { status, body } = await from.exchange('GET', '/metrics', { headers });
    return { status, text: status === 200 ? String(body) : JSON.stringify(body) };
  };
  const value = (text: string, series: string): number => {
    const line = text.split('\n').find((each) => each.startsWith(`${series} `));
    if (!line) throw new Error(`no ${series}`);
    return Number(line.split(' ')[1]);
  };

  it('count answers by their route as it is declared, never by what was asked for', async () => {
    await api.admin('GET', '/api/admin/members/987654321');
    await api.call('GET', '/api/secret-path-987654321');
    const { status, text } = await read();
    expect(status).toBe(200);
    expect(text).toMatch(
      /http_request_duration_seconds_count\{method="GET",route="\/api\/admin\/system-health",status="200"\} \d+/,
    );
    expect(text).toMatch(
      /http_request_duration_seconds_count\{method="GET",route="unknown",status="404"\} \d+/,
    );
    expect(text).not.toContain('987654321');
    for (const name of [
      'process_cpu_seconds_total',
      'nodejs_heap_size_used_bytes',
      'nodejs_eventloop_lag_seconds',
    ])
      expect(value(text, name)).toBeGreaterThanOrEqual(0);
  });

  it('count jobs and alerts', async () => {
    await api.quiet();
    const before = (await read()).text;
    await api.app.get(Alerts).raise('测试', 'test');
    await api.quiet();
    await api.rows(
      `SELECT graphile_worker.add_job('test.nobody', run_at := now() + interval '1 day', job_key := 'test')`,
    );
    const after = (await read()).text;
    expect(value(after, 'alerts_raised_total')).toBe(value(before, 'alerts_raised_total') + 1);
    expect(value(after, 'jobs{state="waiting"}')).toBe(value(before, 'jobs{state="waiting"}') + 1);
    expect(value(after, 'jobs{state="failed"}')).toBe(0);
    await api.rows(`SELECT graphile_worker.remove_job('test')`);
  });

  it.each(['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'])(
    'are not there for whoever comes through a proxy (%s)',
    async (header) => {
      const answer = await read({ [header]: '127.0.0.1' });
      expect(answer.status).toBe(404);
      expect(JSON.parse(answer.text)).toMatchObject({ code: 404, message: '资源不存在' });
    },
  );

  it('ask for their token where there is one, from this machine too', async () => {
    const token = 'a token for metrics';
    const other = await TestApi.start({ METRICS_TOKEN: token, PORT: String(await freePort()) });
    try {
      expect((await read({ authorization: `Bearer ${token}` }, other)).status).toBe(200);
      expect(
        (await read({ authorization: `Bearer ${token}`, 'x-forwarded-for': '10.0.0.1' }, other)).status,
      ).toBe(200);
      for (const authorization of [
        '',
        'Bearer',
        'Bearer ',
        `Bearer ${token}x`,
        token,
        `Basic ${token}`,
        'Bearer null',
      ])
        expect([authorization, (await read(authorization ? { authorization } : {}, other)).status]).toEqual([
          authorization,
          404,
        ]);
    } finally {
      await other.stop();
    }
  });
});
