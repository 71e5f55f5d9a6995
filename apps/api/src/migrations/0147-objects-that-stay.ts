import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An object that the store does not delete keeps none behind it from being deleted. */
export class ObjectsThatStay1000000000147 implements MigrationInterface {
  name = 'ObjectsThatStay1000000000147';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sys_upload_object
        ADD tries  int NOT NULL DEFAULT 0,   -- how often the store has not deleted it
        ADD try_at timestamptz;              -- not tried again before; null: at once
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sys_upload_object DROP tries, DROP try_at');
  }
}
