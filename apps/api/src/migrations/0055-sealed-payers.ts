import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SealedPayers1000000000055 implements MigrationInterface {
  name = 'SealedPayers1000000000055';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE pay_order ADD payer_index text;
      ALTER TABLE pay_attempt ADD payer_index text;
      COMMENT ON COLUMN pay_order.payer_id IS 'sealed by the application; in clear only where payer_index is null, until it has been sealed too';
      COMMENT ON COLUMN pay_attempt.payer_id IS 'who must pay, where the scene says so; then who paid; sealed as in pay_order';
      -- The order has it.
      ALTER TABLE camp_member DROP payer_id;

      -- How far what goes over old rows has come, a line each.
      CREATE TABLE sys_retention (
        name      text PRIMARY KEY,
        cursor    bigint NOT NULL DEFAULT 0,           -- the last row that was gone over, where it goes by id
        finished  boolean NOT NULL DEFAULT false,      -- nothing is left, and nothing comes after
        total     bigint NOT NULL DEFAULT 0,           -- rows changed so far
        last      bigint NOT NULL DEFAULT 0,           -- … and by the last run
        ran_at    timestamptz NOT NULL                 -- real time
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE sys_retention;
      ALTER TABLE camp_member ADD payer_id text;
      ALTER TABLE pay_attempt DROP payer_index;
      ALTER TABLE pay_order DROP payer_index;
    `);
  }
}
