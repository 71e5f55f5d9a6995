import type { Camp } from '@yajin/contract';
import { OneTimeCodes } from '../src/system/one-time-codes.js';
import { eventually, TestApi } from '@yajin/testing/api';
import { audited, lives, login, operator, type MadeOperator } from '@yajin/testing/operators';
import { codeOf, enrol, loginWith, newCode, totpOperator, wrongCode } from '@yajin/testing/totp';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const TOTP = '/api/admin/auth/totp';
const call = <Data>(who: MadeOperator, method: string, at: string, body?: object) =>
  api.call<Data>(method, at, { token: who.token, ...(body && { body }) });
const cookieIn = ({ headers }: { headers: Headers }): string =>
  headers.get('set-cookie')?.split(';')[0] ?? '';

describe('of a login with the password alone and a second factor set up at once', () => {
  it.each(['login', 'second factor'])('none is left, where the %s comes first', async (first) => {
    const who = await operator(api, 'manager');
    const { secret } = (await call<Camp.TotpEnrolment>(who, 'POST', TOTP)).data;
    const attempts = {
      login: () => login(api, who.username, who.password),
      'second factor': () => call<Camp.RecoveryCodes>(who, 'PUT', TOTP, { code: codeOf(secret) }),
    };
    const waits = (many: number): Promise<unknown> =>
      eventually(
        async () =>
          (
            await api.rows(
              `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
                 AND (query LIKE 'INSERT INTO sys_audit_entry%' OR query LIKE '%sys_user%')`,
            )
          ).length >= many,
        'both to wait for one another',
      );
    const runner = api.owner.createQueryRunner();
    await runner.startTransaction();
    try {
      // Each has done all it does but write the log.
      await runner.query('LOCK TABLE sys_audit_entry IN EXCLUSIVE MODE');
      const login = first === 'login' ? attempts.login() : null;
      const setUp = first === 'login' ? null : attempts['second factor']();
      await waits(1);
      const both = [login ?? attempts.login(), setUp ?? attempts['second factor']()] as const;
      await waits(2);
      await runner.commitTransaction();
      const [{ status, data }, confirmed] = [await both[0], await both[1]];
      expect(confirmed.status).toBe(200);
      expect(status).toBe(first === 'login' ? 200 : 401);
      if (status === 200) expect(await lives(api, data.token)).toBe(false);
      expect(await lives(api, who.token)).toBe(true);
    } finally {
      await runner.release();
    }
  });
});

describe('guessing at codes', () => {
  it('from ever more browsers that the account knows ends after twenty of all together, but not for strangers', async () => {
    const who = await totpOperator(api, 'coach');
    const cookies: string[] = [];
    for (let n = 0; n < 6; n += 1) cookies.push(cookieIn(await loginWith(api, who, await newCode(api, who))));
    const statuses: number[] = [];
    for (const cookie of cookies)
      for (let n = 0; n < 4; n += 1)
        statuses.push((await loginWith(api, who, wrongCode(who), { cookie })).status);
    expect(statuses).toEqual(Array.from({ length: 24 }, (_, n) => (n < 20 ? 401 : 429)));
    expect((await loginWith(api, who, await newCode(api, who))).status).toBe(200);
  });

  it('is no easier for browsers that were known before there were codes; the one that confirmed them stays known', async () => {
    const plain = await operator(api, 'coach');
    const cookies: string[] = [];
    for (let n = 0; n < 6; n += 1) cookies.push(cookieIn(await login(api, plain.username, plain.password)));
    const { secret } = (await call<Camp.TotpEnrolment>(plain, 'POST', TOTP)).data;
    const own = cookieIn(await call(plain, 'PUT', TOTP, { code: codeOf(secret) }));
    const who = { ...plain, secret };
    const statuses: number[] = [];
    for (const cookie of cookies) {
      const from = { cookie, 'x-forwarded-for': '10.243.0.1' };
      for (let n = 0; n < 4; n += 1) statuses.push((await loginWith(api, who, wrongCode(who), from)).status);
    }
    // They are one network, not six browsers.
    expect(statuses).toEqual(Array.from({ length: 24 }, (_, n) => (n < 5 ? 401 : 429)));
    for (let n = 0; n < 20; n += 1) await loginWith(api, who, wrongCode(who));
    expect((await loginWith(api, who, await newCode(api, who))).status).toBe(429);
    expect((await loginWith(api, who, await newCode(api, who), { cookie: own })).status).toBe(200);
  });
});

describe('a secret that waits to be confirmed', () => {
  it('takes five wrong codes, however many come at once, and is void then; a new one is confirmed', async () => {
    const who = await operator(api, 'manager');
    const begin = async (): Promise<string> =>
      (await call<Camp.TotpEnrolment>(who, 'POST', TOTP)).data.secret;
    const confirm = (code: string) => call<Camp.RecoveryCodes>(who, 'PUT', TOTP, { code });
    const secret = await begin();
    const wrong = wrongCode({ secret });
    const answers = await Promise.all(Array.from({ length: 20 }, () => confirm(wrong)));
    expect(answers.filter(({ code }) => code === 1405)).toHaveLength(5);
    expect(answers.filter(({ code }) => code === 409)).toHaveLength(15);
    expect(await confirm(codeOf(secret))).toMatchObject({ status: 409, message: '设置已过期，请重新开始' });
    expect((await confirm(codeOf(await begin()))).status).toBe(200);
    const failed = await eventually(
      async () => (await audited(api, 'user', who.id)).find(({ action }) => action === 'auth.code_failed'),
      'the log to say so',
    );
    expect(failed).toMatchObject({ user_id: who.id });
  });
});

it('a code that was looked at counts no more once its secret has been replaced', async () => {
  const who = await totpOperator(api, 'manager');
  const codes = api.app.get(OneTimeCodes);
  const actor = { id: who.id, username: who.username, ip: '127.0.0.1' };
  const code = await newCode(api, who);
  const before = (await codes.check((await codes.factorOf(who.id))!, code))!;
  expect(before).not.toBeNull();
  await enrol(api, who);
  await api.rows('UPDATE sys_totp SET last_step = 0 WHERE user_id = $1', [who.id]);
  expect(await codes.use(api.owner, actor, before)).toBe(false);
});
