import type { MigrationInterface, QueryRunner } from 'typeorm';
import { buildIndex } from './build-index.js';

const PAID = { course_payment: 'completed', gym_payment: 'success' };

/** Payments whose money may still become income. The columns cost no rewrite, and the indexes are built while the product works. */
export class IncomeDue1000000000024 implements MigrationInterface {
  name = 'IncomeDue1000000000024';
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, status] of Object.entries(PAID)) {
      await runner.query(
        `ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS income_due boolean NOT NULL DEFAULT true`,
      );
      await buildIndex(
        runner,
        `${table}_income_due`,
        `${table} (created_at) WHERE income_due AND status = '${status}'`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(PAID)) {
      await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${table}_income_due`);
      await runner.query(`ALTER TABLE ${table} DROP COLUMN IF EXISTS income_due`);
    }
  }
}
