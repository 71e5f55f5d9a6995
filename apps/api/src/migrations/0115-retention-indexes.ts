import type { MigrationInterface, QueryRunner } from 'typeorm';
import { buildIndex } from './build-index.js';

/** What finds the rows whose time is over, and whether anything still names an order or a number that is to go. */
const INDEXES = {
  pay_order_let_go: `pay_order (expires_at, id) WHERE status = 'closed'`,
  pay_attempt_let_go: `pay_attempt (created_at) WHERE state IN ('created', 'closed')`,
  pay_notification_let_go: `pay_notification (received_at) WHERE state = 'applied' AND payload = '{}'`,
  camp_sync_task_ended: 'camp_sync_task (ended_at)',
  sys_upload_created: 'sys_upload (created_at)',
  pay_difference_trade: 'pay_difference (out_trade_no)',
  sys_audit_target: 'sys_audit (target_type, target_id)',
  sys_audit_entry_target: 'sys_audit_entry (target_type, target_id)',
} as const;

export class RetentionIndexes1000000000115 implements MigrationInterface {
  name = 'RetentionIndexes1000000000115';
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, on] of Object.entries(INDEXES)) await buildIndex(runner, name, on);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(INDEXES).reverse())
      await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`);
  }
}
