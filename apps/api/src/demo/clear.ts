import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { hash } from '@node-rs/argon2';
import { maybeRow, onlyRow, rows, type Row } from '@yajin/server';
import type { DataSource } from 'typeorm';
import type { SysConfig } from '../system/sys-config.entity.js';
import { hasSampleData, withDemoPasswords } from './leftovers.js';

/** Connections that were just closed are still counted for a moment. */
const COMPANY_TRIES = 20;
const COMPANY_PAUSE_MS = 100;

/** Why nothing was cleared. `message` is for whoever asked. */
export class NotCleared extends Error {
  override readonly name = 'NotCleared';
}

/**
 * Takes out of a database what the demo left: all of it where sample data is, for the ledger lets nothing be deleted; else
 * only the passwords.
 * @param db one connection, as the owner of the tables
 * @param startOver makes all tables anew
 * @param really false: only says what it would do
 * @returns what was done, or would be, a line each
 * @throws NotCleared when money came that is no sample, or somebody else is connected
 */
export async function clearDemo(
  db: DataSource,
  startOver: () => Promise<void>,
  really: boolean,
): Promise<string[]> {
  if (await hasSampleData(db)) {
    await refuseRealMoney(db);
    if (!really)
      return [
        'All tables would be made anew: whatever is in this database is lost, its users and settings included.',
      ];
    await refuseCompany(db);
    await startOver();
    return ['All tables were made anew. The first start makes the operator admin.'];
  }
  const users = await withDemoPasswords(db);
  if (users.length === 0) return ['Nothing of the demo is here.'];
  if (!really) return users.map((username) => `${username} would get another password, and be logged out.`);
  const done: string[] = [];
  for (const username of users) done.push(await replacePassword(db, username));
  return done;
}

/** Sample payments were all made before the sample was marked as done; what came later may be anything, and what came without. */
async function refuseRealMoney(db: DataSource): Promise<void> {
  const sample = await maybeRow<Row<SysConfig, 'value' | 'updatedAt'>>(
    db,
    `SELECT value, updated_at FROM sys_config WHERE key = 'demo.data'`,
  );
  const done = sample?.value === 'done' ? sample.updated_at : new Date(sample ? Date.now() : 0);
  const { paid, newest } = await onlyRow<{ paid: number; newest: Date | null }>(
    db,
    `SELECT count(*) AS paid, max(paid_at) AS newest FROM pay_attempt WHERE transaction_id IS NOT NULL AND created_at > $1`,
    [done],
  );
  if (paid > 0 && newest)
    throw new NotCleared(
      `${paid} payments came after the sample data, the newest at ${newest.toISOString()}. They may be real, so nothing was ` +
        'cleared: point DATABASE_URL at a fresh database, and keep this one for its books.',
    );
}

async function refuseCompany(db: DataSource): Promise<void> {
  let left = 0;
  for (let tries = 0; tries < COMPANY_TRIES; tries += 1) {
    const { others } = await onlyRow<{ others: number }>(
      db,
      `SELECT count(*) AS others FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
    );
    left = others;
    if (left === 0) return;
    await sleep(COMPANY_PAUSE_MS);
  }
  throw new NotCleared(`${left} other connections use this database: stop the API (and psql) first.`);
}

async function replacePassword(db: DataSource, username: string): Promise<string> {
  const password = randomBytes(12).toString('base64url');
  await rows(
    db,
    `WITH changed AS (
       UPDATE sys_user SET password_hash = $2, must_change = true WHERE username = $1 RETURNING id
     ) DELETE FROM sys_session WHERE user_id IN (SELECT id FROM changed)`,
    [username, await hash(password)],
  );
  return `${username} has the password ${password} until the first login, which asks for another.`;
}
