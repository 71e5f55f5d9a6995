import type { Camp } from '@yajin/contract';
import { Secrets } from '@yajin/server';
import { refuseWrongMasterKey } from '../src/system/index.js';
import { Resealing } from '../src/system/resealing.js';
import { member, person, type Person, publishedCamp, wechatLogin } from '@yajin/testing/factories';
import { testDatabase } from '@yajin/testing/database';
import { eventually, TestApi } from '@yajin/testing/api';
import { loginWith, newCode, totpOperator, type TotpOperator } from '@yajin/testing/totp';

const OLD = 'the-old-master-key-of-thirty-two-characters!';
const NEW = 'a-new-master-key-of-thirty-two-characters-?#';
const COOKIE = 'a-cookie-that-is-long-enough-to-be-told';

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const start = (keys: Record<string, string>): Promise<TestApi> =>
  TestApi.start({ DATABASE_URL: database.appUrl, ...keys });
const masterKey = async (api: TestApi): Promise<Camp.SystemCheck | undefined> =>
  (await api.admin<Camp.SystemHealth>('GET', '/api/admin/system-health')).data.checks.find(
    ({ name }) => name === 'masterKey',
  );
const cookie = async (api: TestApi): Promise<string> =>
  (await api.rows<{ value: string }>(`SELECT value FROM sys_config WHERE key = 'planet.cookie'`))[0]!.value;
const shown = async (api: TestApi): Promise<string | null | undefined> =>
  (await api.admin<Camp.ConfigList>('GET', '/api/admin/config')).data.list.find(
    ({ key }) => key === 'planet.cookie',
  )?.value;

it('the master key is replaced while everything goes on: what is sealed is sealed anew, links of before hold', async () => {
  const who = person();
  let link = '';
  let coach: TotpOperator;
  const before = await start({ MASTER_KEY: OLD });
  try {
    await before.control('POST', '/control/planet/cookie', { state: 'valid', cookie: COOKIE });
    await before.admin('PUT', '/api/admin/config', { key: 'planet.cookie', value: COOKIE });
    coach = await totpOperator(before, 'coach');
    const camp = await publishedCamp(before);
    const { data } = await before.admin<Camp.PersonalLinks>('POST', `/api/admin/camps/${camp.id}/links`, {
      planetUserIds: [who.planetUserId],
    });
    const { searchParams } = new URL(data.list[0]!.url);
    link = JSON.stringify({
      campId: camp.id,
      planetUserId: who.planetUserId,
      planetNickname: who.nickname,
      sig: searchParams.get('sig'),
    });
    expect(new Secrets(OLD).isCurrent(await cookie(before))).toBe(true);
  } finally {
    await before.stop();
  }
  const enrols = async (api: TestApi): Promise<number> =>
    (await api.call('POST', '/api/h5/payments', { body: JSON.parse(link) })).status;
  const signedOnly = { ENROLL_LINK_SIGNATURE: 'required' };
  const during = await start({ MASTER_KEY: NEW, MASTER_KEY_PREVIOUS: OLD, ...signedOnly });
  try {
    expect(await shown(during)).toMatch(/told$/);
    expect(await enrols(during)).toBe(200);
    await eventually(
      async () => new Secrets(NEW).isCurrent(await cookie(during)),
      'the cookie to be sealed anew',
    );
    await eventually(async () => {
      const [row] = await during.rows<{ sealed: string }>('SELECT sealed FROM sys_totp');
      return new Secrets(NEW).isCurrent(row!.sealed);
    }, 'the secret of one-time codes to be sealed anew');
    await eventually(async () => (await masterKey(during))?.status === 'up', 'the health page to say so');
    expect((await masterKey(during))?.message).toMatch(/已用新主密钥重新加密 \d+ 项/);
  } finally {
    await during.stop();
  }
  const after = await start({ MASTER_KEY: NEW, ...signedOnly });
  try {
    expect(await shown(after)).toMatch(/told$/);
    expect(new Secrets(NEW).decrypt(await cookie(after), 'setting:planet.cookie')).toBe(COOKIE);
    expect(await enrols(after)).toBe(400);
    expect((await loginWith(after, coach, await newCode(after, coach))).status).toBe(200);
    expect((await loginWith(after, coach, coach.recovery[0])).status).toBe(200);
  } finally {
    await after.stop();
  }
});

