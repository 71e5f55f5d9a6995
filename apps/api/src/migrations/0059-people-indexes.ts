import type { MigrationInterface, QueryRunner } from 'typeorm';
import { buildIndex } from './build-index.js';

/** By which everything of one planet user is found, and known to be gone. */
const NEW = {
  camp_member_person: 'camp_member (planet_user_ref) WHERE planet_user_ref IS NOT NULL',
  camp_member_proved: 'camp_member (proved_ref) WHERE proved_ref IS NOT NULL',
  camp_checkin_person: 'camp_checkin (planet_user_ref)',
};

export class PeopleIndexes1000000000059 implements MigrationInterface {
  name = 'PeopleIndexes1000000000059';
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, on] of Object.entries(NEW)) await buildIndex(runner, name, on);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(NEW)) await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`);
  }
}
