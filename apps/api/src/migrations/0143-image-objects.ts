import type { MigrationInterface, QueryRunner } from 'typeorm';
import { buildIndex } from './build-index.js';

/** Which images name an object, and which are where. */
export class ImageObjects1000000000143 implements MigrationInterface {
  name = 'ImageObjects1000000000143';
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await buildIndex(runner, 'sys_upload_object_named', 'sys_upload (object) WHERE object IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS sys_upload_object_named');
  }
}
