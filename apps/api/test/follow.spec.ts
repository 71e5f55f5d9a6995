import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createSandbox, type Sandbox } from '@yajin/sandbox';
import { addDays, businessDate } from '@yajin/core';
import type { Camp } from '@yajin/contract';
import { eventually, freePort } from '@yajin/testing/api';
import { testDatabase } from '@yajin/testing/database';
import { ApiProcess, MAIN } from './process.kit.js';

type Line = Record<string, unknown>;

let database: Awaited<ReturnType<typeof testDatabase>>;
let sandbox: Sandbox;
let api: ApiProcess;
let token: string;
beforeAll(async () => {
  database = await testDatabase();
  sandbox = await createSandbox({ dataFile: ':memory:', port: 0 });
  api = await ApiProcess.over(database, sandbox, { LOG_LEVEL: 'info', TRUSTED_PROXIES: '127.0.0.1' });
  token = (
    await api.call<{ token: string }>('POST', '/api/admin/auth/login', {
      body: { username: 'admin', password: 'admin123' },
    })
  ).token;
});
afterAll(async () => {
  await api.end('SIGKILL');
  await sandbox.close();
  await database.drop();
});

const lines = (): Line[] =>
  api.said.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Line] : []));
const of = (traceId: string, msg: string): Line[] =>
  lines().filter((line) => line['traceId'] === traceId && line['msg'] === msg);

async function ask(
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: unknown,
): Promise<Response> {
  const sent = { 'content-type': 'application/json', ...headers };
  const given = body === undefined ? {} : { body: JSON.stringify(body) };
  return fetch(api.url + path, { method, headers: sent, ...given });
}

async function ongoingCamp(): Promise<number> {
  const startDate = addDays(businessDate(new Date()), 1);
  const body = {
    ...{ name: '日志营', posterUrl: 'https://cdn.example.com/p.jpg', deposit: 66, startDate },
    ...{ endDate: addDays(startDate, 3), requiredDays: 1, planetProjectId: '15555411419998' },
    groupQrcodeUrl: 'https://cdn.example.com/g.jpg',
  };
  const camp = await api.call<Camp.CreatedCamp>('POST', '/api/admin/camps', { token, body });
  await api.call('POST', `/api/admin/camps/${camp.id}/publish`, { token });
  return camp.id;
}

it('a request is one line with its route, status, operator, address and the proxy’s id, which is answered, and nothing of its query', async () => {
  const answer = await ask('GET', '/api/admin/members?keyword=13800138000', {
    authorization: `Bearer ${token}`,
    'x-request-id': 'proxy-4711',
    'x-forwarded-for': '203.0.113.9',
  });
  expect(answer.headers.get('x-request-id')).toBe('proxy-4711');
  await eventually(() => Promise.resolve(of('proxy-4711', 'request').length > 0), 'the line');
  expect(of('proxy-4711', 'request')).toEqual([
    expect.objectContaining({
      ...{ method: 'GET', route: '/api/admin/members', status: 200, operator: 1, address: '203.0.113.9' },
      ms: expect.any(Number) as number,
    }),
  ]);
  expect(api.said).not.toContain('13800138000');
});

