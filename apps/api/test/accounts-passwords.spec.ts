import type { Camp } from '@yajin/contract';
import { migrate } from '../src/database.js';
import { migrations } from '../src/migrations.js';
import { readEnv } from '../src/env.js';
import { COMMON_PASSWORDS } from '../src/system/common-passwords.rules.js';
import { passwordProblem } from '../src/system/password.rules.js';
import { unique } from '@yajin/testing/factories';
import { TestApi } from '@yajin/testing/api';
import { audited, lives, login, operator } from '@yajin/testing/operators';
import { waitingAt } from '@yajin/testing/gates';

type Refusal = { errors: { field: string; message: string }[] };

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const made = (body: object) =>
  api.admin<Camp.CreatedUser & Refusal>('POST', '/api/admin/users', {
    username: `user${unique()}`,
    password: 'a long password',
    realName: '测试',
    role: 'coach',
    ...body,
  });
const change = (token: string, oldPassword: string, newPassword: string) =>
  api.call<Refusal>('PUT', '/api/admin/auth/password', { token, body: { oldPassword, newPassword } });
const GUESSABLE = [
  ['short', 'Xk4#pq9vT', /至少 10 个字符/],
  ['short, in letters of two code units', '🎉🎉🎉🎉🎉🎉🎉🎉🎉', /至少 10 个字符/],
  ['common', 'qwertyuiop', /太常见/],
  ['common, in capitals', 'PassWord123', /太常见/],
  ['common, in full width', 'ｐａｓｓｗｏｒｄ１２３', /太常见/],
] as const;

