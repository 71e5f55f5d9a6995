import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Alerts that are resolved stay. Their keys go, so that the same may come up again as another row, and so that earlier programs, which
 * know one row a key, go on raising theirs.
 */
export class Alerts1000000000098 implements MigrationInterface {
  name = 'Alerts1000000000098';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sys_alert DROP CONSTRAINT sys_alert_pkey, ALTER key DROP NOT NULL, ADD CONSTRAINT sys_alert_key UNIQUE (key),
        ADD id          bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
        ADD kind        text,                            -- the code of its title
        ADD severity    text NOT NULL DEFAULT 'warning' CHECK (severity IN ('critical', 'warning')),
        ADD params      jsonb NOT NULL DEFAULT '{}',
        ADD seen_by     text,
        ADD seen_at     timestamptz,
        ADD resolved_by text,                            -- null for what was over by itself
        ADD resolved_at timestamptz,
        ADD note        text,
        ADD CHECK ((seen_by IS NULL) = (seen_at IS NULL)),
        ADD CHECK ((key IS NULL) = (resolved_at IS NOT NULL)),
        ADD CHECK (resolved_by IS NULL OR resolved_at IS NOT NULL);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM sys_alert WHERE key IS NULL;
      ALTER TABLE sys_alert DROP CONSTRAINT sys_alert_key, DROP id, DROP kind, DROP severity, DROP params, DROP seen_by, DROP seen_at,
        DROP resolved_by, DROP resolved_at, DROP note, ADD PRIMARY KEY (key);
    `);
  }
}
