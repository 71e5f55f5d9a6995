import type { MigrationInterface, QueryRunner } from 'typeorm';
import { buildIndex } from './build-index.js';

/** By which what falls due is found, a gateway at a time. */
const NEW = {
  pay_attempt_due: 'pay_attempt (gateway, query_at) WHERE query_at IS NOT NULL',
  pay_refund_due: `pay_refund (gateway, check_at) WHERE status IN ('pending', 'processing')`,
  pay_transfer_due: `pay_transfer (gateway, check_at) WHERE status IN ('pending', 'processing')`,
  camp_refund_approved: `camp_refund (id) WHERE audit_status = 'approved' AND refund_status = 'pending'`,
};
const OLD = {
  pay_attempt_query: `pay_attempt (query_at) WHERE state = 'open'`,
  pay_refund_check: `pay_refund (check_at) WHERE status IN ('pending', 'processing')`,
  pay_transfer_check: `pay_transfer (check_at) WHERE status IN ('pending', 'processing')`,
};

export class DueRows1000000000022 implements MigrationInterface {
  name = 'DueRows1000000000022';
  transaction = false;

  up(runner: QueryRunner): Promise<void> {
    return replace(runner, OLD, NEW);
  }

  down(runner: QueryRunner): Promise<void> {
    return replace(runner, NEW, OLD);
  }
}

async function replace(
  runner: QueryRunner,
  gone: Record<string, string>,
  made: Record<string, string>,
): Promise<void> {
  for (const [name, on] of Object.entries(made)) await buildIndex(runner, name, on);
  for (const name of Object.keys(gone)) await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`);
}
