import { onlyRow, rows, type Database } from '@yajin/server';

/**
 * SQL: on how many days planet users checked in, and when last. What counts as a day is said here and nowhere else: members'
 * counts, candidates for a match and uploads all come from it.
 * @param which SQL: of which rows of `camp_checkin`; of one camp
 */
export function creditedDays(which: string): string {
  return `SELECT planet_user_ref, count(DISTINCT checkin_date) AS days, max(checkin_time) AS last
    FROM camp_checkin WHERE ${which} GROUP BY planet_user_ref`;
}

/** Counts the days of the members bound to `planetUsers` anew, in one statement; who has no check-in left counts none. */
export async function recountMembers(
  db: Database,
  campId: number,
  planetUsers: number[],
  now: Date,
): Promise<number> {
  const row = await onlyRow<{ updated: number }>(
    db,
    `WITH counted AS (
       SELECT u.ref, coalesce(d.days, 0) AS days, d.last FROM unnest($2::bigint[]) AS u (ref)
       LEFT JOIN (${creditedDays('camp_id = $1 AND planet_user_ref = ANY($2)')}) AS d ON d.planet_user_ref = u.ref
     ), updated AS (
       UPDATE camp_member m SET checkin_count = c.days, last_checkin_at = c.last, updated_at = $3 FROM counted c
       WHERE m.camp_id = $1 AND m.planet_user_ref = c.ref
         AND (m.checkin_count, m.last_checkin_at) IS DISTINCT FROM (c.days, c.last)
       RETURNING 1
     ) SELECT count(*) AS updated FROM updated`,
    [campId, planetUsers, now],
  );
  return row.updated;
}

/** Counts one member's days anew, after it was matched to another planet user. */
export async function recount(db: Database, memberId: number): Promise<void> {
  const own = '(camp_id, planet_user_ref) = (SELECT camp_id, planet_user_ref FROM camp_member WHERE id = $1)';
  await rows(
    db,
    `UPDATE camp_member m SET checkin_count = coalesce(d.days, 0), last_checkin_at = d.last
     FROM (SELECT 1) AS one LEFT JOIN (${creditedDays(own)}) AS d ON true WHERE m.id = $1`,
    [memberId],
  );
}
