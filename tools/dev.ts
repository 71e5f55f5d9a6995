/**
 * `npm run dev`: PostgreSQL, the sandbox, the API and both web apps from their sources, at the addresses of `npm start` and in one
 * log. A changed file of the API or of a library is compiled and what is made of it starts again; a changed page is sent to the
 * browser. Types are the editor's and `npm run typecheck`'s.
 */
import fs from 'node:fs';
import path from 'node:path';
import { Front } from './dev/front.ts';
import { Liveness } from './dev/liveness.ts';
import { readable, tell } from './dev/log.ts';
import { compiledPackages, Sources, type Package } from './dev/sources.ts';
import { tokenKeys } from './lines.ts';
import { freePort } from './postgres.ts';
import type { Child } from './start/child.ts';
import { localUrl, readPlan, type Plan } from './start/plan.ts';
import { requireFree } from './start/ports.ts';
import { databaseSettings, ROOT, Run } from './start/run.ts';
import { secrets } from './start/secrets.ts';
import { untilAnswers } from './start/wait.ts';

const COMMAND = 'npm run dev';
/** What is under way gets a moment; what it leaves behind is taken up again, as after kill -9. */
const GRACE_MS = 2_000;
const LOOPBACK = '127.0.0.1';
const API = '@yajin/api';
const SANDBOX = '@yajin/sandbox';

const say = (text: string): void => tell('dev', text.trim());

async function dev(run: Run): Promise<void> {
  const plan = readPlan(process.env, ROOT);
  if (!plan.demo) throw new Error(`${COMMAND} is for the demo: APP_MODE must be "demo" or nothing.`);
  const url = localUrl(plan.host, plan.port);
  await run.claimFolder(plan.dataDir, url);
  await requireFree('PORT', plan.port, plan.host, COMMAND);
  const simulates = plan.simulated.wechat || plan.simulated.planet;
  if (simulates) await requireFree('SANDBOX_PORT', plan.sandboxPort, plan.host, COMMAND);
  // People and the sandbox come through the front; where the API itself listens is nobody else's business.
  const port = await freePort(0);
  const began = { at: performance.now(), because: 'ready' };
  const liveness = new Liveness(`${localUrl(LOOPBACK, port)}/health/live`, () =>
    say(`${began.because}: the API answers after ${((performance.now() - began.at) / 1000).toFixed(1)} s`),
  );
  const front = run.add(new Front(port, () => liveness.ready()));
  const packages = compiledPackages(ROOT);
  say('PostgreSQL, the build and Vite …');
  const [database] = await Promise.all([
    plan.ownDatabase ? run.database(plan.dataDir) : null,
    run.build(packages.map(({ name }) => name).join()),
    front.start(plan.port, plan.host),
  ]);
  const { sandbox, sides } = simulates ? await startSandbox(run, plan) : { sandbox: null, sides: {} };
  const own = secrets(plan.dataDir, process.env, await tokenKeys());
  const api = run.api(
    { ...plan, port },
    {
      graceMs: GRACE_MS,
      log: (line) => tell('api', readable(line)),
      patient: true,
      started: () => liveness.started(),
      ended: () => liveness.ended(),
    },
    () => ({
      PUBLIC_URL: process.env['PUBLIC_URL'] || url,
      ...own,
      ...databaseSettings(database),
      ...sides,
      HOST: LOOPBACK,
      // Most of what it loads did not change since it was last started.
      NODE_COMPILE_CACHE: path.join(plan.dataDir, 'compile-cache'),
    }),
  );
  database
    ?.watch(() => {
      liveness.leaves();
      api.restart();
    })
    .catch((error: unknown) => run.fail(error));
  const sources = new Sources(ROOT, packages, {
    say,
    changed: (names, files) => {
      Object.assign(began, {
        at: performance.now(),
        because: files.length === 1 ? files[0] : `${files.length} files`,
      });
      if (sandbox && isMadeOf(SANDBOX, names, packages)) sandbox.restart();
      if (!isMadeOf(API, names, packages)) return;
      liveness.leaves();
      api.restart();
    },
  });
  await run.add(sources).watch();
  if (!(await liveness.ready())) return;
  await untilAnswers(`${url}/health/ready`, (seconds) =>
    say(`migrations and demo data, ${seconds} s so far …`),
  );
  say(welcome(plan, url, simulates));
}

function isMadeOf(name: string, changed: ReadonlySet<string>, packages: readonly Package[]): boolean {
  const parts = packages.find((each) => each.name === name)?.parts;
  return parts !== undefined && [...changed].some((each) => parts.has(each));
}

async function startSandbox(
  run: Run,
  plan: Plan,
): Promise<{ sandbox: Child; sides: Record<string, string> }> {
  const file = path.join(plan.dataDir, 'sandbox.log');
  fs.rmSync(file, { force: true });
  const log = fs.createWriteStream(file, { mode: 0o600 });
  return run.sandbox(plan, {
    graceMs: GRACE_MS,
    patient: true,
    log: (line, from) => {
      log.write(`${line}\n`);
      // It tells of every request, which is too much for the terminal.
      if (from === 'stderr') tell('sandbox', line);
    },
  });
}

function welcome(plan: Plan, url: string, simulates: boolean): string {
  return [
    `console       ${url}/admin/   (admin / ${process.env['ADMIN_PASSWORD'] ? '$ADMIN_PASSWORD' : 'admin123'})`,
    `member pages  ${url}/h5/`,
    `API docs      ${url}/api/docs`,
    ...(simulates
      ? [
          `sandbox       ${localUrl(plan.host, plan.sandboxPort)}/   (log: ${path.join(plan.dataDir, 'sandbox.log')})`,
        ]
      : []),
    'Ctrl-C stops everything.',
  ].join('\n');
}

const run = new Run(say);
dev(run).catch((error: unknown) => run.fail(error));
