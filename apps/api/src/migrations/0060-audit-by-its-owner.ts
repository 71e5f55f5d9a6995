import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AuditByItsOwner1000000000060 implements MigrationInterface {
  name = 'AuditByItsOwner1000000000060';

  async up(runner: QueryRunner): Promise<void> {
    // So that the application's role can chain without any right to change sys_audit.
    await runner.query(`
      ALTER FUNCTION sys_audit_take_in(int) SECURITY DEFINER SET search_path = public, pg_temp;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER FUNCTION sys_audit_take_in(int) SECURITY INVOKER RESET search_path');
  }
}
