import { randomUUID } from 'node:crypto';
import type { Camp } from '@yajin/contract';
import { finishedCamp, unique } from '@yajin/testing/factories';
import { eventually, TestApi, type Answer } from '@yajin/testing/api';
import { audited, login, operator, type MadeOperator } from '@yajin/testing/operators';
import { codeOf, goStale, loginWith, newCode, totpOperator, wrongCode } from '@yajin/testing/totp';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const ASKED = {
  status: 403,
  code: 403,
  message: '请再次验证身份',
  data: { reason: 'fresh_auth_required', proof: 'password' },
};
const call = <Data>(who: MadeOperator, method: string, at: string, body?: object, headers = {}) =>
  api.call<Data>(method, at, { token: who.token, headers, ...(body && { body }) });
const prove = (who: MadeOperator, proof: object, from = '10.250.0.1') =>
  api.call<{ errors: { field: string }[] }>('POST', '/api/admin/auth/fresh', {
    token: who.token,
    body: proof,
    headers: { 'x-forwarded-for': from },
  });
const stale = async (role: Camp.Role): Promise<MadeOperator> => {
  const who = await operator(api, role);
  await goStale(api, who);
  return who;
};
const user = (): object => ({
  username: `made${unique()}`,
  password: 'a long password',
  realName: '测试',
  role: 'coach',
});
const entries = async (who: MadeOperator, action: string) =>
  (await audited(api, 'user', who.id)).filter((row) => row.action === action);

/** What must not be done with a session that somebody left open, or stole. */
const GUARDED: [method: string, path: string, body: object | undefined][] = [
  ['POST', '/api/admin/users', user()],
  ['PUT', '/api/admin/users/999999', { realName: '改名' }],
  ['DELETE', '/api/admin/users/999999/totp', undefined],
  ['PUT', '/api/admin/config', { key: 'planet.cookie', value: '' }],
  ['PUT', '/api/admin/config', { key: 'auth.totpRoles', value: '' }],
  ['POST', '/api/admin/unallocated/999999/refund', { reason: '付错了金额' }],
  ['POST', '/api/admin/members/999999/return-deposit', { reason: '填错了' }],
  ['POST', '/api/admin/pay/suspense/999999/refund', { note: '付错了金额' }],
  ['POST', '/api/admin/pay/refunds/999999/redirect', { to: 'merchant' }],
  ['POST', '/api/admin/pay/stops/999999/release', { note: '已核实' }],
  ['POST', '/api/admin/pay/approvals/999999/confirm', undefined],
  ['GET', '/api/admin/personal-data/ord_999999', undefined],
  ['DELETE', '/api/admin/personal-data/ord_999999', undefined],
  ['POST', '/api/admin/auth/totp', undefined],
  ['PUT', '/api/admin/auth/totp', { code: '123456' }],
  ['DELETE', '/api/admin/auth/totp', undefined],
  ['POST', '/api/admin/auth/totp/recovery-codes', undefined],
];

describe('a session whose owner logged in more than ten minutes ago', () => {
  it.each(GUARDED)('is not enough for %s %s %j; a password once more is', async (method, path, body) => {
    const who = await stale('admin');
    expect(await call(who, method, path, body)).toMatchObject(ASKED);
    expect((await prove(who, { password: who.password })).status).toBe(200);
    const done = await call<{ reason?: string } | null>(who, method, path, body);
    expect(done.status).not.toBe(401);
    expect(done.data?.reason).not.toBe('fresh_auth_required');
  });

  it('has changed nothing when it was asked', async () => {
    const who = await stale('admin');
    const body = { ...user(), username: `never${unique()}` };
    await call(who, 'POST', '/api/admin/users', body);
    await call(who, 'PUT', '/api/admin/config', { key: 'planet.cookie', value: 'a-stolen-cookie' });
    expect(await api.rows('SELECT 1 FROM sys_user WHERE username = $1', [body.username])).toEqual([]);
    expect(await api.rows(`SELECT 1 FROM sys_config WHERE key = 'planet.cookie'`)).toEqual([]);
  });

  it('goes on with everything else, and is refused for want of rights before it is asked for proof', async () => {
    const [who, coach] = [await stale('admin'), await stale('coach')];
    for (const path of ['users', 'config', 'camps', 'members', 'auth/sessions', 'auth/totp', 'pay/orders'])
      expect((await call(who, 'GET', `/api/admin/${path}`)).status).toBe(200);
    expect(await call(coach, 'POST', '/api/admin/users', user())).toMatchObject({ status: 403, data: null });
  });

  it('repeats what was refused under its Idempotency-Key, once', async () => {
    const who = await stale('admin');
    const [body, headers] = [user(), { 'idempotency-key': randomUUID() }];
    expect(await call(who, 'POST', '/api/admin/users', body, headers)).toMatchObject(ASKED);
    await prove(who, { password: who.password });
    const made = await call<Camp.CreatedUser>(who, 'POST', '/api/admin/users', body, headers);
    expect(made.status).toBe(200);
    expect((await call<Camp.CreatedUser>(who, 'POST', '/api/admin/users', body, headers)).data).toEqual(
      made.data,
    );
  });
});

