import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** The platforms around the small lines: in the demo `npm run token` speaks for them. */
export const TOKEN_KEYS = {
  course: 'COURSE_TOKEN_KEY',
  gym: 'GYM_TOKEN_KEY',
  task: 'TASK_TOKEN_KEY',
  'work-order': 'WORK_ORDER_TOKEN_KEY',
} as const;

const NAMES = ['JWT_SECRET', 'MASTER_KEY', ...Object.values(TOKEN_KEYS)] as const;

/**
 * The keys this installation signs and encrypts with: made once and kept in `dataDir` for its owner alone. Losing
 * MASTER_KEY makes stored secrets unreadable, so a file that cannot be read is an error and never replaced.
 * @returns only those that `environment` does not give
 */
export function secrets(dataDir: string, environment: NodeJS.ProcessEnv): Record<string, string> {
  const wanted = NAMES.filter((name) => !environment[name]);
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
