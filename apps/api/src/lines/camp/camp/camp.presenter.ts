import { businessDate, fen, localTime, percent, yuanFromFen } from '@yajin/core';
import type { Camp } from '@yajin/contract';
import type { Row } from '@yajin/server';
import { currentDay, totalDays, type MemberTotals } from './camp.rules.js';
import { presentMoney, type CampMoney } from './camp-money.js';
import { periodOf, type CampRow } from './camp.row.js';
import type { SysUser } from '../../../system/index.js';
import type { CampStaff } from './camp-staff.entity.js';

export function enrollUrl(publicUrl: string, campId: number): string {
  return `${publicUrl}/enroll/${campId}`;
}

/** Σ check-ins / (members × current day) in percent; 0 before the camp starts. */
export function averageRate(row: CampRow, totals: MemberTotals, now: Date): number {
  return percent(totals.checkins, totals.members * currentDay(periodOf(row), businessDate(now)));
}

function basics(row: CampRow) {
  const lacks = (need: Camp.CampNeed): boolean => row.missing.includes(need);
  return {
    id: row.id,
    name: row.name,
    deposit: lacks('deposit') ? 0 : yuanFromFen(fen(row.deposit_fen)),
    startDate: row.start_date,
    endDate: row.end_date,
    totalDays: lacks('startDate') || lacks('endDate') ? 0 : totalDays(periodOf(row)),
    requiredDays: lacks('requiredDays') ? 0 : row.required_days,
    missing: row.missing,
    status: row.status,
    createdAt: localTime(row.created_at),
  };
}

export function presentCamp(row: CampRow, totals: MemberTotals, publicUrl: string): Camp.CreatedCamp {
  return {
    ...basics(row),
    posterUrl: row.poster_url,
    description: row.description,
    groupQrcodeUrl: row.group_qrcode_url,
    planetProjectId: row.planet_project_id,
    planetGroupId: row.planet_group_id,
    rules: row.rules,
    enrollUrl: row.published_at ? enrollUrl(publicUrl, row.id) : null,
    memberCount: totals.members,
    paidAmount: yuanFromFen(totals.paidFen),
    refundedAmount: yuanFromFen(totals.refundedFen),
    updatedAt: localTime(row.updated_at),
  };
}

export function presentCampInList(
  row: CampRow,
  totals: MemberTotals,
  money: CampMoney | null,
): Camp.CampSummary {
  return {
    ...basics(row),
    memberCount: totals.members,
    paidAmount: yuanFromFen(totals.paidFen),
    refundedAmount: yuanFromFen(totals.refundedFen),
    matchedCount: totals.matched,
    pendingMatchCount: totals.members - totals.matched,
    money: money && presentMoney(money),
  };
}

export type StaffRow = Row<SysUser, 'id'> & Row<CampStaff, 'duty'> & { name: string };

export function presentCampDetail(
  row: CampRow,
  totals: MemberTotals,
  money: CampMoney,
  staff: StaffRow[],
  publicUrl: string,
  now: Date,
): Camp.CampDetail {
  const withDuty = (duty: StaffRow['duty']): Camp.StaffMember[] =>
    staff.filter((person) => person.duty === duty).map(({ id, name }) => ({ id, name }));
  return {
    ...presentCamp(row, totals, publicUrl),
    money: presentMoney(money),
    statistics: {
      totalMembers: totals.members,
      matchedMembers: totals.matched,
      pendingMatchMembers: totals.members - totals.matched,
      joinedGroupMembers: totals.joined,
      eligibleForRefund: totals.eligible,
      avgCheckinRate: averageRate(row, totals, now),
    },
    coaches: withDuty('coach'),
    volunteers: withDuty('volunteer'),
  };
}
