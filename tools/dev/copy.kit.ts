import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ROOT = process.cwd();
/** What a run needs of a checkout. */
const PARTS = [
  'apps',
  'libs',
  'tools',
  'package.json',
  'package-lock.json',
  'nx.json',
  '.swcrc',
  '.gitignore',
];
const LEFT_OUT = new Set(['node_modules', 'bench']);

/** A checkout of its own to change files in, built as this one is. Other people's packages are this one's. */
export function copyOfCheckout(): string {
  // Its real name, for that is what modules are known by.
  const copy = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'yajin-dev-')));
  // PostgreSQL may run as somebody else, out of this folder.
  fs.chmodSync(copy, 0o755);
  for (const entry of [
    ...PARTS,
    ...fs.readdirSync(ROOT).filter((name) => /^(tsconfig|vite).*\.(json|ts)$/.test(name)),
  ])
    fs.cpSync(path.join(ROOT, entry), path.join(copy, entry), {
      recursive: true,
      filter: (from) => !LEFT_OUT.has(path.basename(from)) && !from.endsWith('.spec.ts'),
    });
  linkModules(copy, '.');
  for (const app of fs.readdirSync(path.join(ROOT, 'apps'))) linkModules(copy, path.join('apps', app));
  return copy;
}

/** Ours by their relative links, so that they are the copy's. */
function linkModules(copy: string, folder: string): void {
  const [from, to] = [path.join(ROOT, folder, 'node_modules'), path.join(copy, folder, 'node_modules')];
  if (!fs.existsSync(from)) return;
  fs.mkdirSync(to);
  // What a tool keeps there for itself, the copy must not share.
  for (const name of fs.readdirSync(from).filter((each) => !each.startsWith('.') || each === '.bin')) {
    if (name !== '@yajin') fs.symlinkSync(path.join(from, name), path.join(to, name));
    else fs.cpSync(path.join(from, name), path.join(to, name), { recursive: true, verbatimSymlinks: true });
  }
}
