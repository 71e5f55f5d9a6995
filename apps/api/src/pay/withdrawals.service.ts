import { Injectable } from '@nestjs/common';
import { fenFromYuan, localTime, sentence, yuanFromFen } from '@yajin/core';
import type { Console } from '@yajin/contract/console';
import { WithdrawalArrived, Withdrawals } from '@yajin/payment';
import type { PayWithdrawal } from '@yajin/payment/entities';
import { BusinessError, conditions, maybeRow, onlyRow, rows, type Database, type Row } from '@yajin/server';
import { DataSource } from 'typeorm';
import { Audit, Idempotency, type IdempotencyKey, type Operator } from '../system/index.js';
import type { WithdrawalQuery } from './account.dto.js';
import { paging, time } from './present.js';

type WithdrawalRead = Row<PayWithdrawal>;

/** What left merchants' accounts for the bank, and what people say of it. */
@Injectable()
export class WithdrawalsService {
  constructor(
    private readonly db: DataSource,
    private readonly withdrawals: Withdrawals,
    private readonly audit: Audit,
    private readonly idempotency: Idempotency,
  ) {}

  /** Newest first. */
  async list(query: WithdrawalQuery): Promise<Console.PayWithdrawalPage> {
    const { where, parameters } = conditions([
      ['w.gateway = ?', query.gateway],
      ['w.state = ?', query.state],
      ['w.day >= ?', query.startDate],
      ['w.day <= ?', query.endDate],
    ]);
    const slice = `LIMIT ${query.pageSize} OFFSET ${(query.page - 1) * query.pageSize}`;
    const found = await rows<WithdrawalRead>(
      this.db,
      `SELECT w.* FROM pay_withdrawal w WHERE ${where} ORDER BY w.at DESC, w.id DESC ${slice}`,
      parameters,
    );
    const { total } = await onlyRow<{ total: number }>(
      this.db,
      `SELECT count(*) AS total FROM pay_withdrawal w WHERE ${where}`,
      parameters,
    );
    return { list: found.map(present), ...paging(query, total) };
  }

  /** @throws BusinessError 404, 409 when somebody has confirmed that it arrived, or it is another sum than was seen */
  async confirm(
    operator: Operator,
    id: number,
    { arrived, amount: seen, note }: Console.ConfirmPayWithdrawal,
    key: IdempotencyKey | null,
  ): Promise<Console.PayWithdrawal> {
    try {
      return await this.idempotency.once(key, async (manager) => {
        await this.one(manager, id);
        await this.withdrawals.decide(manager, id, operator.username, arrived, note);
        // Held from here on: no statement corrects it meanwhile.
        const { gateway, day, amount } = await this.one(manager, id);
        if (seen !== undefined && fenFromYuan(seen) !== fenFromYuan(amount))
          throw new BusinessError(409, sentence('withdrawal_amount', amount.toFixed(2)));
        await this.audit.record(manager, operator, {
          action: 'withdrawal.confirm',
          target: ['withdrawal', id],
          after: { gateway, day, amount, arrived, note },
        });
        return this.one(manager, id);
      });
    } catch (error) {
      if (error instanceof WithdrawalArrived) throw new BusinessError(409, sentence('withdrawal_arrived'));
      throw error;
    }
  }

  /** @throws BusinessError 404 */
  private async one(db: Database, id: number): Promise<Console.PayWithdrawal> {
    const found = await maybeRow<WithdrawalRead>(db, 'SELECT * FROM pay_withdrawal WHERE id = $1', [id]);
    if (!found) throw new BusinessError(404, sentence('withdrawal_unknown'));
    return present(found);
  }
}

function present(row: WithdrawalRead): Console.PayWithdrawal {
  return {
    id: row.id,
    gateway: row.gateway,
    day: row.day,
    at: localTime(row.at),
    said: row.said,
    flowNo: row.flow_no,
    gatewayNo: row.gateway_no,
    amount: yuanFromFen(row.amount_fen),
    state: row.state,
    note: row.note,
    decidedBy: row.decided_by,
    decidedAt: time(row.decided_at),
  };
}
