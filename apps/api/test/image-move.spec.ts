import { randomBytes } from 'node:crypto';
import { TestApi } from '@yajin/testing/api';
import { ImageMover } from '../src/system/index.js';
import { beside, command } from './command.kit.js';
import { StoreStage } from './image-store.kit.js';

const KEYS = { JWT_SECRET: randomBytes(32).toString('hex'), MASTER_KEY: randomBytes(32).toString('hex') };

let stage: StoreStage;
let api: TestApi;
let mover: ImageMover;
beforeAll(async () => {
  stage = await StoreStage.start();
  api = await TestApi.start({ ...KEYS, ...stage.environment });
  mover = api.app.get(ImageMover);
});
afterAll(async () => {
  await api.stop();
  await stage.stop();
});
beforeEach(async () => {
  stage.fault = 'none';
  stage.asked = [];
  await api.rows('DELETE FROM sys_upload');
  await api.rows('DELETE FROM sys_upload_object');
});

const contents = (n: number): Buffer => Buffer.from(`what image ${n} shows`);
const nameOf = (n: number): string => `${String(n).padStart(32, '0')}.png`;
/** Images in the database, as a release before the store left them. */
async function images(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1)
    await api.rows(
      `INSERT INTO sys_upload (name, content_type, bytes, width, height, created_at) VALUES ($1, 'image/png', $2, 1, 1, now())`,
      [nameOf(n), contents(n)],
    );
}
async function all(
  generator: AsyncGenerator<{ name: string; problem: string | null }>,
): Promise<(string | null)[]> {
  const problems: (string | null)[] = [];
  for await (const { problem } of generator) problems.push(problem);
  return problems;
}
const inStore = async (): Promise<number> =>
  (await api.rows('SELECT FROM sys_upload WHERE object IS NOT NULL AND bytes IS NULL')).length;
/** Each is shown as it was put in, wherever it is. */
async function expectShown(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const shown = await api.exchange('GET', `/uploads/${nameOf(n)}`, {});
    expect([shown.status, shown.body]).toEqual([200, contents(n)]);
  }
}

it('moves every image there and back, and each is shown all along', async () => {
  await images(5);
  expect(await all(mover.move('store'))).toEqual(Array(5).fill(null));
  expect(await inStore()).toBe(5);
  expect(stage.objects()).toHaveLength(5);
  await expectShown(5);
  expect(await all(mover.verify())).toEqual(Array(5).fill(null));
  expect(await all(mover.move('store'))).toEqual([]);
  expect(await all(mover.move('database'))).toEqual(Array(5).fill(null));
  expect(await inStore()).toBe(0);
  await expectShown(5);
  // Until nobody can be reading them any more, and no backup names them.
  expect(stage.objects().length).toBeGreaterThanOrEqual(5);
});

it('broken off anywhere, it leaves every image in one place, and goes on from there', async () => {
  await images(4);
  for await (const { problem } of mover.move('store')) {
    expect(problem).toBeNull();
    if ((await inStore()) === 2) break;
  }
  await expectShown(4);
  expect(await all(mover.move('store'))).toEqual([null, null]);
  for await (const { problem } of mover.move('database')) {
    expect(problem).toBeNull();
    break;
  }
  await expectShown(4);
  expect(await all(mover.move('database'))).toHaveLength(3);
  expect(await inStore()).toBe(0);
});

it('two at once, one there and one back, lose nothing', async () => {
  await images(6);
  await Promise.all([all(mover.move('store')), all(mover.move('store'))]);
  expect(await inStore()).toBe(6);
  await Promise.all([all(mover.move('database')), all(mover.move('store')), all(mover.move('database'))]);
  await expectShown(6);
});

it('takes out of the database only what it has read back from the store as it was', async () => {
  await images(2);
  stage.fault = 'other';
  expect(await all(mover.move('store'))).toEqual([
    expect.stringContaining('HASH_DIFFERS'),
    expect.stringContaining('HASH_DIFFERS'),
  ]);
  expect(await inStore()).toBe(0);
  stage.fault = 'none';
  expect(await all(mover.move('store'))).toEqual([null, null]);
  stage.fault = 'cut';
  expect(await all(mover.move('database'))).toEqual([
    expect.stringContaining('NETWORK'),
    expect.stringContaining('NETWORK'),
  ]);
  expect(await inStore()).toBe(2);
});

it('gives up where five fail one after the other, and names what is lost', async () => {
  await images(6);
  await all(mover.move('store'));
  const [first] = await api.rows<{ object: string }>('SELECT object FROM sys_upload ORDER BY name LIMIT 1');
  stage.lose(first?.object ?? '');
  const problems = await all(mover.verify());
  expect(problems).toEqual([expect.stringContaining('NoSuchKey'), ...(Array(5).fill(null) as null[])]);
  stage.fault = 'closed';
  await expect(all(mover.verify())).rejects.toThrow('given up');
});

it('names everything that is lost, however much it is, and moves the rest back', async () => {
  await images(7);
  await all(mover.move('store'));
  const there = await api.rows<{ object: string }>('SELECT object FROM sys_upload ORDER BY name');
  for (const { object } of there.slice(0, 6)) stage.lose(object);
  const found = [...(Array(6).fill(expect.stringContaining('NoSuchKey')) as string[]), null];
  expect(await all(mover.verify())).toEqual(found);
  expect(await all(mover.move('database'))).toEqual(found);
  expect(await inStore()).toBe(6);
});

describe('the command', () => {
  const run = (args: string[], changes: Record<string, string> = {}) =>
    command('images.js', args, { ...beside(api, KEYS), ...stage.environment, ...changes });

  it('moves beside the API, says how many, and ends with 1 where one stayed', async () => {
    await images(3);
    expect(await run(['move', '--to', 'store'])).toEqual({ code: 0, said: '3 images moved, 0 not.\n' });
    expect(await inStore()).toBe(3);
    const [first] = await api.rows<{ object: string }>('SELECT object FROM sys_upload ORDER BY name LIMIT 1');
    stage.lose(first?.object ?? '');
    const { code, said } = await run(['verify']);
    expect([code, said]).toEqual([
      1,
      `${nameOf(0)}: NoSuchKey: it answered 404\n2 images as they were put, 1 not.\n`,
    ]);
    expect((await run(['move', '--to', 'database'])).said).toContain('2 images moved, 1 not.');
  });

  it.each([[['move']], [['move', '--to', 'moon']], [['verify', 'x']], [[]]])(
    'says how it is used: %j',
    async (args) => {
      const { code, said } = await run(args);
      expect([code, said]).toEqual([
        1,
        expect.stringContaining('npm run images -- move --to store|database'),
      ]);
    },
  );

  it('says that no store is configured', async () => {
    const { code, said } = await command('images.js', ['move', '--to', 'store'], beside(api, KEYS));
    expect([code, said]).toEqual([1, expect.stringContaining('No store is configured')]);
  });
});
