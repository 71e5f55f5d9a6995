import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PaymentKernel1000000000001 implements MigrationInterface {
  name = 'PaymentKernel1000000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What somebody owes us. It knows whose business it is (line, subject), never what that business means.
      CREATE TABLE pay_order (
        id            bigint PRIMARY KEY,              -- random below 2^53: it can be asked for without a ticket
        order_no      text NOT NULL UNIQUE,
        line          text NOT NULL,
        subject       text NOT NULL,
        amount_fen    bigint NOT NULL CHECK (amount_fen > 0),
        description   text NOT NULL,
        attach        text NOT NULL DEFAULT '',
        status        text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'paid', 'closed')),
        payer_id      text,
        expires_at    timestamptz NOT NULL,            -- money paid before this moment counts
        paid_at       timestamptz,                     -- the gateway's own time
        paid_with     text,                            -- out_trade_no of the payment that counts
        tell_at       timestamptz,                     -- when to tell its line again (real time); null once it took note
        claimed_trade text UNIQUE,                     -- trades begun outside (a fixed code): gateway:out_trade_no
        created_at    timestamptz NOT NULL
      );
      CREATE INDEX pay_order_payer ON pay_order (payer_id) WHERE status = 'paid';
      CREATE INDEX pay_order_tell ON pay_order (tell_at) WHERE tell_at IS NOT NULL;
      CREATE INDEX pay_order_due ON pay_order (expires_at) WHERE status = 'pending';

      -- One try at paying an order, under a number that is the gateway's for ever. When paid, it is the
      -- payment: refunds are reserved against it.
      CREATE TABLE pay_attempt (
        out_trade_no   text PRIMARY KEY,
        order_id       bigint NOT NULL REFERENCES pay_order,
        gateway        text NOT NULL,
        scene          text,                           -- null until the payer's side has asked
        state          text NOT NULL DEFAULT 'created' CHECK (state IN ('created', 'open', 'closed', 'paid')),
        token          text,
        token_at       timestamptz,
        payer_id       text,                           -- who must pay, where the scene says so; then who paid
        amount_fen     bigint NOT NULL CHECK (amount_fen > 0),
        transaction_id text,
        paid_at        timestamptz,
        held_in        text CHECK (held_in IN ('deposit', 'surplus', 'unallocated')),
        refunded_fen   bigint NOT NULL DEFAULT 0 CHECK (refunded_fen >= 0),
        reserved_fen   bigint NOT NULL DEFAULT 0 CHECK (reserved_fen >= 0),
        query_at       timestamptz,                    -- when to ask the gateway next (real time)
        queried_at     timestamptz,
        queries        int NOT NULL DEFAULT 0,
        created_at     timestamptz NOT NULL,
        CHECK (refunded_fen + reserved_fen <= amount_fen)
      );
      CREATE UNIQUE INDEX pay_attempt_transaction ON pay_attempt (gateway, transaction_id) WHERE transaction_id IS NOT NULL;
      CREATE UNIQUE INDEX pay_attempt_live ON pay_attempt (order_id) WHERE state IN ('created', 'open');
      CREATE INDEX pay_attempt_order ON pay_attempt (order_id);
      CREATE INDEX pay_attempt_query ON pay_attempt (query_at) WHERE state = 'open';

      CREATE TABLE pay_refund (
        id           bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
        source       text NOT NULL UNIQUE,             -- what asked for it: asking twice is asking once
        line         text NOT NULL,
        order_id     bigint NOT NULL REFERENCES pay_order,
        out_trade_no text NOT NULL REFERENCES pay_attempt,
        amount_fen   bigint NOT NULL CHECK (amount_fen > 0),
        reason       text NOT NULL,
        status       text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'processing', 'success', 'failed')),
        tell_at      timestamptz,                      -- as with orders
        fail_code    text,
        fail_message text,
        failures     int NOT NULL DEFAULT 0,           -- definite refusals in a row
        retries      int NOT NULL DEFAULT 0,           -- by a person
        refund_id    text,                             -- the gateway's
        succeeded_at timestamptz,
        check_at     timestamptz NOT NULL,             -- when the sweeper looks again (real time)
        created_at   timestamptz NOT NULL
      );
      CREATE INDEX pay_refund_order ON pay_refund (order_id);
      CREATE INDEX pay_refund_tell ON pay_refund (tell_at) WHERE tell_at IS NOT NULL;
      CREATE INDEX pay_refund_check ON pay_refund (check_at) WHERE status IN ('pending', 'processing');

      -- One number under which a refund is asked for. It is kept until the gateway proves it dead.
      CREATE TABLE pay_refund_attempt (
        out_refund_no text PRIMARY KEY,
        refund_id     bigint NOT NULL REFERENCES pay_refund,
        state         text NOT NULL DEFAULT 'created'
                      CHECK (state IN ('created', 'sending', 'accepted', 'abnormal', 'success', 'closed')),
        requests      int NOT NULL DEFAULT 0,
        queries       int NOT NULL DEFAULT 0,
        created_at    timestamptz NOT NULL
      );
      CREATE UNIQUE INDEX pay_refund_attempt_live ON pay_refund_attempt (refund_id) WHERE state <> 'closed';

      -- Set when the merchant balance ran out: refunds wait instead of failing one by one.
      CREATE TABLE pay_refund_pause (
        gateway text PRIMARY KEY,
        until   timestamptz NOT NULL,
        code    text NOT NULL
      );

      -- The inbox: every notification that was truly the gateway's, applied or not.
      CREATE TABLE pay_notification (
        id          bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
        gateway     text NOT NULL,
        event_id    text NOT NULL,
        event_type  text NOT NULL,
        subject_no  text,                              -- out_trade_no or out_refund_no
        state       text NOT NULL CHECK (state IN ('applied', 'quarantined', 'unreadable')),
        reason      text,
        payload     jsonb NOT NULL,
        deliveries  int NOT NULL DEFAULT 1,
        received_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (gateway, event_id)
      );
      CREATE INDEX pay_notification_state ON pay_notification (state, id DESC);

      -- Double entry: each posting takes from one account and gives the same amount to another, so the
      -- books balance by construction. Rows are only ever added.
      CREATE TABLE pay_ledger (
        id         bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
        source     text NOT NULL UNIQUE,               -- what was posted: once
        debit      text NOT NULL,
        credit     text NOT NULL,
        amount_fen bigint NOT NULL CHECK (amount_fen > 0),
        gateway    text,
        line       text NOT NULL,
        subject    text NOT NULL,
        order_id   bigint NOT NULL REFERENCES pay_order,
        at         timestamptz NOT NULL,
        CHECK (debit <> credit)
      );
      CREATE INDEX pay_ledger_subject ON pay_ledger (line, subject);
      CREATE INDEX pay_ledger_order ON pay_ledger (order_id);

      CREATE FUNCTION pay_ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'pay_ledger is append-only';
      END $$;
      CREATE TRIGGER pay_ledger_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON pay_ledger
        EXECUTE FUNCTION pay_ledger_is_append_only();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE pay_ledger, pay_notification, pay_refund_pause, pay_refund_attempt, pay_refund, pay_attempt, pay_order;
      DROP FUNCTION pay_ledger_is_append_only;
    `);
  }
}
