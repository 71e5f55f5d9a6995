import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import path from 'node:path';
import { DemoLeft, refuseDemo } from '../src/demo/leftovers.js';
import { begin, createApp } from '../src/app.js';
import { openOrder, pay, person, publishedCamp } from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';
import { operator } from '@yajin/testing/operators';

/** A database that the demo was played in, and its API is gone. */
let api: TestApi;
beforeEach(async () => {
  api = await TestApi.start();
});
afterEach(() => api.stop());

interface Ended {
  code: number | null;
  said: string;
}

function run(script: string, args: string[], env: Record<string, string>): Promise<Ended> {
  const child = spawn(process.execPath, [path.resolve('apps/api/dist', script), ...args], {
    env: { PATH: process.env.PATH, ...env },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })));
}

const clear = (...args: string[]): Promise<Ended> =>
  run('demo-clear.js', args, {
    DATABASE_URL: api.env.databaseUrl,
    ...(api.env.databaseMigrationUrl && { DATABASE_MIGRATION_URL: api.env.databaseMigrationUrl }),
  });
const mark = (): Promise<unknown> =>
  api.rows(`INSERT INTO sys_config (key, value, updated_at) VALUES ('demo.data', 'done', now())`);

function production(): Record<string, string> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const nowhere = 'https://127.0.0.1:9';
  return {
    APP_MODE: 'production',
    HOST: '127.0.0.1',
    // Nobody listens there: it does not come to that.
    PORT: '9',
    PUBLIC_URL: 'https://camp.example.com',
    DATABASE_URL: api.env.databaseUrl,
    JWT_SECRET: '4c9a01b5e7d2f83610ab5577cc08d1e94fa2b36d',
    MASTER_KEY: '9d1e77a04bc2f5836e0a5bb1c3d49f2708e6a1c5',
    ADMIN_PASSWORD: 'Lantern-orbit-77-quill',
    WECHAT_API_BASE: nowhere,
    WECHAT_OAUTH_BASE: nowhere,
    WECHAT_APP_ID: 'wx0000000000000001',
    WECHAT_APP_SECRET: '7b1f9c2e5a8d40637b1f9c2e5a8d4063',
    WECHAT_MCH_ID: '1900000001',
    WECHAT_MCH_SERIAL: '0000000000000000000000000000000000000001',
    WECHAT_MCH_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    WECHAT_API_V3_KEY: '5e8b1d7f3a9c24605e8b1d7f3a9c2460',
    WECHAT_PLATFORM_KEYS: `PUB_KEY_ID_1=${publicKey.export({ type: 'spki', format: 'pem' }).toString()}`,
    PLANET_API_BASE: nowhere,
    PLANET_GROUP_ID: '1',
  };
}

describe('outside the demo', () => {
  it('the API refuses to start where a demo password is, whatever ADMIN_PASSWORD says, and tells how to clear it', async () => {
    const { code, said } = await run('main.js', [], production());
    expect(said).toContain('passwords of the demo (admin)');
    expect(said).toContain('npm run demo:clear');
    expect(code).toBe(78);
  });

  it('every user is tried, also a disabled one, and one who was looked at is tried again once the password changes', async () => {
    const who = await operator(api, 'coach');
    await api.rows(`UPDATE sys_user SET password_hash = 'x' WHERE username = 'admin'`);
    await expect(refuseDemo(api.db)).resolves.toBeUndefined();
    const demo = await api.admin('PUT', `/api/admin/users/${who.id}`, {
      password: 'coach123',
      status: 'disabled',
    });
    expect(demo.code).toBe(200);
    await expect(refuseDemo(api.db)).rejects.toThrow(`passwords of the demo (${who.username})`);
  });

  it('the API refuses to start where sample data or a moved clock is, though every password was changed', async () => {
    await api.rows(`UPDATE sys_user SET password_hash = 'x'`);
    await refuseDemo(api.db);
    await mark();
    await expect(refuseDemo(api.db)).rejects.toBeInstanceOf(DemoLeft);
  });
});

describe('npm run demo:clear', () => {
  it('says what it would do and does nothing, until it is told to', async () => {
    await mark();
    await api.app.close();
    const asked = await clear();
    expect(asked).toMatchObject({ code: 0 });
    expect(asked.said).toMatch(/would be made anew[^]*demo:clear -- --yes/);
    expect(await api.rows(`SELECT 1 FROM sys_config WHERE key = 'demo.data'`)).toHaveLength(1);
  });

  it('makes all tables anew where the sample data is, so that the API starts on them', async () => {
    await publishedCamp(api);
    await mark();
    await api.app.close();
    await api.owner.destroy();
    const cleared = await clear('--yes');
    await Promise.all([api.db.initialize(), api.owner.initialize()]);
    expect(cleared).toMatchObject({ code: 0, said: expect.stringContaining('made anew') as string });
    await refuseDemo(api.db);
    expect(await api.rows('SELECT 1 FROM camp UNION ALL SELECT 1 FROM sys_user')).toEqual([]);
    const env = { ...api.env, demo: false, demoData: false, adminPassword: 'Lantern-orbit-77-quill' };
    const app = await createApp(env, api.db);
    await begin(app, env);
    await refuseDemo(api.db);
    expect(await api.rows('SELECT username FROM sys_user')).toEqual([{ username: 'admin' }]);
    await app.close();
  });

  it('refuses where money came after the sample data, and keeps every row', async () => {
    await mark();
    const who = person();
    await pay(api, await openOrder(api, await publishedCamp(api), who), who);
    await eventually(
      async () => (await api.rows('SELECT 1 FROM pay_attempt WHERE transaction_id IS NOT NULL')).length > 0,
      'the payment',
    );
    await api.app.close();
    const { code, said } = await clear('--yes');
    expect(code).toBe(1);
    expect(said).toMatch(/1 payments came after the sample data[^]*fresh database/);
    expect(await api.rows('SELECT 1 FROM pay_attempt WHERE transaction_id IS NOT NULL')).toHaveLength(1);
  });

  it('refuses while somebody else is connected', async () => {
    await mark();
    expect((await clear('--yes')).said).toMatch(/other connections use this database/);
  });

  it('without sample data replaces the demo’s passwords only, ends their sessions, and says the new ones once', async () => {
    const token = await api.adminToken();
    const { said } = await clear('--yes');
    const password = /admin has the password (\S+)/.exec(said)?.[1] ?? '';
    expect((await api.call('GET', '/api/admin/auth/me', { token })).status).toBe(401);
    const body = { username: 'admin', password };
    expect((await api.call<object>('POST', '/api/admin/auth/login', { body })).data).toMatchObject({
      pending: 'password',
    });
    await refuseDemo(api.db);
    expect((await clear()).said).toContain('Nothing of the demo is here');
  });
});
