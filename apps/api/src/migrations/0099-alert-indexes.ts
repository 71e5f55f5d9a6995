import type { MigrationInterface, QueryRunner } from 'typeorm';
import { buildIndex } from './build-index.js';

/** What finds the alerts that are open, and those that have been resolved, newest first. */
export class AlertIndexes1000000000099 implements MigrationInterface {
  name = 'AlertIndexes1000000000099';
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await buildIndex(runner, 'sys_alert_open', 'sys_alert (last_at DESC, id DESC) WHERE resolved_at IS NULL');
    await buildIndex(
      runner,
      'sys_alert_resolved',
      'sys_alert (resolved_at DESC, id DESC) WHERE resolved_at IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of ['sys_alert_resolved', 'sys_alert_open'])
      await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${index}`);
  }
}
