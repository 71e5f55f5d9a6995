/**
 * `npm start`: builds, starts PostgreSQL, the sandbox and the API, says where to go, and keeps all of them running
 * until it is asked to stop.
 */
import fs from 'node:fs';
import path from 'node:path';
import { tokenKeys } from './lines.ts';
import { localUrl, readPlan, type Plan } from './start/plan.ts';
import { requireFree } from './start/ports.ts';
import { databaseSettings, ROOT, Run } from './start/run.ts';
import { secrets } from './start/secrets.ts';
import { untilAnswers } from './start/wait.ts';

const API_DRAIN_MS = 30_000;
const SANDBOX_GRACE_MS = 5_000;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function start(run: Run): Promise<void> {
  const plan = readPlan(process.env, ROOT);
  const url = localUrl(plan.host, plan.port);
  await run.claimFolder(plan.dataDir, url);
  await requireFree('PORT', plan.port, plan.host, 'npm start');
  const simulates = plan.simulated.wechat || plan.simulated.planet;
  if (simulates) await requireFree('SANDBOX_PORT', plan.sandboxPort, plan.host, 'npm start');
  say('Building …');
  await run.build('*');
  const own = plan.demo ? secrets(plan.dataDir, process.env, await tokenKeys()) : {};
  if (plan.ownDatabase) say('Starting PostgreSQL …');
  const database = plan.ownDatabase ? await run.database(plan.dataDir) : null;
  const sides = simulates ? await startSandbox(run, plan) : {};
  say('Starting the API …');
  const api = run.api(plan, { graceMs: API_DRAIN_MS, log: null }, () => ({
    ...own,
    ...databaseSettings(database),
    ...sides,
  }));
  database?.watch(() => api.restart()).catch((error: unknown) => run.fail(error));
  await untilAnswers(`${url}/health/ready`, (seconds) =>
    say(`  migrations and demo data, ${seconds} s so far …`),
  );
  api.proven();
  say(welcome(plan, url, simulates));
}

/** @returns what the API is to be told */
async function startSandbox(run: Run, plan: Plan): Promise<Record<string, string>> {
  say('Starting the sandbox …');
  // It tells of every request, which is too much for the terminal.
  const log = path.join(plan.dataDir, 'sandbox.log');
  fs.rmSync(log, { force: true });
  return (await run.sandbox(plan, { graceMs: SANDBOX_GRACE_MS, log })).sides;
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
    plan.demo &&
      !(plan.simulated.wechat && plan.simulated.planet) && [
        'Sample data',
        'none: WECHAT_… or PLANET_… name another side',
        '没有演示数据',
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

const run = new Run(say);
start(run).catch((error: unknown) => run.fail(error));
