import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ErasedCheckins1000000000057 implements MigrationInterface {
  name = 'ErasedCheckins1000000000057';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The text and the person are gone, at the person's wish. The post's number stays, so that no sync brings them back.
      ALTER TABLE camp_checkin ADD erased boolean NOT NULL DEFAULT false;
      -- Of the member, the order and what gateways told of it nobody can be told any more.
      ALTER TABLE camp_order ADD erased_at timestamptz;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE camp_order DROP erased_at; ALTER TABLE camp_checkin DROP erased');
  }
}
