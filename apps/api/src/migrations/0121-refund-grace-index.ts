import type { MigrationInterface, QueryRunner } from 'typeorm';
import { buildIndex } from './build-index.js';

/** Finds the decisions whose time to be taken back is over. */
export class RefundGraceIndex1000000000121 implements MigrationInterface {
  name = 'RefundGraceIndex1000000000121';
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await buildIndex(runner, 'camp_refund_undo', 'camp_refund (undo_until) WHERE undo_until IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS camp_refund_undo');
  }
}
