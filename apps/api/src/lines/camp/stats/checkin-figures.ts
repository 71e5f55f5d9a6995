import { percent } from '@yajin/core';
import { rows, type Database } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { buckets, elapsedDates, totalDays, type Bucket } from '../camp/camp.rules.js';
import { periodOf, type CampRow } from '../camp/camp.row.js';

/** How many members checked in on how many days. */
export async function memberBuckets(db: Database, camp: CampRow): Promise<(Bucket & { count: number })[]> {
  const counts = await rows<{ days: number; members: number }>(
    db,
    'SELECT checkin_count AS days, count(*) AS members FROM camp_member WHERE camp_id = $1 GROUP BY checkin_count',
    [camp.id],
  );
  return buckets(totalDays(periodOf(camp))).map((bucket) => {
    const inside = counts.filter(({ days }) => days >= bucket.from && days <= bucket.to);
    return { ...bucket, count: inside.reduce((sum, row) => sum + row.members, 0) };
  });
}

/** The camp's days up to `today`; a day counts the members who checked in on it, each once. */
export async function dailyCheckins(
  db: Database,
  camp: CampRow,
  members: number,
  today: string,
): Promise<Camp.DailyCheckins[]> {
  const counts = await rows<{ date: string; members: number }>(
    db,
    // A planet user is one member of a camp: days are read from their index, in its order, and no check-in itself.
    `SELECT k.checkin_date AS date, count(*) AS members
     FROM (SELECT DISTINCT planet_user_ref, checkin_date FROM camp_checkin WHERE camp_id = $1) k
     JOIN camp_member m ON m.camp_id = $1 AND m.planet_user_ref = k.planet_user_ref GROUP BY k.checkin_date`,
    [camp.id],
  );
  const byDate = new Map(counts.map((row) => [row.date, row.members]));
  return elapsedDates(periodOf(camp), today).map((date) => {
    const checkinCount = byDate.get(date) ?? 0;
    return { date, checkinCount, rate: percent(checkinCount, members) };
  });
}
