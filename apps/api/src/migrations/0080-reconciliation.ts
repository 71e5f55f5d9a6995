import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What gateways' bills say, as it was read, and how it differs from our books. */
export class Reconciliation1000000000080 implements MigrationInterface {
  name = 'Reconciliation1000000000080';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Those of before were asked for once, for their fees: they are read again only by npm run reconcile.
      ALTER TABLE pay_bill
        ADD state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'complete', 'none', 'broken')),
        ADD reason       text,                           -- why it waits or is broken
        ADD hash         text,                           -- of the rows that were read last; null: none were ever read whole
        ADD row_count    int NOT NULL DEFAULT 0,
        ADD paid_fen     bigint NOT NULL DEFAULT 0,
        ADD refunded_fen bigint NOT NULL DEFAULT 0,
        ADD fee_fen      bigint,
        ADD reads        int NOT NULL DEFAULT 0,         -- whole ones
        ADD failures     int NOT NULL DEFAULT 0,         -- since the last whole one
        ADD check_at     timestamptz,                    -- business time; null: not by itself any more
        ADD read_at      timestamptz;                    -- real time

      CREATE TABLE pay_bill_row (
        gateway           text NOT NULL,
        day               date NOT NULL,
        row_no            int NOT NULL,
        entry             text NOT NULL CHECK (entry IN ('payment', 'refund')),
        at                timestamptz NOT NULL,
        out_trade_no      text NOT NULL,
        transaction_id    text NOT NULL,
        out_refund_no     text,
        gateway_refund_id text,
        amount_fen        bigint NOT NULL,
        fee_fen           bigint,
        PRIMARY KEY (gateway, day, row_no),
        FOREIGN KEY (gateway, day) REFERENCES pay_bill ON DELETE CASCADE
      );
      CREATE INDEX pay_bill_row_trade ON pay_bill_row (gateway, out_trade_no);

      CREATE TABLE pay_difference (
        id            bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
        gateway       text NOT NULL,
        day           date NOT NULL,                     -- of the bill that shows it
        key           text NOT NULL,                     -- what it is about: found once
        kind          text NOT NULL,
        out_trade_no  text NOT NULL,
        out_refund_no text,
        transaction_id text,
        ours_fen      bigint,                            -- null: nothing of ours
        theirs_fen    bigint,                            -- null: nothing of theirs
        state         text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'resolved')),
        owner         text,                              -- who sees to it
        decision      text CHECK (decision IN ('explained', 'corrected', 'accepted', 'not_ours')),
        note          text,
        found_at      timestamptz NOT NULL,
        resolved_by   text,
        resolved_at   timestamptz,
        UNIQUE (gateway, key),
        CHECK ((state = 'resolved') = (decision IS NOT NULL)),
        CHECK ((state = 'resolved') = (resolved_at IS NOT NULL))
      );
      CREATE INDEX pay_difference_open ON pay_difference (id DESC) WHERE state = 'open';
      CREATE INDEX pay_difference_day ON pay_difference (gateway, day);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE pay_difference, pay_bill_row;
      ALTER TABLE pay_bill DROP state, DROP reason, DROP hash, DROP row_count, DROP paid_fen, DROP refunded_fen, DROP fee_fen,
        DROP reads, DROP failures, DROP check_at, DROP read_at;
    `);
  }
}
