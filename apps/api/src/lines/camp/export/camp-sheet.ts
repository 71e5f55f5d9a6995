import { fen, percent } from '@yajin/core';
import { rows } from '@yajin/server';
import type { EntityManager, QueryRunner } from 'typeorm';
import { moneyOfCamps, type CampMoney } from '../camp/camp-money.js';
import { averageRate } from '../camp/camp.presenter.js';
import { totalDays, type MemberTotals } from '../camp/camp.rules.js';
import { memberTotals, periodOf, type CampRow } from '../camp/camp.row.js';
import { columnsOf, type Column } from './column.js';
import { CAMP_STATUS } from './words.js';

const BATCH = 200;

interface RefundTotals {
  refunds: number;
  succeeded: number;
  failed: number;
}

/** A camp with the figures of its statistics. */
export interface CampFigures extends RefundTotals {
  camp: CampRow;
  totals: MemberTotals;
  money: CampMoney;
  averageRate: number;
}

/** The figures of some camps in their order: five statements for every 200 of them. */
export async function* campBatches(
  { manager }: QueryRunner,
  campIds: number[],
  now: Date,
): AsyncGenerator<CampFigures[]> {
  for (let start = 0; start < campIds.length; start += BATCH) {
    const ids = campIds.slice(start, start + BATCH);
    const camps = await rows<CampRow>(
      manager,
      'SELECT * FROM camp WHERE id = ANY($1) ORDER BY array_position($1, id)',
      [ids],
    );
    const totalsOf = await memberTotals(manager, ids);
    const money = await moneyOfCamps(manager, ids);
    const refundsOf = await refundTotals(manager, ids);
    yield camps.map((camp) => {
      const totals = totalsOf(camp.id);
      return {
        camp,
        totals,
        money: money.of(camp.id),
        averageRate: averageRate(camp, totals, now),
        ...refundsOf(camp.id),
      };
    });
  }
}

/** As the statistics of one camp count them. */
async function refundTotals(
  manager: EntityManager,
  campIds: number[],
): Promise<(campId: number) => RefundTotals> {
  const found = await rows<RefundTotals & { campId: number }>(
    manager,
    `SELECT camp_id AS "campId", count(*) FILTER (WHERE audit_status = 'approved') AS refunds,
       count(*) FILTER (WHERE refund_status = 'success') AS succeeded, count(*) FILTER (WHERE refund_status = 'failed') AS failed
     FROM camp_refund WHERE camp_id = ANY($1) AND member_id IS NOT NULL GROUP BY camp_id`,
    [campIds],
  );
  const byCamp = new Map(found.map(({ campId, ...totals }) => [campId, totals]));
  return (campId) => byCamp.get(campId) ?? { refunds: 0, succeeded: 0, failed: 0 };
}

const { text, whole, percent: percentage, money, date } = columnsOf<CampFigures>();

export const campColumns: Column<CampFigures>[] = [
  whole('训练营ID', 10, ({ camp }) => camp.id),
  text('训练营', 28, ({ camp }) => camp.name),
  text('状态', 10, ({ camp }) => CAMP_STATUS[camp.status]),
  date('开始日期', 12, ({ camp }) => camp.start_date),
  date('结束日期', 12, ({ camp }) => camp.end_date),
  whole('总天数', 8, ({ camp }) => totalDays(periodOf(camp))),
  whole('要求打卡天数', 14, ({ camp }) => camp.required_days),
  whole('会员数', 10, ({ totals }) => totals.members),
  whole('已匹配', 10, ({ totals }) => totals.matched),
  percentage('匹配率', 10, ({ totals }) => percent(totals.matched, totals.members)),
  whole('已进群', 10, ({ totals }) => totals.joined),
  percentage('进群率', 10, ({ totals }) => percent(totals.joined, totals.members)),
  percentage('平均打卡率', 12, (row) => row.averageRate),
  whole('达标人数', 10, ({ totals }) => totals.eligible),
  percentage('达标率', 10, ({ totals }) => percent(totals.eligible, totals.members)),
  money('支付总额', 14, ({ totals }) => totals.paidFen),
  money('已退金额', 14, ({ totals }) => totals.refundedFen),
  money('净收入', 14, ({ totals }) => fen(totals.paidFen - totals.refundedFen)),
  money('在手押金', 14, (row) => row.money.inHandFen),
  money('应退押金', 14, (row) => row.money.owedFen),
  money('已确认收入', 14, (row) => row.money.incomeFen),
  percentage('退款率', 10, ({ totals }) => percent(totals.refundedFen, totals.paidFen)),
  whole('退款笔数', 10, (row) => row.refunds),
  whole('退款成功', 10, (row) => row.succeeded),
  whole('退款失败', 10, (row) => row.failed),
  percentage('退款成功率', 12, (row) => percent(row.succeeded, row.refunds)),
];

/** What a printed page has room for. */
export const PRINTED_CAMP_COLUMNS = [
  '训练营ID',
  '训练营',
  '状态',
  '开始日期',
  '结束日期',
  '会员数',
  '平均打卡率',
  '达标人数',
  '支付总额',
  '已退金额',
  '在手押金',
  '应退押金',
  '已确认收入',
];
