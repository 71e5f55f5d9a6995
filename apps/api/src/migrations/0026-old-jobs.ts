import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Jobs that rows stand for now. */
const GONE = `'payment.refund', 'payment.transfer', 'payment.check', 'payment.expire', 'line.event', 'camp.refund'`;

/** What was still to be done for them falls due at once; whatever was done already is found done. */
export class OldJobs1000000000026 implements MigrationInterface {
  name = 'OldJobs1000000000026';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE pay_refund SET check_at = now() WHERE status IN ('pending', 'processing');
      UPDATE pay_transfer SET check_at = now() WHERE status IN ('pending', 'processing');
      UPDATE pay_order SET tell_at = now() WHERE tell_at IS NOT NULL OR (status = 'closed' AND id IN (
        SELECT (payload ->> 'orderId')::bigint FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
        WHERE t.identifier = 'line.event' AND payload ->> 'type' = 'closed'));
      UPDATE pay_refund SET tell_at = now() WHERE tell_at IS NOT NULL;
      UPDATE pay_transfer SET tell_at = now() WHERE tell_at IS NOT NULL;
      SELECT graphile_worker.complete_jobs(array_agg(id)) FROM graphile_worker.jobs WHERE task_identifier IN (${GONE});
    `);
  }

  down(): Promise<void> {
    return Promise.resolve();
  }
}
