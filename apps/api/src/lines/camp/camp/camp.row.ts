import { fen } from '@yajin/core';
import { rows, type Database, type Row } from '@yajin/server';
import type { MemberTotals } from './camp.rules.js';
import type { CampEntity } from './camp.entity.js';

export type CampRow = Row<CampEntity>;

export function periodOf(row: Pick<CampRow, 'start_date' | 'end_date'>): {
  startDate: string;
  endDate: string;
} {
  return { startDate: row.start_date, endDate: row.end_date };
}

const NOBODY: MemberTotals = {
  members: 0,
  matched: 0,
  joined: 0,
  eligible: 0,
  checkins: 0,
  paidFen: fen(0),
  refundedFen: fen(0),
};

/** Sums over the members of some camps, in one pass over them. */
export async function memberTotals(
  db: Database,
  campIds: number[],
): Promise<(campId: number) => MemberTotals> {
  const found = await rows<Record<keyof MemberTotals | 'campId', number | string>>(
    db,
    `SELECT m.camp_id AS "campId", count(*) AS members, count(*) FILTER (WHERE m.match_status = 'matched') AS matched,
       count(*) FILTER (WHERE m.joined_group) AS joined, count(*) FILTER (WHERE m.checkin_count >= c.required_days) AS eligible,
       sum(m.checkin_count) AS checkins, sum(m.pay_fen) AS "paidFen", sum(m.refunded_fen) AS "refundedFen"
     FROM camp_member m JOIN camp c ON c.id = m.camp_id WHERE m.camp_id = ANY($1) GROUP BY m.camp_id`,
    [campIds],
  );
  const byCamp = new Map(
    found.map((row) => [
      Number(row.campId),
      {
        members: Number(row.members),
        matched: Number(row.matched),
        joined: Number(row.joined),
        eligible: Number(row.eligible),
        checkins: Number(row.checkins),
        paidFen: fen(row.paidFen),
        refundedFen: fen(row.refundedFen),
      },
    ]),
  );
  return (campId) => byCamp.get(campId) ?? NOBODY;
}
