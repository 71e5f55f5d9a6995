/**
 * `npm run token -- --line <line> --sub <user> [--role user|admin|…] [--hours 8]`: prints a token as the
 * platform around that line would give it to its user. For the demo: it signs with the key that `npm start` made.
 */
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { signHostToken } from '@yajin/testing/host-token';
import { builtLines } from './lines.ts';

interface Claims {
  /** The platform's id of the user. */
  sub: string;
  role: string;
  hours?: number;
}

/** @throws Error when no key can be found: the demo has not been started with this DATA_DIR */
export async function hostToken(line: string, { sub, role, hours = 8 }: Claims): Promise<string> {
  return signHostToken(keyOf(await tokenKeyOf(line)), line, { user: sub, role, lasts: hours * 3600 });
}

/** What the environment calls the key of a line. */
async function tokenKeyOf(line: string): Promise<string> {
  const lines = (await builtLines()).filter(({ tokenKey }) => tokenKey !== null);
  const found = lines.find(({ name }) => name === line)?.tokenKey;
  if (!found) throw new Error(`--line must be one of ${lines.map(({ name }) => name).join(', ')}.`);
  return found;
}

function keyOf(name: string): string {
  const given = process.env[name]?.trim();
  if (given) return given;
  const file = path.resolve(
    path.dirname(import.meta.dirname),
    process.env['DATA_DIR']?.trim() || '.data',
    'secrets.json',
  );
  const kept = fs.existsSync(file)
    ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, string>)
    : {};
  const key = kept[name];
  if (!key)
    throw new Error(`No ${name} in the environment or in ${file}: run \`npm start\` first (same DATA_DIR).`);
  return key;
}

async function main(): Promise<void> {
  const { line, sub, role, hours } = parseArgs({
    options: {
      line: { type: 'string', default: '' },
      sub: { type: 'string' },
      role: { type: 'string', default: 'user' },
      hours: { type: 'string', default: '8' },
    },
  }).values;
  if (process.env['APP_MODE']?.trim() === 'production')
    throw new Error('Tokens are made by your platform in production.');
  await tokenKeyOf(line);
  if (!sub) throw new Error('--sub must name the user.');
  // The API takes none that is good for longer.
  if (!/^\d{1,2}$/.test(hours) || Number(hours) < 1 || Number(hours) > 24)
    throw new Error('--hours must be a whole number from 1 to 24.');
  process.stdout.write(`${await hostToken(line, { sub, role, hours: Number(hours) })}\n`);
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
