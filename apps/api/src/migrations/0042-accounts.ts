import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Accounts1000000000042 implements MigrationInterface {
  name = 'Accounts1000000000042';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Somebody else knows the password: its owner sets another one before anything else.
      ALTER TABLE sys_user ADD must_change boolean NOT NULL DEFAULT false;
      ALTER TABLE sys_session
        ADD seen_at    timestamptz NOT NULL DEFAULT now(), -- the last request, give or take a minute
        ADD fresh_at   timestamptz NOT NULL DEFAULT now(), -- when its owner last proved who they are
        ADD ip         text,                               -- where it began
        ADD user_agent text;                               -- with what
      UPDATE sys_session SET fresh_at = created_at;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sys_session DROP seen_at, DROP fresh_at, DROP ip, DROP user_agent;
      ALTER TABLE sys_user DROP must_change;
    `);
  }
}
