import { randomUUID } from 'node:crypto';
import { campDocument } from '@yajin/contract';
import type { Camp } from '@yajin/contract';
import { operations } from '@yajin/contract/testing';
import { unique } from '@yajin/testing/factories';
import { TestApi } from '@yajin/testing/api';
import { audited, lives, login, operator, ROLES, type MadeOperator } from '@yajin/testing/operators';
import { waitingAt } from '@yajin/testing/gates';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

type Refusal = { errors: { field: string; message: string }[] };

const body = (): Camp.CreateUserRequest => ({
  username: `coach-${unique()}`,
  password: 'coach123',
  realName: '李教练',
  role: 'coach',
});
const create = (user: unknown, token?: string) =>
  token === undefined
    ? api.admin<Camp.CreatedUser>('POST', '/api/admin/users', user)
    : api.call<Camp.CreatedUser>('POST', '/api/admin/users', { token, body: user });
const update = <Data = Camp.User>(id: number, change: unknown) =>
  api.admin<Data>('PUT', `/api/admin/users/${id}`, change);
const list = (query = '') => api.admin<Camp.UserPage>('GET', `/api/admin/users${query}`);

describe('the list of users', () => {
  it('begins with the first one, and pages in a stable order', async () => {
    await operator(api, 'coach');
    await operator(api, 'volunteer');
    const all = (await list('?pageSize=100')).data;
    expect(all.list[0]).toMatchObject({
      username: 'admin',
      realName: '超级管理员',
      role: 'admin',
      status: 'active',
    });
    expect(all.list[0]?.lastLoginTime).not.toBeNull();
    expect(all.total).toBe(all.list.length);
    const ids = all.list.map((user) => user.id);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    const pages = await Promise.all([1, 2, 3].map((page) => list(`?pageSize=1&page=${page}`)));
    expect(pages.map((page) => page.data.list[0]?.id)).toEqual(ids.slice(0, 3));
    expect((await list('?page=1000000')).data).toMatchObject({ list: [], total: all.total });
  });

  it('never shows a password or what is kept of it', async () => {
    const made = await operator(api, 'coach');
    const answer = JSON.stringify(await list('?pageSize=100'));
    expect(answer).not.toContain('argon2');
    expect(answer).not.toContain(made.password);
  });
});

describe('a new user', () => {
  it('can log in, and is recorded without the password', async () => {
    const user = body();
    const made = await create(user);
    expect(made).toMatchObject({
      status: 200,
      message: '创建成功',
      data: { username: user.username, realName: '李教练', role: 'coach', status: 'active' },
    });
    expect((await login(api, user.username, user.password)).status).toBe(200);
    const [row] = await audited(api, 'user', made.data.id);
    expect(row).toMatchObject({
      action: 'user.create',
      username: 'admin',
      before: null,
      after: { username: user.username, realName: '李教练', role: 'coach', status: 'active' },
    });
  });

  it('must have a name of its own (1401), also when two come at once', async () => {
    const user = body();
    const answers = await Promise.all([create(user), create(user), create(user)]);
    expect(answers.map((answer) => answer.code).sort()).toEqual([1401, 1401, 200].sort());
    expect(answers.find((answer) => answer.code === 1401)).toMatchObject({
      status: 409,
      message: '用户名已存在',
    });
    const { data } = await list('?pageSize=100');
    expect(data.list.filter((each) => each.username === user.username)).toHaveLength(1);
  });

  it('is one user when the request is repeated under its Idempotency-Key, and the password is not kept with it', async () => {
    const user = { ...body(), password: 'password of one user' };
    const [token, key] = [await api.adminToken(), randomUUID()];
    const send = (sent: unknown) =>
      api.call<Camp.CreatedUser>('POST', '/api/admin/users', {
        token,
        body: sent,
        headers: { 'idempotency-key': key },
      });
    const [made, again] = [await send(user), await send(user)];
    expect(made.code).toBe(200);
    expect(again.data).toEqual(made.data);
    expect((await send({ ...user, role: 'admin' })).status).toBe(409);
    const kept = JSON.stringify(await api.rows('SELECT * FROM sys_idempotency'));
    expect(kept).toContain(user.username);
    expect(kept).not.toContain(user.password);
    expect(kept).not.toContain('argon2');
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['a short name', { username: 'ab' }, 'username'],
    ['a name with blanks', { username: 'a b c' }, 'username'],
    ['a name with a line break', { username: 'abc\n' }, 'username'],
    ['a Chinese name', { username: '李教练啊' }, 'username'],
    ['SQL for a name', { username: `'; DROP TABLE--` }, 'username'],
    ['a list for a name', { username: ['abc'] }, 'username'],
    ['an object for a name', { username: { $ne: 1 } }, 'username'],
    ['a short password', { password: '1234567' }, 'password'],
    ['a long password', { password: 'x'.repeat(129) }, 'password'],
    ['a blank real name', { realName: '  ' }, 'realName'],
    ['a long real name', { realName: '长'.repeat(51) }, 'realName'],
    ['an unknown role', { role: 'root' }, 'role'],
    ['a field nobody knows', { status: 'active' }, 'status'],
  ])('is not made of %s', async (_, change, field) => {
    const answer = await api.admin<Refusal>('POST', '/api/admin/users', { ...body(), ...change });
    expect(answer).toMatchObject({ status: 400, data: { errors: [{ field }] } });
    expect(answer.data.errors[0]?.message).toMatch(/[\u4e00-\u9fff]/);
  });
});

