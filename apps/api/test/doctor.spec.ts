import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { Camp } from '@yajin/contract';
import { eventually, freePort, TestApi } from '@yajin/testing/api';
import { checkIns, person, publishedCamp } from '@yajin/testing/factories';
import pg from 'pg';
import { isPublic, lasting } from '../src/doctor/outside.js';
import { beside, command } from './command.kit.js';
import { sync } from '@yajin/testing/matching';
import { StoreStage } from './image-store.kit.js';

const KEYS = {
  JWT_SECRET: randomBytes(32).toString('hex'),
  MASTER_KEY: randomBytes(32).toString('hex'),
};

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start(KEYS);
});
afterAll(() => api.stop());

const doctor = (changes: Record<string, string> = {}) =>
  command('doctor.js', [], { ...beside(api, KEYS), ...changes });

it('finds nothing to do where all is well, looks at everything, and shows no secret', async () => {
  const camp = await publishedCamp(api);
  await checkIns(api, camp, person(), 1);
  await sync(api, camp);
  await eventually(
    async () => (await api.rows(`SELECT FROM job_worker`)).length > 0,
    'the worker to say that it lives',
  );
  const { code, said } = await doctor();
  expect({ code, said }).toMatchObject({ code: 0 });
  for (const what of [
    'environment',
    'DATABASE_URL',
    'schema',
    'role',
    'clock',
    'MASTER_KEY',
    'DATABASE_REPLICA_URL',
    'jobs',
    'PUBLIC_URL',
    `address ${new URL(api.sandbox.url).host}`,
    'REDIS_URL',
    'image store',
    'zsxq cookie',
  ])
    expect(said).toContain(`ok    ${what}: `);
  expect(said).toMatch(/^\d+ ok, \d+ to look at, 0 failed$/m);
  const secrets = Object.entries(beside(api, KEYS)).filter(([name]) =>
    /KEY|SECRET|COOKIE|TOKEN|PASSWORD/.test(name),
  );
  expect(secrets.length).toBeGreaterThan(5);
  for (const [name, value] of secrets)
    expect([name, value.length > 7 && said.includes(value)]).toEqual([name, false]);
  expect(said).not.toContain(new URL(api.env.databaseUrl).password + '@');
});

it('says all that is wrong with the environment, and looks at the database all the same', async () => {
  const { code, said } = await doctor({ PORT: 'many', JWT_SECRET: 'short' });
  expect(code).toBe(1);
  expect(said).toContain('fail  environment: ');
  for (const wrong of ['PORT must be a whole number', 'JWT_SECRET must have', 'ok    schema'])
    expect(said).toContain(wrong);
});

it('fails on a database that is away, without its password', async () => {
  const { code, said } = await doctor({ DATABASE_URL: 'postgresql://me:hidden@127.0.0.1:1/none' });
  expect(code).toBe(1);
  expect(said).toContain('fail  DATABASE_URL: ');
  expect(said).toContain('→ Is PostgreSQL up');
  expect(said).not.toContain('hidden');
});

it('fails on an empty database, on one that is behind and on one that is ahead, and says what to run', async () => {
  const admin = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL ?? '' });
  await admin.connect();
  const name = `doctor_${randomBytes(6).toString('hex')}`;
  await admin.query(`CREATE DATABASE ${name}`);
  try {
    const url = Object.assign(new URL(process.env.TEST_DATABASE_URL ?? ''), {
      pathname: `/${name}`,
    }).toString();
    const { code, said } = await doctor({ DATABASE_URL: url });
    expect([code, said]).toEqual([1, expect.stringContaining('fail  schema: the database is empty')]);
  } finally {
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.end();
  }
  const [last = []] = await api.owner.query<{ id: number; timestamp: string; name: string }[][]>(
    'DELETE FROM migrations WHERE id = (SELECT max(id) FROM migrations) RETURNING id, timestamp, name',
  );
  try {
    expect((await doctor()).said).toContain(
      'fail  schema: 1 migrations have not been applied\n      → Run `npm run migrate`',
    );
  } finally {
    await api.owner.query('INSERT INTO migrations (id, timestamp, name) VALUES ($1, $2, $3)', [
      last[0]!.id,
      last[0]!.timestamp,
      last[0]!.name,
    ]);
  }
  await api.owner.query(`INSERT INTO schema_need (migration) VALUES ('Later9')`);
  const ahead = await doctor();
  await api.owner.query(`DELETE FROM schema_need WHERE migration = 'Later9'`);
  expect([ahead.code, ahead.said]).toEqual([
    1,
    expect.stringContaining('fail  schema: it is too new for this program'),
  ]);
});

it('fails on a wrong master key, and warns of a role that may do too much', async () => {
  const { code, said } = await doctor({
    MASTER_KEY: randomBytes(32).toString('hex'),
    DATABASE_URL: api.env.databaseMigrationUrl ?? '',
  });
  expect(code).toBe(1);
  expect(said).toContain('fail  MASTER_KEY: it opens nothing');
  expect(said).toContain('warn  role: it can change the schema');
});

