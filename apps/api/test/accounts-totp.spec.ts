import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { Camp } from '@yajin/contract';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { GUESSES, Lockout } from '../src/system/index.js';
import { SecurityLog } from '../src/system/security-log.js';
import { stepOf } from '../src/system/totp.js';
import { eventually, TestApi } from '@yajin/testing/api';
import { audited, lives, login, operator, owns, type MadeOperator } from '@yajin/testing/operators';
import { codeOf, enrol, goStale, loginWith, newCode, totpOperator, wrongCode } from '@yajin/testing/totp';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const TOTP = '/api/admin/auth/totp';
const ASKED = { status: 401, code: 401, message: '请输入动态码', data: { reason: 'totp_required' } };
const REFUSED = { ...ASKED, message: '动态码错误或已使用' };
const call = <Data>(who: MadeOperator, method: string, at: string, body?: object) =>
  api.call<Data>(method, at, { token: who.token, ...(body && { body }) });
const statusOf = async (who: MadeOperator): Promise<Camp.TotpStatus> =>
  (await call<Camp.TotpStatus>(who, 'GET', TOTP)).data;
const set = (key: string, value: string) => api.admin('PUT', '/api/admin/config', { key, value });
const actions = async ({ id }: { id: number }): Promise<string[]> =>
  (await audited(api, 'user', id)).map(({ action }) => action);

const resetBy = async ({ id }: { id: number }): Promise<string | undefined> =>
  (await audited(api, 'user', id)).find(({ action }) => action === 'user.totp_reset')?.username;

describe('a code', () => {
  it.each<[string, number, string]>([
    // RFC 6238, appendix B (SHA-1), the last six digits.
    ['1970-01-01T00:00:59Z', 1, '287082'],
    ['2005-03-18T01:58:29Z', 37037036, '081804'],
    ['2033-05-18T03:33:20Z', 66666666, '279037'],
  ])('is that of RFC 6238 at %s, and good a step before and after, not two', (at, step, code) => {
    const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    const now = new Date(at).getTime();
    expect(codeOf(secret, now)).toBe(code);
    expect([-60, -30, 0, 30, 60].map((seconds) => stepOf(secret, code, now + seconds * 1000))).toEqual([
      null,
      step,
      step,
      step,
      null,
    ]);
    expect(stepOf(secret, ` ${code}`, now)).toBeNull();
  });
});

describe('setting up a second factor', () => {
  it('changes nothing before a code confirms it; then a password alone logs nobody in', async () => {
    const who = await operator(api, 'manager');
    expect(await statusOf(who)).toEqual({
      enabled: false,
      since: null,
      required: false,
      recoveryCodesLeft: 0,
    });
    const { secret, uri } = (await call<Camp.TotpEnrolment>(who, 'POST', TOTP)).data;
    expect(Object.fromEntries(new URL(uri).searchParams)).toMatchObject({
      secret,
      period: '30',
      digits: '6',
    });
    expect(decodeURIComponent(uri)).toContain(who.username);
    expect(await call(who, 'PUT', TOTP, { code: wrongCode({ secret }) })).toMatchObject({
      status: 403,
      code: 1405,
    });
    expect((await login(api, who.username, who.password)).status).toBe(200);
    const code = codeOf(secret);
    expect((await call<Camp.RecoveryCodes>(who, 'PUT', TOTP, { code })).data.codes).toHaveLength(10);
    expect(await statusOf(who)).toMatchObject({ enabled: true, recoveryCodesLeft: 10 });
    expect(await login(api, who.username, who.password)).toMatchObject(ASKED);
    expect(await loginWith(api, who, wrongCode({ secret }))).toMatchObject(REFUSED);
    expect(
      await loginWith(api, { ...who, password: 'a guess' }, await newCode(api, { ...who, secret })),
    ).toMatchObject({
      status: 401,
      message: '用户名或密码错误',
      data: null,
    });
    expect((await loginWith(api, who, codeOf(secret))).status).toBe(200);
    expect(await actions(who)).toContain('auth.totp_on');
  });

  it('ends the other logins, keeps the secret sealed and recovery codes hashed, and puts neither into the log', async () => {
    const plain = await operator(api, 'coach');
    const elsewhere = (await login(api, plain.username, plain.password)).data.token;
    const who = await enrol(api, plain);
    expect([await lives(api, elsewhere), await lives(api, who.token)]).toEqual([false, true]);
    const kept = JSON.stringify([
      await api.rows('SELECT * FROM sys_totp'),
      await api.rows(`SELECT encode(hash, 'escape') AS hash FROM sys_recovery_code`),
      await api.auditEntries('SELECT * FROM sys_audit'),
    ]);
    for (const secret of [
      who.secret,
      ...who.recovery,
      ...who.recovery.map((code) => code.replaceAll('-', '')),
    ])
      expect(kept).not.toContain(secret);
  });

  it('is done by one of two who confirm at once, and not a quarter of an hour later', async () => {
    const who = await operator(api, 'coach');
    const begin = async (): Promise<string> =>
      (await call<Camp.TotpEnrolment>(who, 'POST', TOTP)).data.secret;
    const code = codeOf(await begin());
    const both = await Promise.all([1, 2].map(() => call(who, 'PUT', TOTP, { code })));
    expect(both.map((answer) => answer.code).sort()).toEqual([200, 409]);
    const late = codeOf(await begin());
    await api.rows(`UPDATE sys_totp SET next_until = now() WHERE user_id = $1`, [who.id]);
    expect(await call(who, 'PUT', TOTP, { code: late })).toMatchObject({ status: 409 });
  });

  it('anew keeps the old one good until the new one is confirmed', async () => {
    const who = await totpOperator(api, 'coach');
    const { secret } = (await call<Camp.TotpEnrolment>(who, 'POST', TOTP)).data;
    expect((await loginWith(api, who, await newCode(api, who))).status).toBe(200);
    expect(await loginWith(api, who, codeOf(secret))).toMatchObject(REFUSED);
    expect((await call(who, 'PUT', TOTP, { code: codeOf(secret) })).status).toBe(200);
    expect(await loginWith(api, who, await newCode(api, who))).toMatchObject(REFUSED);
    expect((await loginWith(api, who, await newCode(api, { ...who, secret }))).status).toBe(200);
  });
});

