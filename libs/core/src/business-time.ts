/**
 * Business time is Asia/Shanghai: UTC+8 all year, without daylight saving since 1991, so plain
 * arithmetic is exact. A business date is the string `YYYY-MM-DD`.
 */
const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;
/** Before there were such payments nothing is meant, and a day after the year 9999 has no such form. */
const DATE = /^(?:19[7-9]\d|2\d{3})-\d{2}-\d{2}$/;
const LOCAL = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})$/;

/** The Shanghai date on which an instant falls. */
export function businessDate(instant: Date): string {
  return new Date(instant.getTime() + OFFSET_MS).toISOString().slice(0, 10);
}

/** The instant of a Shanghai wall-clock time on a business date. `time` is `HH:mm` or `HH:mm:ss`. */
export function instantOf(date: string, time = '00:00'): Date {
  return new Date(`${date}T${time}+08:00`);
}

/** `yyyy-MM-ddTHH:mm:ss` on the Shanghai wall clock. */
export function localTime(instant: Date): string {
  return new Date(instant.getTime() + OFFSET_MS).toISOString().slice(0, 19);
}

/** Reads `yyyy-MM-ddTHH:mm:ss` as Shanghai time. @throws RangeError */
export function parseLocalTime(text: string): Date {
  const match = LOCAL.exec(text);
  const instant = match && new Date(`${text}+08:00`);
  if (!instant || Number.isNaN(instant.getTime()) || localTime(instant) !== text) {
    throw new RangeError(`not a local time: ${text}`);
  }
  return instant;
}

/** Whether `text` is a date that exists, from 1970 to 2999, such as `2026-02-28` and not `2026-02-30`. */
export function isBusinessDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The week of a business date, Monday to Sunday. */
export function weekOf(date: string): { from: string; to: string } {
  const from = addDays(date, -((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7));
  return { from, to: addDays(from, 6) };
}

/** The instants between which the days from `first` to `last` lie, both included; null where one is not given. */
export function dayRange(first?: string, last?: string): { from: Date | null; before: Date | null } {
  return { from: first ? instantOf(first) : null, before: last ? instantOf(addDays(last, 1)) : null };
}

/** Whole days from one business date to another; negative when `to` comes first. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS;
}
