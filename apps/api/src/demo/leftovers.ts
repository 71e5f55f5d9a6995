import { verify } from '@node-rs/argon2';
import { onlyRow, rows, type Database, type Row } from '@yajin/server';
import { DEMO_PASSWORDS } from '../system/index.js';
import type { SysUser } from '../system/sys-user.entity.js';

/** The demo has been here, and this is no demo. `message` is for whoever starts the API. */
export class DemoLeft extends Error {
  override readonly name = 'DemoLeft';
}

/** Users whose passwords are tried at once: each costs four hashes. */
const BATCH = 8;

/**
 * What the demo brings is known to everybody. Costs four hashes for each user whose password has not been looked at before.
 * @throws DemoLeft
 */
export async function refuseDemo(db: Database): Promise<void> {
  const found: string[] = [];
  if (await hasSampleData(db)) found.push('sample data, or a demo clock');
  const users = await withDemoPasswords(db);
  if (users.length > 0) found.push(`passwords of the demo (${users.join(', ')})`);
  if (found.length > 0)
    throw new DemoLeft(
      `This database holds ${found.join(' and ')}, and this is not the demo. Point DATABASE_URL at a fresh database, ` +
        'or clear this one: `npm run demo:clear` says what it would do, and does it where no real money is.',
    );
}

export async function hasSampleData(db: Database): Promise<boolean> {
  const { found } = await onlyRow<{ found: boolean }>(
    db,
    `SELECT EXISTS (SELECT FROM sys_config WHERE key LIKE 'demo.%') AS found`,
  );
  return found;
}

/** @returns the usernames of those who have one */
export async function withDemoPasswords(db: Database): Promise<string[]> {
  const users = await rows<Row<SysUser, 'id' | 'username' | 'passwordHash'>>(
    db,
    'SELECT id, username, password_hash FROM sys_user WHERE vetted_hash IS DISTINCT FROM password_hash ORDER BY id',
  );
  const found: string[] = [];
  for (let from = 0; from < users.length; from += BATCH) {
    const batch = users.slice(from, from + BATCH);
    const known = await Promise.all(batch.map(({ password_hash }) => isKnown(password_hash)));
    found.push(...batch.filter((_, index) => known[index]).map(({ username }) => username));
    const good = batch.filter((_, index) => !known[index]);
    await rows(
      db,
      'UPDATE sys_user u SET vetted_hash = v.hash FROM unnest($1::bigint[], $2::text[]) AS v(id, hash) WHERE u.id = v.id',
      [good.map(({ id }) => id), good.map(({ password_hash }) => password_hash)],
    );
  }
  return found;
}

async function isKnown(hash: string): Promise<boolean> {
  for (const password of DEMO_PASSWORDS) if (await verify(hash, password).catch(() => false)) return true;
  return false;
}
