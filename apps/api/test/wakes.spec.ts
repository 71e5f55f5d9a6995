import { Wakes } from '@yajin/server';
import { testDatabase } from '@yajin/testing/database';
import { eventually } from '@yajin/testing/api';
import pg from 'pg';

let database: Awaited<ReturnType<typeof testDatabase>>;
let here: Wakes;
let there: Wakes;
let owner: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  [here, there] = [new Wakes(database.appUrl), new Wakes(database.appUrl)];
  await Promise.all([here.start(), there.start()]);
});
afterAll(async () => {
  await Promise.all([here.onApplicationShutdown(), there.onApplicationShutdown()]);
  await owner.end();
  await database.drop();
});

/** For how many milliseconds somebody slept. */
async function slept(wakes: Wakes, name: string, ms: number): Promise<number> {
  const began = performance.now();
  await wakes.until(name, ms);
  return performance.now() - began;
}

it('who waits in one process is woken by another that says so, each by its own name', async () => {
  let other = false;
  void here.until('order:2', 60_000).then(() => (other = true));
  const woken = slept(here, 'order:1', 60_000);
  there.tell('order:1');
  expect(await woken).toBeLessThan(10_000);
  expect(other).toBe(false);
});

it('what thousands wait for is told together, and nobody is missed', async () => {
  const names = Array.from({ length: 5_000 }, (_, n) => `order:${10_000_000_000_000 + n}`);
  const woken = Promise.all(names.map((name) => slept(here, name, 60_000)));
  for (const name of names) there.tell(name);
  expect(Math.max(...(await woken))).toBeLessThan(1_900);
});

it('who is told nothing looks by itself: more often where nothing can be heard, and the connection comes back', async () => {
  const asleep = slept(here, 'order:3', 60_000);
  await owner.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN yajin_wake' OR query LIKE '%pg_notify%' AND pid <> pg_backend_pid()`,
  );
  await eventually(() => Promise.resolve(!here.listening), 'the connection to be lost');
  // Who sleeps already would otherwise hear of nothing for all that time.
  expect(await asleep).toBeLessThan(19_000);
  expect(await slept(here, 'order:3', 60_000)).toBeLessThan(1_900);
  await eventually(() => Promise.resolve(here.listening && there.listening), 'both to listen again');
  const woken = slept(here, 'order:4', 60_000);
  there.tell('order:4');
  expect(await woken).toBeLessThan(1_500);
});

it('a process that ends lets nobody sleep', async () => {
  const leaving = new Wakes(database.appUrl);
  await leaving.start();
  const woken = slept(leaving, 'order:5', 60_000);
  leaving.beforeApplicationShutdown();
  expect(await woken).toBeLessThan(1_500);
  expect(await slept(leaving, 'order:5', 60_000)).toBeLessThan(1_500);
  await leaving.onApplicationShutdown();
});
