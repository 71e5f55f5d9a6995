import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Unmatched1000000000010 implements MigrationInterface {
  name = 'Unmatched1000000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Planet users that a manager took away from a member: smart match never gives them back by itself.
      ALTER TABLE camp_member ADD COLUMN unmatched_refs bigint[] NOT NULL DEFAULT '{}';
      CREATE INDEX camp_member_unmatched ON camp_member (camp_id) WHERE match_status <> 'matched';
      -- A member's records, the rejected ones too; the newest is shown with the member.
      CREATE INDEX camp_refund_of_member ON camp_refund (member_id, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP INDEX camp_member_unmatched, camp_refund_of_member; ALTER TABLE camp_member DROP COLUMN unmatched_refs',
    );
  }
}
