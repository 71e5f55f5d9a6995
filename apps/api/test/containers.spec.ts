import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { readDatabaseEnv, readEnv } from '../src/env.js';

const DOCKER = path.resolve('docker');
const text = (file: string): string => fs.readFileSync(path.join(DOCKER, file), 'utf8');
const ANALYZE = 'systemd-analyze';
const ROLES = ['web', 'worker', 'migrate'];

interface Service {
  image: string;
  command?: string[];
  restart?: string;
  read_only?: boolean;
  user?: string;
  env_file?: string[];
  networks?: string[];
  environment?: Record<string, string>;
  secrets?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: object;
  cap_drop?: string[];
  security_opt?: string[];
  logging?: { options: Record<string, string> };
  deploy?: { resources: { limits: { cpus: string; memory: string } } };
  build?: { target: string; args?: Record<string, string> };
  profiles?: string[];
  volumes?: string[];
  stop_grace_period?: string;
}
interface Compose {
  services: Record<string, Service>;
  secrets: Record<string, { file: string }>;
}

const compose = parse(text('compose.yml'), { merge: true }) as Compose;
const services = Object.entries(compose.services);
const ours = services.filter(([, { command }]) => ROLES.includes(command?.[0] ?? ''));

/** `${NAME:-otherwise}` as compose fills it in from docker/.env. */
function filled(value: string, given: Record<string, string> = {}): string {
  return value.replaceAll(
    /\$\{(\w+)(?::[-?]([^}]*))?\}/g,
    (_, name: string, otherwise = '') => given[name] ?? String(otherwise),
  );
}

