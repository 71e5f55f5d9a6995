import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

// Without what only a window needs the first does the same for a tenth less processor time (15.0 s where 16.2 s, 133 s where 141 s).
const NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];
const INSTALL_MS = 300_000;

/**
 * The machine's Chromium, for the tests of the web apps. Where it is missing it is installed: by apt as root on Debian,
 * otherwise by Playwright into the user's cache.
 * @returns null when there is none to be had
 */
export function findBrowser(say: (line: string) => void): string | null {
  const given = process.env['BROWSER_PATH'] ?? onPath();
  if (given) return given;
  const apt = process.getuid?.() === 0 && fs.existsSync('/usr/bin/apt-get');
  say(`no Chromium is installed: getting one from ${apt ? 'Debian' : 'Playwright'} …`);
  if (apt) {
    const quiet = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    run('apt-get', ['update', '-qq'], quiet);
    // Older systems have no package of the first.
    for (const name of NAMES.slice(0, 2)) {
      run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name, 'fonts-noto-cjk'], quiet);
      if (onPath()) break;
    }
    return onPath();
  }
  run('playwright-core', ['install', 'chromium'], {});
  const found = spawnSync(
    process.execPath,
    ['-e', `import('playwright-core').then(({ chromium }) => console.log(chromium.executablePath()))`],
    { encoding: 'utf8', cwd: import.meta.dirname },
  ).stdout.trim();
  return fs.existsSync(found) ? found : null;
}

function onPath(): string | null {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const files = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return files.find((file) => fs.existsSync(file)) ?? null;
}

function run(command: string, args: string[], options: { env?: NodeJS.ProcessEnv }): void {
  spawnSync(command, args, { stdio: 'ignore', timeout: INSTALL_MS, ...options });
}
