import type { MigrationInterface, QueryRunner } from 'typeorm';

export class VettedPasswords1000000000044 implements MigrationInterface {
  name = 'VettedPasswords1000000000044';

  async up(runner: QueryRunner): Promise<void> {
    // The hash of a password that is known to be none of the demo's: trying them out costs time at every start.
    await runner.query('ALTER TABLE sys_user ADD vetted_hash text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sys_user DROP vetted_hash');
  }
}
