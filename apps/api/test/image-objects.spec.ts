import type { Camp } from '@yajin/contract';
import { Clock } from '@yajin/server';
import { TestApi } from '@yajin/testing/api';
import { ObjectRetention } from '../src/system/object.retention.js';
import { ImageBytes } from '../src/system/image-bytes.js';
import { Retention } from '../src/system/index.js';
import { StoreStage } from './image-store.kit.js';

const DAY_MS = 86_400_000;
const HOUR_MS = DAY_MS / 24;

let stage: StoreStage;
let api: TestApi;
beforeEach(async () => {
  stage = await StoreStage.start();
  api = await TestApi.start(stage.environment);
  await api.rows(
    `INSERT INTO sys_config (key, value, updated_at) VALUES ('system.night', '9999-12-31', now())
     ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value`,
  );
});
afterEach(async () => {
  stage.fault = 'none';
  await api.stop();
  await stage.stop();
});

const night = (): Promise<void> => api.app.get(Retention).run();
const pass = (ms: number): void => api.pass(ms);
let count = 0;
const bytes = (): Buffer => Buffer.from(`image ${(count += 1)}`);
/** As uploading does. @returns the key of its object */
async function put(name: string, what: Buffer): Promise<string> {
  const images = api.app.get(ImageBytes);
  const { object } = await images.place(what, 'image/png');
  await api.db.transaction(async (manager) => {
    await images.hold(manager, object);
    await manager.query(
      `INSERT INTO sys_upload (name, content_type, object, width, height, created_at) VALUES ($1, 'image/png', $2, 1, 1, $3)`,
      [name, object, api.app.get(Clock).now()],
    );
  });
  return object ?? '';
}
const forget = (name: string) => api.rows('DELETE FROM sys_upload WHERE name = $1', [name]);
const rowsOf = async (): Promise<string[]> =>
  (await api.rows<{ key: string }>('SELECT key FROM sys_upload_object ORDER BY key')).map(({ key }) => key);
/** An hour goes by in which it could be named, a night notes that it is free, and its thirty days pass. */
async function untilDue(): Promise<void> {
  pass(2 * HOUR_MS);
  await night();
  pass(30 * DAY_MS + HOUR_MS);
}

it('an object goes thirty days after the last of two images that share it, never before', async () => {
  const what = bytes();
  const key = await put('a.png', what);
  expect(await put('b.png', what)).toBe(key);
  await forget('a.png');
  await untilDue();
  await night();
  expect(stage.objects()).toContain(key);
  await forget('b.png');
  await night();
  pass(29 * DAY_MS);
  await night();
  expect(stage.objects()).toContain(key);
  pass(2 * DAY_MS);
  await night();
  expect(stage.objects()).not.toContain(key);
  expect(await rowsOf()).toEqual([]);
});

it('an object that was put and that no image ever named goes, too, but not within its first hour', async () => {
  const { object } = await api.app.get(ImageBytes).place(bytes(), 'image/png');
  await night();
  const free = await api.rows('SELECT key FROM sys_upload_object WHERE free_since IS NOT NULL');
  expect(free).toEqual([]);
  await untilDue();
  await night();
  expect(stage.objects()).not.toContain(object);
  expect(await rowsOf()).toEqual([]);
});

it('bytes that are put in again keep their object, and their days begin anew', async () => {
  const what = bytes();
  const key = await put('a.png', what);
  await forget('a.png');
  await untilDue();
  expect(await put('b.png', what)).toBe(key);
  await night();
  expect(stage.objects()).toContain(key);
  await forget('b.png');
  await night();
  expect(stage.objects()).toContain(key);
});

it('while it is being named it is not deleted, and once it is being deleted it is never named again', async () => {
  const what = bytes();
  const key = await put('a.png', what);
  await forget('a.png');
  await untilDue();
  const images = api.app.get(ImageBytes);
  await api.db.transaction(async (manager) => {
    await images.hold(manager, key);
    // The night goes by it while it is held.
    await night();
    await manager.query(
      `INSERT INTO sys_upload (name, content_type, object, width, height, created_at) VALUES ('b.png', 'image/png', $1, 1, 1, now())`,
      [key],
    );
  });
  await night();
  expect(stage.objects()).toContain(key);
  await forget('b.png');
  stage.fault = 'closed';
  await night();
  await expect(api.db.transaction((manager) => images.hold(manager, key))).rejects.toMatchObject({
    code: 503,
  });
  stage.fault = 'none';
  const anew = await put('c.png', what);
  expect(anew).not.toBe(key);
  pass(DAY_MS);
  await night();
  expect(stage.objects()).toContain(anew);
  expect(stage.objects()).not.toContain(key);
  expect(await rowsOf()).toEqual([anew]);
});

