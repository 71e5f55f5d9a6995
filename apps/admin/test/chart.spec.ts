import fc from 'fast-check';
import { everyOf, heightOf, placeAt, scaleOf, widthOf } from '../src/kit/chart.rules.js';

it('a scale holds zero and every value, with two to eight whole marks at equal distances', () => {
  const values = fc.array(
    fc.integer({ min: -1e11, max: 1e11 }).map((fen) => fen / 100),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(values, (some) => {
      const { from, to, ticks } = scaleOf(some);
      for (const value of [0, ...some]) {
        expect(value).toBeGreaterThanOrEqual(from);
        expect(value).toBeLessThanOrEqual(to);
      }
      expect(ticks[0]).toBe(from);
      expect(ticks.at(-1)).toBe(to);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(8);
      for (const tick of ticks) expect(Number.isInteger(tick)).toBe(true);
      const steps = ticks.slice(1).map((tick, place) => tick - (ticks[place] ?? 0));
      expect(new Set(steps).size).toBe(1);
    }),
  );
});

it.each([
  [[], [0, 1]],
  [
    [0, 0],
    [0, 1],
  ],
  [[1], [0, 1]],
  [
    [3, 7, 9],
    [0, 2, 4, 6, 8, 10],
  ],
  [[12_345.5], [0, 5000, 10_000, 15_000]],
  [
    [-40, 100],
    [-50, 0, 50, 100],
  ],
  [[98.3], [0, 20, 40, 60, 80, 100]],
])('the marks beside %j are %j', (values, ticks) => {
  expect(scaleOf(values).ticks).toEqual(ticks);
});

it('the highest mark is at the top, and the lowest at the bottom', () => {
  const scale = scaleOf([9]);
  expect(heightOf(scale, 200, 10)).toBe(0);
  expect(heightOf(scale, 200, 0)).toBe(200);
  expect(heightOf(scale, 200, 5)).toBe(100);
});

it('labels that would overlap are left out, each as wide as its longest line', () => {
  expect(widthOf('2026-11')).toBe(49);
  expect(widthOf('0–2 天\n12%')).toBe(40);
  expect(everyOf(['11-01', '11-02'], 100)).toBe(1);
  expect(everyOf(['11-01', '11-02'], 15)).toBe(3);
  expect(everyOf([], 10)).toBe(1);
});

it('a place of the pointer is that of a label, and none outside', () => {
  expect([-1, 0, 49, 50, 99, 100].map((x) => placeAt(x, 100, 2))).toEqual([null, 0, 0, 1, 1, null]);
});
