import type { MigrationInterface, QueryRunner } from 'typeorm';

export class People1000000000002 implements MigrationInterface {
  name = 'People1000000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sys_user (
        id            bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
        username      text NOT NULL UNIQUE,
        password_hash text NOT NULL,
        real_name     text NOT NULL,
        role          text NOT NULL CHECK (role IN ('admin', 'manager', 'coach', 'volunteer')),
        status        text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'disabled')),
        last_login_at timestamptz,
        created_at    timestamptz NOT NULL
      );

      -- A login. Its token is good for as long as the row is here.
      CREATE TABLE sys_session (
        id         uuid PRIMARY KEY,
        user_id    bigint NOT NULL REFERENCES sys_user ON DELETE CASCADE,
        expires_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX sys_session_user ON sys_session (user_id);
      CREATE INDEX sys_session_expiry ON sys_session (expires_at);

      CREATE TABLE sys_config (
        key        text PRIMARY KEY,
        value      text NOT NULL,                      -- sealed when the key is a secret
        updated_at timestamptz NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE sys_config, sys_session, sys_user');
  }
}
