import { stat } from 'node:fs/promises';
import { QueryFailedError } from 'typeorm';
import { createApp } from './app.js';
import { dataSource } from './database.js';
import { readEnv } from './env.js';
import { AuditArchiver } from './system/index.js';

const USAGE = `npm run audit -- archive --before YYYY-MM <folder>
npm run audit -- verify <file>…
npm run audit -- restart

archive moves the audit log's months before that one into files of the folder, one a month, and out of the database; it runs as the
owner of the tables (DATABASE_MIGRATION_URL). verify holds files against what the database says of them. restart is for
a log whose MASTER_KEY was lost: it goes on, verified from here.
Exit codes: 0 done, 1 not.`;

/** What was asked for on the command line. */
type Asked =
  | { verb: 'archive'; before: string; folder: string }
  | { verb: 'verify'; files: string[] }
  | { verb: 'restart' };

/** Beside the API, as it was built, with its environment: run by `npm run audit`. What is recorded meanwhile goes on. */
async function main(): Promise<void> {
  const given = process.argv.slice(2);
  if (given.some((each) => each === '--help' || each === '-h' || each === 'help'))
    return void process.stdout.write(`${USAGE}\n`);
  const asked = understand(given);
  if (asked.verb === 'archive' && !(await stat(asked.folder).catch(() => null))?.isDirectory())
    throw new Error(`${asked.folder} is no folder.`);
  const env = { ...readEnv(process.env), logLevel: 'error' as const };
  const db = await dataSource(env.databaseMigrationUrl ?? env.databaseDirectUrl, 2).initialize();
  const app = await createApp(env, db);
  try {
    await app.init();
    await work(app.get(AuditArchiver), asked);
  } finally {
    await app.close();
  }
}

async function work(archiver: AuditArchiver, asked: Asked): Promise<void> {
  if (asked.verb === 'archive') {
    let files = 0;
    for await (const { file, first, last } of archiver.archive(asked.before, asked.folder)) {
      process.stdout.write(`${file}: rows ${first} to ${last}\n`);
      files += 1;
    }
    process.stdout.write(
      files === 0 ? 'There is nothing to archive.\n' : `${files} files. Keep them for good.\n`,
    );
    return;
  }
  if (asked.verb === 'restart') {
    process.stdout.write(
      `Rows up to ${await archiver.restart()} cannot be verified any more; all that follow are.\n`,
    );
    return;
  }
  for (const file of asked.files)
    await archiver.verify(file).then(
      ({ first, last }) => process.stdout.write(`${file}: rows ${first} to ${last}, as they were\n`),
      (error: unknown) => {
        process.stderr.write(`${file}: ${error instanceof Error ? error.message : String(error)}\n`);
        process.exitCode = 1;
      },
    );
}

function understand(given: string[]): Asked {
  const [verb, ...rest] = given;
  if (verb === 'verify' && rest.length > 0) return { verb, files: rest };
  if (verb === 'restart' && rest.length === 0) return { verb };
  const [option, before, folder] = rest;
  const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(before ?? '');
  if (verb === 'archive' && option === '--before' && before && folder && month && rest.length === 3)
    return { verb, before, folder };
  throw new Error(USAGE);
}

main().catch((error: unknown) => {
  const denied = error instanceof QueryFailedError && error.message.startsWith('permission denied');
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  if (denied)
    process.stderr.write('Rows are moved by the owner of the tables alone: set DATABASE_MIGRATION_URL.\n');
  process.exitCode = 1;
});
