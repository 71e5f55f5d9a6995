import { setTimeout as sleep } from 'node:timers/promises';
import { Semaphore } from './semaphore.js';

const refusal = (): Error => new Error('come back later');

it('lets so many in, and the next when one leaves, in their order', async () => {
  const semaphore = new Semaphore({ atOnce: 2, waitMs: 5000 }, refusal);
  const order: string[] = [];
  const [first] = [await semaphore.acquire(), await semaphore.acquire()];
  const third = semaphore.acquire().then((release) => (order.push('third'), release));
  const fourth = semaphore.acquire().then((release) => (order.push('fourth'), release));
  await sleep(10);
  expect(order).toEqual([]);
  first();
  first();
  await sleep(10);
  expect(order).toEqual(['third']);
  (await third)();
  await fourth;
  expect(order).toEqual(['third', 'fourth']);
});

it('turns away whoever waited in vain, and keeps no place for them', async () => {
  const semaphore = new Semaphore({ atOnce: 1, waitMs: 20 }, refusal);
  const release = await semaphore.acquire();
  await expect(semaphore.acquire()).rejects.toThrow('come back later');
  release();
  (await semaphore.acquire())();
  (await semaphore.acquire())();
});

it('runs four at a time, lets sixteen wait in their order, and sends away the rest', async () => {
  const semaphore = new Semaphore({ atOnce: 4, waiting: 16, waitMs: 500 }, refusal);
  const ends: (() => void)[] = [];
  const begun: number[] = [];
  const work = Array.from({ length: 20 }, (_, index) =>
    semaphore.run(() => {
      begun.push(index);
      return new Promise<number>((resolve) => ends.push(() => resolve(index)));
    }),
  );
  await expect(semaphore.run(() => Promise.resolve())).rejects.toThrow('come back later');
  expect(begun).toEqual([0, 1, 2, 3]);
  for (let index = 0; index < 20; index += 1) {
    ends[index]?.();
    await work[index];
  }
  expect(begun).toEqual(Array.from({ length: 20 }, (_, index) => index));
  await expect(semaphore.run(() => Promise.resolve('free'))).resolves.toBe('free');
});

it('keeps nobody waiting for too long, and a failure frees its place', async () => {
  const semaphore = new Semaphore({ atOnce: 4, waiting: 16, waitMs: 500 }, refusal);
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const busy = Array.from({ length: 4 }, () =>
    semaphore.run(async () => {
      await opened;
      throw new Error('broken');
    }),
  );
  const began = performance.now();
  await expect(semaphore.run(() => Promise.resolve())).rejects.toThrow('come back later');
  expect(performance.now() - began).toBeGreaterThanOrEqual(490);
  open();
  for (const each of await Promise.allSettled(busy)) expect(each.status).toBe('rejected');
  await expect(semaphore.run(() => Promise.resolve('free'))).resolves.toBe('free');
});
