import type { MigrationInterface, QueryRunner } from 'typeorm';
import { buildIndex } from './build-index.js';

const INDEXES = {
  pay_attempt_paid: `pay_attempt (gateway, paid_at) WHERE state = 'paid'`,
  pay_refund_arrived: `pay_refund (gateway, succeeded_at) WHERE status = 'success'`,
};

/** A bill is held against what was paid, and what went back, on its day. */
export class MoneyByDay1000000000081 implements MigrationInterface {
  name = 'MoneyByDay1000000000081';
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, on] of Object.entries(INDEXES)) await buildIndex(runner, name, on);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(INDEXES)) await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`);
  }
}
