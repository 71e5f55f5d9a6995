import { instantOf } from '@yajin/core';
import { nextReading } from './day-files.js';

const DAY = '2026-11-20';
const FIRST = instantOf('2026-11-21', '10:30').getTime();
const HOUR = 3_600_000;
const hours = (next: Date | null): number | null => next && (next.getTime() - FIRST) / HOUR;

it('what was read whole is read again four times, for a week', () => {
  const read: (number | null)[] = [];
  for (let [at, reads] = [new Date(FIRST), 0]; read.at(-1) !== null; reads += 1) {
    const next = nextReading(DAY, reads, at);
    read.push(hours(next));
    at = next ?? at;
  }
  expect(read).toEqual([6, 30, 78, 174, null]);
});

it('what people have had read many times is read again all the same until that week is over', () => {
  expect(hours(nextReading(DAY, 9, new Date(FIRST + HOUR)))).toBe(97);
  expect(nextReading(DAY, 9, new Date(FIRST + 174 * HOUR))).toBeNull();
});
