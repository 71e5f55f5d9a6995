import { instantOf } from '@yajin/core';
import { nextReading } from './day-files.js';

const DAY = '2026-11-20';
const FIRST = instantOf('2026-11-21', '10:30').getTime();
const HOUR = 3_600_000;
const after = (hours: number): Date => new Date(FIRST + hours * HOUR);
const hours = (next: Date | null): number | null => next && (next.getTime() - FIRST) / HOUR;

it('what was read whole is read again four times, for a week', () => {
  const read: (number | null)[] = [];
  for (let at = after(0); read.at(-1) !== null;) {
    const next = nextReading(DAY, new Date(at.getTime() + HOUR), at);
    read.push(hours(next));
    at = next ?? at;
  }
  expect(read).toEqual([6, 30, 78, 174, null]);
});

it('what people have read in between changes none of these hours', () => {
  expect([1, 5, 29.5, 173].map((now) => hours(nextReading(DAY, null, after(now))))).toEqual([6, 6, 30, 174]);
  expect(nextReading(DAY, null, after(200))).toBeNull();
});

it('what a process looked at whose clock is ahead is not due there at once again, whatever the clock is of who reads it', () => {
  expect(hours(nextReading(DAY, after(100 + 1), after(2)))).toBe(174);
  expect(nextReading(DAY, after(175 + 1), after(2))).toBeNull();
});
