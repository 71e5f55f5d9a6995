import type { Camp } from '@yajin/contract';
import { unique } from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';
import { audited, lives, login, operator, ROLES } from '@yajin/testing/operators';
import { waitingAt } from '@yajin/testing/gates';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const LOCKED = { status: 429, code: 429, message: '登录失败次数过多，请稍后再试' };

/** Networks of nobody else. */
let homes = 0;
const home = (): string => `10.201.${(homes += 1)}.1`;

async function fail(username: string, times: number, from: string): Promise<void> {
  for (let time = 0; time < times; time += 1)
    expect((await login(api, username, 'wrong password', from)).status).toBe(401);
}

describe('an account', () => {
  it('is locked to a network for 15 minutes by five wrong passwords in a row, even to the right one, and nobody else is', async () => {
    const [coach, other] = [await operator(api, 'coach'), await operator(api, 'coach')];
    const from = home();
    await fail(coach.username, 5, from);
    const refused = await login(api, coach.username, coach.password, from);
    expect(refused).toMatchObject(LOCKED);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(880);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(900);
    expect((await login(api, other.username, other.password, from)).status).toBe(200);
    expect(await lives(api, coach.token)).toBe(true);
  });

  it('that does not exist, or is disabled, reads the same at every step', async () => {
    const [real, disabled] = [await operator(api, 'coach'), await operator(api, 'coach')];
    await api.admin('PUT', `/api/admin/users/${disabled.id}`, { status: 'disabled' });
    const told = async (username: string, password: string): Promise<unknown[]> => {
      const answers = [];
      const from = home();
      for (let time = 0; time < 6; time += 1) {
        const { status, code, message, data, headers } = await login(api, username, password, from);
        answers.push({ status, code, message, data, later: headers.has('retry-after') });
      }
      return answers;
    };
    const expected = await told(real.username, 'wrong password');
    expect(expected.map((answer) => (answer as { status: number }).status)).toEqual([
      401, 401, 401, 401, 401, 429,
    ]);
    expect(await told(`nobody${unique()}`, 'wrong password')).toEqual(expected);
    expect(await told(disabled.username, disabled.password)).toEqual(expected);
  });

  it('starts counting anew after the right password', async () => {
    const [coach, from] = [await operator(api, 'coach'), home()];
    for (let round = 0; round < 3; round += 1) {
      await fail(coach.username, 3, from);
      expect((await login(api, coach.username, coach.password, from)).status).toBe(200);
    }
  });

  it('lets no guess past the count, however many come at once', async () => {
    const [coach, from] = [await operator(api, 'coach'), home()];
    const guesses = Array.from({ length: 20 }, () => login(api, coach.username, 'wrong password', from));
    const statuses = (await Promise.all(guesses)).map((answer) => answer.status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(15);
    expect(await login(api, coach.username, coach.password, from)).toMatchObject(LOCKED);
  });

  it('that is locked costs no hashing: a flood of guesses at it does not keep others out', async () => {
    const [coach, other] = [await operator(api, 'coach'), await operator(api, 'coach')];
    const from = home();
    await fail(coach.username, 5, from);
    const flood = Array.from({ length: 60 }, () => login(api, coach.username, coach.password, from));
    const inTheMidst = login(api, other.username, other.password);
    for (const answer of await Promise.all(flood)) expect(answer).toMatchObject(LOCKED);
    expect((await inTheMidst).status).toBe(200);
  });

  it('can log in ten times at once', async () => {
    const coach = await operator(api, 'coach');
    const logins = Array.from({ length: 10 }, () => login(api, coach.username, coach.password));
    for (const answer of await Promise.all(logins)) expect(answer.status).toBe(200);
  });
});

describe('a network', () => {
  it('is locked by thirty wrong passwords, whatever the names, and another address is not', async () => {
    const coach = await operator(api, 'coach');
    const [bad, good] = ['10.200.0.1', '10.200.0.2'];
    for (let name = 0; name < 15; name += 1) await fail(`someone${unique()}`, 2, bad);
    const refused = await login(api, coach.username, coach.password, bad);
    expect(refused).toMatchObject(LOCKED);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(880);
    expect((await login(api, coach.username, coach.password, good)).status).toBe(200);
  });

  it('is not locked by right passwords, however many people share it', async () => {
    const coach = await operator(api, 'coach');
    for (let time = 0; time < 35; time += 1)
      expect((await login(api, coach.username, coach.password, '10.200.0.3')).status).toBe(200);
  });
});

it('an account is locked as well while Redis is away, which the system health page says', async () => {
  const other = await TestApi.start({ REDIS_URL: 'redis://127.0.0.1:1' });
  try {
    const { data } = await other.admin<Camp.SystemHealth>('GET', '/api/admin/system-health');
    expect(data.status).toBe('degraded');
    expect(data.checks).toContainEqual(expect.objectContaining({ name: 'redis', status: 'down' }));
    const statuses = [];
    for (let time = 0; time < 6; time += 1)
      statuses.push((await login(other, 'admin', 'wrong password', '10.202.0.1')).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  } finally {
    await other.stop();
  }
});

describe('a session', () => {
  it.each(ROLES)('tells a %s who they are and what they may do', async (role) => {
    const made = await operator(api, role);
    const { data: login_ } = await login(api, made.username, made.password);
    const me = await api.call<Camp.CurrentUser>('GET', '/api/admin/auth/me', { token: made.token });
    expect(me.data).toEqual({
      userId: made.id,
      username: made.username,
      realName: '测试',
      role,
      permissions: login_.permissions,
    });
  });

  it('is recorded when it begins and when it ends; so is a failed try', async () => {
    const coach = await operator(api, 'coach');
    await fail(coach.username, 2, home());
    // Nobody waits for a failed try to be written down.
    await eventually(
      async () => (await audited(api, 'user', coach.id)).some(({ action }) => action === 'auth.login_failed'),
      'the failed try to be recorded',
    );
    await api.call('POST', '/api/admin/auth/logout', { token: coach.token });
    expect(await lives(api, coach.token)).toBe(false);
    const rows = await audited(api, 'user', coach.id);
    expect(rows.map(({ action, username }) => [action, username])).toEqual([
      ['user.create', 'admin'],
      ['auth.login', coach.username],
      ['auth.login_failed', coach.username],
      ['auth.logout', coach.username],
    ]);
    expect(rows[1]?.ip).toMatch(/^10\./);
  });

  it('does not begin with a password that was reset while it was being looked at', async () => {
    const coach = await operator(api, 'coach');
    const reset = api.db.createQueryRunner();
    await reset.startTransaction();
    await reset.query(`UPDATE sys_user SET password_hash = 'another' WHERE id = $1`, [coach.id]);
    const late = login(api, coach.username, coach.password);
    await waitingAt(api, 'FROM sys_user WHERE id = $1 FOR NO KEY UPDATE');
    await reset.query('DELETE FROM sys_session WHERE user_id = $1', [coach.id]);
    await reset.commitTransaction();
    await reset.release();
    expect((await late).status).toBe(401);
    expect(await api.rows('SELECT 1 FROM sys_session WHERE user_id = $1', [coach.id])).toEqual([]);
  });
});

describe('changing one’s password', () => {
  const change = (token: string, oldPassword: string, newPassword: string) =>
    api.call('PUT', '/api/admin/auth/password', { token, body: { oldPassword, newPassword } });

  it.each(ROLES)('ends the other sessions of a %s and keeps the present one', async (role) => {
    const made = await operator(api, role);
    const other = (await login(api, made.username, made.password)).data.token;
    const answer = await change(made.token, made.password, 'a new password 密码');
    expect(answer).toMatchObject({ status: 200, message: '密码修改成功', data: null });
    expect([await lives(api, made.token), await lives(api, other)]).toEqual([true, false]);
    expect((await login(api, made.username, made.password)).status).toBe(401);
    expect((await login(api, made.username, 'a new password 密码')).status).toBe(200);
  });

  it('asks for the old one (1403), and changes nothing without it', async () => {
    const coach = await operator(api, 'coach');
    expect(await change(coach.token, 'wrong password', 'a new password')).toMatchObject({
      status: 403,
      code: 1403,
      message: '原密码错误',
    });
    expect((await login(api, coach.username, coach.password)).status).toBe(200);
  });

  it('cannot be used to guess the old one: that counts like a login', async () => {
    const coach = await operator(api, 'coach');
    for (let time = 0; time < 5; time += 1)
      expect((await change(coach.token, 'wrong password', 'a new password')).code).toBe(1403);
    const refused = await change(coach.token, coach.password, 'a new password');
    expect(refused).toMatchObject(LOCKED);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(880);
  });

  it.each([
    ['too short', '1234567'],
    ['too long', 'x'.repeat(129)],
    ['a number', 12345678],
    ['nothing', null],
  ])('refuses a new one that is %s', async (_, newPassword) => {
    const answer = await api.call<{ errors: { field: string }[] }>('PUT', '/api/admin/auth/password', {
      token: await api.adminToken(),
      body: { oldPassword: 'admin123', newPassword },
    });
    expect(answer).toMatchObject({ status: 400, data: { errors: [{ field: 'newPassword' }] } });
  });

  it('is recorded without either password', async () => {
    const coach = await operator(api, 'coach');
    await change(coach.token, coach.password, 'a very new password');
    const rows = await audited(api, 'user', coach.id);
    expect(rows.at(-1)).toMatchObject({
      action: 'auth.password',
      username: coach.username,
      before: null,
      after: null,
    });
  });
});
