import { Injectable } from '@nestjs/common';
import { rows, type Database } from '@yajin/server';
import { LineOrders, type DescribedOrder } from '../../system/index.js';
import { LINE } from './task.options.js';

/** Names the users and tasks of the tasks' orders on the money pages; what the users are called, only the platform knows. */
@Injectable()
export class TaskOrders extends LineOrders {
  protected readonly line = LINE;

  describe(db: Database, orderIds: number[]): Promise<DescribedOrder[]> {
    return rows<DescribedOrder>(
      db,
      `SELECT r.order_id AS "orderId", NULL::text AS name, r.user_id::text AS "userId", NULL::bigint AS "memberId", t.title AS about, t.id::text AS "aboutId"
       FROM task_trade r JOIN task_task t ON t.id = r.task_id WHERE r.order_id = ANY($1)`,
      [orderIds],
    );
  }

  async called(name: string, most: number): Promise<number[]> {
    if (!/^[1-9]\d{0,14}$/.test(name)) return [];
    const found = await rows<{ id: number }>(
      this.db,
      `SELECT order_id AS id FROM task_trade WHERE user_id = $1 LIMIT ${most}`,
      [Number(name)],
    );
    return found.map(({ id }) => id);
  }
}
