import type { MigrationInterface, QueryRunner } from 'typeorm';
import { buildIndex } from './build-index.js';

/** By which an upload is undone. */
export class UploadedCheckins1000000000040 implements MigrationInterface {
  name = 'UploadedCheckins1000000000040';
  transaction = false;

  up(runner: QueryRunner): Promise<void> {
    return buildIndex(
      runner,
      'camp_checkin_uploaded',
      'camp_checkin (upload_id) WHERE upload_id IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS camp_checkin_uploaded');
  }
}
