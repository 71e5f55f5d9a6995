import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Consents1000000000058 implements MigrationInterface {
  name = 'Consents1000000000058';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Which privacy notice somebody agreed to with an order; none: the order came without asking. Once the person is
      -- erased it shows that they were asked, and no longer who they were.
      CREATE TABLE camp_consent (
        order_id     bigint NOT NULL REFERENCES pay_order,
        version      text NOT NULL,
        language     text NOT NULL CHECK (language IN ('zh', 'en')),
        consented_at timestamptz NOT NULL,             -- business time, the first one counts
        PRIMARY KEY (order_id, version)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE camp_consent');
  }
}
