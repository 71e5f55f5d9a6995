import type { QueryRunner } from 'typeorm';

/** What the application does with its tables; what else a table needs or must not have is said below. */
const USUAL = 'SELECT, INSERT, UPDATE, DELETE';
/** A view runs as the owner of its table: whoever might write to it would have the owner's rights. */
const OF_VIEWS = 'SELECT';

/**
 * Tables of which the application may do less. Moving entries of the audit log into its chain is done by a function of the
 * owner's (`sys_audit_append`).
 */
const EXCEPTIONS: Record<string, string> = {
  'public.migrations': 'SELECT',
  'public.pay_close': 'SELECT, INSERT',
  'public.pay_close_account': 'SELECT, INSERT',
  'public.pay_close_gateway': 'SELECT, INSERT',
  'public.pay_fee_change': 'SELECT, INSERT',
  'public.pay_ledger': 'SELECT, INSERT',
  'public.schema_need': 'SELECT',
  'public.sys_audit': 'SELECT',
  'public.sys_audit_archive': 'SELECT, UPDATE',
  'public.sys_audit_entry': 'SELECT, INSERT',
  'public.sys_audit_key': 'SELECT, INSERT, UPDATE',
  'graphile_worker.migrations': 'SELECT',
};

/** Job tables are closed row by row, too: the role gets a policy of its own on each. */
const SCHEMAS = ['public', 'graphile_worker'];

/**
 * Lets `role`, which owns nothing, do the application's work: every table of ours by rule, so that new ones need no word
 * here. Says it anew each time, in one transaction, so that a right that is no longer meant to be there goes.
 * @param runner of the tables' owner, one process at a time
 */
export async function grantTo(runner: QueryRunner, role: string): Promise<void> {
  const statements = (await runner.query(
    `WITH tables AS (
       SELECT n.nspname || '.' || c.relname AS name, c.oid, c.relrowsecurity AS closed, CASE c.relkind WHEN 'v' THEN $5 ELSE $4 END AS usual
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = ANY($1) AND c.relkind IN ('r', 'p', 'v') AND pg_has_role(c.relowner, 'USAGE')
     ), schemas AS (
       SELECT nspname AS name FROM pg_namespace WHERE nspname = ANY($1)
     )
     SELECT format('GRANT USAGE ON SCHEMA %I TO %I', name, $2::text) AS sql FROM schemas
     UNION ALL SELECT format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %I TO %I', name, $2) FROM schemas
     UNION ALL SELECT format('GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA %I TO %I', name, $2) FROM schemas
     UNION ALL SELECT format('REVOKE ALL ON TABLE %s FROM %I; GRANT %s ON TABLE %s TO %I', oid::regclass, $2, coalesce($3::jsonb ->> name, usual), oid::regclass, $2)
       FROM tables
     UNION ALL SELECT format('CREATE POLICY %I ON %s TO %I USING (true) WITH CHECK (true)', 'may_all_' || r.oid, t.oid::regclass, $2)
       FROM tables t, pg_roles r WHERE t.closed AND r.rolname = $2
       AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = t.oid AND r.oid = ANY(p.polroles))`,
    [SCHEMAS, role, JSON.stringify(EXCEPTIONS), USUAL, OF_VIEWS],
  )) as { sql: string }[];
  await runner.startTransaction();
  try {
    for (const { sql } of statements) await runner.query(sql);
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  }
}

/**
 * Whether a role is as narrow as it should be: it can change neither the schema nor what is only ever added to.
 * @param runner of that role
 */
export async function isNarrow(runner: QueryRunner): Promise<boolean> {
  const [row] = (await runner.query(
    `SELECT NOT bool_or(pg_has_role(c.relowner, 'USAGE') OR has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER'))
       AND NOT has_schema_privilege('public', 'CREATE') AS narrow
     FROM pg_class c WHERE c.oid = 'sys_audit'::regclass`,
  )) as { narrow: boolean }[];
  return row?.narrow ?? false;
}
