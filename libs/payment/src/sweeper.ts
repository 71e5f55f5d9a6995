import { rows } from '@yajin/server';
import type { DataSource } from 'typeorm';

const BATCH = 1000;

/**
 * Orders whose time is up become jobs. Run as often as wanted: one order is one job, and one that waits after a
 * failure goes on waiting.
 * @param now business time
 */
export async function enqueueExpired(db: DataSource, now: Date): Promise<number> {
  const due = await rows(
    db,
    `WITH due AS (SELECT id FROM pay_order WHERE status = 'pending' AND expires_at <= $1 ORDER BY expires_at LIMIT ${BATCH})
     SELECT graphile_worker.add_job('payment.expire', json_build_object('orderId', id), job_key := 'expire:' || id,
              job_key_mode := 'unsafe_dedupe', max_attempts := 1000) FROM due`,
    [now],
  );
  return due.length;
}

/**
 * What a line has not taken note of for minutes (its job failed too often, or was lost) is told again. Its
 * handler is idempotent, so telling it twice does no harm.
 */
export async function enqueueUntold(db: DataSource): Promise<number> {
  const told = await rows(
    db,
    `WITH orders AS (
       UPDATE pay_order SET tell_at = now() + interval '10 minutes'
       WHERE id IN (SELECT id FROM pay_order WHERE tell_at <= now() ORDER BY tell_at LIMIT ${BATCH}) RETURNING id
     ), refunds AS (
       UPDATE pay_refund SET tell_at = now() + interval '10 minutes'
       WHERE id IN (SELECT id FROM pay_refund WHERE tell_at <= now() ORDER BY tell_at LIMIT ${BATCH}) RETURNING id
     ), transfers AS (
       UPDATE pay_transfer SET tell_at = now() + interval '10 minutes'
       WHERE id IN (SELECT id FROM pay_transfer WHERE tell_at <= now() ORDER BY tell_at LIMIT ${BATCH}) RETURNING id
     )
     SELECT graphile_worker.add_job('line.event', json_build_object('type', 'paid', 'orderId', id)) FROM orders
     UNION ALL
     SELECT graphile_worker.add_job('line.event', json_build_object('type', 'refund', 'refundId', id)) FROM refunds
     UNION ALL
     SELECT graphile_worker.add_job('line.event', json_build_object('type', 'transfer', 'transferId', id)) FROM transfers`,
  );
  return told.length;
}

/**
 * Whatever has been in a middle state for too long becomes a job that asks the gateway: payments whose
 * notification may be lost, and refunds and transfers whose own job is gone.
 */
export async function enqueueUnclear(db: DataSource): Promise<number> {
  const payments = await rows(
    db,
    `WITH due AS (
       SELECT out_trade_no FROM pay_attempt WHERE state = 'open' AND query_at <= now() ORDER BY query_at LIMIT ${BATCH}
     ) SELECT graphile_worker.add_job('payment.check', json_build_object('outTradeNo', out_trade_no),
                job_key := 'check:' || out_trade_no, job_key_mode := 'preserve_run_at') FROM due`,
  );
  const refunds = await rows(
    db,
    `WITH due AS (
       UPDATE pay_refund SET check_at = now() + interval '10 minutes'
       WHERE id IN (SELECT id FROM pay_refund WHERE status IN ('pending', 'processing') AND check_at <= now()
                    ORDER BY check_at LIMIT ${BATCH})
       RETURNING id
     ) SELECT graphile_worker.add_job('payment.refund', json_build_object('refundId', id), job_key := 'refund:' || id,
                job_key_mode := 'preserve_run_at') FROM due`,
  );
  const transfers = await rows(
    db,
    `WITH due AS (
       UPDATE pay_transfer SET check_at = now() + interval '10 minutes'
       WHERE id IN (SELECT id FROM pay_transfer WHERE status IN ('pending', 'processing') AND check_at <= now()
                    ORDER BY check_at LIMIT ${BATCH})
       RETURNING id
     ) SELECT graphile_worker.add_job('payment.transfer', json_build_object('transferId', id), job_key := 'transfer:' || id,
                job_key_mode := 'preserve_run_at') FROM due`,
  );
  return payments.length + refunds.length + transfers.length;
}
