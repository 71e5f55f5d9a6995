import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The time in which a decision about a refund can be taken back. */
export class RefundGrace1000000000120 implements MigrationInterface {
  name = 'RefundGrace1000000000120';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE pay_refund ADD not_before timestamptz;           -- never sent before then; real time
      ALTER TABLE camp_refund
        ADD execute_after timestamptz,                             -- from when the decision takes effect; business time
        ADD undo_until    timestamptz                              -- real time; null once it stands
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE pay_refund DROP not_before;
      ALTER TABLE camp_refund DROP execute_after, DROP undo_until
    `);
  }
}
