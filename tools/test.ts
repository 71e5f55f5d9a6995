/**
 * `npm test`: every jest test on a real PostgreSQL (and Redis, where one is installed) with the static checks beside it, then the
 * pure ones once more far away from Shanghai. Goes on after a failure; the last line counts. With arguments, only
 * jest runs, and they are handed to it.
 */
import path from 'node:path';
import fs from 'node:fs';
import { findBrowser } from './check/browser.ts';
import { testsOf, type Count } from './check/count.ts';
import { run, stopAll, TSC } from './check/process.ts';
import { startRedis } from './check/redis.ts';
import { previousRelease } from './check/release.ts';
import { checkProofs, NOTES, REPORT } from './proofs.ts';

const ROOT = path.dirname(import.meta.dirname);

interface Check {
  title: string;
  command: string[];
  folder?: string;
}

const existing = ['apps', 'libs', 'tools', 'bench'].filter((folder) =>
  fs.existsSync(path.join(ROOT, folder)),
);
const BUILD: Check = { title: 'Build (nx)', command: ['nx', 'run-many', '-t', 'build', 'gallery'] };
const CHECKS: Check[] = [
  { title: 'Format (prettier)', command: ['prettier', '--check', '--log-level=warn', '.'] },
  { title: 'Lint (eslint)', command: ['eslint', '--max-warnings=0', '.'] },
  { title: 'Types (tsc)', command: [TSC, '--singleThreaded', '-p', 'tsconfig.json'] },
  { title: 'Types of the web apps (tsc)', command: [TSC, '--singleThreaded', '-p', 'tsconfig.web.json'] },
  {
    title: 'Boundaries (dependency-cruiser)',
    command: ['depcruise', '--config', '.dependency-cruiser.cjs', ...existing],
  },
  { title: 'Unused code (knip)', command: ['knip', '--no-progress', '--no-config-hints'] },
  {
    title: 'Generated contract is current',
    command: ['node', 'tools/generate.ts', '--check'],
    folder: 'libs/contract',
  },
  { title: 'Tidiness', command: ['node', 'tools/tidy.ts'] },
  { title: 'Security requirements (docs/security.md)', command: ['node', 'tools/security.ts'] },
  { title: 'Known holes and licences of packages', command: ['node', 'tools/supply-chain.ts'] },
];

function heading(text: string, below = ''): void {
  process.stdout.write(`\n== ${text}\n${below}`);
}

/** One after the other. @param yielding beside the tests, which wait for bounded times and go first */
async function staticChecks(checks: Check[], yielding = false): Promise<Count> {
  const count: Count = { passed: 0, failed: 0 };
  for (const { title, command, folder = '.' } of checks) {
    const began = performance.now();
    const { code, output } = await run(command, { folder: path.join(ROOT, folder), quiet: true, yielding });
    const seconds = (performance.now() - began) / 1000;
    const said = code === 0 ? '' : output.endsWith('\n') ? output : `${output}\n`;
    heading(`${title}: ${code === 0 ? 'passed' : 'FAILED'} (${seconds.toFixed(1)} s)`, said);
    count[code === 0 ? 'passed' : 'failed'] += 1;
  }
  return count;
}

async function jest(title: string, args: string[], environment: Record<string, string>): Promise<Count> {
  heading(title);
  const report = path.join(ROOT, 'node_modules/.cache', `jest-${process.pid}.json`);
  fs.mkdirSync(path.dirname(report), { recursive: true });
  const command = ['jest', '--ci', '--json', `--outputFile=${report}`, ...args];
  const { code } = await run(command, { folder: ROOT, environment });
  const text = fs.existsSync(report) ? fs.readFileSync(report, 'utf8') : '';
  if (environment['PROOFS_FILE'] && text) fs.copyFileSync(report, REPORT);
  fs.rmSync(report, { force: true });
  return testsOf(text, code);
}

/** After all tests: the table of what they prove still holds. */
async function proofs(): Promise<Count> {
  const wrong = await checkProofs();
  heading(`What the tests prove (docs/*-proofs.md): ${wrong.length === 0 ? 'passed' : 'FAILED'}`);
  for (const line of wrong) process.stdout.write(`${line}\n`);
  return { passed: wrong.length === 0 ? 1 : 0, failed: wrong.length === 0 ? 0 : 1 };
}

async function tests(args: string[]): Promise<Count[]> {
  const browser = findBrowser((line) => process.stdout.write(`${line}\n`));
  const before = previousRelease();
  const redis = process.env['TEST_REDIS_URL'] ? null : await startRedis();
  const url = process.env['TEST_REDIS_URL'] ?? redis?.url;
  try {
    const missing = [
      ...(url ? [] : ['no redis-server is installed, so nothing on Redis']),
      ...(browser ? [] : ['no Chromium is to be had, so nothing in a browser']),
      ...(fs.existsSync('/usr/lib/postgresql') ? [] : ['no pg_dump is installed, so no backups']),
      ...(before ? [] : ['no release is in the history of this checkout, so nothing of the one before']),
    ];
    const title = ['Tests on PostgreSQL', ...(url ? ['Redis'] : []), ...(browser ? ['Chromium'] : [])].join(
      ', ',
    );
    fs.rmSync(NOTES, { force: true });
    const noting: Record<string, string> = args.length > 0 ? {} : { PROOFS_FILE: NOTES };
    const all = await jest([title, ...missing].join('; '), args, {
      ...noting,
      ...(url ? { TEST_REDIS_URL: url } : {}),
      ...(browser ? { BROWSER_PATH: browser } : {}),
      ...(before ? { PREVIOUS_RELEASE: before } : {}),
    });
    if (args.length > 0) return [all];
    const proven = await proofs();
    const pure = ['--testPathPatterns', String.raw`\.rules\.spec\.ts$|libs/core/`];
    // They need no database: an address that is never asked keeps one from being started.
    const elsewhere = { TZ: 'America/New_York', TEST_DATABASE_URL: 'postgres://none.invalid/none' };
    return [
      all,
      proven,
      await jest('Rules and dates once more, in New York', pure, elsewhere),
      await linesTakenOut(),
    ];
  } finally {
    await redis?.stop();
  }
}

/** Each small line can be deleted without the rest noticing. */
async function linesTakenOut(): Promise<Count> {
  heading('Each line can be taken out');
  const { code } = await run(['node', 'tools/without-line.ts'], { folder: ROOT });
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) process.on(signal, stopAll);
process.env['NX_DAEMON'] = 'false';
const args = process.argv.slice(2);
// Some tests run the product as processes of its own.
const built = await staticChecks([BUILD]);
const [checked, tested] = await Promise.all([args.length > 0 ? [] : staticChecks(CHECKS, true), tests(args)]);
const counts = [built, checked, tested].flat();
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
process.stdout.write(`\n${passed} passed, ${failed} failed\n`, () => process.exit(failed > 0 ? 1 : 0));
