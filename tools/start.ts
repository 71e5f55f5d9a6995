/**
 * `npm start`: builds, starts PostgreSQL, the sandbox and the API, says where to go, and keeps all of them running
 * until it is asked to stop.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Child } from './start/child.ts';
import { Claim } from './start/claim.ts';
import { Database } from './start/database.ts';
import { tokenKeys } from './lines.ts';
import { localUrl, readPlan, simulatedSides, type Plan } from './start/plan.ts';
import { requireFree } from './start/ports.ts';
import { secrets } from './start/secrets.ts';
import { untilAnswers } from './start/wait.ts';

const ROOT = path.dirname(import.meta.dirname);
const API = path.join(ROOT, 'apps/api/dist/main.js');
const SANDBOX = path.join(ROOT, 'apps/sandbox/dist/main.js');
const API_DRAIN_MS = 30_000;
const SANDBOX_GRACE_MS = 5_000;
/** npm and the terminal both deliver a Ctrl-C; what comes this close together is one. */
const SAME_SIGNAL_MS = 1_000;

/** What runs, in the order it was started; it is stopped in the opposite order. */
const running: { stop: () => Promise<void>; kill?: () => void }[] = [];
let stoppingSince = 0;
let claim: Claim | null = null;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function start(): Promise<void> {
  const plan = readPlan(process.env, ROOT);
  const url = localUrl(plan.host, plan.port);
  claim = await Claim.take(plan.dataDir, import.meta.filename, url, say);
  await requireFree('PORT', plan.port, plan.host);
  const simulates = plan.simulated.wechat || plan.simulated.planet;
  if (simulates) await requireFree('SANDBOX_PORT', plan.sandboxPort, plan.host);
  await build();
  const own = plan.demo ? secrets(plan.dataDir, process.env, await tokenKeys()) : {};
  const database = plan.ownDatabase ? await startDatabase(plan) : null;
  const sides = simulates ? await startSandbox(plan) : {};
  const api = startChild('The API', API, API_DRAIN_MS, null, () => ({
    // In the demo the terminal is for the person at it, so it stays calm.
    ...(plan.demo && { LOG_LEVEL: 'warn' }),
    ...process.env,
    APP_MODE: process.env['APP_MODE']?.trim() || 'demo',
    PORT: String(plan.port),
    DATA_DIR: plan.dataDir,
    ...own,
    ...(database && {
      DATABASE_URL: database.url,
      DATABASE_DIRECT_URL: database.url,
      DATABASE_MIGRATION_URL: database.ownerUrl,
    }),
    ...sides,
  }));
  database?.watch(() => api.restart()).catch(fail);
  say('Starting the API …');
  await untilAnswers(`${url}/health/ready`, (seconds) =>
    say(`  migrations and demo data, ${seconds} s so far …`),
  );
  api.proven();
  say(welcome(plan, url, simulates));
}

async function startDatabase(plan: Plan): Promise<Database> {
  const database = new Database(plan.dataDir, say, (reason) => fail(new Error(reason)));
  running.push(database);
  say('Starting PostgreSQL …');
  await database.start();
  return database;
}

/** @returns what the API is to be told */
async function startSandbox(plan: Plan): Promise<Record<string, string>> {
  say('Starting the sandbox …');
  // It tells of every request, which is too much for the terminal.
  const log = path.join(plan.dataDir, 'sandbox.log');
  fs.rmSync(log, { force: true });
  const sandbox = startChild('The sandbox', SANDBOX, SANDBOX_GRACE_MS, log, () => ({
    ...process.env,
    SANDBOX_PORT: String(plan.sandboxPort),
    DATA_DIR: plan.dataDir,
  }));
  const asked = `${localUrl(plan.host, plan.sandboxPort)}/control/settings`;
  const settings = await untilAnswers(asked, (seconds) => say(`  the sandbox, ${seconds} s so far …`));
  sandbox.proven();
  return simulatedSides(plan, settings as Record<string, string>, process.env);
}

function startChild(
  name: string,
  script: string,
  graceMs: number,
  log: string | null,
  environment: () => NodeJS.ProcessEnv,
): Child {
  const child = new Child({
    name,
    script,
    environment,
    log,
    graceMs,
    say,
    started: (pid) => claim?.note(script, pid),
    givenUp: (reason) => fail(new Error(reason)),
  });
  running.push(child);
  child.start();
  return child;
}

/** Quiet unless it fails. What did not change comes from the cache. */
async function build(): Promise<void> {
  say('Building …');
  const nx = spawn(
    path.join(ROOT, 'node_modules/.bin/nx'),
    ['run-many', '-t', 'build', '--output-style=static'],
    {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' },
    },
  );
  let output = '';
  for (const stream of [nx.stdout, nx.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  running.push({ stop: () => Promise.resolve(void nx.kill()) });
  const code = await new Promise((resolve, reject) => {
    nx.on('error', reject);
    nx.on('close', resolve);
  });
  running.pop();
  if (code !== 0 && !stoppingSince) throw new Error(`The build failed:\n${output}`);
}

function welcome(plan: Plan, url: string, simulates: boolean): string {
  const built = (app: string): boolean => fs.existsSync(path.join(ROOT, 'apps', app, 'dist/index.html'));
  const lines = [
    built('admin') && ['Console', `${url}/admin/`, '管理后台'],
    built('h5') && ['Member pages', `${url}/h5/`, '会员页面'],
    ['API docs', `${url}/api/docs`, '接口文档'],
    simulates && ['Sandbox', `${localUrl(plan.host, plan.sandboxPort)}/`, '微信支付与知识星球的沙箱'],
    plan.demo && [
      'Login',
      process.env['ADMIN_PASSWORD'] ? 'admin / $ADMIN_PASSWORD' : 'admin / admin123',
      '演示账号',
    ],
    ['Data', plan.dataDir, '数据目录'],
    simulates && ['Sandbox log', path.join(plan.dataDir, 'sandbox.log'), '沙箱日志'],
    plan.demo && ['Try', 'npm run journey', '走完一遍：报名、支付、打卡、退款'],
    ['Stop', 'Ctrl-C', '停止'],
  ].filter((line) => line !== false);
  const width = Math.max(...lines.map(([, place = '']) => place.length));
  const shown = lines.map(
    ([label = '', place = '', meaning]) => `  ${label.padEnd(14)}${place.padEnd(width + 3)}${meaning}`,
  );
  return ['', `Yajin 押金 is running${plan.demo ? ' (demo)' : ''}.`, '', ...shown, ''].join('\n');
}

async function stop(code: number): Promise<void> {
  stoppingSince = Date.now();
  claim?.stopping();
  for (const part of running.toReversed()) {
    await part.stop().catch((error: unknown) => say(String(error)));
  }
  claim?.release();
  process.exit(code);
}

function askedToStop(): void {
  if (!stoppingSince) {
    say('\nStopping: the API finishes what it is doing (Ctrl-C again to hurry) …');
    void stop(0);
  } else if (Date.now() - stoppingSince > SAME_SIGNAL_MS) {
    for (const part of running) part.kill?.();
  }
}

function fail(error: unknown): void {
  if (stoppingSince) return;
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  void stop(1);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, askedToStop);
process.on('disconnect', askedToStop);
// A terminal that was closed takes no more lines; that must not keep us from stopping in order.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
start().catch(fail);
