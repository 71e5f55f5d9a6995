import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const DOCKER = path.resolve('docker');
const OLD = 'a'.repeat(64);
/** What no word that Docker is told begins with. */
const NOTHING = '^nothing';

let folder: string;
const file = (name: string): string => path.join(folder, 'private', name);
const secret = (name: string): string => fs.readFileSync(file(`secrets/${name}`), 'utf8').trim();

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yajin-rotate-'));
  fs.cpSync(path.join(DOCKER, 'rotate-key'), path.join(folder, 'rotate-key'));
  fs.mkdirSync(file('secrets'), { recursive: true });
  for (const name of ['master_key', 'jwt_secret']) {
    fs.writeFileSync(file(`secrets/${name}`), `${OLD}\n`, { mode: 0o444 });
    fs.writeFileSync(file(`secrets/${name}_previous`), '', { mode: 0o444 });
  }
  fs.mkdirSync(path.join(folder, 'bin'));
  // Notes which process starts, and with which keys.
  fs.writeFileSync(
    path.join(folder, 'bin/docker'),
    `#!/usr/bin/env bash\necho "\${@: -1} $(cat private/secrets/"$NAME") $(cat private/secrets/"$NAME"_previous)" >>"$LOG"\nexpected="compose --file compose.yml up --detach --no-deps --force-recreate --wait --wait-timeout 180"\n[ "\${*:1:\$#-1}" = "$expected" ] && ! [[ "\${@: -1}" =~ $FAULTS ]]\n`,
    { mode: 0o755 },
  );
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** @param faults processes that do not become healthy */
function rotate(
  words: string[],
  faults = NOTHING,
): { status: number | null; said: string; started: string[][] } {
  const log = path.join(folder, 'log');
  fs.writeFileSync(log, '');
  const { status, stdout, stderr } = spawnSync(path.join(folder, 'rotate-key'), words, {
    encoding: 'utf8',
    env: {
      PATH: `${path.join(folder, 'bin')}:${process.env.PATH ?? ''}`,
      LOG: log,
      FAULTS: faults,
      NAME: words[0] === 'jwt' ? 'jwt_secret' : 'master_key',
    },
  });
  const started = fs
    .readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.trim().split(' '));
  return { status, said: stdout + stderr, started };
}

it.each(['master', 'jwt'])(
  'a new %s key is known to every process before one uses it, and the old one goes when it is told to',
  (key) => {
    const name = key === 'jwt' ? 'jwt_secret' : 'master_key';
    const { status, said, started } = rotate([key]);
    const fresh = secret(name);
    expect([status, fresh]).toEqual([0, expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect(fresh).not.toBe(OLD);
    const all = ['worker', 'web-a', 'web-b'];
    expect(started).toEqual([
      ...all.map((process) => [process, OLD, fresh]),
      ...all.map((process) => [process, fresh, OLD]),
    ]);
    expect(said).not.toContain(fresh);
    expect(fs.statSync(file(`secrets/${name}`)).mode & 0o777).toBe(0o444);
    expect(rotate([key])).toMatchObject({ status: 1, started: [] });
    expect(secret(name)).toBe(fresh);
    expect(rotate([key, '--done'], 'web-a').status).toBe(1);
    expect(rotate([key, '--done']).started).toEqual(all.map((process) => [process, fresh]));
    const [retired = ''] = fs.readdirSync(file('retired'));
    expect(fs.readFileSync(file(`retired/${retired}`), 'utf8').trim()).toBe(OLD);
    expect(fs.statSync(file(`retired/${retired}`)).mode & 0o777).toBe(0o600);
  },
);

it.each([
  ['worker', OLD],
  ['web-b', OLD],
])(
  'a replacement that is broken off at %s goes on with the same key, and cannot be called done',
  (process, used) => {
    expect(rotate(['master'], process)).toMatchObject({ status: 1 });
    expect(secret('master_key')).toBe(used);
    const fresh = secret('master_key_previous');
    expect(rotate(['master', '--done'])).toMatchObject({ status: 1, started: [] });
    expect(rotate(['master']).status).toBe(0);
    expect([secret('master_key'), secret('master_key_previous')]).toEqual([fresh, OLD]);
    expect(fs.readdirSync(path.join(folder, 'private')).sort()).toEqual(['rotation.lock', 'secrets']);
  },
);

it('broken off between two files, it never leaves the same key in both', () => {
  expect(rotate(['master'], 'worker').status).toBe(1);
  const fresh = secret('master_key_previous');
  for (const name of ['master_key', 'master_key_previous']) fs.chmodSync(file(`secrets/${name}`), 0o644);
  fs.writeFileSync(file('secrets/master_key'), fresh);
  fs.writeFileSync(file('secrets/master_key_previous'), '');
  const { started } = rotate(['master']);
  expect(started.map(([, used, before]) => [used, before])).toEqual(Array(3).fill([fresh, OLD]));
});

it('a login key that leaked is replaced at once, a master key is not, and nonsense changes nothing', () => {
  expect(rotate(['jwt', '--leaked']).started.map(([, , before]) => before)).toEqual(Array(3).fill(undefined));
  expect(secret('jwt_secret')).not.toBe(OLD);
  for (const words of [[], ['both'], ['master', '--leaked'], ['master', '--now']])
    expect(rotate(words)).toMatchObject({ status: 1, started: [] });
  expect(secret('master_key')).toBe(OLD);
});

it('two at once do not make two keys, and before docker/up has made the files nothing is begun', () => {
  const holding = 'exec 8>"$0"; flock 8; "$1" master';
  const words = ['-c', holding, file('rotation.lock'), path.join(folder, 'rotate-key')];
  const lock = spawnSync('bash', words, { encoding: 'utf8' });
  expect([lock.status, lock.stderr.trim()]).toEqual([1, 'docker/rotate-key is running already.']);
  fs.rmSync(file('secrets/jwt_secret_previous'));
  expect(rotate(['master'])).toMatchObject({
    status: 1,
    started: [],
    said: expect.stringContaining('docker/up') as string,
  });
  expect(secret('master_key')).toBe(OLD);
});