describe('changing a user', () => {
  let made: MadeOperator;
  beforeEach(async () => {
    made = await operator(api, 'coach');
  });

  it.each<[string, Camp.UpdateUserRequest, boolean]>([
    ['another real name', { realName: '王教练 🏃' }, true],
    ['the role they have', { role: 'coach' }, true],
    ['being active, as they are', { status: 'active' }, true],
    ['another role', { role: 'volunteer' }, false],
    ['being disabled', { status: 'disabled' }, false],
    ['a new password', { password: 'a new password' }, false],
  ])('%s: their sessions go on only where that is safe', async (_, change, goOn) => {
    const { password, ...shown } = change;
    const answer = await update(made.id, change);
    expect(answer).toMatchObject({ status: 200, message: '更新成功', data: { id: made.id, ...shown } });
    expect(await lives(api, made.token)).toBe(goOn);
    expect((await login(api, made.username, password ?? made.password)).status).toBe(
      change.status === 'disabled' ? 401 : 200,
    );
  });

  it('takes a new role at once, and gives a disabled user back what they had', async () => {
    await update(made.id, { role: 'manager' });
    const { token } = (await login(api, made.username, made.password)).data;
    expect((await api.call('GET', '/api/admin/ledger', { token })).status).toBe(200);
    await update(made.id, { status: 'disabled' });
    await update(made.id, { status: 'active' });
    expect(await lives(api, token)).toBe(false);
    expect((await login(api, made.username, made.password)).status).toBe(200);
  });

  it('unlocks whoever was given a new password', async () => {
    const from = '10.203.0.1';
    for (let time = 0; time < 5; time += 1) await login(api, made.username, 'wrong password', from);
    expect((await login(api, made.username, made.password, from)).status).toBe(429);
    await update(made.id, { password: 'a new password' });
    expect((await login(api, made.username, 'a new password', from)).status).toBe(200);
  });

  it('is recorded with what was and what is, and of a password only that it was reset', async () => {
    await update(made.id, { realName: '新名字', role: 'volunteer', password: 'a new password' });
    await update(made.id, { role: 'volunteer' });
    const rows = (await audited(api, 'user', made.id)).filter(({ action }) => action === 'user.update');
    expect(rows).toEqual([
      expect.objectContaining({
        username: 'admin',
        before: { realName: '测试', role: 'coach' },
        after: { realName: '新名字', role: 'volunteer', passwordReset: true },
      }),
    ]);
  });

  it('who does not exist is 1402, and what is no id is 400', async () => {
    expect(await update(999_999, { realName: '无' })).toMatchObject({
      status: 404,
      code: 1402,
      message: '用户不存在',
    });
    expect((await api.admin('PUT', '/api/admin/users/abc', { realName: '无' })).status).toBe(400);
    expect((await update(Number.MAX_SAFE_INTEGER, { realName: '无' })).code).toBe(1402);
  });

  it.each<[unknown]>([
    [{}],
    [{ role: null }],
    [{ role: 'root' }],
    [{ status: 'gone' }],
    [{ password: 'short' }],
    [{ realName: '' }],
    [{ username: 'other' }],
    [[]],
  ])('by %j is refused', async (change) => {
    const answer = await update<Refusal>(made.id, change);
    expect(answer.status).toBe(400);
    expect(await lives(api, made.token)).toBe(true);
  });
});

