import type { MigrationInterface, QueryRunner } from 'typeorm';
import { buildIndex } from './build-index.js';

/** The orders of one camp, booking, member, task or work order, newest first. */
export class OrdersBySubject1000000000134 implements MigrationInterface {
  name = 'OrdersBySubject1000000000134';
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await buildIndex(runner, 'pay_order_subject', 'pay_order (line, subject, created_at, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS pay_order_subject');
  }
}
