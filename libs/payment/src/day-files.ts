/** What gateways make of every day, its trade bill and its statement of the account: when each is fetched, and again. */
import { addDays, businessDate, instantOf } from '@yajin/core';
import { Job, maybeRow, onlyRow, rows, type Database, type Row } from '@yajin/server';
import type { EntityManager } from 'typeorm';
import { GatewayError } from './gateway.js';
import { BILL_WAITS } from './times.js';
import type { PayBill } from './entities/pay-bill.entity.js';

export type DayTable = 'pay_bill' | 'pay_statement';

interface Day {
  gateway: string;
  date: string;
}

/** Its row has it enqueued again every hour until it is read. */
const OPTIONS = { maxAttempts: 12, shows: ['gateway', 'date'] as const, mayDrop: true };
export const READ_DAY = {
  pay_bill: new Job<Day>('payment.fees', OPTIONS),
  pay_statement: new Job<Day>('payment.statement', OPTIONS),
};

/** Those of a day are there from the day after at 10:00; in milliseconds after its midnight. */
const THERE_AFTER_MS = 10.5 * 3_600_000;
const HOUR_MS = 3_600_000;
/** After a pause so many days are caught up with by themselves. */
const CATCH_UP_DAYS = 30;
const AT_ONCE = 20;
/** A merchant who has more in a day needs more than one process to read it. */
export const MAX_ROWS = 200_000;
/** Codes of what came and cannot be right; anything else has not come yet. */
const BROKEN: ReadonlySet<string> = new Set([
  'BROKEN_ANSWER',
  'BILL_HASH',
  'BILL_UNZIP',
  'BROKEN_BILL',
  'BROKEN_STATEMENT',
]);

/** Has the jobs read what is due, of the days since it was last looked, too. As often as wanted. */
export async function enqueueDays(
  db: Database,
  table: DayTable,
  gateways: string[],
  now: Date,
): Promise<void> {
  if (gateways.length === 0) return;
  const last = addDays(businessDate(new Date(now.getTime() - THERE_AFTER_MS)), -1);
  await rows(
    db,
    `INSERT INTO ${table} (gateway, day, check_at)
     SELECT g.name, d.day::date, $3 FROM unnest($1::text[]) AS g (name)
     CROSS JOIN LATERAL (SELECT coalesce(max(b.day) + 1, $2::date) AS day FROM ${table} b WHERE b.gateway = g.name) AS next
     CROSS JOIN LATERAL generate_series(greatest(next.day, $2::date - $4::int)::timestamp, $2::date::timestamp, interval '1 day') AS d (day)
     ON CONFLICT DO NOTHING`,
    [gateways, last, now, CATCH_UP_DAYS],
  );
  await rows(
    db,
    `WITH due AS (
       SELECT gateway, day FROM ${table} WHERE check_at <= $2 AND gateway = ANY ($1) ORDER BY check_at LIMIT $3 FOR UPDATE SKIP LOCKED
     ), taken AS (
       UPDATE ${table} b SET check_at = $2::timestamptz + interval '1 hour' FROM due WHERE b.gateway = due.gateway AND b.day = due.day
       RETURNING b.gateway, b.day
     ) SELECT ${READ_DAY[table].add({ gateway: 'gateway', date: 'day::text' })} FROM taken`,
    [gateways, now, AT_ONCE],
  );
}

/** Why an empty one is not believed that was read with something in it. */
export const WAS_NOT_EMPTY = 'empty, and it was not before';

/** SQL: whether we were paid at the gateway on the day of a row `of`. */
export const PAID_ON = (of: string): string => `EXISTS (
  SELECT FROM pay_attempt a WHERE a.gateway = ${of}.gateway AND a.state = 'paid'
    AND a.paid_at >= (${of}.day + time '00:00') AT TIME ZONE 'Asia/Shanghai'
    AND a.paid_at < (${of}.day + 1 + time '00:00') AT TIME ZONE 'Asia/Shanghai')`;

/** @throws what is no answer of a gateway's */
export function whyUnread(error: unknown): { state: 'waiting' | 'broken'; reason: string } {
  if (!(error instanceof GatewayError)) throw error;
  const state = BROKEN.has(error.code) ? 'broken' : 'waiting';
  return { state, reason: `${error.code} ${error.message}`.slice(0, 500) };
}

/** Says why a day could not be read, and when it is fetched again. @returns whether a person has to look at it */
export async function noteUnread(
  db: Database,
  table: DayTable,
  [gateway, day]: [gateway: string, day: string],
  { state, reason }: { state: 'waiting' | 'broken'; reason: string },
  now: Date,
): Promise<boolean> {
  const { failures } = await onlyRow<Row<PayBill, 'failures'>>(
    db,
    `UPDATE ${table} SET state = $3, reason = $4, failures = failures + 1,
       check_at = CASE WHEN failures < $6 THEN $5::timestamptz + make_interval(secs => least(1800 * 2 ^ least(failures, 10), $7)) END
     WHERE gateway = $1 AND day = $2 RETURNING failures`,
    [gateway, day, state, reason, now, BILL_WAITS.tries, BILL_WAITS.longest],
  );
  return state === 'broken' || failures > BILL_WAITS.tries;
}

/**
 * When what has been read whole is read again: at hours of its own, however often people have it read meanwhile.
 * @param day a business date, `YYYY-MM-DD`
 * @param dueAgain what its row says, which is an hour after the look that had it read: by the clock of another process, maybe, and what was
 *   due there is not due a second time where a clock is behind
 * @returns null: no more by itself
 */
export function nextReading(day: string, dueAgain: Date | null, now: Date): Date | null {
  const lookedAt = (dueAgain?.getTime() ?? 0) - HOUR_MS;
  let at = instantOf(addDays(day, 1)).getTime() + THERE_AFTER_MS;
  for (const hours of BILL_WAITS.again) {
    at += hours * HOUR_MS;
    if (at > Math.max(lookedAt, now.getTime())) return new Date(at);
  }
  return null;
}

/**
 * Has it fetched at the next look, whatever it was to wait for; also of a day of which there is none yet.
 * @param day a business date, `YYYY-MM-DD`
 * @returns false where it is due already
 */
export async function fetchDayAgain(
  manager: EntityManager,
  table: DayTable,
  gateway: string,
  day: string,
  now: Date,
): Promise<boolean> {
  const moved = await maybeRow<Row<PayBill, 'gateway'>>(
    manager,
    `INSERT INTO ${table} AS b (gateway, day, check_at) VALUES ($1, $2, $3)
     ON CONFLICT (gateway, day) DO UPDATE SET check_at = EXCLUDED.check_at WHERE b.check_at IS NULL OR b.check_at > EXCLUDED.check_at
     RETURNING b.gateway`,
    [gateway, day, now],
  );
  return moved !== null;
}
