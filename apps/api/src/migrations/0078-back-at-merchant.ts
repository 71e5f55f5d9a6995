import type { MigrationInterface, QueryRunner } from 'typeorm';

const states = (more: string): string =>
  `ALTER TABLE pay_refund_attempt DROP CONSTRAINT pay_refund_attempt_state_check,
     ADD CONSTRAINT pay_refund_attempt_state_check CHECK (state IN ('created', 'sending', 'accepted', 'abnormal', ${more}'success', 'closed')) NOT VALID;
   ALTER TABLE pay_refund_attempt VALIDATE CONSTRAINT pay_refund_attempt_state_check`;

/** A refund number may end at the merchant. */
export class BackAtMerchant1000000000078 implements MigrationInterface {
  name = 'BackAtMerchant1000000000078';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(states("'merchant', "));
  }

  /** What is there already would be no refund number of before: it was called a success. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE pay_refund_attempt SET state = 'success' WHERE state = 'merchant'`);
    await runner.query(states(''));
  }
}
