import { addDays, localTime } from '@yajin/core';

/** Yuan as people read them: ¥1,234.50. */
export function money(yuan: number): string {
  return `¥${yuan.toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/** With its sign before the currency. */
export function signedMoney(yuan: number): string {
  return yuan < 0 ? `−${money(-yuan)}` : money(yuan);
}

export function count(value: number): string {
  return value.toLocaleString('zh-CN');
}

export function percent(value: number): string {
  return `${value.toFixed(value % 1 === 0 ? 0 : 2)}%`;
}

/** `2026-11-21T06:30:05` as `2026-11-21 06:30`; a dash for nothing. */
export function dateTime(local: string | null | undefined, withSeconds = false): string {
  return local ? local.replace('T', ' ').slice(0, withSeconds ? 19 : 16) : '—';
}

/** `2026-11-21` as 11月21日. */
export function monthDay(date: string): string {
  return `${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`;
}

/** `2026-11-21T06:30:05` as 11月21日 06:30. */
export function monthDayTime(local: string): string {
  return `${monthDay(local)} ${local.slice(11, 16)}`;
}

/** The same with its year, for what may be long ago. */
export function yearMonthDayTime(local: string): string {
  return `${local.slice(0, 4)}年${monthDayTime(local)}`;
}

/** An instant of this device as Shanghai time. @param at unix milliseconds */
export function instant(at: number): string {
  return monthDayTime(localTime(new Date(at)));
}

/** The days of a camp as members count them: the end date is no camp day. */
export function period(startDate: string, endDate: string): string {
  return `${monthDay(startDate)} – ${monthDay(addDays(endDate, -1))}`;
}

/** Seconds as 29:05. */
export function countdown(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${String(Math.floor(whole / 60)).padStart(2, '0')}:${String(whole % 60).padStart(2, '0')}`;
}
