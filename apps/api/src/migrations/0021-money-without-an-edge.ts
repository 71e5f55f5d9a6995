import type { MigrationInterface, QueryRunner } from 'typeorm';

export class MoneyWithoutAnEdge1000000000021 implements MigrationInterface {
  name = 'MoneyWithoutAnEdge1000000000021';

  async up(runner: QueryRunner): Promise<void> {
    await this.dueTimes(runner);
    await this.money(runner);
    await this.owners(runner);
    await runner.query(`
      -- What needs a person: told once a day however often it comes up.
      CREATE TABLE sys_alert (
        key       text PRIMARY KEY,                    -- what it is about
        title     text NOT NULL,                       -- Chinese
        detail    text NOT NULL,                       -- English, without personal data
        times     int NOT NULL DEFAULT 1,
        raised_at timestamptz NOT NULL DEFAULT now(),
        last_at   timestamptz NOT NULL DEFAULT now(),
        pushed_at timestamptz NOT NULL DEFAULT now()
      );
    `);
  }

  /** What is to be done next, and when, stands in the row that it is about. */
  private async dueTimes(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE pay_order
        ADD close_at timestamptz NOT NULL DEFAULT now(),  -- not before then its expiry is looked at (real time)
        ADD close_tries int NOT NULL DEFAULT 0,
        ADD tell_tries int NOT NULL DEFAULT 0;
      ALTER TABLE pay_attempt
        ADD dies_at timestamptz;                          -- until then what the payer was given can be paid (business time)
      ALTER TABLE pay_refund
        ADD gateway text,
        ADD sent_at timestamptz,                          -- when it was first sent (real time)
        ADD tell_tries int NOT NULL DEFAULT 0;
      UPDATE pay_refund r SET gateway = a.gateway FROM pay_attempt a WHERE a.out_trade_no = r.out_trade_no;
      ALTER TABLE pay_refund ALTER gateway SET NOT NULL;
      ALTER TABLE pay_transfer
        ADD sent_at timestamptz,
        ADD tell_tries int NOT NULL DEFAULT 0;
      UPDATE pay_transfer SET sent_at = created_at WHERE state IN ('sending', 'accepted');
      UPDATE pay_refund SET sent_at = created_at WHERE status = 'processing';
      UPDATE pay_attempt a SET dies_at = o.expires_at + interval '15 minutes' FROM pay_order o WHERE o.id = a.order_id AND a.state = 'open';
      -- A closed or paid number is asked about no more.
      UPDATE pay_attempt SET query_at = NULL WHERE state IN ('closed', 'paid') AND query_at IS NOT NULL;
    `);
  }

  private async money(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE pay_attempt
        ADD moved_fen bigint NOT NULL DEFAULT 0 CHECK (moved_fen >= 0), -- earned, or somebody's balance by now: not to be refunded
        ADD fee_fen bigint CHECK (fee_fen >= 0),           -- what the gateway keeps for itself, as far as it is known
        ADD fee_from text CHECK (fee_from IN ('rate', 'bill'));
      UPDATE pay_attempt a SET moved_fen = moved.fen FROM (
        SELECT order_id, sum(CASE WHEN debit = 'deposit' THEN amount_fen ELSE -amount_fen END) AS fen FROM pay_ledger
        WHERE (debit = 'deposit' AND credit <> 'clearing') OR (credit = 'deposit' AND debit NOT IN ('clearing', 'unallocated'))
        GROUP BY order_id
      ) AS moved JOIN pay_order o ON o.id = moved.order_id WHERE a.out_trade_no = o.paid_with AND moved.fen > 0;
      ALTER TABLE pay_attempt DROP CONSTRAINT pay_attempt_check;
      ALTER TABLE pay_attempt ADD CONSTRAINT pay_attempt_not_overdrawn
        CHECK (refunded_fen + reserved_fen + moved_fen <= amount_fen) NOT VALID;
      ALTER TABLE pay_attempt DROP CONSTRAINT pay_attempt_held_in_check;
      ALTER TABLE pay_attempt ADD CONSTRAINT pay_attempt_held_in_check
        CHECK (held_in IN ('deposit', 'surplus', 'unallocated', 'suspense')) NOT VALID;
      ALTER TABLE pay_attempt VALIDATE CONSTRAINT pay_attempt_not_overdrawn;
      ALTER TABLE pay_attempt VALIDATE CONSTRAINT pay_attempt_held_in_check;

      -- Bills that were asked for.
      CREATE TABLE pay_bill (
        gateway text NOT NULL,
        day     date NOT NULL,                           -- business time
        PRIMARY KEY (gateway, day)
      );

      ALTER TABLE pay_ledger
        ADD effective_at timestamptz;                      -- when it happened, says the gateway; null: when it was booked

      -- Money that is ours to account for and that nothing of ours can take: a person decides.
      CREATE TABLE pay_suspense (
        id           bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
        out_trade_no text NOT NULL UNIQUE REFERENCES pay_attempt,
        order_id     bigint NOT NULL REFERENCES pay_order,
        line         text NOT NULL,
        amount_fen   bigint NOT NULL CHECK (amount_fen > 0),
        reason       text NOT NULL CHECK (reason IN ('wrong_amount', 'not_wanted')),
        detail       text NOT NULL,
        decision     text CHECK (decision IN ('assigned', 'refunded')),
        decided_by   text,
        decided_at   timestamptz,
        note         text,
        created_at   timestamptz NOT NULL,
        CHECK ((decision IS NULL) = (decided_at IS NULL))
      );
      CREATE INDEX pay_suspense_open ON pay_suspense (id DESC) WHERE decision IS NULL;

      -- A refund that was paid by other means than the gateway's: one person says so, another one confirms it.
      CREATE TABLE pay_refund_outside (
        refund_id    bigint PRIMARY KEY REFERENCES pay_refund,
        evidence     text NOT NULL,
        proposed_by  text NOT NULL,
        proposed_at  timestamptz NOT NULL,
        confirmed_by text,
        confirmed_at timestamptz,
        CHECK (confirmed_by <> proposed_by),
        CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL))
      );
    `);
  }

  /** Whose money it is: nobody's account can be overdrawn, and a transfer pays out per order what it froze. */
  private async owners(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE pay_transfer_portion (
        transfer_id bigint NOT NULL REFERENCES pay_transfer,
        order_id    bigint NOT NULL REFERENCES pay_order,
        amount_fen  bigint NOT NULL CHECK (amount_fen > 0),
        PRIMARY KEY (transfer_id, order_id)
      );
      INSERT INTO pay_transfer_portion (transfer_id, order_id, amount_fen)
      SELECT split_part(source, ':', 2)::bigint, order_id, sum(amount_fen) FROM pay_ledger WHERE source LIKE 'freeze:%:0:%'
      GROUP BY 1, 2;

      CREATE TABLE pay_account (
        line        text NOT NULL,
        account     text NOT NULL,                     -- 'balance:' or 'frozen:' and whose it is
        balance_fen bigint NOT NULL CONSTRAINT pay_account_not_overdrawn CHECK (balance_fen >= 0),
        PRIMARY KEY (line, account)
      );
      CREATE TEMPORARY TABLE held ON COMMIT DROP AS
      SELECT line, account, sum(fen) AS fen, max(order_id) AS order_id FROM (
        SELECT line, credit AS account, amount_fen AS fen, order_id FROM pay_ledger WHERE strpos(credit, ':') > 0
        UNION ALL SELECT line, debit, -amount_fen, order_id FROM pay_ledger WHERE strpos(debit, ':') > 0
      ) AS sides GROUP BY line, account;
      -- What was paid out although it was not there any more is owed to us.
      INSERT INTO pay_ledger (source, debit, credit, amount_fen, line, subject, order_id, at)
      SELECT 'overdrawn:' || held.line || ':' || held.account, 'receivable', held.account, -held.fen, held.line, o.subject, o.id, now()
      FROM held JOIN pay_order o ON o.id = held.order_id WHERE held.fen < 0;
      INSERT INTO pay_account (line, account, balance_fen) SELECT line, account, greatest(fen, 0) FROM held;

      -- Always in the order of the accounts' names, so that two postings never wait for each other.
      CREATE FUNCTION pay_account_follows() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE side record;
      BEGIN
        FOR side IN
          SELECT s.account, s.fen FROM (VALUES (NEW.debit, -NEW.amount_fen), (NEW.credit, NEW.amount_fen)) AS s (account, fen)
          WHERE strpos(s.account, ':') > 0 ORDER BY s.account
        LOOP
          UPDATE pay_account SET balance_fen = balance_fen + side.fen WHERE line = NEW.line AND account = side.account;
          IF NOT FOUND THEN
            INSERT INTO pay_account AS a (line, account, balance_fen) VALUES (NEW.line, side.account, side.fen)
            ON CONFLICT (line, account) DO UPDATE SET balance_fen = a.balance_fen + EXCLUDED.balance_fen;
          END IF;
        END LOOP;
        RETURN NULL;
      END $$;
      CREATE TRIGGER pay_account_follows AFTER INSERT ON pay_ledger FOR EACH ROW
        WHEN (strpos(NEW.debit, ':') > 0 OR strpos(NEW.credit, ':') > 0) EXECUTE FUNCTION pay_account_follows();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER pay_account_follows ON pay_ledger;
      DROP FUNCTION pay_account_follows;
      DROP TABLE sys_alert, pay_bill, pay_account, pay_transfer_portion, pay_refund_outside, pay_suspense;
      ALTER TABLE pay_ledger DROP effective_at;
      ALTER TABLE pay_attempt DROP CONSTRAINT pay_attempt_not_overdrawn, DROP CONSTRAINT pay_attempt_held_in_check;
      ALTER TABLE pay_attempt ADD CONSTRAINT pay_attempt_held_in_check CHECK (held_in IN ('deposit', 'surplus', 'unallocated')),
        ADD CONSTRAINT pay_attempt_check CHECK (refunded_fen + reserved_fen <= amount_fen),
        DROP dies_at, DROP moved_fen, DROP fee_fen, DROP fee_from;
      ALTER TABLE pay_order DROP close_at, DROP close_tries, DROP tell_tries;
      ALTER TABLE pay_refund DROP gateway, DROP sent_at, DROP tell_tries;
      ALTER TABLE pay_transfer DROP sent_at, DROP tell_tries;
    `);
  }
}