it('warns of jobs that were given up, and of a cookie whose sync failed', async () => {
  await api.rows(
    `SELECT graphile_worker.add_job('test.nobody', run_at := now() + interval '1 day', job_key := 'doctor')`,
  );
  await api.rows(`UPDATE graphile_worker._private_jobs SET attempts = max_attempts WHERE key = 'doctor'`);
  await api.rows(`UPDATE camp_sync SET error = 'expired', tried_at = now() + interval '1 minute'`);
  const { code, said } = await doctor();
  await api.rows(`SELECT graphile_worker.remove_job('doctor')`);
  expect(code).toBe(0);
  expect(said).toContain('1 given up\n      → See why: `npm run jobs -- list --state exhausted`.');
  expect(said).toContain('the last sync failed\n      → Paste a new one');
});

describe('a gateway', () => {
  let server: Server;
  let address: string;
  beforeAll(async () => {
    const port = await freePort();
    address = `http://127.0.0.1:${port}`;
    server = createServer((_request, response) => {
      response.sendDate = false;
      response.writeHead(404, { date: new Date(Date.now() + 600_000).toUTCString() }).end();
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('whose clock is ten minutes off fails, for one of both is wrong, and so does one that is not reached', async () => {
    const { code, said } = await doctor({
      ALIPAY_GATEWAY: `${address}/gateway.do`,
      SHOUQIANBA_API_BASE: 'http://127.0.0.1:1',
    });
    expect(code).toBe(1);
    expect(said).toMatch(new RegExp(`fail  address ${new URL(address).host}: .*(599|600|601) s apart`));
    expect(said).toContain('fail  address 127.0.0.1:1: ');
  });
});

describe('a store of images', () => {
  let stage: StoreStage;
  beforeAll(async () => {
    stage = await StoreStage.start();
  });
  afterAll(() => stage.stop());

  it('that works is tried out, and nothing is left there', async () => {
    const { code, said } = await doctor(stage.environment);
    expect([code, said]).toEqual([
      0,
      expect.stringContaining('ok    image store: an object was put, read and deleted'),
    ]);
    expect(stage.left('images')).toEqual([]);
  });

  it.each<[string, Record<string, string>, string, string]>([
    [
      'a wrong secret',
      { IMAGE_STORE_SECRET_KEY: 'not-its-secret' },
      'SignatureDoesNotMatch',
      'IMAGE_STORE_SECRET_KEY',
    ],
    ['a bucket that is not there', { IMAGE_STORE_BUCKET: 'nobodys' }, 'NoSuchBucket', 'Make the bucket'],
    [
      'an address where nobody listens',
      { IMAGE_STORE_ENDPOINT: 'http://127.0.0.1:1' },
      'NETWORK',
      'IMAGE_STORE_ENDPOINT',
    ],
  ])('fails with %s, and says what to do, without the secret', async (_, changes, why, todo) => {
    const { code, said } = await doctor({ ...stage.environment, ...changes });
    expect(code).toBe(1);
    expect(said).toMatch(new RegExp(`fail  image store: 127\\.0\\.0\\.1:\\d+: ${why}.*\\n.*→ .*${todo}`));
    for (const secret of [stage.settings.secretKey, 'not-its-secret']) expect(said).not.toContain(secret);
  });

  it('that images are in and nobody names any more fails', async () => {
    await api.rows(`INSERT INTO sys_upload_object (key, hash, size, put_at) VALUES ('k', 'h', 1, now())`);
    await api.rows(
      `INSERT INTO sys_upload (name, content_type, object, width, height, created_at) VALUES ('0.png', 'image/png', 'k', 1, 1, now())`,
    );
    const { code, said } = await doctor();
    const { data } = await api.admin<Camp.SystemHealth>('GET', '/api/admin/system-health');
    await api.rows(`DELETE FROM sys_upload WHERE name = '0.png'`);
    expect([code, said]).toEqual([
      1,
      expect.stringContaining('fail  image store: none, and 1 images are in one'),
    ]);
    expect(data.checks).toContainEqual(
      expect.objectContaining({
        name: 'images',
        status: 'down',
        message: '1 张图片的内容在对象存储中，而对象存储未配置',
      }),
    );
  });
});

it('warns of an address for notifications that nobody outside reaches', async () => {
  const { said } = await doctor({ APP_MODE: 'production', PUBLIC_URL: 'https://10.1.2.3' });
  expect(said).toContain('warn  PUBLIC_URL: 10.1.2.3 is 10.1.2.3 here, which nobody outside reaches');
});

it.each([
  '10.1.2.3',
  '127.0.0.1',
  '192.168.1.1',
  '172.31.0.1',
  '169.254.169.254',
  '100.64.0.1',
  '::1',
  'fd00::1',
  'fe80::1',
])('nobody outside reaches %s', (address) => expect(isPublic(address)).toBe(false));

it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2001:4860:4860::8888'])('everybody reaches %s', (address) =>
  expect(isPublic(address)).toBe(true),
);

it('a certificate is warned of thirty days before its end, and fails from then on', () => {
  const now = new Date('2026-11-30T00:00:00Z');
  const after = (days: number) => lasting('c', new Date(now.getTime() + days * 86_400_000), now).level;
  expect([after(31), after(30), after(29), after(0), after(-1)]).toEqual([
    'ok',
    'ok',
    'warn',
    'warn',
    'fail',
  ]);
});

it('says how it is used', async () => {
  const { code, said } = await command('doctor.js', ['--help'], {});
  expect([code, said]).toEqual([0, expect.stringContaining('npm run doctor')]);
});
