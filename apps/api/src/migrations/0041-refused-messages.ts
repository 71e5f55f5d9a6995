import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RefusedMessages1000000000041 implements MigrationInterface {
  name = 'RefusedMessages1000000000041';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE camp_refund
        ADD notify_code     text,        -- what WeChat said instead of taking the last message to the member
        ADD notify_message  text,
        ADD notify_tried_at timestamptz; -- business time
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE camp_refund DROP notify_code, DROP notify_message, DROP notify_tried_at');
  }
}