describe('a code is good once', () => {
  it('not to log in with what confirmed it, nor twice, nor for a step before the last one used', async () => {
    const who = await totpOperator(api, 'coach');
    expect(await loginWith(api, who, who.used)).toMatchObject(REFUSED);
    const code = await newCode(api, who);
    expect((await loginWith(api, who, code)).status).toBe(200);
    expect(await loginWith(api, who, code)).toMatchObject(REFUSED);
    expect(await loginWith(api, who, codeOf(who.secret, Date.now() - 30_000))).toMatchObject(REFUSED);
  });

  it('for one of eight who log in with it at once', async () => {
    const who = await totpOperator(api, 'coach');
    const code = await newCode(api, who);
    const answers = await Promise.all(Array.from({ length: 8 }, () => loginWith(api, who, code)));
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(answers.every(({ status }) => [200, 401, 429].includes(status))).toBe(true);
  });
});

describe('guessing at codes', () => {
  it('locks like guessing at passwords, and the right password in between forgives nothing', async () => {
    const who = await totpOperator(api, 'coach');
    const from = { 'x-forwarded-for': '10.240.0.1' };
    for (let n = 0; n < 5; n += 1) {
      expect(await loginWith(api, who, undefined, from)).toMatchObject(ASKED);
      expect(await loginWith(api, who, wrongCode(who), from)).toMatchObject(REFUSED);
    }
    const right = await newCode(api, who);
    expect(await loginWith(api, who, right, from)).toMatchObject({ status: 429 });
    expect((await loginWith(api, who, right)).status).toBe(200);
    const failed = await eventually(
      async () => (await audited(api, 'user', who.id)).find(({ action }) => action === 'auth.code_failed'),
      'the log to say so',
    );
    expect(failed).toMatchObject({ user_id: who.id, ip: '10.240.0.1' });
  });

  it('is not begun by whoever is asked for the code, however often', async () => {
    const who = await totpOperator(api, 'coach');
    const from = { 'x-forwarded-for': '10.240.0.2' };
    for (let n = 0; n < 8; n += 1) expect(await loginWith(api, who, undefined, from)).toMatchObject(ASKED);
    expect((await loginWith(api, who, await newCode(api, who), from)).status).toBe(200);
  });

  it('from ever more networks ends after twenty, but not for a browser that the account knows', async () => {
    const limiters = {
      account: new RateLimiterMemory(GUESSES.account),
      network: new RateLimiterMemory(GUESSES.network),
      everywhere: new RateLimiterMemory({ points: 1000, duration: 60 }),
      codes: new RateLimiterMemory(GUESSES.codes),
      knownCodes: new RateLimiterMemory(GUESSES.knownCodes),
    };
    const lockout = new Lockout(limiters);
    const guess = (n: number, known: string | null, right: boolean): Promise<unknown> => {
      const guesser = { username: 'target', passwordHash: 'x', ip: `10.241.0.${n}`, known };
      return lockout.guess(guesser, () => lockout.guessCode(guesser, () => Promise.resolve(right)));
    };
    for (let n = 0; n < 20; n += 1) expect(await guess(n, null, false)).toBe(false);
    await expect(guess(20, null, true)).rejects.toMatchObject({ code: 429 });
    expect(await guess(21, 'browser:1', true)).toBe(true);
  });

  it('alerts when it clusters, once', () => {
    const log = api.app.get(SecurityLog);
    for (let n = 0; n < 15; n += 1)
      log.note('auth.code_failed', { id: 1, username: 'somebody', ip: '10.242.0.1' });
    expect(api.alerts.filter((title) => title.includes('动态码错误'))).toHaveLength(1);
  });
});

