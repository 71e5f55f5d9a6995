import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Payouts that nobody is to begin, and what is held for it. */
export class PayoutStops1000000000090 implements MigrationInterface {
  name = 'PayoutStops1000000000090';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE pay_stop (
        id          bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
        scope       text NOT NULL CHECK (scope IN ('gateway', 'line', 'payee')),
        target      text NOT NULL,                       -- a gateway; a line; an order, whose payer is meant, or line:owner
        order_id    bigint REFERENCES pay_order,         -- of a payee who is meant by an order
        reason      text NOT NULL,
        thrown_by   text NOT NULL,
        thrown_at   timestamptz NOT NULL,
        released_by text,
        released_at timestamptz,
        note        text,                                -- why it was released
        CHECK (order_id IS NULL OR scope = 'payee'),
        CHECK ((released_at IS NULL) = (released_by IS NULL))
      );
      CREATE UNIQUE INDEX pay_stop_open ON pay_stop (scope, target) WHERE released_at IS NULL;

      -- Whether a stop is meant for a refund's or a transfer's money, whatever state it is in.
      CREATE FUNCTION pay_stops_refund(s pay_stop, r pay_refund) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT CASE s.scope
          WHEN 'gateway' THEN s.target = r.gateway
          WHEN 'line' THEN s.target = r.line
          ELSE s.order_id IS NOT NULL AND (s.order_id = r.order_id OR EXISTS (
            SELECT FROM pay_attempt mine JOIN pay_attempt theirs ON theirs.payer_index = mine.payer_index
            WHERE mine.out_trade_no = r.out_trade_no AND theirs.order_id = s.order_id)) END $$;
      CREATE FUNCTION pay_stops_transfer(s pay_stop, t pay_transfer) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT CASE s.scope
          WHEN 'gateway' THEN s.target = t.gateway
          WHEN 'line' THEN s.target = t.line
          ELSE s.target = t.line || ':' || t.owner END $$;

      -- What keeps a payout from being sent that has not provably been sent; null where nothing does.
      CREATE FUNCTION pay_refund_hold(of_source text) RETURNS jsonb LANGUAGE sql STABLE AS $$
        SELECT jsonb_build_object('kind', 'stopped', 'by', s.thrown_by, 'at', s.thrown_at, 'reason', s.reason)
        FROM pay_refund r JOIN pay_stop s ON s.released_at IS NULL AND pay_stops_refund(s, r)
        WHERE r.source = of_source AND r.status IN ('pending', 'processing')
          AND EXISTS (SELECT FROM pay_refund_attempt k WHERE k.refund_id = r.id AND k.state IN ('created', 'sending'))
        ORDER BY s.id LIMIT 1 $$;
      CREATE FUNCTION pay_transfer_hold(of_source text) RETURNS jsonb LANGUAGE sql STABLE AS $$
        SELECT jsonb_build_object('kind', 'stopped', 'by', s.thrown_by, 'at', s.thrown_at, 'reason', s.reason)
        FROM pay_transfer t JOIN pay_stop s ON s.released_at IS NULL AND pay_stops_transfer(s, t)
        WHERE t.source = of_source AND t.status IN ('pending', 'processing') AND t.state IN ('created', 'sending')
        ORDER BY s.id LIMIT 1 $$;

      -- A line's page offers no retry of what no number can send any more.
      CREATE FUNCTION pay_refund_at_merchant(of_source text) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT EXISTS (SELECT FROM pay_refund r JOIN pay_refund_attempt k ON k.refund_id = r.id
                       WHERE r.source = of_source AND k.state = 'merchant') $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION pay_refund_at_merchant(text), pay_refund_hold(text), pay_transfer_hold(text), pay_stops_refund(pay_stop, pay_refund),
        pay_stops_transfer(pay_stop, pay_transfer);
      DROP TABLE pay_stop;
    `);
  }
}
