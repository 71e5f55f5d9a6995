import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How often a member has put right which planet id is theirs. */
export class IdCorrections1000000000125 implements MigrationInterface {
  name = 'IdCorrections1000000000125';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE camp_member ADD id_corrections int NOT NULL DEFAULT 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE camp_member DROP id_corrections');
  }
}
