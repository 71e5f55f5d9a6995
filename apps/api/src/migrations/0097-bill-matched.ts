import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether a bill that was read was also held against our books. */
export class BillMatched1000000000097 implements MigrationInterface {
  name = 'BillMatched1000000000097';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE pay_bill ADD COLUMN matched_at timestamptz');
    await runner.query('UPDATE pay_bill SET matched_at = read_at WHERE hash IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE pay_bill DROP COLUMN matched_at');
  }
}
