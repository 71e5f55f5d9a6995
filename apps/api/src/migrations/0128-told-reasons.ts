import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reasons that were written before anybody knew that members read them stay with the operators. */
export class ToldReasons1000000000128 implements MigrationInterface {
  name = 'ToldReasons1000000000128';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE camp_refund ADD reason_told boolean NOT NULL DEFAULT false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE camp_refund DROP reason_told');
  }
}
