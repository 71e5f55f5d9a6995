import { onlyRow, type Database } from '@yajin/server';

/** A worker says every few seconds that it lives. */
const SILENT_SECONDS = 60;

/** Jobs that wait for their turn or for another try, and those that have used up their tries. */
export function jobCounts(db: Database): Promise<{ waiting: number; failed: number }> {
  return onlyRow(
    db,
    `SELECT count(*) FILTER (WHERE attempts < max_attempts) AS waiting, count(*) FILTER (WHERE attempts >= max_attempts) AS failed
     FROM graphile_worker.jobs WHERE locked_at IS NULL`,
  );
}

/** For how many seconds the oldest job that is due has waited; workers go by the time of their machine. */
export async function oldestJob(db: Database, now: Date): Promise<number> {
  const { seconds } = await onlyRow<{ seconds: number }>(
    db,
    `SELECT coalesce(extract(epoch FROM $1::timestamptz - min(run_at)), 0)::float8 AS seconds
     FROM graphile_worker.jobs WHERE locked_at IS NULL AND attempts < max_attempts AND run_at <= $1`,
    [now],
  );
  return seconds;
}

/** On how many replicas jobs are worked. By the database's time, as workers say that they live by it. */
export async function workers(db: Database): Promise<number> {
  const [row] = await db.query<{ alive: number }[]>(
    'SELECT count(*) AS alive FROM job_worker WHERE seen_at > now() - make_interval(secs => $1)',
    [SILENT_SECONDS],
  );
  return row?.alive ?? 0;
}
