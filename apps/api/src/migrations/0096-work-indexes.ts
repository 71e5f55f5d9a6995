import type { MigrationInterface, QueryRunner } from 'typeorm';
import { buildIndex } from './build-index.js';

/** What finds the money that waits for a person. */
export class WorkIndexes1000000000096 implements MigrationInterface {
  name = 'WorkIndexes1000000000096';
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await buildIndex(runner, 'pay_refund_failed', `pay_refund (id) WHERE status = 'failed'`);
    await buildIndex(runner, 'pay_refund_unclear', `pay_refund (sent_at) WHERE status = 'processing'`);
    await buildIndex(
      runner,
      'pay_refund_outside_waiting',
      'pay_refund_outside (refund_id) WHERE confirmed_at IS NULL',
    );
    await buildIndex(
      runner,
      'pay_attempt_unallocated',
      `pay_attempt (out_trade_no) WHERE held_in = 'unallocated' AND refunded_fen + reserved_fen + moved_fen < amount_fen`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of [
      'pay_attempt_unallocated',
      'pay_refund_outside_waiting',
      'pay_refund_unclear',
      'pay_refund_failed',
    ])
      await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${index}`);
  }
}
