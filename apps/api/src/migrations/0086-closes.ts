import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Held shared by whoever posts, and alone by whoever closes a day. */
const LOCK = 7_215_086;

/**
 * Days of the books. A posting belongs to the day on which it happened, or to the first one that is open when that is closed; the trigger
 * says so as it is written, so a closed day stays as it is.
 */
export class Closes1000000000086 implements MigrationInterface {
  name = 'Closes1000000000086';

  async up(runner: QueryRunner): Promise<void> {
    await this.tables(runner);
    await this.days(runner);
  }

  private async tables(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE pay_close (
        day       date PRIMARY KEY,                      -- business time; one follows the other
        closed_by text NOT NULL,
        closed_at timestamptz NOT NULL,
        reason    text                                   -- why it was closed although something was open
      );
      CREATE TABLE pay_close_account (
        day         date NOT NULL REFERENCES pay_close,
        line        text NOT NULL,
        gateway     text NOT NULL,                       -- '': of no payment
        account     text NOT NULL,                       -- people's own together
        opening_fen bigint NOT NULL,                     -- debits less credits
        in_fen      bigint NOT NULL CHECK (in_fen >= 0), -- debits of the day
        out_fen     bigint NOT NULL CHECK (out_fen >= 0),
        closing_fen bigint NOT NULL,
        fee_fen     bigint NOT NULL DEFAULT 0,           -- of clearing: what the gateway keeps of it
        PRIMARY KEY (day, line, gateway, account),
        CHECK (closing_fen = opening_fen + in_fen - out_fen)
      );
      CREATE TABLE pay_close_gateway (
        day            date NOT NULL REFERENCES pay_close,
        gateway        text NOT NULL,
        bill           text,                             -- as pay_bill.state; null: none was asked for
        found          int NOT NULL,                     -- differences of its bill
        open           int NOT NULL,
        difference_fen bigint NOT NULL,                  -- of those that are open: theirs less ours
        PRIMARY KEY (day, gateway)
      );
      -- What a payment of a closed day costs otherwise than was thought.
      CREATE TABLE pay_fee_change (
        id           bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
        day          date NOT NULL,
        line         text NOT NULL,
        gateway      text NOT NULL,
        out_trade_no text NOT NULL,
        fee_fen      bigint NOT NULL
      );
      CREATE INDEX pay_fee_change_day ON pay_fee_change (day);

      CREATE FUNCTION pay_close_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'what is closed is append-only';
      END $$;
      CREATE TRIGGER pay_close_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON pay_close EXECUTE FUNCTION pay_close_is_frozen();
      CREATE TRIGGER pay_close_account_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON pay_close_account EXECUTE FUNCTION pay_close_is_frozen();
      CREATE TRIGGER pay_close_gateway_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON pay_close_gateway EXECUTE FUNCTION pay_close_is_frozen();
      CREATE TRIGGER pay_fee_change_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON pay_fee_change EXECUTE FUNCTION pay_close_is_frozen();
    `);
  }

  private async days(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE pay_ledger ADD day date;               -- null: booked before days were closed

      CREATE FUNCTION pay_ledger_takes_its_day() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_advisory_xact_lock_shared(${LOCK});
        -- A statement of its own: it sees what was closed while the lock was waited for.
        SELECT greatest((least(NEW.at, NEW.effective_at) AT TIME ZONE 'Asia/Shanghai')::date, max(c.day) + 1) INTO NEW.day FROM pay_close c;
        RETURN NEW;
      END $$;
      CREATE TRIGGER pay_ledger_day BEFORE INSERT ON pay_ledger FOR EACH ROW EXECUTE FUNCTION pay_ledger_takes_its_day();

      CREATE FUNCTION pay_fee_changes() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_advisory_xact_lock_shared(${LOCK});
        INSERT INTO pay_fee_change (day, line, gateway, out_trade_no, fee_fen)
        SELECT last.day + 1, l.line, NEW.gateway, NEW.out_trade_no, coalesce(NEW.fee_fen, 0) - coalesce(OLD.fee_fen, 0)
        FROM (SELECT max(c.day) AS day FROM pay_close c) AS last, pay_ledger l
        WHERE l.source = 'payment:' || NEW.out_trade_no
          AND coalesce(l.day, (least(l.at, l.effective_at) AT TIME ZONE 'Asia/Shanghai')::date) <= last.day;
        RETURN NULL;
      END $$;
      CREATE TRIGGER pay_fee_changes AFTER UPDATE OF fee_fen ON pay_attempt FOR EACH ROW
        WHEN (OLD.state = 'paid' AND coalesce(OLD.fee_fen, 0) <> coalesce(NEW.fee_fen, 0)) EXECUTE FUNCTION pay_fee_changes();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER pay_fee_changes ON pay_attempt;
      DROP TRIGGER pay_ledger_day ON pay_ledger;
      DROP FUNCTION pay_fee_changes, pay_ledger_takes_its_day;
      ALTER TABLE pay_ledger DROP day;
      DROP TABLE pay_fee_change, pay_close_gateway, pay_close_account, pay_close;
      DROP FUNCTION pay_close_is_frozen;
    `);
  }
}
