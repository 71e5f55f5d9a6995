import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ListAnchors1000000000007 implements MigrationInterface {
  name = 'ListAnchors1000000000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Every thousandth row of a long list, counted from its oldest: what makes page 10,000 as near as page 1.
      -- Only for lists that grow at one end and never shrink, so that a place once counted stays true.
      CREATE TABLE list_anchor (
        list  text NOT NULL,
        place bigint NOT NULL,                         -- how many rows are older
        id    bigint NOT NULL,
        at    timestamptz,                             -- where the list is ordered by a time and then by id
        PRIMARY KEY (list, place)
      );
      CREATE INDEX camp_refund_camp_id ON camp_refund (camp_id, id DESC);
      CREATE INDEX camp_refund_sums ON camp_refund (camp_id, refund_status) INCLUDE (amount_fen);
      CREATE INDEX camp_member_paid ON camp_member (paid_at) INCLUDE (pay_fen, refunded_fen);
      CREATE INDEX camp_checkin_time ON camp_checkin (camp_id, checkin_time, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP INDEX camp_refund_camp_id, camp_refund_sums, camp_member_paid, camp_checkin_time; DROP TABLE list_anchor',
    );
  }
}
