import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Old months of the audit log move into files, and its verification goes on from where it was. */
export class AuditArchive1000000000136 implements MigrationInterface {
  name = 'AuditArchive1000000000136';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Which rows of sys_audit stand in files instead. What counts is sealed by the master key: who has the database alone cannot say
      -- of rows that they were archived.
      CREATE TABLE sys_audit_archive (
        last_id     bigint PRIMARY KEY,                -- the newest row in the file
        file        text NOT NULL,                     -- its name, without a folder; '' where rows stay, but nobody can verify them
        archived_at timestamptz NOT NULL,
        sealed      text NOT NULL
      );

      -- Up to where sys_audit was verified, sealed like the above.
      CREATE TABLE sys_audit_checkpoint (
        name   text PRIMARY KEY CHECK (name = 'verified'),
        sealed text NOT NULL
      );

      -- Rows leave only up to the one that their archive ends with, in the transaction that says so.
      CREATE FUNCTION sys_audit_leaves() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE last text := coalesce(current_setting('yajin.archived', true), '');
      BEGIN
        IF last = '' THEN RAISE EXCEPTION 'sys_audit is append-only'; END IF;
        IF TG_LEVEL = 'STATEMENT' THEN RETURN NULL; END IF;
        IF OLD.id > last::bigint THEN RAISE EXCEPTION 'sys_audit is append-only'; END IF;
        RETURN OLD;
      END $$;
      DROP TRIGGER sys_audit_append_only ON sys_audit;
      CREATE TRIGGER sys_audit_append_only BEFORE UPDATE OR TRUNCATE ON sys_audit
        EXECUTE FUNCTION sys_audit_is_append_only();
      CREATE TRIGGER sys_audit_leave BEFORE DELETE ON sys_audit EXECUTE FUNCTION sys_audit_leaves();
      CREATE TRIGGER sys_audit_leaves BEFORE DELETE ON sys_audit FOR EACH ROW EXECUTE FUNCTION sys_audit_leaves();
    `);
  }

  /** What was archived stays in its files; the version before takes what is left for a log that somebody cut. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER sys_audit_append_only ON sys_audit;
      DROP TRIGGER sys_audit_leave ON sys_audit;
      DROP TRIGGER sys_audit_leaves ON sys_audit;
      DROP FUNCTION sys_audit_leaves;
      CREATE TRIGGER sys_audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON sys_audit
        EXECUTE FUNCTION sys_audit_is_append_only();
      DROP TABLE sys_audit_archive, sys_audit_checkpoint;
    `);
  }
}
