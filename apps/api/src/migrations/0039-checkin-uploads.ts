import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CheckinUploads1000000000039 implements MigrationInterface {
  name = 'CheckinUploads1000000000039';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Check-ins that an operator brings by a file, because zsxq cannot be read.
      CREATE TABLE camp_checkin_upload (
        id         bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
        camp_id    bigint NOT NULL REFERENCES camp ON DELETE CASCADE,
        file_name  text NOT NULL,
        status     text NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'applied', 'undone')),
        entries    jsonb,                              -- what the file says, while it is a draft
        lines      int NOT NULL,                       -- below the header
        added      int NOT NULL DEFAULT 0,             -- check-ins that are in the camp because of it
        closes     boolean NOT NULL DEFAULT false,     -- its operator says that these are all of the camp
        user_id    bigint NOT NULL,
        user_name  text NOT NULL,
        created_at timestamptz NOT NULL,               -- business time, as all below
        applied_at timestamptz,
        undone_at  timestamptz,
        CHECK ((status = 'draft') = (entries IS NOT NULL))
      );
      CREATE INDEX camp_checkin_upload_camp ON camp_checkin_upload (camp_id, id DESC);
      ALTER TABLE camp_checkin ADD upload_id bigint;
      ALTER TABLE camp_checkin ADD CONSTRAINT camp_checkin_upload_fk FOREIGN KEY (upload_id) REFERENCES camp_checkin_upload NOT VALID;
      ALTER TABLE camp_checkin VALIDATE CONSTRAINT camp_checkin_upload_fk;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE camp_checkin DROP upload_id;
      DROP TABLE camp_checkin_upload;
    `);
  }
}
