import type { MigrationInterface, QueryRunner } from 'typeorm';

const roles = (more: string): string =>
  `ALTER TABLE sys_user DROP CONSTRAINT sys_user_role_check,
     ADD CONSTRAINT sys_user_role_check CHECK (role IN ('admin', 'manager', 'coach', 'volunteer'${more})) NOT VALID;
   ALTER TABLE sys_user VALIDATE CONSTRAINT sys_user_role_check`;

/** Whoever keeps the books. */
export class Finance1000000000085 implements MigrationInterface {
  name = 'Finance1000000000085';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(roles(", 'finance'"));
  }

  /** A role that is not known is let in nowhere: who had it keeps the account, as somebody who sees next to nothing. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE sys_user SET role = 'volunteer', status = 'disabled' WHERE role = 'finance'`);
    await runner.query(roles(''));
  }
}
