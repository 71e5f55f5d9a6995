import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Transfers1000000000016 implements MigrationInterface {
  name = 'Transfers1000000000016';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Money of ours on its way to somebody: frozen in the books from the start, paid out or given back at the end.
      CREATE TABLE pay_transfer (
        id              bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
        source          text NOT NULL UNIQUE,           -- what asked for it: asking twice is asking once
        line            text NOT NULL,
        subject         text NOT NULL,
        order_id        bigint NOT NULL REFERENCES pay_order, -- whose books it is in
        gateway         text NOT NULL,
        payee_id        text NOT NULL,                  -- who is paid, as the gateway knows them
        owner           text NOT NULL,                  -- whose balance it is
        amount_fen      bigint NOT NULL CHECK (amount_fen > 0),
        remark          text NOT NULL,
        out_transfer_no text NOT NULL UNIQUE,           -- kept until the gateway proves it dead
        past_numbers    text[] NOT NULL DEFAULT '{}',   -- those it proved dead
        state           text NOT NULL DEFAULT 'created' -- of the number
                        CHECK (state IN ('created', 'sending', 'accepted', 'success', 'failed')),
        status          text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'processing', 'success', 'failed')),
        requests        int NOT NULL DEFAULT 0,
        queries         int NOT NULL DEFAULT 0,
        failures        int NOT NULL DEFAULT 0,         -- definite refusals in a row
        retries         int NOT NULL DEFAULT 0,         -- by a person
        fail_code       text,
        fail_message    text,
        transfer_id     text,                           -- the gateway's
        succeeded_at    timestamptz,
        tell_at         timestamptz,                    -- when to tell its line again (real time); null once it took note
        check_at        timestamptz NOT NULL,           -- when the sweeper looks again (real time)
        created_at      timestamptz NOT NULL
      );
      CREATE INDEX pay_transfer_past ON pay_transfer USING gin (past_numbers);
      CREATE INDEX pay_transfer_order ON pay_transfer (order_id);
      CREATE INDEX pay_transfer_tell ON pay_transfer (tell_at) WHERE tell_at IS NOT NULL;
      CREATE INDEX pay_transfer_check ON pay_transfer (check_at) WHERE status IN ('pending', 'processing');

      -- Accounts that are somebody's have a colon in their name.
      CREATE INDEX pay_ledger_debit_owner ON pay_ledger (line, debit) WHERE strpos(debit, ':') > 0;
      CREATE INDEX pay_ledger_credit_owner ON pay_ledger (line, credit) WHERE strpos(credit, ':') > 0;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX pay_ledger_debit_owner, pay_ledger_credit_owner; DROP TABLE pay_transfer');
  }
}
