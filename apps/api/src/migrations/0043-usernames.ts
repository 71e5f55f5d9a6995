import type { MigrationInterface, QueryRunner } from 'typeorm';
import { buildIndex } from './build-index.js';

/** Usernames that differ in case or width only are one name. */
export class Usernames1000000000043 implements MigrationInterface {
  name = 'Usernames1000000000043';
  transaction = false;

  /** @throws Error naming those who would share a name: which of them is to be renamed only their people know */
  async up(runner: QueryRunner): Promise<void> {
    const alike = (await runner.query(
      `SELECT string_agg(username || ' (id ' || id || ')', ', ' ORDER BY id) AS names FROM sys_user
       GROUP BY lower(normalize(username, NFKC)) HAVING count(*) > 1`,
    )) as { names: string }[];
    if (alike.length > 0)
      throw new Error(
        `Usernames must differ in more than case and width. Rename all but one of each of these in sys_user, then start again: ` +
          alike.map(({ names }) => names).join('; '),
      );
    await buildIndex(runner, 'sys_user_name', 'sys_user (lower(normalize(username, NFKC)))', {
      unique: true,
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX sys_user_name');
  }
}
