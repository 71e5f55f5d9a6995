import { Injectable } from '@nestjs/common';
import { addDays, businessDate, fen, localTime, sentence, yuanFromFen } from '@yajin/core';
import type { Console } from '@yajin/contract/console';
import { fetchDayAgain, Statements } from '@yajin/payment';
import type { PayMovement, PayStatement } from '@yajin/payment/entities';
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
import type { MovementQuery, StatementQuery } from './account.dto.js';
import { paging, signedYuan, signedYuanOrNull, time } from './present.js';
import type { BillParam } from './reconciliation.dto.js';

/** Gateways keep no statement for longer that is worth asking for. */
const MAX_DAYS = 366;

type StatementRead = Row<PayStatement> & { open: number };
type MovementRead = Row<PayMovement>;

const STATEMENT = `
  SELECT s.*, (SELECT count(*) FROM pay_difference d WHERE d.gateway = s.gateway AND d.day = s.day AND d.state = 'open'
    AND starts_with(d.kind, 'account_')) AS open
  FROM pay_statement s`;

/** Statements of the merchant's accounts, as they were read last. */
@Injectable()
export class StatementsService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly gateways: Statements,
    private readonly audit: Audit,
  ) {}

  /** The latest days first. */
  async list(query: StatementQuery): Promise<Console.PayStatementPage> {
    const { where, parameters } = conditions([
      ['s.gateway = ?', query.gateway],
      ['s.state = ?', query.state],
      ['s.day >= ?', query.startDate],
      ['s.day <= ?', query.endDate],
    ]);
    const slice = `LIMIT ${query.pageSize} OFFSET ${(query.page - 1) * query.pageSize}`;
    const found = await rows<StatementRead>(
      this.db,
      `${STATEMENT} WHERE ${where} ORDER BY s.day DESC, s.gateway ${slice}`,
      parameters,
    );
    const { total } = await onlyRow<{ total: number }>(
      this.db,
      `SELECT count(*) AS total FROM pay_statement s WHERE ${where}`,
      parameters,
    );
    return { list: found.map(present), ...paging(query, total), gateways: this.gateways.names };
  }

  /** @throws BusinessError 404 */
  async one({ gateway, day }: BillParam, db: Database = this.db): Promise<Console.PayStatement> {
    const found = await maybeRow<StatementRead>(db, `${STATEMENT} WHERE s.gateway = $1 AND s.day = $2`, [
      gateway,
      day,
    ]);
    if (!found) throw new BusinessError(404, sentence('statement_unknown'));
    return present(found);
  }

  /** In the statement's order. @throws BusinessError 404 */
  async movements(statement: BillParam, query: MovementQuery): Promise<Console.PayMovementPage> {
    await this.one(statement);
    const { where, parameters } = conditions([
      ['m.gateway = ?', statement.gateway],
      ['m.day = ?', statement.day],
      ['m.kind = ?', query.kind],
    ]);
    const found = await rows<MovementRead>(
      this.db,
      `SELECT m.* FROM pay_movement m WHERE ${where} ORDER BY m.row_no LIMIT ${query.pageSize} OFFSET ${(query.page - 1) * query.pageSize}`,
      parameters,
    );
    const { total } = await onlyRow<{ total: number }>(
      this.db,
      `SELECT count(*) AS total FROM pay_movement m WHERE ${where}`,
      parameters,
    );
    return { list: found.map(presentMovement), ...paging(query, total) };
  }

  /** Has it fetched in a few seconds; what is due already is asked for once. @throws BusinessError 400, 404 */
  async fetch(operator: Operator, statement: BillParam): Promise<Console.PayStatement> {
    const { gateway, day } = statement;
    if (!this.gateways.names.includes(gateway))
      throw new BusinessError(404, sentence('gateway_has_no_statements'));
    const last = addDays(businessDate(this.clock.now()), -1);
    if (day > last || day < addDays(last, 1 - MAX_DAYS))
      throw invalid({ field: 'day', ...sentence('bill_day_range', MAX_DAYS) });
    return this.db.transaction(async (manager) => {
      if (await fetchDayAgain(manager, 'pay_statement', gateway, day, this.clock.now()))
        await this.audit.record(manager, operator, {
          action: 'statement.fetch',
          target: ['statement', `${gateway} ${day}`],
        });
      return this.one(statement, manager);
    });
  }
}

function present(row: StatementRead): Console.PayStatement {
  return {
    gateway: row.gateway,
    day: row.day,
    state: row.state,
    reason: row.reason,
    rows: row.row_count,
    opening: signedYuanOrNull(row.opening_fen),
    in: yuanFromFen(fen(row.in_fen)),
    out: yuanFromFen(fen(row.out_fen)),
    closing: signedYuanOrNull(row.closing_fen),
    paid: signedYuan(row.payment_fen),
    refunded: signedYuan(row.refund_fen),
    fee: signedYuan(row.fee_fen),
    withdrawn: signedYuan(row.withdrawal_fen),
    other: signedYuan(row.other_fen),
    readAt: time(row.read_at),
    nextAt: time(row.check_at),
    openDifferences: row.open,
  };
}

function presentMovement(row: MovementRead): Console.PayMovement {
  return {
    no: row.row_no,
    kind: row.kind,
    said: row.said,
    at: localTime(row.at),
    flowNo: row.flow_no,
    gatewayNo: row.gateway_no,
    ourNo: row.our_no,
    amount: signedYuan(row.amount_fen),
    balance: signedYuanOrNull(row.balance_fen),
  };
}
