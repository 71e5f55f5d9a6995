import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Payments whose money may still become income. The columns cost no rewrite, and the indexes are built while the product
 * works. What an interrupted build left behind is dropped and built anew.
 */
export class IncomeDue1000000000024 implements MigrationInterface {
  name = 'IncomeDue1000000000024';
  transaction = false;

  private readonly paid = { course_payment: 'completed', gym_payment: 'success' };

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, status] of Object.entries(this.paid)) {
      await runner.query(
        `ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS income_due boolean NOT NULL DEFAULT true`,
      );
      await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${table}_income_due`);
      await runner.query(
        `CREATE INDEX CONCURRENTLY ${table}_income_due ON ${table} (created_at) WHERE income_due AND status = '${status}'`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(this.paid)) {
      await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${table}_income_due`);
      await runner.query(`ALTER TABLE ${table} DROP COLUMN income_due`);
    }
  }
}
