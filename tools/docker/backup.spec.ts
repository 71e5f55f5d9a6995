import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

let folder: string;
const nightly = (): string => path.join(folder, 'private/nightly');
const files = (): string[] =>
  fs
    .readdirSync(nightly())
    .filter((name) => name.startsWith('yajin-'))
    .sort();

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yajin-backup-'));
  fs.cpSync('docker/backup', path.join(folder, 'backup'));
  fs.mkdirSync(path.join(folder, 'private/secrets'), { recursive: true });
  fs.mkdirSync(path.join(folder, 'bin'));
  // Notes what it is told, and does as the container would.
  fs.writeFileSync(
    path.join(folder, 'bin/docker'),
    `#!/usr/bin/env bash
[ "$1" != info ] || { echo "$SECURITY"; exit; }
echo "$*" >>"$LOG"
[ -z "$FAULT" ] || exit 1
echo dump >private/nightly/yajin-20261130T190000Z.dump
echo {} >private/nightly/yajin-20261130T190000Z.dump.json
`,
    { mode: 0o755 },
  );
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

function environment(
  fault = '',
  security = '[name=seccomp,profile=builtin name=cgroupns]',
): NodeJS.ProcessEnv {
  return {
    SECURITY: security,
    PATH: `${path.join(folder, 'bin')}:${process.env.PATH ?? ''}`,
    LOG: path.join(folder, 'log'),
    FAULT: fault,
  };
}

function backup(words: string[] = [], fault = ''): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(path.join(folder, 'backup'), words, {
    encoding: 'utf8',
    env: environment(fault),
  });
  return { status, said: stdout + stderr };
}

/** Nights before, each with its manifest. */
function earlier(count: number): void {
  fs.mkdirSync(nightly(), { recursive: true });
  for (let day = 1; day <= count; day += 1)
    for (const end of ['', '.json'])
      fs.writeFileSync(
        path.join(nightly(), `yajin-202611${String(day).padStart(2, '0')}T190000Z.dump${end}`),
        '',
      );
}

it('makes a backup as whoever runs it, and keeps the last ones with their manifests', () => {
  earlier(4);
  expect(backup(['3'])).toMatchObject({ status: 0 });
  const days = ['20261103', '20261104', '20261130'];
  expect(files()).toEqual(
    days.flatMap((day) => [`yajin-${day}T190000Z.dump`, `yajin-${day}T190000Z.dump.json`]),
  );
  const told = fs.readFileSync(path.join(folder, 'log'), 'utf8');
  expect(told).toBe(
    `compose --file compose.yml run --rm --no-deps -T --user ${process.getuid?.()}:${process.getgid?.()} backup\n`,
  );
});

it('takes away what one that was killed has left, and nothing else', () => {
  earlier(1);
  fs.writeFileSync(path.join(nightly(), 'yajin-20261102T190000Z.dump.new'), 'half of it');
  expect(backup()).toMatchObject({ status: 0 });
  const days = ['20261101', '20261130'];
  expect(files()).toEqual(
    days.flatMap((day) => [`yajin-${day}T190000Z.dump`, `yajin-${day}T190000Z.dump.json`]),
  );
});

it('takes none of the old ones away where the new one failed', () => {
  earlier(4);
  expect(backup(['2'], 'fault')).toMatchObject({
    status: 1,
    said: expect.stringContaining('no backup') as string,
  });
  expect(files()).toHaveLength(8);
});

it.each(['0', '-1', 'all', '1; rm -rf .'])('asks docker for nothing where it is to keep %s', (kept) => {
  expect(backup([kept])).toMatchObject({
    status: 1,
    said: expect.stringContaining('no such number') as string,
  });
  expect(fs.existsSync(path.join(folder, 'log'))).toBe(false);
});

it('begins no second one beside one that is under way', () => {
  earlier(0);
  const words = [
    '-c',
    'exec 8>"$0"; flock 8; "$1"',
    path.join(nightly(), '.lock'),
    path.join(folder, 'backup'),
  ];
  const { status, stderr } = spawnSync('bash', words, {
    encoding: 'utf8',
    env: environment(),
    // A shell whose input is a socket reads its user's settings.
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  expect([status, stderr.trim()]).toEqual([1, 'Another backup is under way.']);
  expect(files()).toEqual([]);
});

it('runs as the container’s root where Docker is rootless, who is whoever runs it', () => {
  const { status } = spawnSync(path.join(folder, 'backup'), [], {
    env: environment('', '[name=seccomp,profile=builtin name=rootless name=cgroupns]'),
  });
  expect(status).toBe(0);
  expect(fs.readFileSync(path.join(folder, 'log'), 'utf8')).toContain(' --user 0:0 backup');
});