describe('a password', () => {
  it.each(GUESSABLE)('that is %s is refused wherever somebody sets one', async (_, password, message) => {
    const who = await operator(api, 'manager');
    const admin = await operator(api, 'admin');
    const answers = [
      await made({ password }),
      await api.admin<Refusal>('PUT', `/api/admin/users/${who.id}`, { password }),
      await change(who.token, who.password, password),
      await api.call<Refusal>('PUT', `/api/admin/users/${admin.id}`, {
        token: admin.token,
        body: { password, oldPassword: admin.password },
      }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(400);
      expect(answer.data.errors[0]?.message).toMatch(message);
      expect(answer.data.errors[0]?.field).toMatch(/password/i);
    }
    expect((await login(api, who.username, who.password)).status).toBe(200);
  });

  it('that is the username, in whatever case and width, is refused', async () => {
    const username = `Somebody${unique()}`;
    for (const password of [username, username.toUpperCase(), username.replace('S', 'Ｓ')]) {
      const answer = await made({ username, password });
      expect(answer.data.errors).toEqual([
        { field: 'password', message: '不能与用户名相同', code: 'password_is_name', params: [] },
      ]);
    }
  });

  it.each([
    ['Yajin@2026!!', '用户名或产品常用词'],
    ['zsxq-admin-001', '用户名或产品常用词'],
    ['押金管理员２０２６００', '用户名或产品常用词'],
    ['xiaowang12345', '用户名或产品常用词'],
    ['yajin battery staple', null],
    ['8301927465', null],
  ])(
    '%s, of the username’s and the product’s words and little else, is refused (%s)',
    (password, message) => {
      const problem = passwordProblem(password, 'xiaowang', false);
      if (message === null) expect(problem).toBeNull();
      else expect(problem?.message).toContain(message);
    },
  );

  it('of the demo is good nowhere else', () => {
    for (const password of ['admin123', 'manager123', 'coach123', 'volunteer123']) {
      expect(passwordProblem(password, 'somebody', true)).toBeNull();
      expect(passwordProblem(password, 'somebody', false)?.message).toMatch(/演示/);
    }
    expect(COMMON_PASSWORDS.size).toBeGreaterThan(1500);
    expect(passwordProblem('correct horse battery', 'somebody', false)).toBeNull();
  });

  it.each(['admin123', 'manager123', 'short', 'qwertyuiop', 'Password123'])(
    'that is too well known (%s) is not taken from ADMIN_PASSWORD outside the demo',
    (password) => {
      const read = (): unknown => readEnv({ APP_MODE: 'production', ADMIN_PASSWORD: password });
      expect(read).toThrow(/ADMIN_PASSWORD must have 10 characters/);
    },
  );
});

describe('a password that somebody else set', () => {
  it('is good for nothing but leaving and setting another, at first login and after a reset', async () => {
    const username = `user${unique()}`;
    const { id } = (await made({ username })).data;
    let password = 'a long password';
    for (const next of ['my own password', 'my other password']) {
      const { token, pending } = (await login(api, username, password)).data;
      expect(pending).toBe('password');
      expect((await api.call('GET', '/api/admin/auth/me', { token })).data).toMatchObject({ pending });
      for (const [method, path] of [
        ['GET', '/api/admin/camps'],
        ['GET', '/api/admin/members'],
        ['POST', '/api/admin/uploads'],
        ['GET', '/api/admin/pay/orders'],
      ] as const) {
        const refused = await api.call(method, path, { token });
        expect(refused).toMatchObject({ status: 403, data: { reason: 'password_change_required' } });
      }
      expect((await change(token, password, password)).data.errors[0]?.field).toBe('newPassword');
      expect((await change(token, password, next)).status).toBe(200);
      expect((await api.call('GET', '/api/admin/camps', { token })).status).toBe(200);
      expect((await login(api, username, next)).data).not.toHaveProperty('pending');
      password = 'reset by another';
      await api.admin('PUT', `/api/admin/users/${id}`, { password });
    }
    const leaving = (await login(api, username, password)).data.token;
    expect((await api.call('POST', '/api/admin/auth/logout', { token: leaving })).status).toBe(200);
  });
});

describe('one’s own password', () => {
  it('is not changed without the old one on the route for others’ either, and guessing there counts', async () => {
    const admin = await operator(api, 'admin');
    const put = (body: object) =>
      api.call<Refusal>('PUT', `/api/admin/users/${admin.id}`, { token: admin.token, body });
    expect((await put({ password: 'stolen session' })).data.errors[0]?.field).toBe('oldPassword');
    for (let time = 0; time < 5; time += 1)
      expect(await put({ password: 'stolen session', oldPassword: 'a guess' })).toMatchObject({ code: 1403 });
    expect((await put({ password: 'stolen session', oldPassword: admin.password })).status).toBe(429);
    expect(await lives(api, admin.token)).toBe(true);
    expect((await audited(api, 'user', admin.id)).some(({ action }) => action === 'user.update')).toBe(false);
  });

  it('is not changed there by an old one that has been replaced since it was looked at', async () => {
    const admin = await operator(api, 'admin');
    const runner = api.owner.createQueryRunner();
    await runner.startTransaction();
    try {
      // Somebody resets it while the request with the old one is on its way.
      await runner.query(`UPDATE sys_user SET password_hash = 'reset' WHERE id = $1`, [admin.id]);
      const body = { password: 'stolen password', oldPassword: admin.password };
      const late = api.call('PUT', `/api/admin/users/${admin.id}`, { token: admin.token, body });
      await waitingAt(api, 'FROM sys_user');
      await runner.commitTransaction();
      expect(await late).toMatchObject({ status: 403, code: 1403 });
    } finally {
      await runner.release();
    }
    expect(await api.rows('SELECT password_hash FROM sys_user WHERE id = $1', [admin.id])).toEqual([
      { password_hash: 'reset' },
    ]);
  });

  it('changed there is one’s own: nothing is to be changed at the next login', async () => {
    const admin = await operator(api, 'admin');
    const body = { password: 'my new password', oldPassword: admin.password };
    expect((await api.call('PUT', `/api/admin/users/${admin.id}`, { token: admin.token, body })).status).toBe(
      200,
    );
    const again = await login(api, admin.username, 'my new password');
    expect(again.status).toBe(200);
    expect(again.data).not.toHaveProperty('pending');
  });
});

describe('a username', () => {
  it('is one name in whatever case and width, to whoever logs in and to whoever makes another', async () => {
    const who = await operator(api, 'coach');
    for (const spelled of [who.username.toUpperCase(), who.username.replace('c', 'ｃ')])
      expect((await login(api, spelled, who.password)).data.username).toBe(who.username);
    expect(await made({ username: who.username.toUpperCase() })).toMatchObject({ status: 409, code: 1401 });
    await expect(
      api.rows(
        `INSERT INTO sys_user (username, password_hash, real_name, role, created_at) VALUES ($1, 'x', '重', 'coach', now())`,
        [who.username.replace('c', 'ｃ')],
      ),
    ).rejects.toThrow('sys_user_name');
  });

  it('is taken by one of twenty who ask for its spellings at once', async () => {
    const name = `race${unique()}`;
    const spelled = Array.from({ length: 20 }, (_, n) => (n % 2 ? name : name.toUpperCase()));
    const codes = (await Promise.all(spelled.map((username) => made({ username })))).map(({ code }) => code);
    expect(codes.filter((code) => code === 200)).toHaveLength(1);
    expect(codes.every((code) => [200, 1401, 429].includes(code))).toBe(true);
  });
});

it('a database with names that differ in case only is told which, keeps them all, and comes up once they differ', async () => {
  const old = await TestApi.start();
  try {
    for (
      let undone = migrations.length;
      undone >= migrations.findIndex(({ name }) => name.startsWith('Usernames')) + 1;
      undone -= 1
    )
      await old.owner.undoLastMigration({ transaction: 'none' });
    await old.rows(
      `INSERT INTO sys_user (username, password_hash, real_name, role, created_at)
       VALUES ('Li.Lei', 'x', '李雷', 'coach', now()), ('li.lei', 'x', '李磊', 'coach', now())`,
    );
    await expect(migrate(old.env.databaseMigrationUrl ?? '')).rejects.toThrow(
      /Li\.Lei \(id \d+\), li\.lei \(id \d+\)/,
    );
    expect(await old.rows(`SELECT 1 FROM sys_user WHERE lower(username) = 'li.lei'`)).toHaveLength(2);
    await old.rows(`UPDATE sys_user SET username = 'li.lei2' WHERE username = 'li.lei'`);
    await migrate(old.env.databaseMigrationUrl ?? '');
    expect(await old.rows(`SELECT 1 FROM pg_indexes WHERE indexname = 'sys_user_name'`)).toHaveLength(1);
  } finally {
    await old.stop();
  }
});
