import { Injectable } from '@nestjs/common';
import { fenFromYuan, yuanText, type Fen, sentence } from '@yajin/core';
import type { Task } from '@yajin/contract/task';
import { Refunds, type Decider } from '@yajin/payment';
import { BusinessError, Clock, conditions, invalid, maybeRow, onlyRow, rows, type Row } from '@yajin/server';
import type { EntityManager } from 'typeorm';
import { hostDecider, Idempotency, type HostUser, type IdempotencyKey } from '../../system/index.js';
import type { RefundDto } from './task.dto.js';
import { LINE } from './task.options.js';
import { refundable } from './task.rules.js';
import {
  moveTask,
  newNumber,
  ownOnly,
  presentRefund,
  REFUNDS,
  taskUser,
  type RefundRow,
} from './task.rows.js';
import type { TaskTrade } from './task-trade.entity.js';

type PaidTrade = Row<TaskTrade, 'id' | 'orderId'>;

/** Money of tasks on its way back to who paid it. */
@Injectable()
export class TaskRefunds {
  constructor(
    private readonly clock: Clock,
    private readonly refunds: Refunds,
    private readonly idempotency: Idempotency,
  ) {}

  /** @throws BusinessError 404, 409 where the task is beyond it, 400 for more than is left of the payment */
  async request(user: HostUser, body: RefundDto, key: IdempotencyKey | null): Promise<Task.Refund> {
    const asker = taskUser(user);
    return this.idempotency.once(key, async (manager) => {
      const { where, parameters } = conditions([
        ['o.order_no = ?', body.order_no],
        ['r.user_id = ?', ownOnly(asker)],
      ]);
      const trade = await maybeRow<
        PaidTrade & {
          task_id: number;
          type: Task.TradeType;
          outcome: string | null;
          task_status: Task.TaskStatus;
        }
      >(
        manager,
        `SELECT r.*, t.status AS task_status FROM task_trade r JOIN pay_order_view o ON o.id = r.order_id
         JOIN task_task t ON t.id = r.task_id WHERE ${where} FOR UPDATE OF t`,
        parameters,
      );
      if (!trade) throw new BusinessError(404, sentence('order_unknown'));
      const may = refundable(trade.type, trade.task_status, asker.admin);
      if (trade.outcome !== 'counted' || !may) throw new BusinessError(409, sentence('order_not_refundable'));
      const amountFen = fenFromYuan(body.amount);
      const left = await this.refunds.remainder(manager, trade.order_id);
      if (amountFen > left) throw invalid({ field: 'amount', ...sentence('yuan_at_most', yuanText(left)) });
      const decided = hostDecider(LINE, 'request');
      const refundNo = await this.give(manager, trade, amountFen, body.reason, decided);
      if (amountFen === left) await this.undo(manager, trade.task_id, trade.type);
      return presentRefund(
        await onlyRow<RefundRow>(manager, `${REFUNDS} WHERE f.refund_no = $1`, [refundNo]),
      );
    });
  }

  /** Gives back whatever is left of a task's payments, the caller having moved the task to where that is due. */
  async giveBackAll(manager: EntityManager, taskId: number, reason: string): Promise<void> {
    const trades = await rows<PaidTrade>(
      manager,
      `SELECT id, order_id FROM task_trade WHERE task_id = $1 AND outcome = 'counted' ORDER BY id`,
      [taskId],
    );
    for (const trade of trades) await this.giveBack(manager, trade, reason);
  }

  /** Gives back what is left of one payment. */
  async giveBack(manager: EntityManager, trade: PaidTrade, reason: string): Promise<void> {
    const left = await this.refunds.remainder(manager, trade.order_id);
    if (left > 0) await this.give(manager, trade, left, reason);
  }

  /** Takes note of a change of a refund; those that the kernel began have no number yet. */
  async heard(manager: EntityManager, source: string, orderId: number): Promise<void> {
    const now = this.clock.now();
    await rows(
      manager,
      `INSERT INTO task_refund (refund_no, trade_id, source, created_at, updated_at)
       SELECT $3, id, $1, $4, $4 FROM task_trade WHERE order_id = $2
       ON CONFLICT (source) DO UPDATE SET updated_at = EXCLUDED.updated_at`,
      [source, orderId, newNumber('RF', now), now],
    );
  }

  /** The publisher's money gone, the task is over; the taker's gone, it is open again. */
  private async undo(manager: EntityManager, taskId: number, type: Task.TradeType): Promise<void> {
    const now = this.clock.now();
    switch (type) {
      case 'task_publish':
        await moveTask(manager, taskId, 'cancel', now);
        return this.giveBackAll(manager, taskId, '任务已取消，自动退款');
      case 'task_take':
        await moveTask(manager, taskId, 'reopen', now, {
          set: 'taker_id = NULL, held_until = NULL, result = NULL',
        });
        return;
    }
  }

  private async give(
    manager: EntityManager,
    trade: PaidTrade,
    amountFen: Fen,
    reason: string,
    decided?: Decider,
  ): Promise<string> {
    const now = this.clock.now();
    const refundNo = newNumber('RF', now);
    const source = `task:${refundNo}`;
    await this.refunds.request(manager, {
      source,
      orderId: trade.order_id,
      amountFen,
      reason,
      ...(decided ? { decided } : {}),
    });
    await rows(
      manager,
      'INSERT INTO task_refund (refund_no, trade_id, source, created_at, updated_at) VALUES ($1, $2, $3, $4, $4)',
      [refundNo, trade.id, source, now],
    );
    return refundNo;
  }
}
