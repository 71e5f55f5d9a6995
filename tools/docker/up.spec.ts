import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const DOCKER = path.resolve('docker');
/** What no word that Docker is told begins with. */
const NOTHING = '^nothing';

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yajin-docker-'))));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** The lines `NAME=value` of docker/.env.example, the empty ones too. */
function example(): Record<string, string> {
  return Object.fromEntries(
    [...fs.readFileSync(path.join(DOCKER, '.env.example'), 'utf8').matchAll(/^([A-Z_0-9]+)=(.*)$/gm)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  );
}

describe('docker/up', () => {
  /** A copy of the folder, and a Docker that notes what it is told. @param faults words at which it fails */
  function up(
    faults = NOTHING,
    overrides: Record<string, string> = {},
  ): { status: number | null; said: string; told: string[] } {
    if (!fs.existsSync(path.join(folder, 'docker'))) {
      fs.cpSync(DOCKER, path.join(folder, 'docker'), {
        recursive: true,
        filter: (file) => !file.endsWith('private'),
      });
      const values = { ...example(), DOMAIN: 'camp.test.example', HTTP_PORT: '1', HTTPS_PORT: '2' };
      fs.writeFileSync(
        path.join(folder, 'docker/.env'),
        Object.entries(values)
          .map(([name, value]) => `${name}=${value || 'x'}\n`)
          .join(''),
      );
      fs.writeFileSync(path.join(folder, 'docker.log'), '');
      fs.writeFileSync(
        path.join(folder, 'docker-stand-in'),
        `#!/usr/bin/env bash\necho "$*" >>"$LOG"\ncase "$*" in *ps*--quiet*) [ -z "$RUNS" ] || echo 1 ;; *pg_dump*) echo a dump ;; *pg_restore*) cat >/dev/null ;; esac\n! [[ "$*" =~ $FAULTS ]]\n`,
        { mode: 0o755 },
      );
      fs.mkdirSync(path.join(folder, 'bin'));
      fs.symlinkSync('../docker-stand-in', path.join(folder, 'bin/docker'));
    }
    const log = path.join(folder, 'docker.log');
    fs.writeFileSync(log, '');
    const { status, stdout, stderr } = spawnSync(path.join(folder, 'docker/up'), [], {
      encoding: 'utf8',
      env: {
        PATH: `${path.join(folder, 'bin')}:${process.env.PATH ?? ''}`,
        LOG: log,
        FAULTS: faults,
        RUNS: '',
        NEEDED_MB: '1',
        ...overrides,
      },
    });
    const told = fs
      .readFileSync(log, 'utf8')
      .split('\n')
      .map((line) => line.replace('compose --file compose.yml ', ''));
    return {
      status,
      said: stdout + stderr,
      told: told.filter((line) => /^(build|exec|up|run|logs)/.test(line)),
    };
  }
  const order = (told: string[]): string[] =>
    told.map((line) =>
      line
        .replace(/--\S+( \d+)?|-T/g, ' ')
        .replace(/postgres pg_(dump|restore).*/, '$1')
        .replace(/\s+/g, ' ')
        .trim(),
    );

  it('builds, starts what others need first, migrates, and starts one web process after the other', () => {
    const { status, said, told } = up();
    expect(order(told)).toEqual([
      'build migrate pgbouncer backup',
      'up postgres',
      'up redis pgbouncer',
      'run migrate',
      'up worker',
      'up web-a',
      'up web-b',
      'up caddy',
    ]);
    expect(status).toBe(0);
    expect(said).toContain('https://camp.test.example/admin/');
  });

  it('backs up before it changes what runs, keeps the last seven, and every secret as it was', () => {
    up();
    const secrets = path.join(folder, 'docker/private/secrets');
    const contents = (): string[] =>
      fs.readdirSync(secrets).map((file) => fs.readFileSync(path.join(secrets, file), 'utf8'));
    const before = contents();
    const backups = path.join(folder, 'docker/private/backups');
    for (let day = 1; day < 9; day += 1)
      fs.writeFileSync(path.join(backups, `yajin-2026010${day}T000000Z.dump`), '');
    const { status, told } = up(NOTHING, { RUNS: '1' });
    expect([status, order(told).slice(0, 4)]).toEqual([
      0,
      ['build migrate pgbouncer backup', 'exec dump', 'exec restore', 'up postgres'],
    ]);
    expect(contents()).toEqual(before);
    const kept = fs.readdirSync(backups).sort();
    expect([kept.length, kept[0]]).toEqual([7, 'yajin-20260103T000000Z.dump']);
    expect(fs.statSync(path.join(backups, kept.at(-1) ?? '')).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['pg_dump', '1', 'The backup failed; nothing was changed', 'up'],
    ['pg_restore', '1', 'The backup cannot be read; nothing was changed', 'up'],
    [
      'run --rm',
      '',
      'could not be brought up to date',
      'up --detach --no-deps --wait --wait-timeout 180 worker',
    ],
    [
      'up .*web-a',
      '',
      'web-a did not become healthy',
      'up --detach --no-deps --wait --wait-timeout 180 web-b',
    ],
  ])('goes no further where %s fails', (faults, runs, text, next) => {
    const { status, said, told } = up(faults, { RUNS: runs });
    expect(status).toBe(1);
    expect(said).toContain(text);
    expect(told.filter((line) => line.startsWith(next))).toEqual([]);
  });

  it('says what is missing before it does anything', () => {
    expect(up(NOTHING, { NEEDED_MB: '999999999' })).toMatchObject({
      status: 1,
      told: [],
      said: expect.stringContaining('MB are free') as string,
    });
    expect(up('info')).toMatchObject({
      status: 1,
      told: [],
      said: expect.stringContaining('Docker does not answer') as string,
    });
    const plan = path.join(folder, 'docker/private/master_key.rotation');
    fs.mkdirSync(path.dirname(plan), { recursive: true });
    fs.writeFileSync(plan, '');
    expect(up()).toMatchObject({
      status: 1,
      told: [],
      said: expect.stringContaining('docker/rotate-key') as string,
    });
    fs.rmSync(plan);
    const env = path.join(folder, 'docker/.env');
    fs.appendFileSync(env, 'WECHAT_MCH_ID=\n');
    expect(up()).toMatchObject({
      status: 1,
      told: [],
      said: expect.stringContaining('says nothing for: WECHAT_MCH_ID') as string,
    });
    fs.rmSync(env);
    expect(up()).toMatchObject({
      status: 1,
      told: [],
      said: expect.stringContaining('docker/.env is missing') as string,
    });
  });
});
