import type { MigrationInterface, QueryRunner } from 'typeorm';
import { buildIndex } from './build-index.js';

/** New rows wait for their place in the index in at most so many kB, which every search reads as well. */
const WAITING = 'WITH (gin_pending_list_limit = 256)';

/** What whoever has a part of a name is found by. */
const INDEXES = {
  camp_order_called: `camp_order USING gin (grams(coalesce(planet_nickname, '') || chr(10) || coalesce(wechat_nickname, ''))) ${WAITING}`,
  planet_user_called: `planet_user USING gin (grams(name || chr(10) || alias)) ${WAITING}`,
  gym_member_called: `gym_member USING gin (grams(name)) ${WAITING}`,
} as const;

export class NamesFound1000000000133 implements MigrationInterface {
  name = 'NamesFound1000000000133';
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, on] of Object.entries(INDEXES)) await buildIndex(runner, name, on);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(INDEXES).reverse())
      await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`);
  }
}
