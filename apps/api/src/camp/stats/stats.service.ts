import { Injectable } from '@nestjs/common';
import { businessDate, fen, localTime, percent, yuanFromFen } from '@yajin/core';
import { BusinessError, Clock, maybeRow, onlyRow, rows } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource } from 'typeorm';
import { averageRate } from '../camp/camp.presenter.js';
import { buckets, elapsedDates, totalDays } from '../camp/camp.rules.js';
import { memberTotals, periodOf, type CampRow } from '../camp/camp.row.js';

@Injectable()
export class StatsService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  async camp(id: number): Promise<Camp.CampStats> {
    const camp = await maybeRow<CampRow>(this.db, 'SELECT * FROM camp WHERE id = $1 AND deleted_at IS NULL', [
      id,
    ]);
    if (!camp) throw new BusinessError(404);
    const now = this.clock.now();
    const totals = (await memberTotals(this.db, [id]))(id);
    const netFen = fen(totals.paidFen - totals.refundedFen);
    return {
      campId: id,
      campName: camp.name,
      status: camp.status,
      period: { startDate: camp.start_date, endDate: camp.end_date, totalDays: totalDays(periodOf(camp)) },
      enrollment: {
        totalMembers: totals.members,
        matchedMembers: totals.matched,
        matchRate: percent(totals.matched, totals.members),
        joinedGroupMembers: totals.joined,
        joinRate: percent(totals.joined, totals.members),
      },
      checkin: {
        avgCheckinRate: averageRate(camp, totals, now),
        eligibleMembers: totals.eligible,
        eligibleRate: percent(totals.eligible, totals.members),
        distribution: await this.distribution(camp, totals.members),
      },
      finance: {
        totalPaid: yuanFromFen(totals.paidFen),
        totalRefunded: yuanFromFen(totals.refundedFen),
        netIncome: yuanFromFen(netFen),
        refundRate: percent(totals.refundedFen, totals.paidFen),
      },
      refund: await this.refunds(id),
      dailyTrend: await this.daily(camp, totals.members, now),
      generatedAt: localTime(now),
    };
  }

  private async distribution(camp: CampRow, members: number): Promise<Camp.CheckinRange[]> {
    const counts = await rows<{ days: number; members: number }>(
      this.db,
      'SELECT checkin_count AS days, count(*) AS members FROM camp_member WHERE camp_id = $1 GROUP BY checkin_count',
      [camp.id],
    );
    return buckets(totalDays(periodOf(camp))).map(({ from, to }) => {
      const inside = counts.filter(({ days }) => days >= from && days <= to);
      const count = inside.reduce((sum, row) => sum + row.members, 0);
      return { range: `${from}-${to}天`, count, percentage: percent(count, members) };
    });
  }

  private async refunds(campId: number): Promise<Camp.RefundStats> {
    const row = await onlyRow<{ total: number; success: number; failed: number }>(
      this.db,
      `SELECT count(*) FILTER (WHERE audit_status = 'approved') AS total, count(*) FILTER (WHERE refund_status = 'success') AS success,
         count(*) FILTER (WHERE refund_status = 'failed') AS failed
       FROM camp_refund WHERE camp_id = $1 AND member_id IS NOT NULL`,
      [campId],
    );
    return {
      totalRefunds: row.total,
      successRefunds: row.success,
      failedRefunds: row.failed,
      successRate: percent(row.success, row.total),
    };
  }

  /** A day counts the members who checked in on it, each once. */
  private async daily(camp: CampRow, members: number, now: Date): Promise<Camp.DailyTrend[]> {
    const counts = await rows<{ date: string; members: number }>(
      this.db,
      `SELECT k.checkin_date AS date, count(DISTINCT m.id) AS members FROM camp_checkin k
       JOIN camp_member m ON m.camp_id = k.camp_id AND m.planet_user_ref = k.planet_user_ref
       WHERE k.camp_id = $1 GROUP BY k.checkin_date`,
      [camp.id],
    );
    const byDate = new Map(counts.map((row) => [row.date, row.members]));
    return elapsedDates(periodOf(camp), businessDate(now)).map((date) => {
      const checkinCount = byDate.get(date) ?? 0;
      return { date, checkinCount, checkinRate: percent(checkinCount, members) };
    });
  }
}
