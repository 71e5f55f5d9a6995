import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AuditChainedAfter1000000000020 implements MigrationInterface {
  name = 'AuditChainedAfter1000000000020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What operators did, as their own transactions write it: without the chain's lock, so that none waits for another.
      -- Once committed, entries move into sys_audit. There is no other way out of here.
      CREATE TABLE sys_audit_entry (
        id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at          timestamptz NOT NULL,
        user_id     bigint,
        username    text NOT NULL,
        action      text NOT NULL,
        target_type text,
        target_id   text,
        before      jsonb,
        after       jsonb,
        ip          text,
        recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()  -- real time
      );

      CREATE FUNCTION sys_audit_entry_leaves() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO sys_audit (at, user_id, username, action, target_type, target_id, before, after, ip)
        VALUES (OLD.at, OLD.user_id, OLD.username, OLD.action, OLD.target_type, OLD.target_id, OLD.before, OLD.after, OLD.ip);
        RETURN OLD;
      END $$;
      CREATE TRIGGER sys_audit_entry_leaves BEFORE DELETE ON sys_audit_entry
        FOR EACH ROW EXECUTE FUNCTION sys_audit_entry_leaves();

      CREATE FUNCTION sys_audit_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'sys_audit_entry is append-only';
      END $$;
      CREATE TRIGGER sys_audit_entry_stays BEFORE UPDATE OR TRUNCATE ON sys_audit_entry
        EXECUTE FUNCTION sys_audit_entry_stays();

      -- Moves the oldest entries into the chain, under its lock (that of sys_audit_chain, taken first so that each statement
      -- after it sees what the one before us moved). Returns how many.
      CREATE FUNCTION sys_audit_take_in(most int) RETURNS int LANGUAGE plpgsql AS $$
      DECLARE entry record; moved int := 0;
      BEGIN
        PERFORM pg_advisory_xact_lock(hashtext('sys_audit'));
        FOR entry IN SELECT id FROM sys_audit_entry ORDER BY id LIMIT most LOOP
          DELETE FROM sys_audit_entry WHERE id = entry.id;
          moved := moved + 1;
        END LOOP;
        RETURN moved;
      END $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      SELECT sys_audit_take_in(2147483647);
      DROP TABLE sys_audit_entry;
      DROP FUNCTION sys_audit_take_in, sys_audit_entry_leaves, sys_audit_entry_stays;
    `);
  }
}
