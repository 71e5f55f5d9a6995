import { DueRows, type Lane } from '@yajin/payment';
import { Alerts, Deadlines, type DueStep } from '@yajin/server';
import { api, place, useGateways } from './gateways.kit.js';
import { eventually } from '@yajin/testing/api';

useGateways();
afterEach(() => {
  jest.restoreAllMocks();
});

it('each step of what falls due may throw and keeps no other from being done, be it the same line’s', async () => {
  const deadlines = api.app.get(Deadlines);
  const steps = deadlines.all.flatMap(({ steps: each }) => each);
  expect(steps.length).toBeGreaterThan(8);
  const run = new Map(steps.map((step): [DueStep, jest.SpyInstance] => [step, jest.spyOn(step, 'run')]));
  for (const failing of steps) {
    for (const spy of run.values()) spy.mockReset().mockResolvedValue(undefined);
    run.get(failing)?.mockRejectedValue(new Error(`no ${failing.name}`));
    await expect(deadlines.run({ routine: true })).rejects.toThrow(`no ${failing.name}`);
    expect([...run].filter(([, spy]) => spy.mock.calls.length === 0).map(([step]) => step.name)).toEqual([]);
  }
});

describe('a lane of the kernel', () => {
  interface Worker {
    lanes(): Lane[];
  }
  const lanes = (): Lane[] =>
    ['outbox', 'checks', 'sender', 'transfers'].flatMap((name) => {
      const worker = Reflect.get(api.app.get(DueRows), name) as Worker;
      return worker.lanes();
    });
  /** Workers over all lanes of the API, in which each lane has one row and `failing` fails. */
  const started = async (
    failing: string,
    how: (lane: Lane) => Lane,
  ): Promise<{ done: Set<string>; rest: string[]; stop: () => Promise<void> }> => {
    const done = new Set<string>();
    const made = lanes().map(({ name, atOnce }): Lane => {
      const lane: Lane = {
        name,
        atOnce,
        due: 'SELECT 1',
        key: name,
        take: async () => (done.has(name) ? [] : [async () => void done.add(name)]),
      };
      return name === failing ? how(lane) : lane;
    });
    const none: Worker = { lanes: () => [] };
    const Due = DueRows as unknown as new (...given: unknown[]) => DueRows;
    const rows = new Due(api.db, api.clock, api.app.get(Alerts), { lanes: () => made }, none, none, none);
    rows.start();
    return {
      done,
      rest: made.map(({ name }) => name).filter((name) => name !== failing),
      stop: () => rows.onApplicationShutdown(),
    };
  };

  it.each<[string, (lane: Lane) => Lane]>([
    [
      'cannot be asked about',
      (lane) => ({ ...lane, due: 'SELECT FROM generate_series(1, 1) AS n WHERE 1 / (n - n) = 1' }),
    ],
    ['cannot take its rows', (lane) => ({ ...lane, take: () => Promise.reject(new Error('no rows')) })],
    [
      'throws at its work',
      (lane) => ({ ...lane, take: async () => [() => Promise.reject(new Error('no end'))] }),
    ],
  ])('that %s keeps none of the others from working, whichever it is', async (_what, how) => {
    const names = lanes().map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(20);
    for (const failing of names) {
      const { done, rest, stop } = await started(failing, how);
      await eventually(() => Promise.resolve(rest.every((name) => done.has(name))), `all but ${failing}`);
      expect(done).not.toContain(failing);
      await stop();
    }
  });
});

it('a clock that is moved stops at the end of an order, whose line has no deadline of its own', async () => {
  const order = await place('wechat-v3');
  const later = await place('wechat-v3', { expiresAt: new Date(order.expiresAt.getTime() + 60_000) });
  const next = (after: Date) => api.app.get(Deadlines).next(after);
  expect(await next(new Date(order.expiresAt.getTime() - 1))).toEqual(order.expiresAt);
  expect(await next(order.expiresAt)).toEqual(later.expiresAt);
  expect(await next(later.expiresAt)).toBeNull();
});
