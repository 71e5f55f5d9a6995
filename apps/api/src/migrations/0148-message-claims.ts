import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A message about a refund has one sender at a time. */
export class MessageClaims1000000000148 implements MigrationInterface {
  name = 'MessageClaims1000000000148';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE camp_refund
        ADD notify_until timestamptz; -- real time: whoever sends it has until then; null: nobody does
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE camp_refund DROP notify_until');
  }
}
