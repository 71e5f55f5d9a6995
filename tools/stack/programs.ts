import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** By program, the package of Debian that has it. */
const PACKAGES = {
  pgbouncer: 'pgbouncer',
  'redis-server': 'redis-server',
  caddy: 'caddy',
  setpriv: 'util-linux',
};
const APT = '/usr/bin/apt-get';
const INSTALL_MS = 300_000;

/**
 * The programs beside ours. Where one is missing and we are root on Debian, it is installed, and does not start by itself.
 * @returns where each is
 * @throws saying what to install
 */
export function findPrograms(say: (line: string) => void): Record<keyof typeof PACKAGES, string> {
  let missing = Object.entries(PACKAGES).filter(([program]) => onPath(program) === null);
  if (missing.length > 0 && process.getuid?.() === 0 && fs.existsSync(APT)) {
    const packages = missing.map(([, name]) => name);
    say(`Installing ${packages.join(', ')} …`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
    for (const args of [
      ['update', '-qq'],
      ['install', '-y', '-qq', '--no-install-recommends', ...packages],
    ])
      spawnSync(APT, args, { stdio: 'ignore', timeout: INSTALL_MS, env });
    missing = missing.filter(([program]) => onPath(program) === null);
  }
  if (missing.length > 0)
    throw new Error(
      `Not installed: ${missing.map(([program]) => program).join(', ')}. As root: apt-get install ${missing.map(([, name]) => name).join(' ')}`,
    );
  const find = (program: string): string => onPath(program) ?? program;
  return {
    pgbouncer: find('pgbouncer'),
    'redis-server': find('redis-server'),
    caddy: find('caddy'),
    setpriv: find('setpriv'),
  };
}

function onPath(program: string): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin'];
  return folders.map((folder) => path.join(folder, program)).find((file) => fs.existsSync(file)) ?? null;
}
