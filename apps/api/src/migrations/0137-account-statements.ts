import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the merchant's account at each gateway did, day by day, as its statements say it; and what left it for the bank. */
export class AccountStatements1000000000137 implements MigrationInterface {
  name = 'AccountStatements1000000000137';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE pay_statement (
        gateway          text NOT NULL,
        day              date NOT NULL,
        state            text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'complete', 'none', 'broken')),
        reason           text,                           -- why it waits or is broken
        hash             text,                           -- of the movements that were read last; null: none were ever read whole
        row_count        int NOT NULL DEFAULT 0,
        opening_fen      bigint,                         -- null: it does not say, or nothing moved
        closing_fen      bigint,
        in_fen           bigint NOT NULL DEFAULT 0,
        out_fen          bigint NOT NULL DEFAULT 0,
        payment_fen      bigint NOT NULL DEFAULT 0,      -- of each kind: what came in less what went out
        refund_fen       bigint NOT NULL DEFAULT 0,
        fee_fen          bigint NOT NULL DEFAULT 0,      -- what was kept less what was given back
        withdrawal_fen   bigint NOT NULL DEFAULT 0,
        other_fen        bigint NOT NULL DEFAULT 0,
        reads            int NOT NULL DEFAULT 0,         -- whole ones
        failures         int NOT NULL DEFAULT 0,         -- since the last whole one
        check_at         timestamptz,                    -- business time; null: not by itself any more
        read_at          timestamptz,                    -- real time
        PRIMARY KEY (gateway, day)
      );
      CREATE INDEX pay_statement_day ON pay_statement (day DESC, gateway);

      CREATE TABLE pay_movement (
        gateway     text NOT NULL,
        day         date NOT NULL,
        row_no      int NOT NULL,
        kind        text NOT NULL CHECK (kind IN ('payment', 'refund', 'fee', 'fee_returned', 'withdrawal', 'other')),
        said        text NOT NULL,                       -- the gateway's word for it
        at          timestamptz NOT NULL,
        flow_no     text NOT NULL,
        gateway_no  text,                                -- of what caused it
        our_no      text,
        amount_fen  bigint NOT NULL,                     -- in, or less than nothing
        balance_fen bigint,                              -- afterwards
        PRIMARY KEY (gateway, day, row_no),
        UNIQUE (gateway, day, flow_no),
        FOREIGN KEY (gateway, day) REFERENCES pay_statement ON DELETE CASCADE
      );
      CREATE INDEX pay_movement_ours ON pay_movement (gateway, our_no) WHERE our_no IS NOT NULL;
      CREATE INDEX pay_movement_theirs ON pay_movement (gateway, gateway_no) WHERE gateway_no IS NOT NULL;

      -- Statements are read anew; what a person said of a withdrawal stays.
      CREATE TABLE pay_withdrawal (
        id         bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
        gateway    text NOT NULL,
        flow_no    text NOT NULL,
        day        date NOT NULL,                        -- of the statement
        at         timestamptz NOT NULL,
        said       text NOT NULL,
        gateway_no text,
        amount_fen bigint NOT NULL CHECK (amount_fen > 0),
        state      text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'arrived', 'missing')),
        note       text,                                 -- the bank's reference, or what is known
        decided_by text,
        decided_at timestamptz,
        alerted_at timestamptz,                          -- when people were told that nobody had confirmed it
        UNIQUE (gateway, day, flow_no),
        CHECK ((state = 'waiting') = (decided_by IS NULL)),
        CHECK ((decided_by IS NULL) = (decided_at IS NULL))
      );
      CREATE INDEX pay_withdrawal_open ON pay_withdrawal (at) WHERE state <> 'arrived';

      ALTER TABLE pay_difference ADD flow_no text;       -- of the movement that it is about
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE pay_difference DROP flow_no;
      DROP TABLE pay_withdrawal, pay_movement, pay_statement;
    `);
  }
}
