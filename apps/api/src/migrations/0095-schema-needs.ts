import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Migrations that took something away from what earlier programs use (a table, a column, a value that may be null no longer): each
 * adds its own name, and whoever does not know it refuses to start. What only adds has no business here.
 */
export class SchemaNeeds1000000000095 implements MigrationInterface {
  name = 'SchemaNeeds1000000000095';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE schema_need (migration text PRIMARY KEY)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE schema_need');
  }
}
