import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PayLists1000000000018 implements MigrationInterface {
  name = 'PayLists1000000000018';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The console lists orders newest first, of one line or of all.
      CREATE INDEX pay_order_created ON pay_order (created_at, id);
      CREATE INDEX pay_order_line ON pay_order (line, created_at, id);
      CREATE INDEX pay_refund_line ON pay_refund (line, id);
      CREATE INDEX pay_notification_subject ON pay_notification (subject_no);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP INDEX pay_order_created, pay_order_line, pay_refund_line, pay_notification_subject',
    );
  }
}
