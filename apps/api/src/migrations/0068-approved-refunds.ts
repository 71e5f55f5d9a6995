import type { MigrationInterface, QueryRunner } from 'typeorm';

/** SQL: the camps' records `r` that are approved and that the kernel has not heard of. */
const UNHEARD = `r.audit_status = 'approved' AND r.refund_status = 'pending' AND r.member_id IS NOT NULL AND r.source IS NOT NULL
  AND NOT EXISTS (SELECT FROM pay_refund k WHERE k.source = r.source)`;

/**
 * Approving a camp's refund reserves its money in the same transaction. What was approved before, and waited for a job to be handed
 * over, is reserved here, or has failed where too little is left of its payment. Its numbers are as short as any gateway takes them.
 */
export class ApprovedRefunds1000000000068 implements MigrationInterface {
  name = 'ApprovedRefunds1000000000068';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      WITH approved AS (
        SELECT r.id, r.source, r.order_id, r.amount_fen, r.audited_at FROM camp_refund r WHERE ${UNHEARD} ORDER BY r.id FOR UPDATE
      ), held AS (
        SELECT a.out_trade_no, a.gateway, o.line, w.* FROM approved w JOIN pay_order o ON o.id = w.order_id AND o.status = 'paid'
        JOIN pay_attempt a ON a.out_trade_no = o.paid_with AND a.state = 'paid'
        WHERE a.amount_fen - a.refunded_fen - a.reserved_fen - a.moved_fen >= w.amount_fen ORDER BY a.out_trade_no FOR UPDATE OF a
      ), created AS (
        INSERT INTO pay_refund (source, line, gateway, order_id, out_trade_no, amount_fen, reason, check_at, created_at)
        SELECT source, line, gateway, order_id, out_trade_no, amount_fen, '训练营押金退还', now(), coalesce(audited_at, now()) FROM held
        RETURNING id, out_trade_no, amount_fen, created_at
      ), reserved AS (
        UPDATE pay_attempt a SET reserved_fen = a.reserved_fen + c.amount_fen FROM created c WHERE a.out_trade_no = c.out_trade_no
      ) INSERT INTO pay_refund_attempt (out_refund_no, refund_id, created_at)
        SELECT left(replace(gen_random_uuid()::text, '-', ''), 20), id, created_at FROM created;
      WITH failed AS (
        UPDATE camp_refund r SET refund_status = 'failed', fail_code = 'EXCEEDS', fail_message = '可退余额不足' WHERE ${UNHEARD} RETURNING r.id
      ) INSERT INTO sys_alert (key, title, detail)
        SELECT 'camp-refund-exceeds:' || id, '退款金额超过可退余额', 'camp refund ' || id FROM failed ON CONFLICT (key) DO NOTHING;
      -- Every process that could be at one has ended.
      SELECT graphile_worker.force_unlock_workers(array_agg(DISTINCT locked_by)) FROM graphile_worker.jobs
        WHERE task_identifier = 'camp.refunds' AND locked_by IS NOT NULL HAVING count(*) > 0;
      SELECT graphile_worker.complete_jobs(array_agg(id)) FROM graphile_worker.jobs WHERE task_identifier = 'camp.refunds';
    `);
  }

  down(): Promise<void> {
    return Promise.resolve();
  }
}
