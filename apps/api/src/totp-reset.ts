import { BusinessError, Clock } from '@yajin/server';
import { dataSource } from './database.js';
import { Audit, resetTotp, SYSTEM, userNamed } from './system/index.js';

/** Beside the API, as it was built: run by `npm run totp:reset`. For the last admin, whom no other can help. */
async function main(): Promise<void> {
  const databaseUrl = process.env['DATABASE_URL']?.trim();
  const [username] = process.argv.slice(2);
  if (!databaseUrl) throw new Error('DATABASE_URL is missing.');
  if (!username) throw new Error('Whose? npm run totp:reset -- <username>');
  const db = await dataSource(databaseUrl, 1).initialize();
  try {
    const user = await userNamed(db, username);
    if (!user) throw new Error(`There is no user ${username}.`);
    await db.transaction((manager) => resetTotp(manager, new Audit(new Clock()), SYSTEM, user.id));
    process.stdout.write(
      `${user.username} has no second factor any more, and is logged out. It is in the audit log.\n`,
    );
  } finally {
    await db.destroy();
  }
}

main().catch((error: unknown) => {
  const none = error instanceof BusinessError && error.code === 409;
  process.stderr.write(`${none ? 'There is no second factor to reset.' : String(error)}\n`);
  process.exitCode = 1;
});
