import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SuspenseAsked1000000000025 implements MigrationInterface {
  name = 'SuspenseAsked1000000000025';

  /** The order's own sum is what was paid once the money counts for it. */
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE pay_suspense ADD asked_fen bigint CHECK (asked_fen > 0); -- what the order had asked for
      UPDATE pay_suspense SET asked_fen = coalesce(substring(detail FROM '^asked (\\d+) fen')::bigint, amount_fen);
      ALTER TABLE pay_suspense ALTER asked_fen SET NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE pay_suspense DROP asked_fen');
  }
}
