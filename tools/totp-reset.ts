/** `npm run totp:reset -- <username>`: takes an operator's second factor away, in the database that DATABASE_URL names. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { build } from './build.ts';

const SCRIPT = path.join(path.dirname(import.meta.dirname), 'apps/api/dist/totp-reset.js');

try {
  build('@yajin/api,libs/*');
  const { status } = spawnSync(process.execPath, [SCRIPT, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
