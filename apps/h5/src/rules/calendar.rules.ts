import { addDays, daysBetween } from '@yajin/core';
import type { Camp } from '@yajin/web';

export type DayState = 'checked' | 'missed' | 'today' | 'ahead';

export interface CalendarDay {
  /** `yyyy-MM-dd`, in Shanghai. */
  date: string;
  state: DayState;
}

export interface CalendarMonth {
  /** `yyyy-MM` */
  month: string;
  /** Rows from Monday to Sunday; null where the month or the camp has no day. */
  weeks: (CalendarDay | null)[][];
}

/** A Monday. */
const MONDAY = '2024-01-01';

/**
 * A camp's days by month and week. What day it is, the server says: the last of the days it lists, while the camp runs.
 */
export function calendarOf({
  startDate,
  endDate,
  status,
  checkinCalendar,
}: Pick<Camp.MemberProgress, 'startDate' | 'endDate' | 'status' | 'checkinCalendar'>): CalendarMonth[] {
  const checked = new Map(checkinCalendar.map(({ date, checked: done }) => [date, done]));
  const today = status === 'ongoing' ? checkinCalendar[checkinCalendar.length - 1]?.date : undefined;
  const months = new Map<string, CalendarMonth>();
  for (let date = startDate; date < endDate; date = addDays(date, 1)) {
    const done = checked.get(date);
    const state = done ? 'checked' : done === undefined ? 'ahead' : date === today ? 'today' : 'missed';
    const month = date.slice(0, 7);
    const entry = months.get(month) ?? { month, weeks: [] };
    months.set(month, entry);
    const column = ((daysBetween(MONDAY, date) % 7) + 7) % 7;
    if (entry.weeks.length === 0 || column === 0) entry.weeks.push(Array<CalendarDay | null>(7).fill(null));
    const week = entry.weeks[entry.weeks.length - 1];
    if (week) week[column] = { date, state };
  }
  return [...months.values()];
}