describe('a recovery code', () => {
  it('logs in once, however it is spelled, which is recorded; the others go on being good', async () => {
    const who = await totpOperator(api, 'coach');
    const [first = '', second = ''] = who.recovery;
    expect((await loginWith(api, who, first.toUpperCase().replaceAll('-', ' '))).status).toBe(200);
    expect(await loginWith(api, who, first)).toMatchObject(REFUSED);
    expect((await loginWith(api, who, second.replaceAll('-', ''))).status).toBe(200);
    const used = (await audited(api, 'user', who.id)).filter(({ action }) => action === 'auth.recovery_code');
    expect(used.map(({ after, user_id }) => [after, user_id])).toEqual([
      [{ left: 9 }, who.id],
      [{ left: 8 }, who.id],
    ]);
  });

  it('is used by one of six at once', async () => {
    const who = await totpOperator(api, 'coach');
    const answers = await Promise.all(Array.from({ length: 6 }, () => loginWith(api, who, who.recovery[0])));
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
  });

  it('of another account is good for nothing', async () => {
    const [who, other] = [await totpOperator(api, 'coach'), await totpOperator(api, 'coach')];
    expect(await loginWith(api, who, other.recovery[0])).toMatchObject(REFUSED);
    expect(await statusOf(other)).toMatchObject({ recoveryCodesLeft: 10 });
  });

  it('is void once there are new ones', async () => {
    const who = await totpOperator(api, 'coach');
    const renewed = await call<Camp.RecoveryCodes>(who, 'POST', `${TOTP}/recovery-codes`);
    expect(renewed.data.codes).toHaveLength(10);
    expect(await loginWith(api, who, who.recovery[0])).toMatchObject(REFUSED);
    expect((await loginWith(api, who, renewed.data.codes[0])).status).toBe(200);
    expect(await actions(who)).toContain('auth.recovery_codes');
    expect(await call(await operator(api, 'coach'), 'POST', `${TOTP}/recovery-codes`)).toMatchObject({
      status: 409,
    });
  });
});

describe('taking a second factor away', () => {
  it('is for its owner: the password alone logs in again, and the other logins end', async () => {
    const who = await totpOperator(api, 'coach');
    const elsewhere = (await loginWith(api, who, await newCode(api, who))).data.token;
    expect(await call(who, 'DELETE', TOTP)).toMatchObject({ status: 200, message: '动态码已关闭' });
    expect(await lives(api, elsewhere)).toBe(false);
    expect((await login(api, who.username, who.password)).status).toBe(200);
    expect(await call(who, 'DELETE', TOTP)).toMatchObject({ status: 409 });
    expect(await api.rows('SELECT 1 FROM sys_recovery_code WHERE user_id = $1', [who.id])).toEqual([]);
    expect(await actions(who)).toContain('auth.totp_off');
  });

  it('from somebody who has lost it is for an admin: it is recorded, their logins end, the password goes on being asked for', async () => {
    const [who, manager] = [await totpOperator(api, 'coach'), await operator(api, 'manager')];
    const at = `/api/admin/users/${who.id}/totp`;
    expect((await call(manager, 'DELETE', at)).status).toBe(403);
    const listed = async (): Promise<boolean | undefined> =>
      (await api.admin<Camp.UserPage>('GET', '/api/admin/users?pageSize=100')).data.list.find(
        ({ id }) => id === who.id,
      )?.totp;
    expect(await listed()).toBe(true);
    expect(await api.admin('DELETE', at)).toMatchObject({ status: 200, data: { id: who.id, totp: false } });
    expect(await listed()).toBe(false);
    expect(await lives(api, who.token)).toBe(false);
    expect((await login(api, who.username, 'a guess')).status).toBe(401);
    expect((await login(api, who.username, who.password)).status).toBe(200);
    expect(await resetBy(who)).toBe('admin');
    expect(await api.admin('DELETE', at)).toMatchObject({ status: 409 });
    expect(await api.admin('DELETE', '/api/admin/users/999999/totp')).toMatchObject({ code: 1402 });
  });

  it('from oneself goes by one’s own page, so that nobody gets round what a role asks for', async () => {
    const who = await totpOperator(api, 'admin');
    expect(await call(who, 'DELETE', `/api/admin/users/${who.id}/totp`)).toMatchObject({ status: 409 });
    expect(await statusOf(who)).toMatchObject({ enabled: true });
  });

  it('from the last admin is done on the command line, which is recorded, too', async () => {
    const who = await totpOperator(api, 'admin');
    const reset = (...args: string[]) =>
      spawnSync(process.execPath, [path.resolve('apps/api/dist/totp-reset.js'), ...args], {
        env: { PATH: process.env.PATH, DATABASE_URL: api.env.databaseUrl },
        encoding: 'utf8',
        timeout: 300_000,
      });
    expect(reset().stderr).toContain('Whose?');
    expect(reset('nobody-at-all')).toMatchObject({ status: 1 });
    expect(reset(who.username.toUpperCase())).toMatchObject({ status: 0 });
    expect(await lives(api, who.token)).toBe(false);
    expect((await login(api, who.username, who.password)).status).toBe(200);
    expect(await resetBy(who)).toBe('system');
    expect(reset(who.username)).toMatchObject({ status: 1 });
  });
});

