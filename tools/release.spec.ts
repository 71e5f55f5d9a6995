import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

let folder: string;
beforeEach(() => (folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'yajin-release-')))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** Of whoever commits here, wherever the test runs. */
const GIT = {
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.com',
};

function run(command: string, ...args: string[]): string {
  const env = { ...process.env, ...GIT, NX_DAEMON: 'false', NX_TUI: 'false', NX_ISOLATE_PLUGINS: 'false' };
  return execFileSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function json(file: string): Record<string, unknown> {
  return JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as Record<string, unknown>;
}

/** As much of this repository as has versions. */
function repository(): void {
  for (const file of [
    'package.json',
    'package-lock.json',
    'nx.json',
    '.gitignore',
    'tools/nx-targets.mjs',
    'tools/nx-versions.cjs',
    'libs/core/package.json',
    'libs/server/package.json',
  ]) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.cpSync(file, path.join(folder, file));
  }
  fs.symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'));
  fs.appendFileSync(path.join(folder, '.gitignore'), 'node_modules\n');
  run('git', 'init', '-q', '-b', 'main');
  run('git', 'add', '-A');
  for (const subject of [
    'chore: begin',
    'feat(camp): give deposits back',
    'fix: count a day once',
    'test: try it',
  ])
    run('git', 'commit', '-q', '--allow-empty', '-m', subject);
}

it('a release gives every package, what they ask of each other and the lock file one version, says what is new, and is tagged', () => {
  repository();
  run('node_modules/.bin/nx', 'release', '7.8.9', '--first-release', '--skip-publish');
  expect(json('package.json')['version']).toBe('7.8.9');
  expect(json('libs/core/package.json')['version']).toBe('7.8.9');
  expect(json('libs/server/package.json')).toMatchObject({
    version: '7.8.9',
    dependencies: { '@yajin/core': '7.8.9' },
  });
  expect(json('package-lock.json')).toMatchObject({
    version: '7.8.9',
    packages: {
      '': { version: '7.8.9' },
      'apps/api': { version: '7.8.9', dependencies: { '@yajin/core': '7.8.9' } },
    },
  });
  const changelog = fs.readFileSync(path.join(folder, 'CHANGELOG.md'), 'utf8');
  expect(changelog).toMatch(/^## 7\.8\.9 \(\d{4}-\d{2}-\d{2}\)$/m);
  expect(changelog).toContain('### Features\n\n- **camp:** give deposits back');
  expect(changelog).toContain('### Fixes\n\n- count a day once');
  expect(changelog).not.toContain('try it');
  expect(run('git', 'log', '-1', '--format=%s %D').trim()).toBe(
    'chore(release): 7.8.9 HEAD -> main, tag: v7.8.9',
  );
  expect(run('git', 'status', '--porcelain')).toBe('');
});