it('what nobody has named gets an id of its own, and so does who names it in an odd way', async () => {
  const odd = await ask('GET', '/api/nowhere', { 'x-request-id': `a'; DROP TABLE camp` });
  expect(odd.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  const parent = '0af7651916cd43dd8448eb211c80319c';
  const traced = await ask('GET', '/api/nowhere', { traceparent: `00-${parent}-b7ad6b7169203331-01` });
  expect(traced.headers.get('x-request-id')).toBe(parent);
});

it('one id leads from a request to the order that it places, to the gateway’s call, and to the job that it makes due', async () => {
  const campId = await ongoingCamp();
  const person = { campId, planetUserId: '777', planetNickname: '小日' };
  const placed = await ask('POST', '/api/h5/payments', { 'x-request-id': 'place-0001' }, person);
  const { data: order } = (await placed.json()) as { data: Camp.CreatedPayment };
  await ask('GET', `${order.payUrl}?scene=native`, { 'x-request-id': 'params-0001' });
  await eventually(() => Promise.resolve(of('params-0001', 'request').length > 0), 'the line');
  expect(of('place-0001', 'request')[0]).toMatchObject({ status: 200, about: `order-${order.orderNo}` });
  expect(of('params-0001', 'request')[0]).toMatchObject({ about: `order-${order.orderNo}` });
  expect(of('params-0001', 'call')[0]).toMatchObject({ side: 'wechat-v3', operation: 'createTrade' });

  const begun = addDays(businessDate(new Date()), 1);
  await api.call('POST', '/api/demo/clock', { body: { now: `${begun}T12:00:00` } });
  await ask('POST', '/api/admin/checkins/sync', {
    authorization: `Bearer ${token}`,
    'x-request-id': 'sync-0001',
  });
  await eventually(() => Promise.resolve(of('sync-0001', 'job').length > 0), 'the job');
  expect(of('sync-0001', 'job')[0]).toMatchObject({
    ...{
      name: 'camp.syncTask',
      about: expect.stringMatching(/^job-\d+$/) as string,
      attempt: 1,
      outcome: 'ok',
      campId,
    },
    ms: expect.any(Number) as number,
  });
  expect(of('sync-0001', 'call').map(({ side }) => side)).toContain('planet');
});

it('the process says what it is as it begins and ends, and to who asks; probes leave no line', async () => {
  const what = { version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string, commit: null };
  const version = (await (await ask('GET', '/version', {})).json()) as Line;
  expect(version).toEqual({ ...what, started: expect.any(String) as string });
  expect(lines().find(({ msg }) => msg === 'started')).toMatchObject({
    ...{ ...what, mode: 'demo', role: 'both', lines: ['camp'] },
    gateways: expect.arrayContaining(['wechat-v3', 'alipay']) as string[],
  });
  await ask('GET', '/health/ready', {});
  await ask('GET', '/metrics', {});
  expect(await api.end('SIGTERM')).toBe(0);
  const last = lines()
    .slice(-2)
    .map(({ msg }) => msg);
  expect(last).toEqual(['stopping', 'stopped']);
  expect(lines().filter(({ route }) => /health|metrics/.test(String(route)))).toEqual([]);
});

it('a demo that is pointed at another side on this machine starts without sample data, and says so; of a Redis that is away, and of a proxy that nobody believes, it tells once', async () => {
  const other = await ApiProcess.prepared(database, sandbox, {
    ...{
      REDIS_URL: 'redis://127.0.0.1:9',
      DEMO_DATA: 'on',
      WECHAT_API_BASE: 'http://localhost:9',
      LOG_LEVEL: 'warn',
    },
  });
  await other.start();
  expect(other.said).toContain('no sample data: WECHAT_API_BASE is not an address of the sandbox');
  // Nobody is told to believe it.
  for (let asked = 0; asked < 2; asked += 1)
    await fetch(`${other.url}/api/nowhere`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
  await eventually(() => Promise.resolve(other.said.includes('TRUSTED_PROXIES is empty')), 'the warning');
  expect(other.said.split('TRUSTED_PROXIES is empty')).toHaveLength(2);
  expect(other.said.split('Redis does not answer (connect ECONNREFUSED')).toHaveLength(2);
  await other.end('SIGTERM');
});

it.each<[what: string, shell: string]>([
  ['a disk that is full', 'exec "$0" "$@" >/dev/full 2>/dev/full'],
  ['a reader that has gone', '"$0" "$@" 2>&1 | true'],
])('%s takes the log away, and nothing else', async (_, shell) => {
  const port = await freePort();
  const prepared = await ApiProcess.prepared(database, sandbox, { LOG_LEVEL: 'info' });
  const env = { ...prepared.environment, PORT: String(port), PATH: process.env.PATH };
  const main = [process.execPath, MAIN, 'web'];
  const child = spawn('bash', ['-c', shell, ...main], { env, stdio: 'ignore', detached: true });
  try {
    const ready = (): Promise<boolean> =>
      fetch(`http://127.0.0.1:${port}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
    await eventually(ready, 'the API to be ready');
    for (let asked = 0; asked < 50; asked += 1)
      expect((await fetch(`http://127.0.0.1:${port}/api/nowhere`)).status).toBe(404);
    expect(await ready()).toBe(true);
  } finally {
    const ended = once(child, 'exit');
    process.kill(-(child.pid ?? 0), 'SIGTERM');
    await ended;
  }
});