/** The lines `NAME=value` of docker/.env.example, the empty ones too. */
function example(): Record<string, string> {
  return Object.fromEntries(
    [...text('.env.example').matchAll(/^([A-Z_0-9]+)=(.*)$/gm)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
}

const stages = text('Dockerfile')
  .split(/^FROM /m)
  .slice(1);
const stage = (name: string): string =>
  stages.find((each) => each.split('\n')[0]?.endsWith(` AS ${name}`)) ?? '';

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yajin-docker-'))));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

describe('the image', () => {
  it('has the Node that the lock file pins, and no base without an exact version', () => {
    const { devDependencies } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    expect(text('Dockerfile')).toContain(`ARG NODE_IMAGE=node:${devDependencies['node']}-`);
    const bases = stages.map((each) => /^\$\{(\w+)\}/.exec(each)?.[1] ?? each.split('\n')[0]);
    for (const base of bases)
      expect(text('Dockerfile')).toMatch(new RegExp(`^ARG ${base}=[a-z]+:\\d+\\.\\d+`, 'm'));
  });

  it('holds the production tree, read-only to the user that it runs as, who is not root', () => {
    expect(stage('build')).toContain('npm run build');
    expect(stage('yajin')).toContain('COPY --from=build --chown=root:root /src/dist/production ./');
    expect(stage('yajin')).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
    expect(stage('pgbouncer')).toMatch(/^USER (?!root)/m);
  });

  it('takes its role from the command, gets its signals itself, and asks after its health as it is told', () => {
    expect(stage('yajin')).toMatch(/^ENTRYPOINT \["node", .*"apps\/api\/dist\/main\.js"\]$/m);
    const probe = JSON.parse(/CMD (\[.*\])/.exec(stage('yajin'))?.[1] ?? '') as string[];
    const { status } = spawnSync(process.execPath, probe.slice(1), { env: { PORT: '1' } });
    expect(status).toBe(1);
  });
});

describe('compose', () => {
  it('has two web processes, a worker and a migration that ends, in the order in which they need each other', () => {
    expect(ours.map(([name, { command }]) => [name, command])).toEqual([
      ['migrate', ['migrate']],
      ['worker', ['worker']],
      ['web-a', ['web']],
      ['web-b', ['web']],
    ]);
    for (const name of ['worker', 'web-a', 'web-b'])
      expect(compose.services[name]?.depends_on).toMatchObject({
        migrate: { condition: 'service_completed_successfully' },
        pgbouncer: { condition: 'service_healthy' },
      });
    expect(compose.services['pgbouncer']?.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
    expect(Object.keys(compose.services['caddy']?.depends_on ?? {})).toEqual(['web-a', 'web-b']);
    expect(compose.services['migrate']?.restart).toBe('no');
  });

  it.each(services)('bounds %s: its memory, its log and its rights; and starts it again', (name, service) => {
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service.security_opt).toContain('no-new-privileges:true');
    expect(Number(service.logging?.options['max-file'])).toBeGreaterThan(0);
    expect(service.image).toMatch(/:-[a-z-]+:(local|\d+\.\d+[\w.-]*)\}$/);
    if (name === 'migrate' || name === 'backup') return;
    expect(service.restart).toBe('unless-stopped');
    expect(service.deploy?.resources.limits.memory).toMatch(/^\d+[MG]$/);
  });

  it.each(ours)('lets %s write nothing but /tmp, and waits for its orderly end', (_name, service) => {
    expect([service.read_only, service.user]).toEqual([true, '1000:1000']);
    const delay = Number(compose.services['web-a']?.environment?.['DRAIN_DELAY']);
    expect(parseInt(service.stop_grace_period ?? '', 10)).toBeGreaterThanOrEqual(delay + 30);
  });

  it('starts the backup only when it is asked for, of the server’s own version, with a folder of its own to write to', () => {
    const { profiles, read_only, restart, volumes, build } = compose.services['backup'] ?? {};
    expect([profiles, read_only, restart]).toEqual([['maintenance'], true, 'no']);
    expect(volumes).toEqual(['./private/nightly:/backups']);
    expect(build?.args?.['POSTGRES_IMAGE']).toBe(compose.services['postgres']?.image);
    expect(text('Dockerfile')).toContain(
      `ARG POSTGRES_IMAGE=${/:-(.+)\}$/.exec(build?.args?.['POSTGRES_IMAGE'] ?? '')?.[1]}\n`,
    );
    expect(stage('maintenance')).toContain('COPY --from=yajin /usr/local/bin/node /usr/local/bin/node');
    expect(text('Dockerfile').match(/-bookworm/g)).toHaveLength(2);
  });

  it('tells the migration and the backup where the database is, and nothing of docker/.env', () => {
    for (const name of ['migrate', 'backup']) {
      const {
        env_file,
        environment = {},
        secrets = [],
        volumes = [],
        networks,
      } = compose.services[name] ?? {};
      expect([env_file, networks]).toEqual([undefined, ['inside']]);
      expect(Object.keys(environment).filter((each) => !each.startsWith('DATABASE_'))).toEqual([]);
      expect(secrets.filter((each) => !each.startsWith('database_'))).toEqual([]);
      expect(volumes.filter((each) => each.includes('/keys'))).toEqual([]);
      const addresses = Object.entries(environment).map(([key, value]): [string, string] => {
        const file = path.join(folder, path.basename(value));
        fs.writeFileSync(file, 'postgres://postgres:5432/yajin\n');
        return [key, file];
      });
      expect(readDatabaseEnv(Object.fromEntries(addresses))).toMatchObject({
        databaseMigrationUrl: 'postgres://postgres:5432/yajin',
      });
    }
    for (const name of ['worker', 'web-a', 'web-b'])
      expect(compose.services[name]?.env_file).toEqual(['.env']);
  });

  it('gives the owner’s password to the migration and the backup alone', () => {
    const holders = services.filter(([, { secrets = [] }]) =>
      secrets.some((name) => /migration|owner/.test(name)),
    );
    expect(holders.map(([name]) => name)).toEqual(['postgres', 'migrate', 'backup']);
  });

  it('names secrets that docker/up makes, and settings that the API reads: filled in, the example starts it', () => {
    const made = spawnSync(
      'bash',
      ['-c', 'source <(sed "/^main /d; /^cd /d" "$0"); make_secrets', path.join(DOCKER, 'up')],
      { cwd: folder, encoding: 'utf8' },
    );
    expect(made.stderr).toBe('');
    const secrets = new Map(
      Object.entries(compose.secrets).map(([name, { file }]) => [name, path.join(folder, file)]),
    );
    for (const file of secrets.values()) expect(fs.statSync(file).mode & 0o777).toBe(0o444);
    expect(fs.statSync(path.join(folder, 'private')).mode & 0o777).toBe(0o700);
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    fs.mkdirSync(path.join(folder, 'keys'));
    fs.writeFileSync(path.join(folder, 'keys/apiclient_key.pem'), privateKey);
    fs.writeFileSync(path.join(folder, 'keys/key.pem'), publicKey);
    fs.writeFileSync(
      path.join(folder, 'keys/platform-keys'),
      `PUB_KEY_ID_1=${path.join(folder, 'keys/key.pem')}\n`,
    );
    const given: Record<string, string> = { DOMAIN: 'camp.test.example' };
    const theirs: Record<string, string> = {
      WECHAT_APP_ID: 'wx0000000000000000',
      WECHAT_APP_SECRET: 's'.repeat(32),
      WECHAT_MCH_ID: '1900000001',
      WECHAT_MCH_SERIAL: 'ABC',
      WECHAT_API_V3_KEY: 'k'.repeat(32),
      PLANET_GROUP_ID: '1',
    };
    const filledIn = Object.fromEntries(
      Object.entries(example()).map(([name, value]) => [
        name,
        (value || theirs[name] || '').replace('/keys/', `${folder}/keys/`),
      ]),
    );
    const { environment = {}, secrets: used = [] } = compose.services['web-a'] ?? {};
    const env = Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [
        name,
        filled(value, given).replace(/^\/run\/secrets\/(\w+)$/, (_, secret: string) =>
          used.includes(secret) ? (secrets.get(secret) ?? '') : '',
        ),
      ]),
    );
    const read = readEnv({ ...filledIn, ...env });
    expect(read).toMatchObject({
      demo: false,
      publicUrl: 'https://camp.test.example',
      drainDelayMs: 6000,
      trustedProxies: ['172.30.80.0/24'],
    });
    expect(read.databaseUrl).toMatch(/^postgres:\/\/yajin_app:[0-9a-f]{64}@pgbouncer:6432\/yajin$/);
  });
});

