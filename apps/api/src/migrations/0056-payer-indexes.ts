import type { MigrationInterface, QueryRunner } from 'typeorm';
import { buildIndex } from './build-index.js';

/** By which a payer's orders are found, and what has still to be sealed. */
const NEW = {
  pay_order_payer_index: `pay_order (payer_index) WHERE status = 'paid'`,
  pay_order_unsealed: 'pay_order (payer_id) WHERE payer_id IS NOT NULL AND payer_index IS NULL',
  pay_attempt_unsealed: 'pay_attempt (out_trade_no) WHERE payer_id IS NOT NULL AND payer_index IS NULL',
};

export class PayerIndexes1000000000056 implements MigrationInterface {
  name = 'PayerIndexes1000000000056';
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, on] of Object.entries(NEW)) await buildIndex(runner, name, on);
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS pay_order_payer');
  }

  async down(runner: QueryRunner): Promise<void> {
    await buildIndex(runner, 'pay_order_payer', `pay_order (payer_id) WHERE status = 'paid'`);
    for (const name of Object.keys(NEW)) await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`);
  }
}
