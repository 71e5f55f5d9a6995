import { Injectable } from '@nestjs/common';
import { addDays, businessDate, fen, yuanFromFen, sentence } from '@yajin/core';
import type { Console } from '@yajin/contract/console';
import { Bills, fetchDayAgain } from '@yajin/payment';
import type { PayBill } from '@yajin/payment/entities';
import {
  BusinessError,
  Clock,
  conditions,
  invalid,
  maybeRow,
  onlyRow,
  rows,
  type Database,
  type Row,
} from '@yajin/server';
import { DataSource } from 'typeorm';
import { Audit, type Operator } from '../system/index.js';
import { BILL_LINES, presentLine, type BillLine } from './difference-stories.js';
import type { BillMonthQuery, BillParam, BillQuery, BillRowQuery } from './reconciliation.dto.js';
import { paging, signedYuanOrNull, time } from './present.js';

/** Gateways keep no bill for longer that is worth asking for. */
const MAX_DAYS = 366;

type BillRead = Row<
  PayBill,
  | 'gateway'
  | 'day'
  | 'state'
  | 'reason'
  | 'rowCount'
  | 'paidFen'
  | 'refundedFen'
  | 'feeFen'
  | 'readAt'
  | 'checkAt'
> & { open: number };
type DayRead = Row<PayBill, 'day' | 'paidFen' | 'refundedFen' | 'feeFen'> &
  Record<'bills' | 'waiting' | 'broken' | 'lines' | 'open' | 'found', number>;

const BILL = `
  SELECT b.*, (SELECT count(*) FROM pay_difference d WHERE d.gateway = b.gateway AND d.day = b.day AND d.state = 'open') AS open
  FROM pay_bill b`;

/** Gateways' bills, as they were read last. */
@Injectable()
export class BillsService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly gateways: Bills,
    private readonly audit: Audit,
  ) {}

  /** The latest days first. */
  async list(query: BillQuery): Promise<Console.PayBillPage> {
    const { where, parameters } = conditions([
      ['b.gateway = ?', query.gateway],
      ['b.state = ?', query.state],
      ['b.day >= ?', query.startDate],
      ['b.day <= ?', query.endDate],
    ]);
    const slice = `LIMIT ${query.pageSize} OFFSET ${(query.page - 1) * query.pageSize}`;
    const found = await rows<BillRead>(
      this.db,
      `${BILL} WHERE ${where} ORDER BY b.day DESC, b.gateway ${slice}`,
      parameters,
    );
    const { total } = await onlyRow<{ total: number }>(
      this.db,
      `SELECT count(*) AS total FROM pay_bill b WHERE ${where}`,
      parameters,
    );
    return { list: found.map(present), ...paging(query, total) };
  }

  /** A day of the month in one line, all gateways together. */
  async month({ month, gateway }: BillMonthQuery): Promise<Console.PayBillMonth> {
    const shown = month ?? this.yesterday().slice(0, 7);
    const found = await rows<DayRead>(
      this.db,
      `SELECT b.day, count(*) AS bills, count(*) FILTER (WHERE b.state = 'waiting') AS waiting,
         count(*) FILTER (WHERE b.state = 'broken') AS broken, sum(b.row_count)::bigint AS lines, sum(b.paid_fen)::bigint AS paid_fen,
         sum(b.refunded_fen)::bigint AS refunded_fen, sum(b.fee_fen)::bigint AS fee_fen, sum(d.open)::bigint AS open, sum(d.found)::bigint AS found
       FROM pay_bill b CROSS JOIN LATERAL (
         SELECT count(*) AS found, count(*) FILTER (WHERE state = 'open') AS open FROM pay_difference
         WHERE gateway = b.gateway AND day = b.day) AS d
       WHERE b.day >= $1::date AND b.day < $1::date + interval '1 month' AND ($2::text IS NULL OR b.gateway = $2)
       GROUP BY b.day ORDER BY b.day`,
      [`${shown}-01`, gateway || null],
    );
    return { month: shown, gateways: this.gateways.names, days: found.map(presentDay) };
  }

  /** @throws BusinessError 404 */
  async one({ gateway, day }: BillParam, db: Database = this.db): Promise<Console.PayBill> {
    const found = await maybeRow<BillRead>(db, `${BILL} WHERE b.gateway = $1 AND b.day = $2`, [gateway, day]);
    if (!found) throw new BusinessError(404, sentence('bill_unknown'));
    return present(found);
  }

  /** In the bill's order. @throws BusinessError 404 */
  async lines(bill: BillParam, query: BillRowQuery): Promise<Console.PayBillRowPage> {
    await this.one(bill);
    const { where, parameters } = conditions([
      ['r.gateway = ?', bill.gateway],
      ['r.day = ?', bill.day],
      ['r.entry = ?', query.entry],
    ]);
    const found = await rows<BillLine>(
      this.db,
      `${BILL_LINES} WHERE ${where} ORDER BY r.row_no LIMIT ${query.pageSize} OFFSET ${(query.page - 1) * query.pageSize}`,
      parameters,
    );
    const { total } = await onlyRow<{ total: number }>(
      this.db,
      `SELECT count(*) AS total FROM pay_bill_row r WHERE ${where}`,
      parameters,
    );
    return { list: found.map(presentLine), ...paging(query, total) };
  }

  /** Has it fetched in a few seconds; what is due already is asked for once. @throws BusinessError 400, 404 */
  async fetch(operator: Operator, bill: BillParam): Promise<Console.PayBill> {
    const { gateway, day } = bill;
    if (!this.gateways.names.includes(gateway))
      throw new BusinessError(404, sentence('gateway_has_no_bills'));
    const last = this.yesterday();
    if (day > last || day < addDays(last, 1 - MAX_DAYS))
      throw invalid({ field: 'day', ...sentence('bill_day_range', MAX_DAYS) });
    return this.db.transaction(async (manager) => {
      if (await fetchDayAgain(manager, 'pay_bill', gateway, day, this.clock.now()))
        await this.audit.record(manager, operator, {
          action: 'bill.fetch',
          target: ['bill', `${gateway} ${day}`],
        });
      return this.one(bill, manager);
    });
  }

  private yesterday(): string {
    return addDays(businessDate(this.clock.now()), -1);
  }
}

function present(row: BillRead): Console.PayBill {
  return {
    gateway: row.gateway,
    day: row.day,
    state: row.state,
    reason: row.reason,
    rows: row.row_count,
    paid: yuanFromFen(fen(row.paid_fen)),
    refunded: yuanFromFen(fen(row.refunded_fen)),
    fee: signedYuanOrNull(row.fee_fen),
    readAt: time(row.read_at),
    nextAt: time(row.check_at),
    openDifferences: row.open,
  };
}

function presentDay(row: DayRead): Console.PayBillDay {
  return {
    day: row.day,
    bills: row.bills,
    waiting: row.waiting,
    broken: row.broken,
    rows: row.lines,
    paid: yuanFromFen(fen(row.paid_fen)),
    refunded: yuanFromFen(fen(row.refunded_fen)),
    fee: signedYuanOrNull(row.fee_fen),
    openDifferences: row.open,
    differences: row.found,
  };
}
