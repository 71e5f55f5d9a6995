/** The release before this one, from the history of this checkout. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** Ignored by git, and what lies in it finds what is installed here. */
const DIST = path.join(ROOT, 'dist');
const SWC = path.join(ROOT, 'node_modules/.bin/swc');
/** What a release is committed as, by `npm run release`. */
const SUBJECT = String.raw`^chore\(release\): [0-9]`;
const MOST_BYTES = 64 * 1024 * 1024;

function git(...words: string[]): Buffer {
  // In a container the checkout may be somebody else's.
  return execFileSync('git', ['-c', `safe.directory=${ROOT}`, ...words], {
    cwd: ROOT,
    maxBuffer: MOST_BYTES,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** @returns the commit of the release before this one; null where there was none, and where the checkout has no history */
export function previousRelease(): string | null {
  try {
    const found = git('log', '-E', `--grep=${SUBJECT}`, '--format=%H', '-1', 'HEAD^').toString().trim();
    return found || null;
  } catch {
    return null;
  }
}

/**
 * The API of a release, on what is installed now: what it was built from is compiled once more.
 * @returns a folder like a checkout, to be removed
 */
export function checkOut(commit: string): string {
  fs.mkdirSync(DIST, { recursive: true });
  const folder = fs.mkdtempSync(path.join(DIST, 'release-'));
  const parts = ['apps/api', 'libs', 'tools', '.swcrc', 'package.json'];
  execFileSync('tar', ['-x', '-C', folder], { input: git('archive', commit, ...parts) });
  const ours = path.join(folder, 'node_modules/@yajin');
  fs.mkdirSync(ours, { recursive: true });
  for (const name of neededBy(folder, 'apps/api')) {
    const at = path.join(folder, name === 'api' ? 'apps/api' : `libs/${name}`);
    fs.symlinkSync(at, path.join(ours, name));
    const words = ['src', '-d', 'dist', '--strip-leading-paths', '--config-file', '../../.swcrc'];
    execFileSync(SWC, words, { cwd: at, stdio: 'ignore' });
  }
  return folder;
}

/** The names of a package and of those of ours that it depends on, and so on. */
function neededBy(folder: string, at: string, known = new Set<string>()): Set<string> {
  const text = fs.readFileSync(path.join(folder, at, 'package.json'), 'utf8');
  const { dependencies = {} } = JSON.parse(text) as { dependencies?: Record<string, string> };
  known.add(path.basename(at));
  for (const [, name] of Object.keys(dependencies).flatMap((key) => [/^@yajin\/(.+)$/.exec(key) ?? []]))
    if (name && !known.has(name)) neededBy(folder, `libs/${name}`, known);
  return known;
}
