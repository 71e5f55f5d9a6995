import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS =
  'id, source, order_id, amount_fen, reason, status, fail_code, fail_message, gateway_refund_id, succeeded_at, created_at';

/** Lines may read which payment a refund gives back: of a deposit, or of what was paid too much. */
export class RefundsOfPayments1000000000116 implements MigrationInterface {
  name = 'RefundsOfPayments1000000000116';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE OR REPLACE VIEW pay_refund_view AS SELECT ${COLUMNS}, out_trade_no FROM pay_refund`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW pay_refund_view');
    await runner.query(`CREATE VIEW pay_refund_view AS SELECT ${COLUMNS} FROM pay_refund`);
  }
}
