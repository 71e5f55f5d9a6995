import { rows } from '@yajin/server';
import type { EntityManager } from 'typeorm';

/**
 * Takes out what the line keeps of orders that were never paid, consents included: nothing of what they were given for is left. Whoever is at
 * an order just now, or holds a ticket to it, keeps it. The kernel holds the orders.
 * @param wall real time
 * @returns those that are gone
 */
export async function letOrdersGo(manager: EntityManager, orderIds: number[], wall: Date): Promise<number[]> {
  const found = await rows<{ id: number }>(
    manager,
    `SELECT c.order_id AS id FROM camp_order c WHERE c.order_id = ANY($1) AND c.outcome IS NULL
       AND NOT EXISTS (SELECT FROM camp_member m WHERE m.order_id = c.order_id)
       AND NOT EXISTS (SELECT FROM camp_unallocated u WHERE u.order_id = c.order_id)
       AND NOT EXISTS (SELECT FROM camp_refund r WHERE r.order_id = c.order_id)
       AND NOT EXISTS (SELECT FROM camp_ticket t WHERE t.order_id = c.order_id AND t.expires_at > $2)
     ORDER BY c.order_id FOR UPDATE OF c SKIP LOCKED`,
    [orderIds, wall],
  );
  const ids = found.map(({ id }) => id);
  await rows(manager, 'DELETE FROM camp_ticket WHERE order_id = ANY($1)', [ids]);
  await rows(manager, 'DELETE FROM camp_consent WHERE order_id = ANY($1)', [ids]);
  await rows(manager, 'DELETE FROM camp_order WHERE order_id = ANY($1)', [ids]);
  return ids;
}
