import { Injectable } from '@nestjs/common';
import { fen, fenFromYuan, sumFen, yuanFromFen, yuanText, sentence } from '@yajin/core';
import type { Task } from '@yajin/contract/task';
import { ownedMoney, post, Transfers, type Posting } from '@yajin/payment';
import { BusinessError, Clock, invalid, maybeRow, rows, type Row } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import { hostDecider, Idempotency, type HostUser, type IdempotencyKey } from '../../system/index.js';
import type { SettleDto } from './task.dto.js';
import { GATEWAY, LINE } from './task.options.js';
import { portionsOf, split, type Collected, type Portion } from './task.rules.js';
import { moveTask, ownOnly, taskUser, type TaskRow } from './task.rows.js';
import type { TaskEntity } from './task.entity.js';
import type { TaskTrade } from './task-trade.entity.js';

/** Who gets what when a task is done, and what is somebody's. */
@Injectable()
export class SettlementService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly transfers: Transfers,
    private readonly idempotency: Idempotency,
  ) {}

  /**
   * Shares out what was collected for an accepted task, once: the publisher's share is theirs to keep here, the taker's is
   * sent to them, the remainder is the platform's.
   * @throws BusinessError 404, 409, 400 for more than was collected or, unless an admin says so, for less to the taker than
   * the taker has paid, 503 where nobody could send the taker's share
   */
  async settle(user: HostUser, body: SettleDto, key: IdempotencyKey | null): Promise<Task.Said> {
    const publisherFen = fenFromYuan(body.publisher_amount);
    const takerFen = fenFromYuan(body.taker_amount);
    return this.idempotency.once(key, async (manager) => {
      if (takerFen > 0 && !this.transfers.offeredBy(GATEWAY))
        throw new BusinessError(503, '没有配置转账服务');
      const task = await this.complete(
        manager,
        ownOnly(taskUser(user)),
        body.task_id,
        publisherFen,
        takerFen,
      );
      const collected = await this.collected(manager, task.id);
      const feeFen = sumFen(
        collected.filter(({ type }) => type === 'task_take').map(({ amountFen }) => amountFen),
      );
      // Whoever settles in their own favour cannot take what the other side has paid.
      if (!taskUser(user).admin && takerFen < feeFen)
        throw invalid({ field: 'taker_amount', message: `不能少于接取方支付的 ${yuanText(feeFen)} 元` });
      const portions = split(publisherFen, takerFen, collected);
      if (!portions) {
        const total = yuanText(sumFen(collected.map(({ amountFen }) => amountFen)));
        throw invalid({ field: 'taker_amount', message: `两方之和不能超过已收的 ${total} 元` });
      }
      await this.book(manager, task, portions);
      await this.send(manager, task, portionsOf(portions, 'taker'));
      return { message: '结算成功' };
    });
  }

  /** From here on the task is settled: whoever comes second finds it so, and refunds find it too. */
  private async complete(
    manager: EntityManager,
    publisher: number | null,
    id: number,
    publisherFen: number,
    takerFen: number,
  ): Promise<TaskRow> {
    const task = await moveTask(manager, id, 'settle', this.clock.now(), {
      set: 'settled_at = $3, publisher_share_fen = $5, taker_share_fen = $6',
      where: '($7::bigint IS NULL OR publisher_id = $7)',
      values: [publisherFen, takerFen, publisher],
    });
    if (task) return task;
    const found = await maybeRow<Row<TaskEntity, 'status'>>(
      manager,
      'SELECT status FROM task_task WHERE id = $1 AND ($2::bigint IS NULL OR publisher_id = $2)',
      [id, publisher],
    );
    if (!found) throw new BusinessError(404, sentence('task_unknown'));
    throw new BusinessError(
      409,
      sentence(found.status === 'completed' ? 'task_settled' : 'task_not_accepted'),
    );
  }

  /** Paid less what went back or is on its way. Refunds of the task wait for the row that `complete` has changed. */
  private async collected(
    manager: EntityManager,
    taskId: number,
  ): Promise<(Collected & { type: Task.TradeType })[]> {
    const found = await rows<Row<TaskTrade, 'orderId' | 'type'> & { left_fen: number }>(
      manager,
      `SELECT r.order_id, r.type, a.amount_fen - a.refunded_fen - a.reserved_fen AS left_fen
       FROM task_trade r JOIN pay_order_view o ON o.id = r.order_id JOIN pay_attempt_view a ON a.out_trade_no = o.paid_with
       WHERE r.task_id = $1 AND r.outcome = 'counted' ORDER BY r.id`,
      [taskId],
    );
    return found.map((row) => ({
      orderId: row.order_id,
      type: row.type,
      amountFen: fen(row.left_fen),
    }));
  }

  private async book(manager: EntityManager, task: TaskRow, portions: Portion[]): Promise<void> {
    const postings = [
      ...portionsOf(portions, 'publisher').map((portion): Posting => ({
        source: `settle:task:${task.id}:publisher:${portion.orderId}`,
        debit: 'deposit',
        credit: `balance:${task.publisher_id}`,
        amountFen: portion.amountFen,
        orderId: portion.orderId,
      })),
      ...portionsOf(portions, 'platform').map((portion): Posting => ({
        source: `settle:task:${task.id}:platform:${portion.orderId}`,
        debit: 'deposit',
        credit: 'income',
        amountFen: portion.amountFen,
        orderId: portion.orderId,
      })),
    ];
    if (postings.length > 0) await post(manager, postings, this.clock.now());
    const feeFen = sumFen(portionsOf(portions, 'platform').map(({ amountFen }) => amountFen));
    await rows(manager, 'UPDATE task_task SET platform_fee_fen = $2 WHERE id = $1', [task.id, feeFen]);
  }

  private async send(manager: EntityManager, task: TaskRow, portions: Portion[]): Promise<void> {
    const [first] = portions;
    if (!first) return;
    const taker = String(task.taker_id);
    await this.transfers.request(manager, {
      source: `task:${task.id}`,
      orderId: first.orderId,
      gateway: GATEWAY,
      // The service that pays out knows the platform's users.
      payeeId: taker,
      owner: taker,
      from: portions.map(({ orderId, amountFen }) => ({ account: 'deposit', orderId, amountFen })),
      remark: `任务结算：${task.title}`.slice(0, 100).toWellFormed(),
      decided: hostDecider(LINE, 'transfer'),
    });
  }

  async balance(user: HostUser): Promise<Task.Balance> {
    const { id } = taskUser(user);
    const money = await ownedMoney(this.db, LINE, String(id));
    return {
      user_id: id,
      total_income: yuanFromFen(money.incomeFen),
      total_expense: yuanFromFen(money.paidOutFen),
      available_balance: yuanFromFen(money.availableFen),
      frozen_balance: yuanFromFen(money.frozenFen),
    };
  }
}
