import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Money that waits for a person: who sees to it. */
export class Work1000000000089 implements MigrationInterface {
  name = 'Work1000000000089';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE pay_work (
        kind     text NOT NULL,
        ref      bigint NOT NULL,                        -- the id of what it is about
        owner    text NOT NULL,                          -- who took it
        taken_at timestamptz NOT NULL,
        note     text,                                   -- of a notification: what became of it
        done_at  timestamptz,
        PRIMARY KEY (kind, ref),
        CHECK ((note IS NULL) = (done_at IS NULL))
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE pay_work');
  }
}
