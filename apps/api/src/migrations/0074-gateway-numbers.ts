import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A gateway's own numbers are no ids of ours. */
export class GatewayNumbers1000000000074 implements MigrationInterface {
  name = 'GatewayNumbers1000000000074';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE pay_refund RENAME COLUMN refund_id TO gateway_refund_id;
      ALTER TABLE pay_transfer RENAME COLUMN transfer_id TO gateway_transfer_id;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE pay_refund RENAME COLUMN gateway_refund_id TO refund_id;
      ALTER TABLE pay_transfer RENAME COLUMN gateway_transfer_id TO transfer_id;
    `);
  }
}
