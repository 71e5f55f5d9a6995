import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What processes see of the sides they call, and what tells whether a master key is this database's. */
export class CallHealth1000000000102 implements MigrationInterface {
  name = 'CallHealth1000000000102';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sys_call_trouble (
        process   text NOT NULL,
        side      text NOT NULL,
        operation text NOT NULL,
        level     text NOT NULL CHECK (level IN ('degraded', 'down')),
        outcome   text NOT NULL,
        code      text NOT NULL,
        message   text NOT NULL,
        failures  int NOT NULL,                          -- in a row; of a clock, by how many seconds it differs
        seen_at   timestamptz NOT NULL,
        PRIMARY KEY (process, side, operation)
      );
      CREATE TABLE sys_master_key (
        id     int PRIMARY KEY CHECK (id = 1),
        sealed text NOT NULL                             -- a word that everybody knows, by the key in use
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE sys_master_key; DROP TABLE sys_call_trouble');
  }
}