describe('proving once more who one is', () => {
  it('lasts ten minutes, for this session alone; so does a login', async () => {
    const who = await stale('admin');
    const other = { ...who, token: (await login(api, who.username, who.password)).data.token };
    expect((await call(other, 'POST', '/api/admin/users', user())).status).toBe(200);
    await goStale(api, who);
    await prove(who, { password: who.password });
    expect((await call(who, 'POST', '/api/admin/users', user())).status).toBe(200);
    expect(await call(other, 'POST', '/api/admin/users', user())).toMatchObject(ASKED);
    const age = (seconds: number): Promise<unknown> =>
      api.rows(`UPDATE sys_session SET fresh_at = now() - make_interval(secs => $2) WHERE user_id = $1`, [
        who.id,
        seconds,
      ]);
    await age(590);
    expect((await call(who, 'POST', '/api/admin/users', user())).status).toBe(200);
    await age(601);
    expect(await call(who, 'POST', '/api/admin/users', user())).toMatchObject(ASKED);
  });

  it('is recorded with who and from where when it works and when it does not, and never with what was typed', async () => {
    const who = await stale('manager');
    expect(await prove(who, { password: 'a guess at it' }, '10.251.0.1')).toMatchObject({
      status: 403,
      code: 1405,
      message: '密码或动态码错误',
    });
    expect((await prove(who, { password: who.password }, '10.251.0.2')).status).toBe(200);
    const [failed] = await eventually(async () => {
      const found = await entries(who, 'auth.proof_failed');
      return found.length > 0 && found;
    }, 'the failure to be recorded');
    expect(failed).toMatchObject({ user_id: who.id, ip: '10.251.0.1' });
    expect(await entries(who, 'auth.fresh')).toMatchObject([
      { user_id: who.id, ip: '10.251.0.2', after: { by: 'password' } },
    ]);
    const log = JSON.stringify(await api.auditEntries('SELECT * FROM sys_audit'));
    for (const typed of ['a guess at it', who.password]) expect(log).not.toContain(typed);
  });

  it('takes five guesses, wherever they come from, and does not lock the login', async () => {
    const who = await stale('admin');
    for (let n = 0; n < 5; n += 1)
      expect(await prove(who, { password: 'a guess' }, `10.252.0.${n}`)).toMatchObject({ code: 1405 });
    expect((await prove(who, { password: who.password }, '10.252.0.9')).status).toBe(429);
    expect((await login(api, who.username, who.password)).status).toBe(200);
    expect(await call(who, 'POST', '/api/admin/users', user())).toMatchObject(ASKED);
  });

  it.each([{}, { code: '123456' }, { password: '' }, { password: 7 }])(
    'with %j is refused (400), where the password is what counts',
    async (proof) => {
      const answer = await prove(await operator(api, 'coach'), proof);
      expect(answer).toMatchObject({ status: 400, data: { errors: [{ field: 'password' }] } });
    },
  );
});

