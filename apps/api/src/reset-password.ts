import { Clock } from '@yajin/server';
import { dataSource } from './database.js';
import { readDatabaseEnv } from './env.js';
import { Audit, resetPassword, SYSTEM, userNamed } from './system/index.js';
import { typedPassword } from './typed-password.js';

const USAGE = `npm run reset-password -- <username>
The password is typed, or the first line of what is piped in. Whoever logs in with it sets one of their own first.
Exit codes: 0 set, 1 not.`;

/** Beside the API, as it was built: run by `npm run reset-password`. For the last admin, whom no other can help. */
async function main(): Promise<void> {
  const [username] = process.argv.slice(2);
  if (username === '--help' || username === '-h') return void process.stdout.write(`${USAGE}\n`);
  if (!username) throw new Error(`Whose? ${USAGE}`);
  const { databaseUrl } = readDatabaseEnv(process.env);
  const db = await dataSource(databaseUrl, 1).initialize();
  try {
    const user = await userNamed(db, username);
    if (!user) throw new Error(`There is no user ${username}.`);
    const passwordHash = await typedPassword(user.username);
    await db.transaction((manager) =>
      resetPassword(manager, new Audit(new Clock()), SYSTEM, user.id, passwordHash),
    );
    process.stdout.write(
      `${user.username} has that password, and is logged out. It is in the audit log.\n` +
        'A second factor stays: npm run totp:reset takes it away.\n' +
        (user.status === 'disabled'
          ? 'The user is disabled and cannot log in until an admin enables it.\n'
          : ''),
    );
  } finally {
    await db.destroy();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