it('the health page says that the previous key may go once the new one is in use, and a round found nothing hours later', async () => {
  const own = await testDatabase();
  const withKeys = async (keys: Record<string, string>, work: (api: TestApi) => Promise<void>) => {
    const api = await TestApi.start({ DATABASE_URL: own.appUrl, ...keys });
    await work(api).finally(() => api.stop());
  };
  const round = async (api: TestApi, passed = 0): Promise<string | null | undefined> => {
    api.pass(passed);
    await api.app.get(Resealing).run();
    return (await masterKey(api))?.message;
  };
  const begun = (api: TestApi): Promise<unknown> =>
    eventually(async () => (await masterKey(api))?.status === 'up', 'the first round');
  const DAY_MS = 86_400_000;
  try {
    await withKeys({ MASTER_KEY: OLD }, ({ db }) => refuseWrongMasterKey(db, new Secrets(OLD)));
    await withKeys({ MASTER_KEY: OLD, MASTER_KEY_PREVIOUS: NEW }, async (api) => {
      await begun(api);
      expect(await round(api)).toMatch(/尚未用于加密/);
      expect(await round(api, DAY_MS)).toMatch(/尚未用于加密/);
    });
    await withKeys({ MASTER_KEY: NEW, MASTER_KEY_PREVIOUS: OLD }, async (api) => {
      await begun(api);
      expect(await round(api)).toMatch(/已用新主密钥重新加密 \d+ 项/);
      // Another process, not restarted yet, seals by the old one after this round.
      await api.rows(`INSERT INTO sys_config (key, value, updated_at) VALUES ('planet.cookie', $1, now())`, [
        new Secrets(OLD).encrypt(COOKIE, 'setting:planet.cookie'),
      ]);
      expect(await round(api, DAY_MS)).toMatch(/已用新主密钥重新加密 1 项/);
      expect(await round(api)).toMatch(/已用新主密钥重新加密 1 项/);
      expect(await round(api, DAY_MS)).toMatch(/可去掉 MASTER_KEY_PREVIOUS/);
    });
    // What was found of two keys says nothing of the next two.
    const THIRD = 'a-third-master-key-of-thirty-two-characters';
    await withKeys({ MASTER_KEY: NEW, MASTER_KEY_PREVIOUS: THIRD }, async (api) => {
      await begun(api);
      expect(await round(api)).toMatch(/尚未用于加密/);
    });
  } finally {
    await own.drop();
  }
}, 60_000);

/** Whether a WeChat login still brings this payer back to the one order, and the order still says who paid. */
async function knows(api: TestApi, who: Person): Promise<boolean> {
  const { cookie, tickets } = await wechatLogin(api, who);
  const ticket = tickets[0]?.accessToken;
  if (ticket === undefined) return false;
  const headers = { cookie };
  return (
    (await api.call<Camp.MyData>('GET', '/api/h5/my-data', { ticket, headers })).data.openid === who.openid
  );
}

