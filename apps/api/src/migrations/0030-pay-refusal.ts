import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PayRefusal1000000000030 implements MigrationInterface {
  name = 'PayRefusal1000000000030';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Why a gateway registered no trade for an order: once for each reason, however often it said so.
      CREATE TABLE pay_refusal (
        order_id bigint NOT NULL REFERENCES pay_order,
        gateway  text NOT NULL,
        code     text NOT NULL,                    -- the gateway's, or ours where it gave no clear answer
        kind     text NOT NULL,                    -- of the error: refused, throttled, unknown …
        message  text NOT NULL,
        times    int NOT NULL DEFAULT 1,
        last_at  timestamptz NOT NULL,             -- business time
        noted_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (order_id, gateway, code)
      );
      CREATE INDEX pay_refusal_noted ON pay_refusal (noted_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE pay_refusal');
  }
}
