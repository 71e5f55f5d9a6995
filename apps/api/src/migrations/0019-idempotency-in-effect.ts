import type { MigrationInterface, QueryRunner } from 'typeorm';

export class IdempotencyInEffect1000000000019 implements MigrationInterface {
  name = 'IdempotencyInEffect1000000000019';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A key is written in the transaction of its effect, with what came of it. An answer of before is a result as well:
      -- whoever finished in a step of its own finds the answer and takes no step again.
      DELETE FROM sys_idempotency WHERE answer IS NULL;
      ALTER TABLE sys_idempotency ADD COLUMN result jsonb;
      UPDATE sys_idempotency SET result = answer;
      ALTER TABLE sys_idempotency ALTER COLUMN result SET NOT NULL;
      COMMENT ON COLUMN sys_idempotency.answer IS 'the answer, where it was made after the commit';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE sys_idempotency SET answer = coalesce(answer, result);
      ALTER TABLE sys_idempotency DROP COLUMN result;
      COMMENT ON COLUMN sys_idempotency.answer IS NULL;
    `);
  }
}
