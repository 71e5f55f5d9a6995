/**
 * `npm run stack`: what docker/compose.yml starts, with processes of this machine: the production tree behind PgBouncer and Caddy, two web
 * processes and a worker. As root they run as nobody, each on a read-only root of its own. The sandbox plays WeChat and zsxq.
 * With `--built`, what was built before is taken as it is: building empties the folders that other programs may be running from.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freePort, startPostgres } from './postgres.ts';
import { makeProduction } from './production/tree.ts';
import { localUrl, readPlan } from './start/plan.ts';
import { requireFree } from './start/ports.ts';
import { ROOT, Run } from './start/run.ts';
import { untilAnswers } from './start/wait.ts';
import { ensureRoles, environmentOf, pgbouncerIni, redisArguments, type Ports } from './stack/parts.ts';
import { Place, TREE, unprivileged } from './stack/place.ts';
import { findPrograms } from './stack/programs.ts';

/** DRAIN_DELAY of compose, and 30 s. */
const API_GRACE_MS = 40_000;
const GRACE_MS = 10_000;
const ANSWER_MS = 60_000;

const PROCESSES = [
  ['worker', 'worker'],
  ['web-a', 'web'],
  ['web-b', 'web'],
] as const;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function stack(run: Run, built: boolean): Promise<void> {
  const programs = findPrograms(say);
  const port = Number(process.env['PORT'] ?? 8443);
  const address = `https://localhost:${port}`;
  const dataDir = path.resolve(ROOT, process.env['DATA_DIR'] ?? '.data-stack');
  await run.claimFolder(dataDir, address);
  await requireFree('PORT', port, '127.0.0.1', 'npm run stack');
  if (!built) {
    say('Building …');
    await run.build('*');
  }
  makeProduction(ROOT, TREE);
  const place = new Place(dataDir, os.tmpdir());
  run.add({ stop: () => Promise.resolve(place.remove()) });
  // Theirs is stderr, and none of it is for the terminal.
  const log = (name: string) => ({
    graceMs: GRACE_MS,
    log: (line: string) => fs.appendFileSync(path.join(dataDir, `${name}.log`), `${line}\n`),
  });
  const beside = (name: string, command: string[], env: Record<string, string> = {}): void =>
    run
      .program(name, '', unprivileged(programs.setpriv, command), log(path.basename(command[0] ?? name)), {
        PATH: process.env['PATH'],
        ...env,
      })
      .proven();

  say('Starting PostgreSQL, Redis and PgBouncer …');
  const postgres = run.add(await startPostgres(dataDir));
  await ensureRoles(postgres, (name) => place.secret(name));
  const ports = { postgres: postgres.port, pgbouncer: await freePort(0), redis: await freePort(0) };
  layAddresses(place, ports);
  beside('Redis', [programs['redis-server'], ...redisArguments(ports, path.join(place.folder, 'caddy'))]);
  beside('PgBouncer', [
    programs.pgbouncer,
    place.file('pgbouncer.ini', pgbouncerIni(ports, path.join(place.folder, 'secrets/pgbouncer_users'))),
  ]);

  say('Starting the sandbox, which plays WeChat and zsxq …');
  const plan = readPlan({ DATA_DIR: dataDir, SANDBOX_PORT: String(await freePort(0)) }, ROOT);
  // Caddy's certificate is of its own authority.
  const { sides } = await run.sandbox(plan, log('sandbox'), {
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
    NODE_NO_WARNINGS: '1',
  });

  say('Bringing the schema up to date …');
  await once(place.api('migrate', 'migrate'), environmentOf('migrate', address, ports, place.secretsFolder));
  const environment = (name: string): Record<string, string> => ({
    ...environmentOf(name, address, ports, place.secretsFolder),
    ...sides,
  });
  const started: Record<string, number> = {};
  for (const [name, role] of PROCESSES)
    started[name] = await startApi(
      run,
      name,
      place.api(name, role),
      environment(name),
      path.join(dataDir, `${name}.log`),
    );
  say('Starting Caddy …');
  beside(
    'Caddy',
    [
      programs.caddy,
      'run',
      '--adapter',
      'caddyfile',
      '--config',
      place.file('Caddyfile', fs.readFileSync(path.join(ROOT, 'docker/Caddyfile'), 'utf8')),
    ],
    {
      ...(await caddySettings(port, place)),
      UPSTREAMS: `127.0.0.1:${started['web-a']} 127.0.0.1:${started['web-b']}`,
    },
  );
  await untilServed(`${address}/admin/`);
  say(
    welcome(address, localUrl(plan.host, plan.sandboxPort), dataDir, place.secret('admin_password'), started),
  );
}

