import type { MigrationInterface, QueryRunner } from 'typeorm';
import { buildIndex } from './build-index.js';

/** Those at whom people have to look are few: they are listed, and asked for whenever somebody enrols. */
export class ReviewedMembers1000000000052 implements MigrationInterface {
  name = 'ReviewedMembers1000000000052';
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await buildIndex(runner, 'camp_member_review', 'camp_member (camp_id, id DESC) WHERE review IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS camp_member_review');
  }
}
