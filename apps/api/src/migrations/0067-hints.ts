import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Hints1000000000067 implements MigrationInterface {
  name = 'Hints1000000000067';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- When the gateway was last asked because somebody unknown said that there was news (real time).
      ALTER TABLE pay_order ADD COLUMN hinted_at timestamptz;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE pay_order DROP COLUMN hinted_at');
  }
}
