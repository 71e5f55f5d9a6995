import type { MigrationInterface, QueryRunner } from 'typeorm';
import { buildIndex } from './build-index.js';

/** What a day's report adds up. */
export class LedgerByDay1000000000087 implements MigrationInterface {
  name = 'LedgerByDay1000000000087';
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await buildIndex(
      runner,
      'pay_ledger_by_day',
      `pay_ledger ((coalesce(day, (least(at, effective_at) AT TIME ZONE 'Asia/Shanghai')::date)))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS pay_ledger_by_day');
  }
}
