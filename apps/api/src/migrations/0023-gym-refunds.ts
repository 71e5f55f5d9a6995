import type { MigrationInterface, QueryRunner } from 'typeorm';

export class GymRefunds1000000000023 implements MigrationInterface {
  name = 'GymRefunds1000000000023';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What operators cancelled: the whole of a payment, once. One that failed is retried, not asked for anew.
      CREATE TABLE gym_refund (
        id           bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
        payment_id   bigint NOT NULL UNIQUE REFERENCES gym_payment,
        amount_fen   bigint NOT NULL CHECK (amount_fen > 0),
        quantity     int NOT NULL CHECK (quantity > 0),   -- days of membership, or lessons, that were taken back
        reason       text NOT NULL,
        status       text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'processing', 'success', 'failed')),
        fail_message text,
        requested_by text NOT NULL,                       -- the operator's user name
        completed_at timestamptz,
        created_at   timestamptz NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE gym_refund');
  }
}