/** @returns the port on which it is ready */
async function startApi(
  run: Run,
  name: string,
  command: string[],
  environment: Record<string, string>,
  log: string,
): Promise<number> {
  say(`Starting ${name} …`);
  const port = await freePort(0);
  const drain = process.env['DRAIN_DELAY'];
  const told = { ...environment, PORT: String(port), ...(drain ? { DRAIN_DELAY: drain } : {}) };
  const child = run.program(name, `yajin-stack-${name}`, command, { graceMs: API_GRACE_MS, log }, told);
  const url = `http://127.0.0.1:${port}/health/ready`;
  await untilAnswers(url, (seconds) => say(`  ${name}, ${seconds} s so far …`));
  child.proven();
  return port;
}

function layAddresses(place: Place, ports: Ports): void {
  const app = place.secret('app_password');
  place.laySecrets({
    pgbouncer_users: `"yajin_app" "${app}"`,
    database_url: `postgres://yajin_app:${app}@127.0.0.1:${ports.pgbouncer}/yajin`,
    database_direct_url: `postgres://yajin_app:${app}@127.0.0.1:${ports.postgres}/yajin`,
    database_migration_url: `postgres://yajin_owner:${place.secret('owner_password')}@127.0.0.1:${ports.postgres}/yajin`,
  });
}

async function caddySettings(port: number, place: Place): Promise<Record<string, string>> {
  const home = path.join(place.folder, 'caddy');
  return {
    SITE: 'localhost',
    TLS: 'tls internal',
    // Nothing of it is for other machines.
    GLOBAL: 'default_bind 127.0.0.1\n\tauto_https disable_redirects',
    HTTPS_PORT: String(port),
    HTTP_PORT: String(await freePort(0)),
    STATUS_PORT: String(await freePort(0)),
    HOME: home,
    XDG_DATA_HOME: home,
    XDG_CONFIG_HOME: home,
  };
}

/** Runs a command to its end. @throws when that is not a good one */
async function once([program = '', ...args]: string[], env: Record<string, string>): Promise<void> {
  const child = spawn(program, args, { env, stdio: ['ignore', 'inherit', 'inherit'] });
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
  if (code !== 0) throw new Error(`The migration ended with ${String(code)}.`);
}

/** Asks through the proxy. @throws when it does not answer in its time */
async function untilServed(url: string): Promise<void> {
  const status = (): Promise<number> =>
    new Promise((resolve) => {
      https
        .get(url, { rejectUnauthorized: false, agent: false }, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        })
        .on('error', () => resolve(0));
    });
  const deadline = Date.now() + ANSWER_MS;
  while ((await status()) !== 200) {
    if (Date.now() > deadline) throw new Error(`${url} does not answer; see caddy.log in the data folder.`);
    await sleep(200);
  }
}

function welcome(
  address: string,
  sandbox: string,
  dataDir: string,
  password: string,
  started: Record<string, number>,
): string {
  const lines = [
    ['Console', `${address}/admin/`],
    ['Member pages', `${address}/h5/`],
    ['Log in', `admin / ${password}`],
    ['Sandbox', sandbox],
    [
      'Processes',
      Object.entries(started)
        .map(([name, port]) => `${name} 127.0.0.1:${port}`)
        .join(', '),
    ],
    ['Logs and data', dataDir],
    ['Stop', 'Ctrl-C'],
  ].map(([label = '', what = '']) => `  ${label.padEnd(15)}${what}`);
  return ['', 'Yajin 押金 is running as in production, with make-believe money.', '', ...lines, ''].join(
    '\n',
  );
}

const { values } = parseArgs({ options: { built: { type: 'boolean', default: false } } });
const run = new Run(say);
stack(run, values.built).catch((error: unknown) => run.fail(error));