it('two nights at once, and images that are put in meanwhile, leave each image its object and nothing else', async () => {
  const what = Array.from({ length: 6 }, bytes);
  for (const [n, each] of what.entries()) await put(`${n}.png`, each);
  for (const n of what.keys()) await forget(`${n}.png`);
  await untilDue();
  const sweep = api.app.get(ObjectRetention);
  const named = what.map((each, n) =>
    put(`again${n}.png`, each).catch((error: unknown) => {
      expect(error).toMatchObject({ code: 503 });
      return null;
    }),
  );
  await Promise.all([sweep.run(3), sweep.run(3), ...named]);
  while ((await sweep.run(100)) > 0);
  const keys = (await Promise.all(named)).filter((key) => key !== null);
  const images = await api.rows<{ object: string }>('SELECT object FROM sys_upload');
  expect(images.map(({ object }) => object).sort()).toEqual([...keys].sort());
  for (const key of keys) expect(stage.objects()).toContain(key);
  const known = await rowsOf();
  expect(stage.objects().filter((key) => !known.includes(key))).toEqual([]);
});

const figures = async () =>
  (await api.rows(`SELECT last, total, failed, waiting FROM sys_retention WHERE name = 'system.objects'`))[0];

it('what each night deletes is counted, and a store that fails is told as a step that failed', async () => {
  await put('a.png', bytes());
  await forget('a.png');
  await untilDue();
  stage.fault = 'busy';
  await night();
  expect(await figures()).toEqual({ last: 0, total: 0, failed: true, waiting: 1 });
  stage.fault = 'none';
  pass(DAY_MS);
  await night();
  expect(await figures()).toEqual({ last: 1, total: 1, failed: false, waiting: 0 });
});

it('a night in which nothing goes breaks off after five, and the next try begins with the others', async () => {
  for (let n = 0; n < 7; n += 1) await put(`${n}.png`, bytes());
  await api.rows('DELETE FROM sys_upload');
  await untilDue();
  stage.fault = 'busy';
  await expect(night()).rejects.toThrow(/503/);
  expect(await figures()).toEqual({ last: 0, total: 0, failed: true, waiting: 7 });
  stage.fault = 'none';
  await night();
  expect(await figures()).toEqual({ last: 2, total: 2, failed: true, waiting: 5 });
  pass(DAY_MS);
  await night();
  expect(await figures()).toEqual({ last: 5, total: 7, failed: false, waiting: 0 });
});

it('an object that the store never deletes holds up none behind it, is tried more and more seldom, and stays in health', async () => {
  const keys: string[] = [];
  for (let n = 0; n < 4; n += 1) keys.push(await put(`${n}.png`, bytes()));
  const [stuck = '', ...others] = keys;
  await api.rows('DELETE FROM sys_upload');
  await untilDue();
  stage.locked.add(stuck);
  // As if it were the first of a batch that holds nothing else.
  expect(await api.app.get(ObjectRetention).run(1)).toBe(1);
  await night();
  expect(stage.objects()).toEqual([stuck]);
  expect(await rowsOf()).toEqual([stuck]);
  expect(await figures()).toEqual({
    last: others.length - 1,
    total: others.length - 1,
    failed: true,
    waiting: 1,
  });
  const tried = async (nights: number): Promise<number> => {
    const before = stage.asked.length;
    for (let n = 0; n < nights; n += 1) {
      pass(DAY_MS);
      await night();
    }
    return stage.asked.length - before;
  };
  expect(await tried(31)).toBe(5);
  const { data } = await api.admin<Camp.SystemHealth>('GET', '/api/admin/system-health');
  expect(data.checks.find(({ name }) => name === 'retention')).toMatchObject({ status: 'degraded' });
  stage.locked.clear();
  expect(await tried(31)).toBe(1);
  expect(await figures()).toMatchObject({ failed: false, waiting: 0 });
});
