import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ReturnedMembers1000000000051 implements MigrationInterface {
  name = 'ReturnedMembers1000000000051';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- 'returned': people have looked, and an operator gave the deposit back.
      ALTER TABLE camp_member DROP CONSTRAINT camp_member_review_check;
      ALTER TABLE camp_member ADD CONSTRAINT camp_member_review_check
        CHECK (review IN ('contested', 'displaced', 'rival', 'returned')) NOT VALID;
      ALTER TABLE camp_member VALIDATE CONSTRAINT camp_member_review_check;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What keeps the smart match and the books away from them, as they were then.
      UPDATE camp_member SET review = 'displaced' WHERE review = 'returned';
      ALTER TABLE camp_member DROP CONSTRAINT camp_member_review_check;
      ALTER TABLE camp_member ADD CONSTRAINT camp_member_review_check CHECK (review IN ('contested', 'displaced', 'rival'));
    `);
  }
}
