import { addDays, daysBetween, instantOf, localTime, PLANET_ID, type Fen, sentence } from '@yajin/core';
import { invalid, type FieldError } from '@yajin/server';

export type CampStatus = 'draft' | 'enrolling' | 'ongoing' | 'finished';

export const MIN_DEPOSIT_FEN = 1;
export const MAX_DEPOSIT_FEN = 5_000_000;
const ENROLL_MINUTES = 30;
const BIND_DAYS = 7;

export interface Period {
  startDate: string;
  /** Not a camp day: the camp is over when it begins. */
  endDate: string;
}

export function totalDays(period: Period): number {
  return daysBetween(period.startDate, period.endDate);
}

/** Which day of the camp `today` is: 0 before the start, 1 on the first day, at most the last. */
export function currentDay(period: Period, today: string): number {
  return Math.max(0, Math.min(daysBetween(period.startDate, today) + 1, totalDays(period)));
}

/** The camp's days up to `today`, oldest first. */
export function elapsedDates(period: Period, today: string): string[] {
  return Array.from({ length: currentDay(period, today) }, (_, day) => addDays(period.startDate, day));
}

/** Until when an order placed now can be paid: half an hour, and never beyond the start of the camp. */
export function payBefore(period: Period, now: Date): Date {
  const start = instantOf(period.startDate);
  return new Date(Math.min(now.getTime() + ENROLL_MINUTES * 60_000, start.getTime()));
}

/** Until when a payer may say who they are, counted from the payment or from when they were asked anew. */
export function bindBefore(from: Date): Date {
  return new Date(from.getTime() + BIND_DAYS * 86_400_000);
}

export function enrolling(camp: Period & { status: CampStatus }, now: Date): boolean {
  return camp.status === 'enrolling' && now < instantOf(camp.startDate);
}

/** @throws BusinessError 400 when the fields do not fit each other */
export function checkPeriod(camp: Period & { requiredDays: number }): void {
  const errors: FieldError[] = [];
  if (camp.endDate <= camp.startDate) errors.push({ field: 'endDate', ...sentence('not_after_start') });
  else if (camp.requiredDays > totalDays(camp))
    errors.push({ field: 'requiredDays', ...sentence('more_than_days') });
  if (errors.length > 0) throw invalid(...errors);
}

/** What keeps a draft from being published. */
export function missingForPublish(
  camp: Period & { missing: readonly string[]; planetProjectId: string },
  now: Date,
): FieldError[] {
  const given = (field: string): boolean => !camp.missing.includes(field);
  const errors: FieldError[] = camp.missing.map((field) => ({ field, ...sentence('not_filled_in') }));
  if (given('startDate') && instantOf(camp.startDate) <= now)
    errors.push({
      field: 'startDate',
      ...sentence('start_not_after_today', localTime(now).slice(0, 10)),
    });
  // No check-in could ever come from it.
  if (given('planetProjectId') && !PLANET_ID.test(camp.planetProjectId))
    errors.push({ field: 'planetProjectId', ...sentence('not_number') });
  return errors;
}

/** Everything about a camp that members have paid for: fixed once it is published. */
export const FIXED_AFTER_PUBLISH = [
  'deposit',
  'startDate',
  'endDate',
  'requiredDays',
  'planetProjectId',
] as const;

export interface Bucket {
  from: number;
  to: number;
}

/** 0–5, 6–10, 11–15, …; a last bucket of one or two days joins the one before (21 days: 16–21). */
export function buckets(days: number): Bucket[] {
  const result: Bucket[] = [{ from: 0, to: Math.min(5, days) }];
  for (let from = 6; from <= days; from += 5) {
    const to = Math.min(from + 4, days);
    const last = result.at(-1);
    if (last && to - from + 1 <= 2 && to === days) last.to = to;
    else result.push({ from, to });
  }
  return result;
}

/** What a member still has to do, and whether the deposit goes back. */
export function progressOf(checkins: number, requiredDays: number): { gap: number; eligible: boolean } {
  return { gap: Math.max(0, requiredDays - checkins), eligible: checkins >= requiredDays };
}

export interface MemberTotals {
  members: number;
  matched: number;
  joined: number;
  eligible: number;
  checkins: number;
  paidFen: Fen;
  refundedFen: Fen;
}
