import { open, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import manifest from '../package.json' with { type: 'json' };
import { connect, factsOf, type Facts } from './backup/facts.js';
import { manifestOf, newManifest, sha256Of } from './backup/manifest.js';
import { libpq, runProgram } from './backup/programs.js';
import { readDatabaseEnv } from './env.js';

const USAGE = `npm run backup -- <folder>
Writes yajin-<time>.dump (pg_dump's custom format) and its manifest into the folder, for nobody but the user who runs it.
Exit codes: 0 made, 1 not.`;
/** So long a lock that somebody else holds, such as a migration's, is waited for. */
const LOCK_WAIT = '60s';

/** Beside the API, as it was built: run by `npm run backup`, as the owner of the tables. What is written to meanwhile goes on. */
async function main(): Promise<void> {
  const [folder] = process.argv.slice(2);
  if (folder === '--help' || folder === '-h') return void process.stdout.write(`${USAGE}\n`);
  if (!folder) throw new Error(`Where to? ${USAGE}`);
  if (!(await stat(folder).catch(() => null))?.isDirectory()) throw new Error(`${folder} is no folder.`);
  const env = readDatabaseEnv(process.env);
  const url = env.databaseMigrationUrl ?? env.databaseDirectUrl;
  const takenAt = new Date();
  const file = path.join(folder, `yajin-${takenAt.toISOString().replace(/[-:]|\.\d+/g, '')}.dump`);
  const { facts, server } = await dump(url, file);
  const bytes = await describe(file, takenAt, server, facts).catch(async (error: unknown) => {
    await rm(file, { force: true });
    throw error;
  });
  const rows = Object.values(facts.tables).reduce((sum, each) => sum + each, 0);
  process.stdout.write(`${file}: ${bytes} bytes, ${rows} rows, ${facts.ledger.postings} postings.\n`);
}

/** Writes the manifest. @returns how many bytes the dump has */
async function describe(file: string, takenAt: Date, server: string, facts: Facts): Promise<number> {
  const { size: bytes } = await stat(file);
  const sha256 = await sha256Of(file);
  const whole = newManifest({
    version: manifest.version,
    server,
    takenAt: takenAt.toISOString(),
    bytes,
    sha256,
    ...facts,
  });
  await writeFile(manifestOf(file), `${JSON.stringify(whole, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  return bytes;
}

/** The dump and what is said of it are of one moment: both read one snapshot. */
async function dump(url: string, file: string): Promise<{ facts: Facts; server: string }> {
  const client = await connect(url);
  const draft = `${file}.new`;
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { rows } = await client.query<{ snapshot: string; server: string }>(
      `SELECT pg_export_snapshot() AS snapshot, current_setting('server_version') AS server`,
    );
    const { snapshot = '', server = '' } = rows[0] ?? {};
    const out = await open(draft, 'wx', 0o600);
    try {
      const args = [
        '--format=custom',
        '--no-password',
        `--snapshot=${snapshot}`,
        `--lock-wait-timeout=${LOCK_WAIT}`,
      ];
      const [facts] = await Promise.all([factsOf(client), runProgram('pg_dump', args, libpq(url), out.fd)]);
      await out.sync();
      await rename(draft, file);
      return { facts, server };
    } finally {
      await out.close();
    }
  } finally {
    await rm(draft, { force: true });
    await client.end();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`There is no backup: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
