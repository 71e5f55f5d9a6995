import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Uploads1000000000009 implements MigrationInterface {
  name = 'Uploads1000000000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Posters and group codes, re-encoded. A few hundred kilobytes each and few of them: here every replica and
      -- every backup has them.
      CREATE TABLE sys_upload (
        name         text PRIMARY KEY,                 -- random
        content_type text NOT NULL,
        bytes        bytea NOT NULL,
        width        int NOT NULL,
        height       int NOT NULL,
        user_id      bigint REFERENCES sys_user,
        created_at   timestamptz NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE sys_upload');
  }
}
