import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { isBuiltin } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { productionPackages, type Packages } from './lock.ts';
import { makeProduction } from './tree.ts';

const ROOT = path.resolve('.');
const MB = 1_000_000;
/** Of a package by its name, as the compiler writes it. */
const IMPORT = /^(?:import|export) (?:[^'\n]* from )?'(@?\w[^']*)'(?: with .*)?;$/gm;

describe('what of the lock file runs in production', () => {
  const lock: Packages = {
    '': { devDependencies: { jest: '1' } },
    'apps/api': { dependencies: { '@yajin/core': '1', a: '1' }, devDependencies: { jest: '1' } },
    'libs/core': { dependencies: { b: '1' } },
    'node_modules/@yajin/api': { resolved: 'apps/api', link: true },
    'node_modules/@yajin/core': { resolved: 'libs/core', link: true },
    'node_modules/jest': { version: '1' },
    'node_modules/a': {
      version: '1',
      dependencies: { b: '2' },
      optionalDependencies: { 'a-windows': '1', 'a-linux': '1' },
      peerDependencies: { p: '1', q: '1' },
      peerDependenciesMeta: { q: { optional: true } },
    },
    'node_modules/a/node_modules/b': { version: '2' },
    'node_modules/a-linux': { version: '1', optional: true },
    'node_modules/b': { version: '1' },
    'node_modules/p': { version: '1' },
    'node_modules/q': { version: '1' },
  };

  it('is what the API, our packages and theirs need, each where Node finds it, and nothing for development', () => {
    expect(Object.keys(productionPackages(lock, '@yajin/api'))).toEqual([
      'apps/api',
      'libs/core',
      'node_modules/@yajin/api',
      'node_modules/@yajin/core',
      'node_modules/a',
      'node_modules/a-linux',
      'node_modules/a/node_modules/b',
      'node_modules/b',
      'node_modules/p',
    ]);
    expect(productionPackages(lock, '@yajin/api')['apps/api']).not.toHaveProperty('devDependencies');
  });

  it('is not made up where the lock file is not complete', () => {
    const { 'node_modules/p': _p, ...incomplete } = lock;
    expect(() => productionPackages(incomplete, '@yajin/api')).toThrow('lacks p, which node_modules/a needs');
  });
});

describe('the folder that runs in production', () => {
  let folder: string;
  let files: string[];
  beforeAll(() => {
    folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'yajin-production-')), 'tree');
    makeProduction(ROOT, folder);
    files = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  });
  afterAll(() => fs.rmSync(path.dirname(folder), { recursive: true }));

  it('holds the API and both web apps as they were built, and what npm has nothing to say against', () => {
    for (const file of [
      'apps/api/dist/main.js',
      'apps/api/dist/reconcile.js',
      'apps/api/dist/jobs.js',
      'apps/api/dist/backup.js',
      'apps/api/dist/doctor.js',
      'apps/api/dist/restore.js',
      'apps/api/dist/audit.js',
      'apps/api/dist/images.js',
      'apps/api/dist/create-admin.js',
      'apps/api/dist/reset-password.js',
      'apps/api/dist/sbom.cdx.json',
      'apps/admin/dist/index.html',
      'apps/h5/dist/index.html.br',
    ])
      expect(files).toContain(file);
    execFileSync('npm', ['ls', '--all', '--offline'], { cwd: folder, stdio: 'pipe' });
  });

  it('has no tests, no sources, no maps of pages, no sandbox, and nothing that only development needs', () => {
    const ours = files.filter((file) => !file.includes('node_modules/'));
    expect(ours.filter((file) => /\.(spec|kit)\.|\.tsx?$|\/src\/|\/test\//.test(file))).toEqual([]);
    expect(
      ours.filter((file) => /^apps\/(admin|h5)\/.*\.map$|^apps\/sandbox|^libs\/(testing|ui|web)/.test(file)),
    ).toEqual([]);
    const { devDependencies } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    // The API or its packages need these, too; types are what some of them depend on.
    const needed = ['pg', 'sharp', 'semver', 'yaml', 'ajv', 'ajv-formats'];
    const tools = Object.keys(devDependencies).filter(
      (name) => !needed.includes(name) && !name.startsWith('@types/'),
    );
    expect(tools.filter((name) => files.includes(`node_modules/${name}`))).toEqual([]);
  });

  it('has every package that its programs name', () => {
    const named = files
      .filter((file) => /^(apps|libs)\/[^/]+\/dist\/.*\.js$/.test(file) && !/^apps\/(admin|h5)\//.test(file))
      .flatMap((file) => [...fs.readFileSync(path.join(folder, file), 'utf8').matchAll(IMPORT)])
      .map(([, name = '']) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'));
    const packages = [...new Set(named)].filter((name) => !isBuiltin(name));
    expect(packages.length).toBeGreaterThan(20);
    expect(packages.filter((name) => !fs.existsSync(path.join(folder, 'node_modules', name)))).toEqual([]);
  });

  it('runs far from the checkout, by a Node that is given nothing else', () => {
    const { status, stderr } = spawnSync(process.execPath, ['apps/api/dist/main.js', 'migrate'], {
      cwd: folder,
      env: {},
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([78, 'The environment is not complete:\n  DATABASE_URL is missing\n']);
  });

  it('is small enough to be sent around', () => {
    const bytes = files
      .map((file) => fs.lstatSync(path.join(folder, file)))
      .reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0);
    expect(bytes).toBeLessThan(140 * MB);
  });
});
