import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SyncFailCode1000000000012 implements MigrationInterface {
  name = 'SyncFailCode1000000000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Why the last run failed, as the API says it; \`error\` keeps the words.
      ALTER TABLE camp_sync ADD fail_code int;
      UPDATE camp_sync SET fail_code = CASE WHEN error LIKE '%Cookie%' THEN 1202 ELSE 1203 END WHERE error IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE camp_sync DROP fail_code');
  }
}
