import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What lines may read of the payment kernel's tables. Each is a plain choice of columns of one table, which the planner looks through;
 * `libs/payment/src/views` describes them.
 */
const VIEWS = {
  pay_order: `id, order_no, amount_fen, status, payer_id, payer_index, expires_at, paid_at, paid_with, deliver_at, created_at`,
  pay_attempt: `out_trade_no, order_id, state, amount_fen, transaction_id, paid_at, held_in, refunded_fen, reserved_fen, moved_fen, query_at`,
  pay_refund: `id, source, order_id, amount_fen, reason, status, fail_code, fail_message, gateway_refund_id, succeeded_at, created_at`,
  pay_transfer: `id, source, status, fail_code, fail_message, retries, succeeded_at`,
  pay_suspense: `order_id, decision`,
  pay_ledger: `order_id, debit, credit, amount_fen`,
};

export class PublishedViews1000000000075 implements MigrationInterface {
  name = 'PublishedViews1000000000075';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(VIEWS))
      await runner.query(`CREATE VIEW ${table}_view AS SELECT ${columns} FROM ${table}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(VIEWS)) await runner.query(`DROP VIEW ${table}_view`);
  }
}
