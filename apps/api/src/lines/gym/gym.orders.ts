import { Injectable } from '@nestjs/common';
import { rows, type Database } from '@yajin/server';
import { LineOrders, type DescribedOrder } from '../../system/index.js';
import { LINE } from './gym.options.js';

/** Names the members of the gym's orders on the money pages. */
@Injectable()
export class GymOrders extends LineOrders {
  protected readonly line = LINE;

  describe(db: Database, orderIds: number[]): Promise<DescribedOrder[]> {
    return rows<DescribedOrder>(
      db,
      `SELECT p.order_id AS "orderId", m.name, m.user_id AS "userId", m.id AS "memberId", f.name AS about, f.id::text AS "aboutId"
       FROM gym_payment p JOIN gym_member m ON m.id = p.member_id JOIN gym_offer f ON f.id = p.offer_id
       WHERE p.order_id = ANY($1)`,
      [orderIds],
    );
  }

  async called(name: string, most: number): Promise<number[]> {
    const found = await rows<{ id: number }>(
      this.db,
      `SELECT p.order_id AS id FROM gym_payment p WHERE p.member_id IN (
         SELECT m.id FROM gym_member m WHERE grams(m.name) @> grams($1) AND strpos(folded(m.name), folded($1)) > 0
         UNION ALL SELECT m.id FROM gym_member m WHERE m.user_id = $1) LIMIT ${most}`,
      [name],
    );
    return found.map(({ id }) => id);
  }
}
