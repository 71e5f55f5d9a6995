import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { Camp } from '@yajin/contract';
import { TestApi } from '@yajin/testing/api';
import { operator } from '@yajin/testing/operators';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const GOOD = 'voller Kraniche 7';

/** Runs a command as somebody does on the machine who pipes the password in. */
function run(
  command: 'create-admin' | 'reset-password',
  args: string[],
  typed = `${GOOD}\n`,
): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.resolve(`apps/api/dist/${command}.js`), ...args],
    {
      env: { PATH: process.env.PATH, DATABASE_URL: api.env.databaseUrl },
      input: typed,
      encoding: 'utf8',
      timeout: 300_000,
    },
  );
  return { status, stdout, stderr };
}

const login = (username: string, password: string) =>
  api.call<Camp.LoginResult>('POST', '/api/admin/auth/login', { body: { username, password } });
const audited = async (userId: number): Promise<Camp.AuditLog[]> =>
  (await api.admin<Camp.AuditLogPage>('GET', '/api/admin/logs?pageSize=100')).data.list.filter(
    ({ targetType, targetId, username }) =>
      targetType === 'user' && targetId === String(userId) && username === 'system',
  );

describe('an admin who is made on the machine', () => {
  it('logs in, has to set a password of their own first, and is in the audit log without it', async () => {
    expect(run('create-admin', ['rescue', '林小满'])).toMatchObject({ status: 0 });
    const { status, data } = await login('rescue', GOOD);
    expect(status).toBe(200);
    expect(data).toMatchObject({ role: 'admin', realName: '林小满', pending: 'password' });
    const entries = await audited(data.userId);
    expect(entries).toMatchObject([{ action: 'user.create', after: { username: 'rescue', role: 'admin' } }]);
    expect(JSON.stringify(entries)).not.toContain(GOOD);
  });

  it('takes nobody’s name, however it is spelled', () => {
    const { status, stderr } = run('create-admin', ['ADMIN']);
    expect([status, stderr]).toEqual([1, expect.stringContaining('There is a user of that name')]);
  });

  it.each([
    ['short', 'at least 10 characters'],
    ['admin123', 'one of the demo'],
    ['', 'at least 10 characters'],
    ['yajin-admin-2026', 'anybody would try'],
    ['x\u0007'.repeat(8), 'can be typed'],
    [`${'长'.repeat(64)}${'abcdefgh'.repeat(9)}`, 'at most 128'],
  ])('has a password that keeps the rules: not “%s”', (password, why) => {
    const { status, stderr } = run('create-admin', ['another'], `${password}\n`);
    expect([status, stderr]).toEqual([1, expect.stringContaining(why)]);
  });

  it('has a name that can be one', () => {
    for (const args of [[], ['ab'], ['with blank'], ['fine', 'x'.repeat(51)]])
      expect(run('create-admin', args)).toMatchObject({ status: 1 });
    expect(run('create-admin', ['--help']).stdout).toContain('npm run create-admin');
  });
});

describe('a password that is reset on the machine', () => {
  it('replaces the old one, ends every session, is recorded, and has to be replaced first', async () => {
    const who = await operator(api, 'admin');
    expect((await api.call('GET', '/api/admin/camps', { token: who.token })).status).toBe(200);
    const said = run('reset-password', [who.username.toUpperCase()]);
    expect(said).toMatchObject({ status: 0, stderr: '' });
    expect(said.stdout).not.toContain(GOOD);
    expect((await api.call('GET', '/api/admin/camps', { token: who.token })).status).toBe(401);
    expect((await login(who.username, who.password)).status).toBe(401);
    expect((await login(who.username, GOOD)).data).toMatchObject({ pending: 'password' });
    expect(await audited(who.id)).toMatchObject([{ action: 'user.update', after: { passwordReset: true } }]);
  });

  it('stays as it was where the new one does not keep the rules, or where there is no such user', async () => {
    const who = await operator(api, 'coach');
    expect(run('reset-password', [who.username], `${who.username}\n`)).toMatchObject({ status: 1 });
    expect(run('reset-password', ['nobody-at-all'])).toMatchObject({ status: 1 });
    expect(run('reset-password', [])).toMatchObject({ status: 1 });
    expect((await login(who.username, who.password)).status).toBe(200);
    expect(run('reset-password', ['--help']).stdout).toContain('npm run reset-password');
  });

  it('does not let in whoever is disabled, and says so', async () => {
    const who = await operator(api, 'coach');
    await api.admin('PUT', `/api/admin/users/${who.id}`, { status: 'disabled' });
    expect(run('reset-password', [who.username]).stdout).toContain('is disabled');
    expect((await login(who.username, GOOD)).status).toBe(401);
  });
});
