/** The folder that runs in production: what was built, and of what is installed only what that needs. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { productionPackages, type Locked, type Packages } from './lock.ts';

const API = 'apps/api';
/** Served by the API, from beside it. */
const WEB_APPS = ['apps/admin', 'apps/h5'];
/** The second bounds the memory that large exports leave behind; see docs/operations.md. */
const NODE = 'node --enable-source-maps --max-semi-space-size=16';
const SCRIPTS = {
  start: `${NODE} ${API}/dist/main.js`,
  web: `${NODE} ${API}/dist/main.js web`,
  worker: `${NODE} ${API}/dist/main.js worker`,
  migrate: `${NODE} ${API}/dist/main.js migrate`,
  doctor: `${NODE} ${API}/dist/doctor.js`,
  backup: `${NODE} ${API}/dist/backup.js`,
  restore: `${NODE} ${API}/dist/restore.js`,
  reconcile: `${NODE} ${API}/dist/reconcile.js`,
  jobs: `${NODE} ${API}/dist/jobs.js`,
  audit: `${NODE} ${API}/dist/audit.js`,
  images: `${NODE} ${API}/dist/images.js`,
  'totp:reset': `${NODE} ${API}/dist/totp-reset.js`,
  'create-admin': `${NODE} ${API}/dist/create-admin.js`,
  'reset-password': `${NODE} ${API}/dist/reset-password.js`,
  'demo:clear': `${NODE} ${API}/dist/demo-clear.js`,
};
/**
 * What packages bring along that no program reads: types, the maps of code that is not ours, and of the font the weights that no
 * document of ours is set in (33 MB).
 */
const NEEDLESS = /\.(d\.[cm]?ts|[cm]?js\.map|md|markdown)$|\/NotoSansHans-(?!Regular)\w+\.otf$/;

/** Built along with what they test. */
const TESTS = /\/test$|\.kit\.js/;

/** Of a checkout's package.json, and of those of its packages. */
interface Manifest {
  version: string;
  license?: string;
  [key: string]: unknown;
}

/**
 * Makes `target` anew, whole or not at all. Everything must be built and installed.
 * @param root the checkout
 * @throws Error saying what is missing
 */
export function makeProduction(root: string, target: string): void {
  const lock = readJson(path.join(root, 'package-lock.json')) as {
    packages: Packages;
    lockfileVersion: number;
  };
  const packages = productionPackages(lock.packages, '@yajin/api');
  const draft = `${target}.new`;
  fs.rmSync(draft, { recursive: true, force: true });
  for (const [place, locked] of Object.entries(packages)) {
    if (locked.link) link(draft, place, locked.resolved ?? '');
    else if (place.includes('node_modules/')) copyPackage(root, draft, place, locked);
    else copyOurs(root, draft, place);
  }
  for (const app of WEB_APPS)
    copy(path.join(root, app, 'dist'), path.join(draft, app, 'dist'), (file) => !file.endsWith('.map'));
  fs.copyFileSync(path.join(root, 'LICENSE'), path.join(draft, 'LICENSE'));
  const ours = Object.keys(packages).filter((place) => !place.includes('node_modules/'));
  const manifest = rootManifest(readJson(path.join(root, 'package.json')) as Manifest, ours, commitOf(root));
  const { scripts: _scripts, private: _private, type: _type, gitHead: _head, ...head } = manifest;
  writeJson(path.join(draft, 'package.json'), manifest);
  writeJson(path.join(draft, 'package-lock.json'), {
    name: manifest['name'],
    version: manifest.version,
    lockfileVersion: lock.lockfileVersion,
    requires: true,
    packages: { '': head, ...packages },
  });
  fs.rmSync(target, { recursive: true, force: true });
  fs.renameSync(draft, target);
}

/** Of the sources; COMMIT says it where they come without their repository, as in an image. */
function commitOf(root: string): string | null {
  const given = process.env.COMMIT?.trim();
  if (given) return given;
  const { status, stdout } = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

function rootManifest({ version, license }: Manifest, workspaces: string[], commit: string | null): Manifest {
  return {
    name: 'yajin',
    version,
    ...(commit !== null && { gitHead: commit }),
    private: true,
    type: 'module',
    license: license ?? '',
    engines: { node: '>=24' },
    workspaces,
    scripts: SCRIPTS,
  };
}

function link(draft: string, place: string, to: string): void {
  const at = path.join(draft, place);
  fs.mkdirSync(path.dirname(at), { recursive: true });
  fs.symlinkSync(path.relative(path.dirname(at), path.join(draft, to)), at);
}

/** What npm installed, without the packages that lie inside of it: those that are needed have places of their own. */
function copyPackage(root: string, draft: string, place: string, { optional }: Locked): void {
  const from = path.join(root, place);
  if (!fs.existsSync(from)) {
    // Made for another kind of machine.
    if (optional) return;
    throw new Error(`${place} is not installed: run npm ci`);
  }
  const inside = path.join(from, 'node_modules');
  copy(from, path.join(draft, place), (file) => file !== inside && !NEEDLESS.test(file));
}

function copyOurs(root: string, draft: string, place: string): void {
  const {
    scripts: _scripts,
    devDependencies: _dev,
    ...manifest
  } = readJson(path.join(root, place, 'package.json')) as Manifest;
  copy(path.join(root, place, 'dist'), path.join(draft, place, 'dist'), (file) => !TESTS.test(file));
  writeJson(path.join(draft, place, 'package.json'), manifest);
}

function copy(from: string, to: string, wanted: (file: string) => boolean): void {
  if (!fs.existsSync(from)) throw new Error(`${from} is missing: build first`);
  fs.cpSync(from, to, {
    recursive: true,
    verbatimSymlinks: true,
    mode: fs.constants.COPYFILE_FICLONE,
    filter: wanted,
  });
}

function readJson(file: string): unknown {
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

function writeJson(file: string, value: unknown): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}
