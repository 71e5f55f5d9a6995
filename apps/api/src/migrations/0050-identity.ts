import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How surely a member is the planet user that its payer named. */
export class Identity1000000000050 implements MigrationInterface {
  name = 'Identity1000000000050';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE camp_order ADD browser text;         -- hash of the browser that placed or bound it; 'none' when it showed no cookie
      ALTER TABLE camp_member
        ADD proved_ref bigint,                         -- the planet user who showed this member's code
        ADD review     text CHECK (review IN ('contested', 'displaced', 'rival'));  -- why people have to look
      ALTER TABLE camp_member ADD CONSTRAINT camp_member_proved_fk FOREIGN KEY (proved_ref) REFERENCES planet_user NOT VALID;
      ALTER TABLE camp_member VALIDATE CONSTRAINT camp_member_proved_fk;

      -- By which a member proves to be the planet user they named: no more than one at a time.
      CREATE TABLE camp_identity_code (
        member_id      bigint PRIMARY KEY REFERENCES camp_member,
        code           text NOT NULL UNIQUE,
        planet_user_id text NOT NULL,                  -- whoever else shows it proves nothing
        expires_at     timestamptz NOT NULL,           -- business time, as all below
        seen_at        timestamptz,                    -- when that planet user showed it
        settled_at     timestamptz                     -- when what follows from it was done
      );
      CREATE INDEX camp_identity_code_seen ON camp_identity_code (seen_at) WHERE seen_at IS NOT NULL AND settled_at IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE camp_identity_code;
      ALTER TABLE camp_member DROP proved_ref, DROP review;
      ALTER TABLE camp_order DROP browser;
    `);
  }
}
