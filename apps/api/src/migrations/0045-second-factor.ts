import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SecondFactor1000000000045 implements MigrationInterface {
  name = 'SecondFactor1000000000045';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What an operator's one-time codes follow from, sealed by the application.
      CREATE TABLE sys_totp (
        user_id     bigint PRIMARY KEY REFERENCES sys_user ON DELETE CASCADE,
        sealed      text,                       -- the secret that logins ask for; null: none yet
        since       timestamptz,                -- when it was confirmed
        last_step   bigint NOT NULL DEFAULT 0,  -- the last 30 seconds, since 1970, of which a code was used
        next_sealed text,                       -- a new secret that waits to be confirmed
        next_until  timestamptz,                -- … until then
        CHECK ((sealed IS NULL) = (since IS NULL) AND (next_sealed IS NULL) = (next_until IS NULL))
      );
      -- One row a code that is still good.
      CREATE TABLE sys_recovery_code (
        user_id bigint NOT NULL REFERENCES sys_totp ON DELETE CASCADE,
        hash    bytea NOT NULL,                 -- SHA-256 of 120 random bits
        PRIMARY KEY (user_id, hash)
      );
      -- What was approved in the session while its owner's proof was no longer fresh.
      ALTER TABLE sys_session ADD approved_fen bigint NOT NULL DEFAULT 0;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sys_session DROP approved_fen;
      DROP TABLE sys_recovery_code;
      DROP TABLE sys_totp;
    `);
  }
}
