import type { MigrationInterface, QueryRunner } from 'typeorm';
import { buildIndex } from './build-index.js';

/** Money that waits for a person: who sees to it, and what finds it. */
export class Work1000000000089 implements MigrationInterface {
  name = 'Work1000000000089';
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE IF NOT EXISTS pay_work (
        kind     text NOT NULL,
        ref      bigint NOT NULL,                        -- the id of what it is about
        owner    text NOT NULL,                          -- who took it
        taken_at timestamptz NOT NULL,
        note     text,                                   -- of a notification: what became of it
        done_at  timestamptz,
        PRIMARY KEY (kind, ref),
        CHECK ((note IS NULL) = (done_at IS NULL))
      )`);
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
    await runner.query('DROP TABLE pay_work');
  }
}
