import { performance } from 'node:perf_hooks';
import { SecurityLog } from '../src/system/security-log.js';
import { unique } from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';
import { login, operator, type AuditRow } from '@yajin/testing/operators';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const SECRET = 'my secret pass phrase';
const entries = (action: string, username: string): Promise<AuditRow[]> =>
  api.auditEntries<AuditRow>('SELECT * FROM sys_audit WHERE action = $1 AND username = $2 ORDER BY id', [
    action,
    username,
  ]);
const entry = (action: string, username: string, ip: string): Promise<AuditRow> =>
  eventually(
    async () => (await entries(action, username)).find((row) => row.ip === ip),
    `${action} of ${username} from ${ip}`,
  );

describe('the audit log says who and from where', () => {
  it('a login failed and was locked out, of an account by its name and of no account without what was typed', async () => {
    const who = await operator(api, 'coach');
    for (let n = 0; n < 6; n += 1) await login(api, who.username, SECRET, '10.220.0.1');
    expect(await entry('auth.login_failed', who.username, '10.220.0.1')).toMatchObject({
      user_id: who.id,
      target_type: 'user',
      target_id: String(who.id),
    });
    expect(await entry('auth.locked_out', who.username, '10.220.0.1')).toMatchObject({ user_id: who.id });
    const typed = `${SECRET}${unique()}`;
    await login(api, typed, SECRET, '10.220.0.2');
    expect(await entry('auth.login_failed', 'unknown', '10.220.0.2')).toMatchObject({
      user_id: null,
      target_id: null,
    });
    expect(JSON.stringify(await api.auditEntries('SELECT * FROM sys_audit'))).not.toContain(SECRET);
  });

  it('somebody was refused for want of rights (403), and with which route', async () => {
    const who = await operator(api, 'volunteer');
    await api.call('GET', '/api/admin/users?page=1', {
      token: who.token,
      headers: { 'x-forwarded-for': '10.220.0.3' },
    });
    expect(await entry('auth.denied', who.username, '10.220.0.3')).toMatchObject({
      user_id: who.id,
      after: { route: 'GET /api/admin/users' },
    });
  });

  it('a session’s holder got the password wrong', async () => {
    const who = await operator(api, 'coach');
    await api.call('PUT', '/api/admin/auth/password', {
      token: who.token,
      body: { oldPassword: SECRET, newPassword: 'another pass phrase' },
      headers: { 'x-forwarded-for': '10.220.0.4' },
    });
    expect(await entry('auth.proof_failed', who.username, '10.220.0.4')).toMatchObject({ user_id: who.id });
  });
});

it('a flood is one entry, and one more with how often when the minute ends; from ever more networks it stays bounded', async () => {
  const log = api.app.get(SecurityLog);
  await log.endMinute();
  const who = { id: 1, username: `flooded${unique()}`, ip: '10.221.0.1' };
  for (let n = 0; n < 1000; n += 1) log.note('auth.login_failed', who);
  await entry('auth.login_failed', who.username, who.ip);
  expect(await entries('auth.login_failed', who.username)).toHaveLength(1);
  await log.endMinute();
  const [, rest] = await entries('auth.login_failed', who.username);
  expect(rest?.after).toEqual({ times: 999 });
  for (let n = 0; n < 5000; n += 1)
    log.note('auth.login_failed', { ...who, ip: `10.222.${Math.floor(n / 250)}.${n % 250}` });
  await log.endMinute();
  const written = await entries('auth.login_failed', who.username);
  expect(written.length).toBeLessThanOrEqual(2 + 100);
  const others = await eventually(
    async () => (await entries('auth.login_failed', 'various')).find(({ after }) => after !== null),
    'the rest of them',
  );
  expect(others.after).toEqual({ times: 4899 });
});

it('what clusters alerts, once', async () => {
  const log = api.app.get(SecurityLog);
  const before = api.alerts.filter((title) => title.includes('越权访问')).length;
  for (let n = 0; n < 200; n += 1) log.note('auth.denied', { id: 1, username: 'somebody', ip: '10.223.0.1' });
  expect(api.alerts.filter((title) => title.includes('越权访问')).length - before).toBe(1);
});

it('while logins flood in, /health/live and a webhook do not wait as they do', async () => {
  const [logins, answers]: [number[], number[]] = [[], []];
  const timed = async (took: number[], act: () => Promise<unknown>): Promise<void> => {
    const began = performance.now();
    await act();
    took.push(performance.now() - began);
  };
  const mean = (took: number[]): number => took.reduce((sum, ms) => sum + ms, 0) / took.length;
  let flooding = true;
  // Client and server share this process: without a pause it would be the client that keeps them from answering.
  const flood = Array.from({ length: 24 }, async () => {
    while (flooding) {
      await timed(logins, () => login(api, `someone${unique()}`, SECRET));
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  });
  try {
    for (let n = 0; n < 5; n += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      await timed(answers, async () => {
        expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
        const webhook = await fetch(`${api.url}/api/webhook/wechat/payment`, { method: 'POST', body: '{}' });
        expect(webhook.status).toBeLessThan(500);
      });
    }
  } finally {
    flooding = false;
    await Promise.all(flood);
  }
  // Both at the same time on the same machine, however slow: these have no turn at hashing to wait for.
  expect(mean(answers)).toBeLessThan(mean(logins));
});