describe('whoever has a second factor', () => {
  it('proves it by a code, and not by the password that a browser may know', async () => {
    const who = await totpOperator(api, 'admin');
    await goStale(api, who);
    expect(await call(who, 'POST', '/api/admin/users', user())).toMatchObject({
      ...ASKED,
      data: { reason: 'fresh_auth_required', proof: 'code' },
    });
    expect(await prove(who, { password: who.password })).toMatchObject({
      status: 400,
      data: { errors: [{ field: 'code' }] },
    });
    expect(await prove(who, { code: wrongCode(who) })).toMatchObject({ code: 1405 });
    const code = await newCode(api, who);
    expect((await prove(who, { code })).status).toBe(200);
    expect(await prove(who, { code })).toMatchObject({ code: 1405 });
    expect((await call(who, 'POST', '/api/admin/users', user())).status).toBe(200);
    expect(await entries(who, 'auth.fresh')).toMatchObject([{ after: { by: 'totp' } }]);
  });

  it('proves it by a recovery code, once', async () => {
    const who = await totpOperator(api, 'coach');
    expect((await prove(who, { code: who.recovery[3] })).status).toBe(200);
    expect(await prove(who, { code: who.recovery[3] })).toMatchObject({ code: 1405 });
    expect(await entries(who, 'auth.fresh')).toMatchObject([{ after: { by: 'recovery' } }]);
    expect(await entries(who, 'auth.recovery_code')).toMatchObject([{ after: { left: 9 } }]);
  });

  it('uses a code for one thing: of a login and a proof at once, one', async () => {
    const who = await totpOperator(api, 'coach');
    for (let n = 0; n < 4; n += 1) {
      const code = await newCode(api, who);
      const answers: Answer<unknown>[] = await Promise.all([loginWith(api, who, code), prove(who, { code })]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    }
  });

  it('gives it to change the password, too, which whoever has none changes with the old one alone', async () => {
    const [who, plain] = [await totpOperator(api, 'manager'), await stale('manager')];
    await goStale(api, who);
    const change = (by: MadeOperator) =>
      call(by, 'PUT', '/api/admin/auth/password', {
        oldPassword: by.password,
        newPassword: 'entirely other words',
      });
    expect(await change(who)).toMatchObject({ ...ASKED, data: { ...ASKED.data, proof: 'code' } });
    expect((await loginWith(api, who, await newCode(api, who))).status).toBe(200);
    expect((await prove(who, { code: await newCode(api, who) })).status).toBe(200);
    expect((await change(who)).status).toBe(200);
    expect((await change(plain)).status).toBe(200);
  });

  it('has five guesses at it, and no more for knowing the password', async () => {
    const who = await totpOperator(api, 'coach');
    for (let n = 0; n < 5; n += 1) {
      expect(await prove(who, { code: wrongCode(who) })).toMatchObject({ code: 1405 });
      const same = { oldPassword: who.password, newPassword: who.password };
      expect((await call(who, 'PUT', '/api/admin/auth/password', same)).status).toBe(400);
    }
    expect((await prove(who, { code: codeOf(who.secret) })).status).toBe(429);
  });
});

describe('approving refunds', () => {
  const limit = (value: string) =>
    api.admin('PUT', '/api/admin/config', { key: 'auth.freshApprovalFen', value });
  const approve = (who: MadeOperator, refundId: number) =>
    call<Camp.ApprovedRefund>(who, 'POST', `/api/admin/refunds/${refundId}/approve`, {});
  const batch = (who: MadeOperator, refundIds: number[]) =>
    call<Camp.BatchApproval>(who, 'POST', '/api/admin/refunds/batch-approve', { refundIds });
  const approved = async (ids: number[]): Promise<number> =>
    (await api.rows(`SELECT 1 FROM camp_refund WHERE id = ANY($1) AND audit_status = 'approved'`, [ids]))
      .length;
  afterEach(() => limit(''));

  it.each(['-1', '1.5', '100元', '01', '1000000000000'])(
    'has a limit in whole fen: not “%s”',
    async (value) => {
      expect((await limit(value)).status).toBe(400);
    },
  );

  it('asks for proof above 1,000 yuan together, of which then nothing is approved; with proof, or below, all are', async () => {
    const { refundIds } = await finishedCamp(api, 12);
    const who = await stale('manager');
    expect(await batch(who, refundIds.slice(0, 11))).toMatchObject(ASKED);
    expect(await approved(refundIds)).toBe(0);
    expect((await batch(who, refundIds.slice(0, 10))).data).toMatchObject({ approved: 10 });
    expect(await approve(who, refundIds[10]!)).toMatchObject(ASKED);
    expect(await approved(refundIds)).toBe(10);
    await prove(who, { password: who.password });
    expect((await batch(who, refundIds.slice(10))).data).toMatchObject({ approved: 2 });
  });

  it('counts many small approvals as one large one, also when they come at once', async () => {
    await limit('20000');
    const { refundIds } = await finishedCamp(api, 6);
    const who = await stale('manager');
    const answers = await Promise.all(refundIds.map((id) => approve(who, id)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(4);
    expect(await approved(refundIds)).toBe(2);
    await prove(who, { password: who.password });
    await goStale(api, who);
    const rest = await Promise.all(refundIds.map((id) => approve(who, id)));
    expect(rest.filter(({ status }) => status === 200)).toHaveLength(2);
  });

  it('asks for proof every time where the limit is nothing', async () => {
    await limit('0');
    const { refundIds } = await finishedCamp(api, 1);
    const who = await stale('manager');
    expect(await approve(who, refundIds[0]!)).toMatchObject(ASKED);
    await prove(who, { password: who.password });
    expect((await approve(who, refundIds[0]!)).status).toBe(200);
  });
});
