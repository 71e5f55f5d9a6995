import { Deaths } from './deaths.ts';

it('waits longer each time, and gives up at the fifth death within a minute', () => {
  const deaths = new Deaths();
  expect([0, 10, 20, 30, 59_999].map((now) => deaths.record(now))).toEqual([250, 500, 1000, 2000, null]);
});

it('forgets deaths of long ago', () => {
  const deaths = new Deaths();
  const everyTwentySeconds = Array.from({ length: 30 }, (_, index) => deaths.record(index * 20_000));
  expect(everyTwentySeconds).not.toContain(null);
  expect(everyTwentySeconds.at(-1)).toBe(1000);
});
