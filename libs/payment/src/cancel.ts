import { maybeRow, type Clock, type Database } from '@yajin/server';

/**
 * Ends an order before its time, in the caller's transaction: money paid from now on goes back by itself, what was paid
 * before still counts. It is closed at the gateway at once, and its line hears of it when it is.
 * @returns false when it is not pending any more: paid or closed
 */
export async function cancelOrder(db: Database, orderId: number, clock: Clock): Promise<boolean> {
  const cancelled = await maybeRow(
    db,
    `UPDATE pay_order SET expires_at = least(expires_at, $2), close_at = $3, close_tries = 0 WHERE id = $1 AND status = 'pending'
     RETURNING id`,
    [orderId, clock.now(), clock.wall()],
  );
  return cancelled !== null;
}