describe('Kubernetes', () => {
  interface Container {
    args: string[];
    securityContext: object;
    [probe: string]: unknown;
  }
  interface Deployment {
    kind: string;
    metadata: { name: string };
    spec: {
      template: {
        spec: {
          containers: Container[];
          initContainers?: Container[];
          securityContext: object;
          terminationGracePeriodSeconds: number;
        };
      };
    };
  }
  const { resources, configMapGenerator } = parse(text('kubernetes/kustomization.yaml')) as {
    resources: string[];
    configMapGenerator: { literals: string[] }[];
  };
  const objects = resources.flatMap((file) =>
    parseAllDocuments(text(`kubernetes/${file}`)).map((each) => each.toJS() as Deployment),
  );
  const deployments = objects.filter(({ kind }) => kind === 'Deployment');
  const delay = Number(/DRAIN_DELAY=(\d+)/.exec(configMapGenerator[0]?.literals.join() ?? '')?.[1]);

  it('is applied as a whole: each file of the folder is one of its resources', () => {
    const files = fs
      .readdirSync(path.join(DOCKER, 'kubernetes'))
      .filter((file) => file !== 'kustomization.yaml');
    expect(files.sort()).toEqual(resources.toSorted());
    expect(deployments.map(({ metadata }) => metadata.name)).toEqual(['yajin-web', 'yajin-worker']);
  });

  it.each(deployments.map((each) => [each.metadata.name, each.spec.template.spec] as const))(
    'runs %s as nobody, on a file system that it cannot write to, and lets it end in its time',
    (_name, { containers, initContainers = [], securityContext, terminationGracePeriodSeconds }) => {
      expect(securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
      expect(terminationGracePeriodSeconds).toBeGreaterThanOrEqual(delay + 30);
      for (const each of [...containers, ...initContainers]) {
        expect(each.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(ROLES).toContain(each.args[0]);
      }
      for (const [probe, route] of [
        ['startupProbe', 'live'],
        ['livenessProbe', 'live'],
        ['readinessProbe', 'ready'],
      ] as const)
        expect(containers[0]?.[probe]).toMatchObject({ httpGet: { path: `/health/${route}`, port: 'http' } });
    },
  );
});

/** By the programs that are to read them, where this machine has them; CI installs them. */
describe('the programs themselves accept', () => {
  const onPath = (program: string): boolean =>
    (process.env.PATH ?? '').split(':').some((bin) => fs.existsSync(path.join(bin, program)));
  const run = (program: string, args: string[], env: Record<string, string> = {}): void =>
    void execFileSync(program, args, {
      cwd: folder,
      stdio: 'pipe',
      env: { PATH: process.env.PATH ?? '', HOME: folder, ...env },
    });
  const checks: Record<string, () => void> = {
    caddy: () => {
      for (const TLS of ['', 'tls internal'])
        run('caddy', ['validate', '--adapter', 'caddyfile', '--config', path.join(DOCKER, 'Caddyfile')], {
          SITE: 'camp.example.com',
          UPSTREAMS: 'web-a:8080 web-b:8080',
          TLS,
        });
    },
    'docker-compose': () => {
      fs.copyFileSync(path.join(DOCKER, 'compose.yml'), path.join(folder, 'compose.yml'));
      fs.copyFileSync(path.join(DOCKER, '.env.example'), path.join(folder, '.env'));
      run('docker-compose', ['--file', 'compose.yml', 'config', '--quiet']);
    },
    nginx: () => {
      run('openssl', [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        'privkey.pem',
        '-out',
        'fullchain.pem',
        '-subj',
        '/CN=x',
      ]);
      fs.writeFileSync(
        path.join(folder, 'site.conf'),
        text('nginx/yajin.conf').replaceAll('/etc/ssl/yajin/', `${folder}/`),
      );
      fs.writeFileSync(
        path.join(folder, 'nginx.conf'),
        `pid ${folder}/pid; error_log stderr; events {} http { access_log off; include ${folder}/site.conf; }`,
      );
      run('nginx', ['-t', '-q', '-c', path.join(folder, 'nginx.conf')]);
    },
    shellcheck: () =>
      run(
        'shellcheck',
        ['up', 'backup', 'rotate-key', 'postgres/roles.sh'].map((name) => path.join(DOCKER, name)),
      ),
    [ANALYZE]: () => {
      for (const file of fs.readdirSync(path.join(DOCKER, 'systemd'))) {
        const here = text(`systemd/${file}`)
          .replaceAll('/usr/bin/node', process.execPath)
          .replaceAll('/opt/yajin', folder);
        fs.writeFileSync(path.join(folder, file.replace('@', '@8081')), here);
      }
      const units = fs
        .readdirSync(folder)
        .filter((file) => file.endsWith('.service'))
        .map((file) => path.join(folder, file));
      // It exits with 0 for most of what it finds wrong, and speaks of units of this machine, too.
      const { stderr } = spawnSync(ANALYZE, ['verify', ...units], { encoding: 'utf8' });
      expect(stderr.split('\n').filter((line) => line.includes('yajin'))).toEqual([]);
    },
  };

  it('their files: caddy, docker-compose, nginx, shellcheck, systemd', () => {
    const here = Object.entries(checks).filter(([program]) => onPath(program));
    for (const [, check] of here) check();
    expect(process.env.CI ? here.length : Object.keys(checks).length).toBe(Object.keys(checks).length);
  });
});
