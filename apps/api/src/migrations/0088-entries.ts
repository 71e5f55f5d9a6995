import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Entries by hand: one person proposes, another one posts. */
export class Entries1000000000088 implements MigrationInterface {
  name = 'Entries1000000000088';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE pay_entry (
        id          bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
        order_id    bigint NOT NULL REFERENCES pay_order,
        debit       text NOT NULL,
        credit      text NOT NULL,
        amount_fen  bigint NOT NULL CHECK (amount_fen > 0),
        reason      text NOT NULL,
        evidence    text NOT NULL,
        reverses    bigint REFERENCES pay_entry,
        state       text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'posted', 'refused')),
        proposed_by text NOT NULL,
        proposed_at timestamptz NOT NULL,
        decided_by  text,
        decided_at  timestamptz,
        note        text,                              -- why it was refused
        CHECK (debit <> credit),
        CHECK ((state = 'proposed') = (decided_by IS NULL)),
        CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
        CHECK (state <> 'posted' OR decided_by <> proposed_by)
      );
      CREATE UNIQUE INDEX pay_entry_reversed ON pay_entry (reverses) WHERE state <> 'refused';
      CREATE INDEX pay_entry_proposed ON pay_entry (id) WHERE state = 'proposed';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE pay_entry');
  }
}
