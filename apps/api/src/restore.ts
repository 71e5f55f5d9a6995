import { stat } from 'node:fs/promises';
import { businessDate } from '@yajin/core';
import { connect, contents, differences, factsOf } from './backup/facts.js';
import { readManifest, sha256Of } from './backup/manifest.js';
import { libpq, runProgram } from './backup/programs.js';
import { migrations } from './migrations.js';
import { readDatabaseEnv } from './env.js';

const USAGE = `npm run restore -- <file>
Restores a backup into an empty database, whole or not at all, and holds what is there against the backup's manifest.
Exit codes: 0 restored and the same, 1 not.`;

/** Beside the API, as it was built: run by `npm run restore`, as the owner that the tables shall have. Nothing may run on the database. */
async function main(): Promise<void> {
  const [file] = process.argv.slice(2);
  if (file === '--help' || file === '-h') return void process.stdout.write(`${USAGE}\n`);
  if (!file) throw new Error(`Which backup? ${USAGE}`);
  const env = readDatabaseEnv(process.env);
  const url = env.databaseMigrationUrl ?? env.databaseDirectUrl;
  const manifest = await readManifest(file);
  const { size } = await stat(file);
  if (size !== manifest.bytes || (await sha256Of(file)) !== manifest.sha256)
    throw new Error(`${file} is not the file that its manifest is about: it was changed or cut off.`);
  const client = await connect(url);
  try {
    const there = await contents(client);
    if (there.length > 0)
      throw new Error(
        `The database is not empty (${there.join(', ')}, …): restore into one that is, and nothing else.`,
      );
    await runProgram(
      'pg_restore',
      [
        '--exit-on-error',
        '--single-transaction',
        '--no-password',
        `--dbname=${libpq(url)['PGDATABASE'] ?? ''}`,
        file,
      ],
      libpq(url),
    );
    const wrong = differences(manifest, await factsOf(client));
    if (wrong.length > 0)
      throw new Error(`It was restored, and is not what was backed up:\n${wrong.join('\n')}`);
  } finally {
    await client.end();
  }
  const newer = manifest.migrations.filter((name) => !migrations.some((each) => each.name === name));
  process.stdout.write(
    `Restored, and the same as on ${manifest.takenAt}: rows, books and audit log.\n` +
      (newer.length > 0 ? `It was made by a newer release (${newer.join(', ')}): start that one.\n` : '') +
      'What happened since is with the gateways. Next: start the API, then\n' +
      `  npm run reconcile -- --from ${businessDate(new Date(manifest.takenAt))}\n`,
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
