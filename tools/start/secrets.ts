import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const OWN = ['JWT_SECRET', 'MASTER_KEY'];

/**
 * The keys this installation signs and encrypts with: made once and kept in `dataDir` for its owner alone. Losing
 * MASTER_KEY makes stored secrets unreadable, so a file that cannot be read is an error and never replaced.
 * @param tokenKeys the names of those of the lines, whose platforms `npm run token` speaks for in the demo
 * @returns only those that `environment` does not give
 */
export function secrets(
  dataDir: string,
  environment: NodeJS.ProcessEnv,
  tokenKeys: string[],
): Record<string, string> {
  const wanted = [...OWN, ...tokenKeys].filter((name) => !environment[name]);
  if (wanted.length === 0) return {};
  const file = path.join(dataDir, 'secrets.json');
  const kept = read(file);
  const missing = wanted.filter((name) => !kept[name]);
  for (const name of missing) kept[name] = randomBytes(32).toString('hex');
  if (missing.length > 0) {
    const draft = `${file}.new`;
    fs.rmSync(draft, { force: true });
    fs.writeFileSync(draft, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600, flag: 'wx', flush: true });
    fs.renameSync(draft, file);
  }
  return Object.fromEntries(wanted.map((name) => [name, kept[name] ?? '']));
}

function read(file: string): Record<string, string> {
  if (!fs.existsSync(file)) return {};
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, string>;
  } catch {
    throw new Error(`${file} cannot be read. Put back a copy of it; without it stored secrets are lost.`);
  }
}
