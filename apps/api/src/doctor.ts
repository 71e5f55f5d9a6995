import { lookAtCookie, lookAtDatabase } from './doctor/database.js';
import { fail, ok, type Finding } from './doctor/finding.js';
import { lookAtImages } from './doctor/images.js';
import { lookAtDisk, lookAtRedis } from './doctor/machine.js';
import { lookAtCallback, lookAtGateways } from './doctor/outside.js';
import { lookAtReplica } from './doctor/replica.js';
import { InvalidEnv, readDatabaseEnv, readEnv, type DatabaseEnv, type Env } from './env.js';

const USAGE = `npm run doctor
Looks at the environment, the database, its schema and role, its replica, clocks, keys and certificates, the address that gateways send to, the zsxq
cookie, Redis, the store of images and the disk, and says what to do about what is wrong. It changes nothing (in the store it puts, reads and
deletes an object of its own), moves no money and shows no secrets.
Exit codes: 0 nothing failed (warnings aside), 1 something did.`;

/** Beside the API, as it was built, with its environment: run by `npm run doctor`. */
async function main(): Promise<void> {
  if (process.argv.length > 2) return void process.stdout.write(`${USAGE}\n`);
  const findings: Finding[] = [];
  const say = (found: Finding[]): void => {
    findings.push(...found);
    for (const { level, what, said, todo } of found)
      process.stdout.write(
        `${level.padEnd(4)}  ${what}: ${said}\n${todo === undefined ? '' : `      → ${todo}\n`}`,
      );
  };
  const env = read(() => readEnv(process.env), say);
  // What is wrong there is said already, as part of the whole.
  const database: DatabaseEnv | null =
    env ??
    read(
      () => readDatabaseEnv(process.env),
      () => undefined,
    );
  if (database) say([...(await lookAtDatabase(database, env)), ...(await lookAtReplica(database))]);
  if (env) {
    for (const part of [lookAtCallback, lookAtGateways, lookAtRedis, lookAtImages]) say(await part(env));
    if (env.lines.some(({ name }) => name === 'camp'))
      say(
        await lookAtCookie(
          env,
          Boolean(process.env['PLANET_COOKIE'] ?? process.env['PLANET_COOKIE_FILE']),
          new Date(),
        ),
      );
  }
  say(await lookAtDisk());
  const count = (level: Finding['level']): number => findings.filter((each) => each.level === level).length;
  process.stdout.write(`${count('ok')} ok, ${count('warn')} to look at, ${count('fail')} failed\n`);
  if (count('fail') > 0) process.exitCode = 1;
}

function read<Read extends Env | DatabaseEnv>(
  reading: () => Read,
  say: (found: Finding[]) => void,
): Read | null {
  try {
    const env = reading();
    say([ok('environment', 'it is complete')]);
    return env;
  } catch (error) {
    if (!(error instanceof InvalidEnv)) throw error;
    say([fail('environment', error.message, 'docs/configuration.md has every variable.')]);
    return null;
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
