import type { MigrationInterface, QueryRunner } from 'typeorm';

export class JobWorker1000000000004 implements MigrationInterface {
  name = 'JobWorker1000000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Which job workers are alive. What a silent one had locked is given to the others.
      CREATE TABLE job_worker (
        worker_id text PRIMARY KEY,
        seen_at   timestamptz NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE job_worker');
  }
}
