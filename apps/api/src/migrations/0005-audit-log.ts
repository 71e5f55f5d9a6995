import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AuditLog1000000000005 implements MigrationInterface {
  name = 'AuditLog1000000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Who did what. Rows are only ever added; each one's hash covers the one before it, and ids have no gaps, so
      -- that a row changed or taken out afterwards shows.
      CREATE TABLE sys_audit (
        id          bigint PRIMARY KEY,                -- given by the trigger
        at          timestamptz NOT NULL,
        user_id     bigint,                            -- null: the system itself
        username    text NOT NULL,
        action      text NOT NULL,
        target_type text,
        target_id   text,
        before      jsonb,
        after       jsonb,
        ip          text,
        hash        bytea NOT NULL                     -- given by the trigger
      );
      CREATE INDEX sys_audit_user ON sys_audit (user_id, id DESC);
      CREATE INDEX sys_audit_action ON sys_audit (action, id DESC);
      CREATE INDEX sys_audit_at ON sys_audit (at);

      CREATE FUNCTION sys_audit_hash(previous bytea, entry sys_audit) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
        SELECT sha256(coalesce(previous, '') || convert_to(jsonb_build_array(
          entry.id, to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), entry.user_id, entry.username, entry.action,
          entry.target_type, entry.target_id, entry.before, entry.after, entry.ip)::text, 'UTF8'))
      $$;

      -- One writer at a time until its transaction ends: so write here last.
      CREATE FUNCTION sys_audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE head record;
      BEGIN
        PERFORM pg_advisory_xact_lock(hashtext('sys_audit'));
        SELECT id, hash INTO head FROM sys_audit ORDER BY id DESC LIMIT 1;
        NEW.id := coalesce(head.id, 0) + 1;
        NEW.hash := sys_audit_hash(head.hash, NEW);
        RETURN NEW;
      END $$;
      CREATE TRIGGER sys_audit_chain BEFORE INSERT ON sys_audit FOR EACH ROW EXECUTE FUNCTION sys_audit_chain();

      CREATE FUNCTION sys_audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'sys_audit is append-only';
      END $$;
      CREATE TRIGGER sys_audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON sys_audit
        EXECUTE FUNCTION sys_audit_is_append_only();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION sys_audit_hash;
      DROP TABLE sys_audit;
      DROP FUNCTION sys_audit_chain, sys_audit_is_append_only;
    `);
  }
}
