import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SyncResumes1000000000038 implements MigrationInterface {
  name = 'SyncResumes1000000000038';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE camp_sync
        ADD resume_at timestamptz,                     -- a walk that broke off has read what is newer than this; null: none did
        ADD skipped int NOT NULL DEFAULT 0;            -- rows of the last run that were nobody's check-in
      ALTER TABLE camp_sync_task_camp ADD fail_reason text; -- what zsxq said of it
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE camp_sync_task_camp DROP fail_reason;
      ALTER TABLE camp_sync DROP resume_at, DROP skipped;
    `);
  }
}
