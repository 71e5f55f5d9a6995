import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  Lines,
  paidBy,
  reasonInWords,
  reportedOf,
  type LineHandler,
  type Order,
  type RefundChange,
  type Transfer,
  type Verdict,
} from '@yajin/payment';
import { Clock, maybeRow, rows, type Row } from '@yajin/server';
import type { EntityManager } from 'typeorm';
import { TaskRefunds } from './refunds.service.js';
import { CALLBACKS, LINE } from './task.options.js';
import { moveTask, type TaskRow } from './task.rows.js';
import type { TaskTrade } from './task-trade.entity.js';

/** What tasks make of money. */
@Injectable()
export class TaskLine implements LineHandler, OnModuleInit {
  readonly line = LINE;
  readonly notifyPaths = CALLBACKS;

  constructor(
    private readonly lines: Lines,
    private readonly clock: Clock,
    private readonly refunds: TaskRefunds,
  ) {}

  onModuleInit(): void {
    this.lines.register(this);
  }

  /** Nobody waits for the payment any more: the task is anybody's again. */
  async closed(order: Order, manager: EntityManager): Promise<void> {
    await rows(
      manager,
      `UPDATE task_task t SET taker_id = NULL, held_until = NULL FROM task_trade r
       WHERE r.order_id = $1 AND r.type = 'task_take' AND t.id = r.task_id AND t.taker_id = r.user_id AND t.status = 'open'
         AND t.held_until <= $2`,
      [order.id, this.clock.now()],
    );
  }

  async refunded(changes: RefundChange[], manager: EntityManager): Promise<void> {
    for (const { order, refund } of changes) await this.refunds.heard(manager, refund.source, order.id);
  }

  /** The settlement stands, whatever becomes of the transfer: what fails is the taker's balance until it is sent again. */
  async transferred(transfer: Transfer, manager: EntityManager): Promise<void> {
    await rows(manager, `UPDATE task_task SET updated_at = $2 WHERE id = $1 AND status = 'completed'`, [
      Number(transfer.subject),
      this.clock.now(),
    ]);
  }

  async paid(order: Order, manager: EntityManager): Promise<Verdict> {
    const trade = await maybeRow<Row<TaskTrade>>(
      manager,
      'SELECT * FROM task_trade WHERE order_id = $1 AND outcome IS NULL FOR NO KEY UPDATE',
      [order.id],
    );
    if (!trade) {
      const known = await maybeRow(manager, 'SELECT 1 FROM task_trade WHERE order_id = $1', [order.id]);
      return known ? 'acknowledged' : { suspend: 'no payment of a task belongs to it' };
    }
    const task = await this.advance(trade, manager);
    const said = await reportedOf(manager, await paidBy(manager, order.id));
    await rows(
      manager,
      `UPDATE task_trade SET outcome = $2, pay_method = $3::jsonb ->> 'pay_method', transaction_id = $3::jsonb ->> 'transaction_id'
       WHERE id = $1`,
      [trade.id, task ? 'counted' : 'unwanted', JSON.stringify(said)],
    );
    if (!task) await this.refunds.giveBack(manager, trade, reasonInWords('task_unwanted'));
    return 'acknowledged';
  }

  /** @returns null when the task does not want the money: paid twice, or gone on without it */
  private advance(trade: Row<TaskTrade>, manager: EntityManager): Promise<TaskRow | null> {
    const now = this.clock.now();
    switch (trade.type) {
      case 'task_publish':
        return moveTask(manager, trade.task_id, 'published', now);
      case 'task_take':
        return moveTask(manager, trade.task_id, 'taken', now, {
          set: 'held_until = NULL',
          where: 'taker_id = $5',
          values: [trade.user_id],
        });
    }
  }
}
