import { BusinessError, Clock } from '@yajin/server';
import { dataSource } from './database.js';
import { readDatabaseEnv } from './env.js';
import { addUser, Audit, SYSTEM, USERNAME } from './system/index.js';
import { typedPassword } from './typed-password.js';

const USAGE = `npm run create-admin -- <username> [name]
The password is typed, or the first line of what is piped in. Whoever logs in with it sets one of their own first.
Exit codes: 0 made, 1 not.`;
const NAME_TAKEN = 1401;

/** Beside the API, as it was built: run by `npm run create-admin`. For where no admin can log in any more. */
async function main(): Promise<void> {
  const [username, realName = username] = process.argv.slice(2);
  if (username === '--help' || username === '-h') return void process.stdout.write(`${USAGE}\n`);
  if (!username || !realName) throw new Error(`Who? ${USAGE}`);
  if (!USERNAME.test(username))
    throw new Error('A username has from 3 to 32 letters, digits and any of _ . -');
  if (Array.from(realName).length > 50) throw new Error('A name has at most 50 characters.');
  const { databaseUrl } = readDatabaseEnv(process.env);
  const passwordHash = await typedPassword(username);
  const db = await dataSource(databaseUrl, 1).initialize();
  try {
    const clock = new Clock();
    const user = { username, realName, role: 'admin', passwordHash } as const;
    await db.transaction((manager) => addUser(manager, new Audit(clock), SYSTEM, user, clock.now()));
    process.stdout.write(`${username} is an admin. It is in the audit log.\n`);
  } finally {
    await db.destroy();
  }
}

main().catch((error: unknown) => {
  const taken = error instanceof BusinessError && error.code === NAME_TAKEN;
  const said = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${taken ? 'There is a user of that name: npm run reset-password' : said}\n`);
  process.exitCode = 1;
});
