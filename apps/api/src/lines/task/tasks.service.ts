import { Injectable } from '@nestjs/common';
import { fenFromYuan, sentence } from '@yajin/core';
import type { Task } from '@yajin/contract/task';
import { reasonInWords } from '@yajin/payment';
import { BusinessError, Clock, conditions, maybeRow, numberedPage, onlyRow, rows } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import { Idempotency, type HostUser, type IdempotencyKey } from '../../system/index.js';
import { TaskRefunds } from './refunds.service.js';
import type { CreateTaskDto, ListTasksQuery, ReviewTaskDto } from './task.dto.js';
import { EXPIRES_MS } from './task.options.js';
import type { TaskEvent } from './task.rules.js';
import { moveTask, ownOnly, presentTask, taskUser, type TaskRow } from './task.rows.js';
import { TaskEntity } from './task.entity.js';

/** An open task is everybody's to see, any other its publisher's and its taker's. */
const VISIBLE = `(t.status = 'open' OR ? IN (t.publisher_id, t.taker_id))`;

/** Tasks, from their creation to the publisher's acceptance. */
@Injectable()
export class TaskService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly refunds: TaskRefunds,
    private readonly idempotency: Idempotency,
  ) {}

  create(user: HostUser, body: CreateTaskDto, key: IdempotencyKey | null): Promise<Task.Task> {
    const now = this.clock.now();
    return this.idempotency.once(key, async (manager) => {
      const row = await onlyRow<TaskRow>(
        manager,
        `INSERT INTO task_task (publisher_id, title, description, publish_fee_fen, take_fee_fen, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6) RETURNING *`,
        [
          taskUser(user).id,
          body.title,
          body.description ?? '',
          fenFromYuan(body.publish_fee),
          fenFromYuan(body.take_fee),
          now,
        ],
      );
      return presentTask(row, now);
    });
  }

  /** Newest first. */
  async list(user: HostUser, query: ListTasksQuery): Promise<Task.TaskPage> {
    const { where, parameters } = conditions([
      ['t.status = ?', query.status],
      [VISIBLE, ownOnly(taskUser(user))],
    ]);
    const { page, page_size } = query;
    const list = { table: 'task_task', alias: 't', where, parameters, anchors: null };
    const { ids, total } = await numberedPage(this.db, list, { page, pageSize: page_size });
    const found = await rows<TaskRow>(
      this.db,
      'SELECT * FROM task_task WHERE id = ANY($1) ORDER BY id DESC',
      [ids],
    );
    const now = this.clock.now();
    return { list: found.map((row) => presentTask(row, now)), total, page, page_size };
  }

  /** @throws BusinessError 404 */
  async get(user: HostUser, id: number): Promise<Task.Task> {
    const { where, parameters } = conditions([
      ['t.id = ?', id],
      [VISIBLE, ownOnly(taskUser(user))],
    ]);
    const row = await maybeRow<TaskRow>(this.db, `SELECT t.* FROM task_task t WHERE ${where}`, parameters);
    if (!row) throw new BusinessError(404, sentence('task_unknown'));
    return presentTask(row, this.clock.now());
  }

  async review(id: number, body: ReviewTaskDto): Promise<Task.Task> {
    const row = await this.db.transaction((manager) => this.decide(manager, id, body));
    return presentTask(row, this.clock.now());
  }

  /** Opens the task, or rejects it and gives the fee back. @throws BusinessError 404, 409 */
  async decide(manager: EntityManager, id: number, { action, reason }: ReviewTaskDto): Promise<TaskRow> {
    const row = await moveTask(manager, id, action, this.clock.now(), {
      set: 'review_reason = $5',
      values: [reason || null],
    });
    if (!row) {
      const found = await manager.existsBy(TaskEntity, { id });
      throw found
        ? new BusinessError(409, sentence('task_not_in_review'))
        : new BusinessError(404, sentence('task_unknown'));
    }
    if (action === 'reject') await this.refunds.giveBackAll(manager, id, reasonInWords('task_rejected'));
    return row;
  }

  /**
   * First come, first served: the task is kept while the fee is paid, and beyond for as long as the gateway may still say
   * that it was. Whoever has it already keeps it.
   * @throws BusinessError 404, 409
   */
  async take(user: HostUser, id: number): Promise<Task.Task> {
    const { id: taker } = taskUser(user);
    const now = this.clock.now();
    const row = await maybeRow<TaskRow>(
      this.db,
      `UPDATE task_task t SET taker_id = $2, updated_at = $3,
         status = CASE WHEN take_fee_fen = 0 THEN 'in_progress' ELSE status END,
         held_until = CASE WHEN take_fee_fen = 0 THEN NULL ELSE $4::timestamptz END
       WHERE id = $1 AND status = 'open' AND publisher_id <> $2 AND (taker_id IS NULL OR held_until <= $3) AND NOT EXISTS (
         SELECT FROM task_trade r JOIN pay_order_view o ON o.id = r.order_id WHERE r.task_id = t.id AND r.type = 'task_take'
           AND (o.status = 'pending' OR (o.status = 'paid' AND r.outcome IS NULL)))
       RETURNING *`,
      [id, taker, now, new Date(now.getTime() + EXPIRES_MS)],
    );
    if (row) return presentTask(row, now);
    const task = await this.get({ ...user, role: 'user' }, id);
    if (task.publisher_id === taker) throw new BusinessError(409, '不能接取自己的任务');
    if (task.status === 'open' && task.taker_id === taker) return task;
    throw new BusinessError(409, '任务已被接取');
  }

  submit(user: HostUser, id: number, result: string): Promise<Task.Task> {
    return this.act(user, id, 'submit', 'taker_id', { set: 'result = $6', values: [result] });
  }

  accept(user: HostUser, id: number): Promise<Task.Task> {
    return this.act(user, id, 'accept', 'publisher_id');
  }

  /** @throws BusinessError 404 for a task in which the user has not this part, 409 */
  private async act(
    user: HostUser,
    id: number,
    event: TaskEvent,
    part: 'publisher_id' | 'taker_id',
    { set = '', values = [] as unknown[] } = {},
  ): Promise<Task.Task> {
    const actor = taskUser(user).id;
    const now = this.clock.now();
    const row = await moveTask(this.db, id, event, now, {
      set,
      where: `${part} = $5`,
      values: [actor, ...values],
    });
    if (row) return presentTask(row, now);
    const sql = `SELECT 1 FROM task_task WHERE id = $1 AND ${part} = $2`;
    throw (await maybeRow(this.db, sql, [id, actor]))
      ? new BusinessError(409)
      : new BusinessError(404, sentence('task_unknown'));
  }
}
