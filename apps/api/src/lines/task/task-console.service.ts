import { sentence } from '@yajin/core';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Console } from '@yajin/contract/console';
import { BalanceTooLow, RefundNotRetryable, Refunds, TransferNotRetryable, Transfers } from '@yajin/payment';
import { BusinessError, Clock, conditions, maybeRow, numberedPage, onlyRow, rows } from '@yajin/server';
import { DataSource } from 'typeorm';
import { Audit, RefundRetries, type Operator } from '../../system/index.js';
import type {
  ReviewTaskItemDto,
  SettlementQuery,
  TaskItemQuery,
  TaskRefundQuery,
} from './task-console.dto.js';
import {
  presentItem,
  presentRefundItem,
  presentSettlement,
  REFUND_ITEMS,
  SETTLEMENTS,
  type RefundItemRow,
  type SettlementRow,
} from './task-console.presenter.js';
import type { TaskRow } from './task.rows.js';
import { TaskService } from './tasks.service.js';

interface Page {
  page: number;
  pageSize: number;
}

/** Tasks, their settlements and refunds, as operators see them. */
@Injectable()
export class TaskConsoleService implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly tasks: TaskService,
    private readonly kernelTransfers: Transfers,
    private readonly kernelRefunds: Refunds,
    private readonly retries: RefundRetries,
  ) {}

  onModuleInit(): void {
    this.retries.register('task', async (operator, source) => {
      const sql = `${REFUND_ITEMS} WHERE f.source = $1`;
      const refund = await maybeRow<RefundItemRow>(this.db, sql, [source]);
      if (refund) await this.retryRefund(operator, refund.id);
      return refund !== null;
    });
  }

  /** Newest first. */
  async list(query: TaskItemQuery): Promise<Console.TaskItemPage> {
    const filter = conditions([
      ['x.status = ?', query.status],
      [
        `(strpos(folded(x.title), folded(?)) > 0 OR x.publisher_id::text = ? OR x.taker_id::text = ?)`,
        query.keyword || null,
      ],
      ['(x.publisher_id = ? OR x.taker_id = ?)', query.userId],
    ]);
    const now = this.clock.now();
    const sql = 'SELECT * FROM task_task';
    return this.page<TaskRow, Console.TaskItem>(sql, filter, query, (row) => presentItem(row, now));
  }

  /** A task with its settlement and its refunds, as of one moment. @throws BusinessError 404 */
  detail(id: number): Promise<Console.TaskItemDetail> {
    return this.db.transaction('REPEATABLE READ', async (manager) => {
      const row = await maybeRow<TaskRow>(manager, 'SELECT * FROM task_task WHERE id = $1', [id]);
      if (!row) throw new BusinessError(404);
      const settled = await maybeRow<SettlementRow>(
        manager,
        `SELECT x.* FROM (${SETTLEMENTS}) AS x WHERE x.id = $1`,
        [id],
      );
      const refunds = await rows<RefundItemRow>(
        manager,
        `${REFUND_ITEMS} WHERE f.task_id = $1 ORDER BY f.id DESC`,
        [id],
      );
      return {
        task: presentItem(row, this.clock.now()),
        settlement: settled && presentSettlement(settled),
        refunds: refunds.map(presentRefundItem),
      };
    });
  }

  /** @throws BusinessError 404, 409 unless it waits for review */
  review(operator: Operator, id: number, body: ReviewTaskItemDto): Promise<Console.TaskItem> {
    return this.db.transaction(async (manager) => {
      const row = await this.tasks.decide(manager, id, body);
      await this.audit.record(manager, operator, {
        action: 'task.review',
        target: ['task', id],
        before: { status: 'pending_review' },
        after: { status: row.status, reason: row.review_reason },
      });
      return presentItem(row, this.clock.now());
    });
  }

  /** Settled tasks, newest task first. */
  settlements(query: SettlementQuery): Promise<Console.TaskSettlementPage> {
    const filter = conditions([['x.transfer_status = ?', query.transferStatus]]);
    return this.page<SettlementRow, Console.TaskSettlement>(SETTLEMENTS, filter, query, presentSettlement);
  }

  /** @throws BusinessError 404, 409 unless the transfer has definitely failed and the taker's balance covers it */
  async retryTransfer(operator: Operator, id: number): Promise<Console.TaskSettlement> {
    return this.db.transaction(async (manager) => {
      const sql = `SELECT x.* FROM (${SETTLEMENTS}) AS x WHERE x.transfer_id = $1`;
      const before = await maybeRow<SettlementRow>(manager, sql, [id]);
      if (!before) throw new BusinessError(404);
      await this.kernelTransfers.retry(manager, id).catch((error: unknown) => {
        if (error instanceof BalanceTooLow) throw new BusinessError(409, sentence('taker_balance_low'));
        if (error instanceof TransferNotRetryable)
          throw new BusinessError(409, sentence('only_failed_transfers'));
        throw error;
      });
      const after = await onlyRow<SettlementRow>(manager, sql, [id]);
      await this.audit.record(manager, operator, {
        action: 'task.transfer_retry',
        target: ['task', before.id],
        before: { transferStatus: before.transfer_status, failMessage: before.fail_message },
        after: { transferStatus: after.transfer_status, retries: after.retries },
      });
      return presentSettlement(after);
    });
  }

  /** Newest first, those that the system began too. */
  refunds(query: TaskRefundQuery): Promise<Console.TaskRefundPage> {
    const filter = conditions([['x.status = ?', query.status]]);
    return this.page<RefundItemRow, Console.TaskRefund>(REFUND_ITEMS, filter, query, presentRefundItem);
  }

  /** @throws BusinessError 404, 409 unless the refund has definitely failed */
  async retryRefund(operator: Operator, id: number): Promise<Console.TaskRefund> {
    return this.db.transaction(async (manager) => {
      const sql = `${REFUND_ITEMS} WHERE f.id = $1`;
      const before = await maybeRow<RefundItemRow>(manager, sql, [id]);
      if (!before) throw new BusinessError(404);
      await this.kernelRefunds.retry(manager, before.kernel_id).catch((error: unknown) => {
        throw error instanceof RefundNotRetryable
          ? new BusinessError(409, sentence('only_failed_refunds'))
          : error;
      });
      const after = await onlyRow<RefundItemRow>(manager, sql, [id]);
      await this.audit.record(manager, operator, {
        action: 'task.refund_retry',
        target: ['task_refund', id],
        before: { status: before.status, failMessage: before.fail_message },
        after: { status: after.status },
      });
      return presentRefundItem(after);
    });
  }

  /** @param sql what is listed, by its `id`; the filter speaks of it as `x` */
  private async page<Row, Shown>(
    sql: string,
    { where, parameters }: { where: string; parameters: unknown[] },
    { page, pageSize }: Page,
    present: (row: Row) => Shown,
  ): Promise<{ list: Shown[]; total: number; totalPages: number } & Page> {
    const list = { table: `(${sql})`, alias: 'x', where, parameters, anchors: null };
    const { ids, total } = await numberedPage(this.db, list, { page, pageSize });
    const found = await rows<Row>(
      this.db,
      `SELECT x.* FROM (${sql}) AS x WHERE x.id = ANY($1) ORDER BY x.id DESC`,
      [ids],
    );
    return { list: found.map(present), total, page, pageSize, totalPages: Math.ceil(total / pageSize) };
  }
}
