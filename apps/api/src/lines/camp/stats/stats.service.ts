import { Injectable } from '@nestjs/common';
import { businessDate, fen, localTime, percent, weekOf, yuanFromFen } from '@yajin/core';
import { BusinessError, Clock, KeptFigures, maybeRow, onlyRow, rows, type Row } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource, type EntityManager } from 'typeorm';
import { averageRate } from '../camp/camp.presenter.js';
import type { CampEntity } from '../camp/camp.entity.js';
import { MoneyOfAllCamps, presentMoney, type CampMoney } from '../camp/camp-money.js';
import { totalDays } from '../camp/camp.rules.js';
import { memberTotals, periodOf, type CampRow } from '../camp/camp.row.js';
import { dailyCheckins, memberBuckets } from './checkin-figures.js';

const TREND_MONTHS = 12;
const RECENT_CAMPS = 5;

interface MonthRow {
  month: string;
  members: number;
  paid: string;
  refunded: string;
}

@Injectable()
export class StatsService {
  private readonly camps = new KeptFigures<Omit<Camp.CampStats, 'money'>>();
  private readonly overviews = new KeptFigures<Omit<Camp.StatsOverview, 'money' | 'dueThisWeek'>>();

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly money: MoneyOfAllCamps,
  ) {}

  /** All figures as of one moment, so that shares add up while members come in. @throws BusinessError 404 */
  async camp(id: number): Promise<Camp.CampStats> {
    const figures = await this.camps.of(`${id} ${businessDate(this.clock.now())}`, () =>
      this.db.transaction('REPEATABLE READ', (manager) => this.campFigures(manager, id)),
    );
    return { ...figures, money: presentMoney((await this.money.now()).of(id)) };
  }

  private async campFigures(db: EntityManager, id: number): Promise<Omit<Camp.CampStats, 'money'>> {
    const camp = await maybeRow<CampRow>(db, 'SELECT * FROM camp WHERE id = $1 AND deleted_at IS NULL', [id]);
    if (!camp) throw new BusinessError(404);
    const now = this.clock.now();
    const totals = (await memberTotals(db, [id]))(id);
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
        distribution: (await memberBuckets(db, camp)).map(({ from, to, count }) => ({
          range: `${from}-${to}天`,
          count,
          percentage: percent(count, totals.members),
        })),
      },
      finance: {
        totalPaid: yuanFromFen(totals.paidFen),
        totalRefunded: yuanFromFen(totals.refundedFen),
        netIncome: yuanFromFen(netFen),
        refundRate: percent(totals.refundedFen, totals.paidFen),
      },
      refund: await this.refunds(db, id),
      dailyTrend: (await dailyCheckins(db, camp, totals.members, businessDate(now))).map(
        ({ date, checkinCount, rate }) => ({ date, checkinCount, checkinRate: rate }),
      ),
      generatedAt: localTime(now),
    };
  }

  /** Everything, over every camp. It reads members and camps, never check-ins. */
  async overview(): Promise<Camp.StatsOverview> {
    const today = businessDate(this.clock.now());
    const figures = await this.overviews.of(today, () =>
      this.db.transaction('REPEATABLE READ', (manager) => this.everything(manager)),
    );
    const { of, all } = await this.money.now();
    return { ...figures, money: presentMoney(...all), dueThisWeek: await this.due(of, weekOf(today)) };
  }

  private async everything(db: EntityManager): Promise<Omit<Camp.StatsOverview, 'money' | 'dueThisWeek'>> {
    const now = this.clock.now();
    const camps = await onlyRow<{ total: number; active: number }>(
      db,
      `SELECT count(*) AS total, count(*) FILTER (WHERE status IN ('enrolling', 'ongoing')) AS active FROM camp WHERE deleted_at IS NULL`,
    );
    const months = await rows<MonthRow>(
      db,
      `SELECT to_char(paid_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM') AS month, count(*) AS members, sum(pay_fen) AS paid,
         sum(refunded_fen) AS refunded FROM camp_member GROUP BY 1`,
    );
    const sum = (of: (row: MonthRow) => number | string): number =>
      months.reduce((total, row) => total + Number(of(row)), 0);
    const paidFen = fen(sum((row) => row.paid));
    const refundedFen = fen(sum((row) => row.refunded));
    const byMonth = new Map(months.map((row) => [row.month, row]));
    const shown = lastMonths(businessDate(now), TREND_MONTHS);
    return {
      summary: {
        totalCamps: camps.total,
        activeCamps: camps.active,
        totalMembers: sum((row) => row.members),
        totalPaid: yuanFromFen(paidFen),
        totalRefunded: yuanFromFen(refundedFen),
        netIncome: yuanFromFen(fen(paidFen - refundedFen)),
      },
      recentCamps: await this.recentCamps(db, now),
      trend: {
        members: shown.map((date) => ({ date, count: byMonth.get(date)?.members ?? 0 })),
        revenue: shown.map((date) => ({ date, amount: yuanFromFen(fen(byMonth.get(date)?.paid ?? 0)) })),
      },
      generatedAt: localTime(now),
    };
  }

  /** What is still in hand of the camps that end in a week. */
  private async due(
    of: (campId: number) => CampMoney,
    { from, to }: { from: string; to: string },
  ): Promise<Camp.DueMoney> {
    const ending = await rows<Row<CampEntity, 'id'>>(
      this.db,
      'SELECT id FROM camp WHERE deleted_at IS NULL AND end_date BETWEEN $1 AND $2',
      [from, to],
    );
    return { amount: presentMoney(...ending.map(({ id }) => of(id))).inHand, from, to };
  }

  private async recentCamps(db: EntityManager, now: Date): Promise<Camp.RecentCamp[]> {
    const recent = await rows<CampRow>(
      db,
      'SELECT * FROM camp WHERE published_at IS NOT NULL AND deleted_at IS NULL ORDER BY published_at DESC, id DESC LIMIT $1',
      [RECENT_CAMPS],
    );
    const totals = await memberTotals(
      db,
      recent.map((camp) => camp.id),
    );
    return recent.map((camp) => ({
      id: camp.id,
      name: camp.name,
      status: camp.status,
      memberCount: totals(camp.id).members,
      avgCheckinRate: averageRate(camp, totals(camp.id), now),
    }));
  }

  private async refunds(db: EntityManager, campId: number): Promise<Camp.RefundStats> {
    const row = await onlyRow<{ total: number; success: number; failed: number }>(
      db,
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
}

/** The last `count` months up to that of `date`, oldest first, as `yyyy-MM`. */
function lastMonths(date: string, count: number): string[] {
  const [year = 0, month = 0] = date.split('-').map(Number);
  return Array.from({ length: count }, (_, index) => {
    const place = year * 12 + month - count + index;
    return `${Math.floor(place / 12)}-${String((place % 12) + 1).padStart(2, '0')}`;
  });
}
