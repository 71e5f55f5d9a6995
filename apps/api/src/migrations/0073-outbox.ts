import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['pay_order', 'pay_refund', 'pay_transfer'];

/** What a line has yet to hear of stands in the row itself: its outbox. */
export class Outbox1000000000073 implements MigrationInterface {
  name = 'Outbox1000000000073';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES)
      await runner.query(`
        ALTER TABLE ${table} RENAME COLUMN tell_at TO deliver_at;
        ALTER TABLE ${table} RENAME COLUMN tell_tries TO delivery_tries;
        ALTER INDEX ${table}_tell RENAME TO ${table}_deliver;
      `);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES)
      await runner.query(`
        ALTER TABLE ${table} RENAME COLUMN deliver_at TO tell_at;
        ALTER TABLE ${table} RENAME COLUMN delivery_tries TO tell_tries;
        ALTER INDEX ${table}_deliver RENAME TO ${table}_tell;
      `);
  }
}
