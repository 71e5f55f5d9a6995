import { rows } from '@yajin/server';
import type { EntityManager } from 'typeorm';
import { after, LEASE } from './times.js';

/** What a delivery is about; see `Outbox`. */
const DELIVERED = { order: 'pay_order', refund: 'pay_refund', transfer: 'pay_transfer' } as const;

/** Whoever asks reads the clock, and then waits for their turn: for so many seconds a delivery may have been taken meanwhile. */
const TURN = 20;
/** What is due within this many seconds may be under way; what is due later was put off. */
export const PUT_OFF_BEYOND = LEASE + TURN;

/** Of what `Wakes` tells once an order's line has heard of it. */
export const orderWake = (orderId: number): string => `order:${orderId}`;

/**
 * Has lines hear of their money now, of what their own failures have put off. What may be under way, or was acknowledged meanwhile, stays.
 * @param wall real time
 * @returns the ids of those that were put off
 */
export async function deliverNow(
  manager: EntityManager,
  what: keyof typeof DELIVERED,
  ids: number[],
  wall: Date,
): Promise<number[]> {
  const found = await rows<{ id: number }>(
    manager,
    `UPDATE ${DELIVERED[what]} SET deliver_at = $2 WHERE id = ANY($1) AND deliver_at > $3 RETURNING id`,
    [ids, wall, after(wall, PUT_OFF_BEYOND)],
  );
  return found.map(({ id }) => id);
}
