import type { Camp } from '@yajin/contract';
import { eventually, TestApi } from './kit.js';
import { lives, login, operator, type MadeOperator } from './operators.js';
import { codeOf } from './totp.kit.js';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const TOTP = '/api/admin/auth/totp';
const call = <Data>(who: MadeOperator, method: string, at: string, body?: object) =>
  api.call<Data>(method, at, { token: who.token, ...(body && { body }) });

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
        async () => (await api.rows('SELECT 1 FROM pg_locks WHERE NOT granted')).length >= many,
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
