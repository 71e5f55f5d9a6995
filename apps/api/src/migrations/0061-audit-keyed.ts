import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AuditKeyed1000000000061 implements MigrationInterface {
  name = 'AuditKeyed1000000000061';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- From which row of sys_audit on hashes are keyed, and with which key: sealed, so that the database does not hold it. Rows
      -- before the first of these are hashed without a key.
      CREATE TABLE sys_audit_key (
        from_id bigint PRIMARY KEY,
        sealed  text NOT NULL
      );

      DROP TRIGGER sys_audit_chain ON sys_audit;
      DROP TRIGGER sys_audit_entry_leaves ON sys_audit_entry;
      DROP FUNCTION sys_audit_chain, sys_audit_entry_leaves;

      -- Moves entries into the chain after row "newest", with the hashes (hex) that the application computed. The caller holds the
      -- chain's lock, pg_advisory_xact_lock(hashtext('sys_audit')). There is no other way out of sys_audit_entry.
      CREATE FUNCTION sys_audit_append(newest bigint, entries bigint[], hashes text[]) RETURNS void
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      DECLARE entry sys_audit_entry;
      BEGIN
        IF newest <> coalesce((SELECT max(id) FROM sys_audit), 0) THEN
          RAISE EXCEPTION 'sys_audit has gone on';
        END IF;
        FOR n IN 1 .. cardinality(entries) LOOP
          PERFORM set_config('yajin.leaves', entries[n]::text, true);
          DELETE FROM sys_audit_entry WHERE id = entries[n] RETURNING * INTO STRICT entry;
          INSERT INTO sys_audit (id, at, user_id, username, action, target_type, target_id, before, after, ip, hash)
          VALUES (newest + n, entry.at, entry.user_id, entry.username, entry.action, entry.target_type, entry.target_id,
            entry.before, entry.after, entry.ip, decode(hashes[n], 'hex'));
        END LOOP;
      END $$;

      CREATE FUNCTION sys_audit_entry_leaves() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF current_setting('yajin.leaves', true) IS DISTINCT FROM OLD.id::text THEN
          RAISE EXCEPTION 'sys_audit_entry is append-only';
        END IF;
        RETURN OLD;
      END $$;
      CREATE TRIGGER sys_audit_entry_leaves BEFORE DELETE ON sys_audit_entry
        FOR EACH ROW EXECUTE FUNCTION sys_audit_entry_leaves();

      -- Processes of the version before ask for it until they are replaced; chaining is left to the others.
      CREATE OR REPLACE FUNCTION sys_audit_take_in(most int) RETURNS int LANGUAGE sql AS $$ SELECT 0 $$;
    `);
  }

  /** Rows that were keyed meanwhile stay, and do not follow by the rules of before. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE sys_audit_key;
      DROP TRIGGER sys_audit_entry_leaves ON sys_audit_entry;
      DROP FUNCTION sys_audit_append, sys_audit_entry_leaves, sys_audit_take_in;

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

      CREATE FUNCTION sys_audit_entry_leaves() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO sys_audit (at, user_id, username, action, target_type, target_id, before, after, ip)
        VALUES (OLD.at, OLD.user_id, OLD.username, OLD.action, OLD.target_type, OLD.target_id, OLD.before, OLD.after, OLD.ip);
        RETURN OLD;
      END $$;
      CREATE TRIGGER sys_audit_entry_leaves BEFORE DELETE ON sys_audit_entry
        FOR EACH ROW EXECUTE FUNCTION sys_audit_entry_leaves();

      CREATE FUNCTION sys_audit_take_in(most int) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
}