describe('a role that must have a second factor', () => {
  afterEach(() => set('auth.totpRoles', ''));

  it.each(['root', 'admin manager', 'admin,,coach', 'admin,'])(
    'is named as it is: not “%s”',
    async (value) => {
      expect((await set('auth.totpRoles', value)).status).toBe(400);
    },
  );

  it('logs in for nothing but setting one up, and then goes on; it cannot turn it off', async () => {
    const [who, other] = [await operator(api, 'coach'), await operator(api, 'volunteer')];
    expect((await set('auth.totpRoles', 'coach, manager')).status).toBe(200);
    const { token, pending } = (await login(api, who.username, who.password)).data;
    expect(pending).toBe('totp');
    const me = { ...who, token };
    expect((await call(me, 'GET', '/api/admin/auth/me')).data).toMatchObject({ pending });
    for (const [method, at] of [
      ['GET', '/api/admin/camps'],
      ['GET', '/api/admin/members'],
      ['GET', '/api/admin/auth/sessions'],
      ['DELETE', TOTP],
    ] as const)
      expect(await call(me, method, at)).toMatchObject({
        status: 403,
        data: { reason: 'totp_enrolment_required' },
      });
    expect(await statusOf(me)).toMatchObject({ enabled: false, required: true });
    const enrolled = await enrol(api, me);
    expect((await call(me, 'GET', '/api/admin/camps')).status).toBe(200);
    expect(await call(me, 'DELETE', TOTP)).toMatchObject({ status: 409 });
    expect((await loginWith(api, enrolled, await newCode(api, enrolled))).data).not.toHaveProperty('pending');
    expect((await login(api, other.username, other.password)).data).not.toHaveProperty('pending');
  });

  it('sets a password of its own first', async () => {
    const who = await operator(api, 'coach');
    await api.rows('UPDATE sys_user SET must_change = true WHERE id = $1', [who.id]);
    await set('auth.totpRoles', 'coach');
    expect((await login(api, who.username, who.password)).data.pending).toBe('password');
    expect(await call(who, 'POST', TOTP)).toMatchObject({ data: { reason: 'password_change_required' } });
    await owns(api, who.username);
    expect((await login(api, who.username, who.password)).data.pending).toBe('totp');
  });

  it('that is added while somebody is logged in holds at their next request', async () => {
    const who = await operator(api, 'coach');
    expect((await call(who, 'GET', '/api/admin/camps')).status).toBe(200);
    await set('auth.totpRoles', 'coach');
    expect(await call(who, 'GET', '/api/admin/camps')).toMatchObject({
      data: { reason: 'totp_enrolment_required' },
    });
    await goStale(api, who);
    expect(await call(who, 'POST', TOTP)).toMatchObject({
      data: { reason: 'fresh_auth_required', proof: 'password' },
    });
    expect((await call(who, 'POST', '/api/admin/auth/fresh', { password: who.password })).status).toBe(200);
    await enrol(api, who);
    expect((await call(who, 'GET', '/api/admin/camps')).status).toBe(200);
  });
});
