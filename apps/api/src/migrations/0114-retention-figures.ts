import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether what is let go every night was, and how much of it is left. */
export class RetentionFigures1000000000114 implements MigrationInterface {
  name = 'RetentionFigures1000000000114';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sys_retention
        ADD waiting bigint,                              -- null where nobody counts
        ADD failed  boolean NOT NULL DEFAULT false
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sys_retention DROP waiting, DROP failed');
  }
}