it('who paid before the master key was replaced is found during it and after it, by one key and the other', async () => {
  const who = person();
  const kept = async (api: TestApi): Promise<{ table: string; payer_id: string; payer_index: string }[]> =>
    api.rows(
      `SELECT 'order' AS table, payer_id, payer_index FROM pay_order WHERE payer_id IS NOT NULL
       UNION ALL SELECT 'attempt', payer_id, payer_index FROM pay_attempt WHERE payer_id IS NOT NULL ORDER BY 1`,
    );
  const under = (key: string) => ({ index: new Secrets(key).sign('payer index', who.openid) });
  const before = await start({ MASTER_KEY: OLD });
  try {
    await member(before, await publishedCamp(before), who);
    expect(await knows(before, who)).toBe(true);
    expect((await kept(before)).map((row) => row.payer_index)).toEqual([under(OLD).index, under(OLD).index]);
  } finally {
    await before.stop();
  }
  const idle = await start({ MASTER_KEY: NEW, MASTER_KEY_PREVIOUS: OLD, JOB_CONCURRENCY: '0' });
  try {
    await idle.rows(`DELETE FROM sys_config WHERE key = 'system.reseal'`);
    expect((await kept(idle))[0]?.payer_index).toBe(under(OLD).index);
    expect(await knows(idle, who)).toBe(true);
  } finally {
    await idle.stop();
  }
  const during = await start({ MASTER_KEY: NEW, MASTER_KEY_PREVIOUS: OLD });
  try {
    await eventually(
      async () => (await kept(during)).every((row) => row.payer_index === under(NEW).index),
      'payers to be indexed anew',
    );
    expect(await knows(during, who)).toBe(true);
  } finally {
    await during.stop();
  }
  const after = await start({ MASTER_KEY: NEW });
  try {
    expect(await knows(after, who)).toBe(true);
    for (const row of await kept(after))
      expect(new Secrets(NEW).decrypt(row.payer_id, 'payer')).toBe(who.openid);
  } finally {
    await after.stop();
  }
});

it('what neither key opens is left as it is, and the health page says so', async () => {
  const foreign = new Secrets('f'.repeat(32)).encrypt('x', 'setting:planet.cookie');
  const api = await start({ MASTER_KEY: NEW, MASTER_KEY_PREVIOUS: OLD, JOB_CONCURRENCY: '0' });
  try {
    await api.rows(`UPDATE sys_config SET value = $1 WHERE key = 'planet.cookie'`, [foreign]);
    await api.rows(`DELETE FROM sys_config WHERE key = 'system.reseal'`);
    expect(await masterKey(api)).toMatchObject({ status: 'degraded', message: '正在用新主密钥重新加密' });
  } finally {
    await api.stop();
  }
  const worker = await start({ MASTER_KEY: NEW, MASTER_KEY_PREVIOUS: OLD });
  try {
    await eventually(
      async () => (await masterKey(worker))?.message === '1 项密文新旧主密钥都打不开',
      'the health page to say so',
    );
    expect(await cookie(worker)).toBe(foreign);
  } finally {
    await worker.stop();
  }
});

describe('the key of tokens is replaced', () => {
  const [OLD_KEY, NEW_KEY] = ['o1-'.padEnd(40, 'kq7w2'), 'n2-'.padEnd(40, 'zx9v4')];
  const statusAt = async (keys: Record<string, string>, token?: string): Promise<[number, string]> => {
    const api = await start({ MASTER_KEY: NEW, ...keys });
    try {
      const own = token ?? (await api.adminToken());
      return [(await api.call('GET', '/api/admin/auth/me', { token: own })).status, own];
    } finally {
      await api.stop();
    }
  };

  it('while both are named, whoever logged in before stays logged in, by whichever process; afterwards no more', async () => {
    const [, token] = await statusAt({ JWT_SECRET: OLD_KEY });
    expect(await statusAt({ JWT_SECRET: NEW_KEY, JWT_SECRET_PREVIOUS: OLD_KEY }, token)).toEqual([
      200,
      token,
    ]);
    expect((await statusAt({ JWT_SECRET: NEW_KEY }, token))[0]).toBe(401);
    const [, newer] = await statusAt({ JWT_SECRET: NEW_KEY, JWT_SECRET_PREVIOUS: OLD_KEY });
    expect((await statusAt({ JWT_SECRET: OLD_KEY, JWT_SECRET_PREVIOUS: NEW_KEY }, newer))[0]).toBe(200);
    expect((await statusAt({ JWT_SECRET: OLD_KEY }, newer))[0]).toBe(401);
  });

  it('what is no token is refused by two keys as by one', async () => {
    const api = await start({ MASTER_KEY: NEW, JWT_SECRET: NEW_KEY, JWT_SECRET_PREVIOUS: OLD_KEY });
    try {
      for (const token of ['x', 'x.', 'a.b', 'a.b.c', '..', 'x'.repeat(4000)])
        expect([token, (await api.call('GET', '/api/admin/auth/me', { token })).status]).toEqual([
          token,
          401,
        ]);
    } finally {
      await api.stop();
    }
  });
});