describe('the last active admin', () => {
  const onlyAdmins = async (ids: number[]): Promise<void> => {
    await api.rows(
      `UPDATE sys_user SET role = CASE WHEN id = ANY($1) THEN 'admin' ELSE 'manager' END, status = 'active'
       WHERE role = 'admin' OR id = ANY($1)`,
      [ids],
    );
  };
  const activeAdmins = async (): Promise<number> =>
    (await api.rows(`SELECT 1 FROM sys_user WHERE role = 'admin' AND status = 'active'`)).length;
  let first: number;
  beforeEach(async () => {
    first = (await list()).data.list[0]?.id ?? 0;
  });
  afterEach(() => onlyAdmins([first]));

  it.each<[Camp.UpdateUserRequest]>([[{ status: 'disabled' }], [{ role: 'manager' }]])(
    'cannot be changed by %j (409), and may be while there is another',
    async (change) => {
      await onlyAdmins([first]);
      const refused = await update(first, { ...change, realName: '改名' });
      expect(refused).toMatchObject({ status: 409, code: 409, message: '至少保留一名有效的超级管理员' });
      expect((await list()).data.list[0]).toMatchObject({
        role: 'admin',
        status: 'active',
        realName: '超级管理员',
      });
      expect((await update(first, { realName: '超级管理员' })).status).toBe(200);
      const second = await operator(api, 'admin');
      await api.admin('PUT', `/api/admin/users/${second.id}`, { status: 'disabled' });
      expect((await update(first, change)).status).toBe(409);
      await api.admin('PUT', `/api/admin/users/${second.id}`, { status: 'active' });
      expect((await update(second.id, change)).status).toBe(200);
    },
  );

  it('is left when two admins take each other’s rights at the same moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [one, two] = [await operator(api, 'admin'), await operator(api, 'admin')];
      await onlyAdmins([one.id, two.id]);
      const answers = await Promise.all([
        api.call('PUT', `/api/admin/users/${one.id}`, { token: two.token, body: { role: 'manager' } }),
        api.call('PUT', `/api/admin/users/${two.id}`, { token: one.token, body: { status: 'disabled' } }),
      ]);
      // Whoever comes second is refused, or has no rights left by then.
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(await activeAdmins()).toBe(1);
      await onlyAdmins([first]);
    }
  });

  it('is seen by a request that waited for another to take the rest', async () => {
    const [one, two] = [await operator(api, 'admin'), await operator(api, 'admin')];
    await onlyAdmins([one.id, two.id]);
    const other = api.db.createQueryRunner();
    await other.startTransaction();
    await other.query(`UPDATE sys_user SET role = 'coach' WHERE id = $1`, [one.id]);
    const waiting = api.call('PUT', `/api/admin/users/${two.id}`, {
      token: two.token,
      body: { role: 'coach' },
    });
    await waitingAt(api, 'FROM sys_user');
    await other.commitTransaction();
    await other.release();
    expect(await waiting).toMatchObject({ status: 409, message: '至少保留一名有效的超级管理员' });
    expect(await activeAdmins()).toBe(1);
  });
});

describe('each role', () => {
  const asked = operations(campDocument).filter(
    ({ path, permission }) =>
      permission && /^\/api\/admin\/(users|config|logs|uploads|system-health)/.test(path),
  );

  it.each(ROLES)('%s gets to the system’s endpoints exactly as its permissions say', async (role) => {
    const { token } = await operator(api, role);
    expect(asked.map(({ operationId }) => operationId).sort()).toEqual([
      'createUser',
      'getSystemHealth',
      'listAuditLogs',
      'listConfig',
      'listUsers',
      'resetUserTotp',
      'testConfig',
      'updateConfig',
      'updateUser',
      'uploadImage',
    ]);
    for (const { method, path, permission, operationId } of asked) {
      const own = campDocument['x-roles'][role] ?? [];
      const may = own.includes(permission ?? '') || own.includes(`${permission?.split(':')[0]}:*`);
      const answer = await api.call(method, path.replace('{id}', '999999'), {
        token,
        ...(method === 'GET' ? {} : { body: {} }),
      });
      const wrong = ({ uploadImage: 415, resetUserTotp: 404 } as Record<string, number>)[operationId] ?? 400;
      const expected = !may ? 403 : method === 'GET' ? 200 : wrong;
      expect([operationId, answer.status]).toEqual([operationId, expected]);
      expect((await api.call(method, path.replace('{id}', '1'), {})).status).toBe(401);
    }
  });
});
