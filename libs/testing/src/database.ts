import { createHash, randomBytes } from 'node:crypto';
import { Jobs } from '@yajin/server';
import pg from 'pg';
import { migrate } from '../../../apps/api/src/database.js';
import { migrations } from '../../../apps/api/src/migrations.js';
import { grantTo } from '../../../apps/api/src/grants.js';

const TEMPLATE_LOCK = 911_002;
/** The role that the API runs as: it owns nothing. */
const APP_ROLE = 'yajin_app';

/** The same database as the owner of everything. */
export function asOwner(url: string): string {
  const { username, password } = new URL(process.env.TEST_DATABASE_URL ?? '');
  return Object.assign(new URL(url), { username, password }).toString();
}

/**
 * A database of its own, cloned from a template that has all migrations; `url` is its owner's, `appUrl` the narrow
 * role's.
 */
export async function testDatabase(): Promise<{ url: string; appUrl: string; drop: () => Promise<void> }> {
  const adminUrl = process.env.TEST_DATABASE_URL;
  if (!adminUrl) throw new Error('TEST_DATABASE_URL is not set: run through jest.config.js');
  const version = createHash('sha256')
    .update([...migrations.map((migration) => migration.toString()), grantTo.toString()].join())
    .digest('hex')
    .slice(0, 12);
  const template = `template_${version}`;
  const name = `test_${randomBytes(6).toString('hex')}`;
  const at = (database: string): string =>
    Object.assign(new URL(adminUrl), { pathname: `/${database}` }).toString();
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const found = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (found.rowCount === 0) {
      await admin.query(`CREATE DATABASE ${template}_building`);
      await new Jobs(at(`${template}_building`), 0).migrate();
      await admin.query(
        `DO $$ BEGIN CREATE ROLE ${APP_ROLE} LOGIN PASSWORD '${APP_ROLE}'; EXCEPTION WHEN duplicate_object THEN NULL; END $$`,
      );
      await migrate(at(`${template}_building`), [APP_ROLE]);
      await admin.query(`ALTER DATABASE ${template}_building RENAME TO ${template}`);
    }
    // Copying the files takes a third less than writing every page to the log as well.
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`);
    await admin.query('SELECT pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  } finally {
    await admin.end();
  }
  const drop = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: adminUrl });
    await client.connect();
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await client.end();
  };
  const appUrl = Object.assign(new URL(at(name)), { username: APP_ROLE, password: APP_ROLE }).toString();
  return { url: at(name), appUrl, drop };
}
