import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Idempotency1000000000006 implements MigrationInterface {
  name = 'Idempotency1000000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What was answered to a request that carried an Idempotency-Key, so that its repeat gets the same.
      CREATE TABLE sys_idempotency (
        scope      text NOT NULL,                      -- the route and who called it
        key        uuid NOT NULL,
        body_hash  bytea NOT NULL,
        answer     jsonb,                              -- null while the first request is still at work
        created_at timestamptz NOT NULL DEFAULT now(), -- real time
        PRIMARY KEY (scope, key)
      );
      CREATE INDEX sys_idempotency_age ON sys_idempotency (created_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE sys_idempotency');
  }
}
