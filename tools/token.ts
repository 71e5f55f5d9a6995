/**
 * `npm run token -- --line course|gym|task|work-order --sub <user> [--role user|admin|…] [--hours 8]`: prints a token as the
 * platform around that line would give it to its user. For the demo: it signs with the key that `npm start` made.
 */
import { createHmac } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { TOKEN_KEYS } from './start/secrets.ts';

export type HostLine = keyof typeof TOKEN_KEYS;

interface Claims {
  /** The platform's id of the user. */
  sub: string;
  role: string;
  hours?: number;
}

/** @throws Error when no key can be found: the demo has not been started with this DATA_DIR */
export function hostToken(line: HostLine, { sub, role, hours = 8 }: Claims): string {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { sub, role, aud: line, iat: now, exp: now + hours * 3600 };
  const content = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${content}.${createHmac('sha256', keyOf(line)).update(content).digest('base64url')}`;
}

function keyOf(line: HostLine): string {
  const name = TOKEN_KEYS[line];
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

export function isHostLine(name: string | undefined): name is HostLine {
  return name !== undefined && Object.hasOwn(TOKEN_KEYS, name);
}

function main(): void {
  const { line, sub, role, hours } = parseArgs({
    options: {
      line: { type: 'string' },
      sub: { type: 'string' },
      role: { type: 'string', default: 'user' },
      hours: { type: 'string', default: '8' },
    },
  }).values;
  if (process.env['APP_MODE']?.trim() === 'production')
    throw new Error('Tokens are made by your platform in production.');
  if (!isHostLine(line)) throw new Error(`--line must be one of ${Object.keys(TOKEN_KEYS).join(', ')}.`);
  if (!sub) throw new Error('--sub must name the user.');
  // The API takes none that is good for longer.
  if (!/^\d{1,2}$/.test(hours) || Number(hours) < 1 || Number(hours) > 24)
    throw new Error('--hours must be a whole number from 1 to 24.');
  process.stdout.write(`${hostToken(line, { sub, role, hours: Number(hours) })}\n`);
}

if (import.meta.main) {
  try {
    main();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
