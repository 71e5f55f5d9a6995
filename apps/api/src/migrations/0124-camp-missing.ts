import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Drafts may lack anything: what is missing is named, and placeholders stand in its columns. */
export class CampMissing1000000000124 implements MigrationInterface {
  name = 'CampMissing1000000000124';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE camp ADD missing text[] NOT NULL DEFAULT '{}',
        ADD CONSTRAINT camp_complete CHECK (status = 'draft' OR missing = '{}')
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE camp DROP missing');
  }
}
