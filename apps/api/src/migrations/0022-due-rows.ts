import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Built while the product works. What an interrupted build left behind is dropped and built anew. */
export class DueRows1000000000022 implements MigrationInterface {
  name = 'DueRows1000000000022';
  transaction = false;

  private readonly indexes = {
    pay_order_close: `pay_order (close_at) WHERE status = 'pending'`,
    pay_attempt_due: `pay_attempt (gateway, query_at) WHERE query_at IS NOT NULL`,
    pay_refund_due: `pay_refund (gateway, check_at) WHERE status IN ('pending', 'processing')`,
    camp_refund_approved: `camp_refund (id) WHERE audit_status = 'approved' AND refund_status = 'pending'`,
    pay_transfer_due: `pay_transfer (gateway, check_at) WHERE status IN ('pending', 'processing')`,
  };

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, definition] of Object.entries(this.indexes)) {
      await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`);
      await runner.query(`CREATE INDEX CONCURRENTLY IF NOT EXISTS ${name} ON ${definition}`);
    }
    for (const old of ['pay_order_due', 'pay_attempt_query', 'pay_refund_check', 'pay_transfer_check'])
      await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${old}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(this.indexes))
      await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`);
    await runner.query(`
      CREATE INDEX pay_order_due ON pay_order (expires_at) WHERE status = 'pending';
      CREATE INDEX pay_attempt_query ON pay_attempt (query_at) WHERE state = 'open';
      CREATE INDEX pay_refund_check ON pay_refund (check_at) WHERE status IN ('pending', 'processing');
      CREATE INDEX pay_transfer_check ON pay_transfer (check_at) WHERE status IN ('pending', 'processing');
    `);
  }
}
