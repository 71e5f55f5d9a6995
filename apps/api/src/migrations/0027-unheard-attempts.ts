import type { MigrationInterface, QueryRunner } from 'typeorm';

export class UnheardAttempts1000000000027 implements MigrationInterface {
  name = 'UnheardAttempts1000000000027';

  /** Numbers whose registration got no answer are asked about as those that got one. */
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `UPDATE pay_attempt SET query_at = now() WHERE state = 'created' AND scene IS NOT NULL AND query_at IS NULL`,
    );
  }

  down(): Promise<void> {
    return Promise.resolve();
  }
}
