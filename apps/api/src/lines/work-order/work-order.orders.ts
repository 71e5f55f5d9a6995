import { Injectable } from '@nestjs/common';
import { rows, type Database } from '@yajin/server';
import { LineOrders, type DescribedOrder } from '../../system/index.js';
import { LINE } from './work-order.options.js';

/** Names the users and services of the work orders' payments on the money pages; what the users are called, only the platform knows. */
@Injectable()
export class WorkOrderOrders extends LineOrders {
  protected readonly line = LINE;

  describe(db: Database, orderIds: number[]): Promise<DescribedOrder[]> {
    return rows<DescribedOrder>(
      db,
      `SELECT p.pay_order_id AS "orderId", NULL::text AS name, p.user_id::text AS "userId", NULL::bigint AS "memberId", s.name AS about,
         o.id::text AS "aboutId"
       FROM work_order_payment p JOIN work_order o ON o.id = p.work_order_id JOIN work_order_service_type s ON s.id = o.service_type_id
       WHERE p.pay_order_id = ANY($1)`,
      [orderIds],
    );
  }

  async called(name: string, most: number): Promise<number[]> {
    if (!/^[1-9]\d{0,14}$/.test(name)) return [];
    const found = await rows<{ id: number }>(
      this.db,
      `SELECT pay_order_id AS id FROM work_order_payment WHERE user_id = $1 LIMIT ${most}`,
      [Number(name)],
    );
    return found.map(({ id }) => id);
  }
}
