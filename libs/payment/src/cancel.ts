import { maybeRow, type Database } from '@yajin/server';

/**
 * Ends an order before its time, in the caller's transaction: money paid from now on goes back by itself, what was paid
 * before still counts. A job closes it at the gateway, and tells the line that it is closed.
 * @param now business time
 * @returns false when it is not pending any more: paid or closed
 */
export async function cancelOrder(db: Database, orderId: number, now: Date): Promise<boolean> {
  const cancelled = await maybeRow(
    db,
    `WITH ended AS (
       UPDATE pay_order SET expires_at = least(expires_at, $2) WHERE id = $1 AND status = 'pending' RETURNING id
     ) SELECT graphile_worker.add_job('payment.expire', json_build_object('orderId', id), job_key := 'expire:' || id,
                job_key_mode := 'unsafe_dedupe', max_attempts := 1000) FROM ended`,
    [orderId, now],
  );
  return cancelled !== null;
}
