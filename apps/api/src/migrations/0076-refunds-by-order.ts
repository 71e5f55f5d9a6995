import type { MigrationInterface, QueryRunner } from 'typeorm';
import { buildIndex } from './build-index.js';

/** The page that waits for an order asks again and again what became of its deposit. */
export class RefundsByOrder1000000000076 implements MigrationInterface {
  name = 'RefundsByOrder1000000000076';
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await buildIndex(runner, 'camp_refund_order', 'camp_refund (order_id, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS camp_refund_order');
  }
}
