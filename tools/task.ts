/**
 * `npm run <task> [-- arguments]`: what one wants at work, and nothing beside it; CONTRIBUTING.md lists them. Words narrow tests down to
 * the files whose path has them; all else goes to the tool behind the task: `npm run lint -- --projects=@yajin/api`.
 */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { run, stopAll, TSC } from './check/process.ts';
import { API, BROWSER, UNIT } from './check/sizes.ts';

const ROOT = path.dirname(import.meta.dirname);
const AT_A_TIME = 2;

/** An address that is never asked keeps a database from being started. */
const NO_DATABASE = { TEST_DATABASE_URL: 'postgres://none.invalid/none' };

interface Step {
  title: string;
  command: string[];
  folder?: string;
  environment?: Record<string, string>;
}

function nx(target: string, args: string[]): Step {
  return { title: target, command: ['nx', 'run-many', '-t', target, '--output-style=static', ...args] };
}

function unit(args: string[]): Step {
  const command = ['jest', '--ci', '--passWithNoTests', ...testsOf(UNIT, args)];
  return { title: 'Unit tests', command, environment: NO_DATABASE };
}

/** @param files a pattern of jest's, to which words are added */
function testsOf(files: string, args: string[]): string[] {
  const words = args.filter((arg) => !arg.startsWith('-')).map((word) => `(?=.*${word})`);
  return ['--testPathPatterns', `^${words.join('')}${files}`, ...args.filter((arg) => arg.startsWith('-'))];
}

/** What a commit needs: the types and the borders of all, the style and the unit tests of what is different from the main branch. */
function check(): Step[] {
  const base = mainBranch();
  const lintable = changedSince(base).filter((file) => /\.(ts|tsx|js|mjs|cjs)$/.test(file));
  const contract = { command: ['node', 'tools/generate.ts', '--check'], folder: 'libs/contract' };
  return [
    { title: 'Types', command: [TSC, '-p', 'tsconfig.json'] },
    { title: 'Types of the web apps', command: [TSC, '-p', 'tsconfig.web.json'] },
    ...(lintable.length > 0
      ? [{ title: 'Lint', command: ['eslint', '--max-warnings=0', '--no-warn-ignored', ...lintable] }]
      : []),
    { title: 'Format', command: ['prettier', '--check', '--cache', '--log-level=warn', '.'] },
    {
      title: 'Boundaries',
      command: ['depcruise', '--config', '.dependency-cruiser.cjs', 'apps', 'libs', 'tools', 'bench'],
    },
    { title: 'Unused code', command: ['knip', '--no-progress', '--no-config-hints'] },
    { title: 'Generated contract is current', ...contract },
    { title: 'Tidiness', command: ['node', 'tools/tidy.ts'] },
    { ...unit([`--changedSince=${base}`]), title: 'Unit tests of what changed' },
  ];
}

/** Files that are there, committed or not. */
function changedSince(base: string): string[] {
  const git = (...args: string[]): string[] =>
    execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).split('\0').filter(Boolean);
  return [
    ...git('diff', '--name-only', '-z', '--diff-filter=d', '--merge-base', base),
    ...git('ls-files', '--others', '--exclude-standard', '-z'),
  ];
}

function mainBranch(): string {
  const exists = (name: string): boolean => {
    try {
      execFileSync('git', ['rev-parse', '--verify', '--quiet', name], { cwd: ROOT, stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  };
  return ['origin/main', 'main'].find(exists) ?? 'HEAD';
}

const TASKS: Readonly<Record<string, (args: string[]) => Step[]>> = {
  lint: (args) => [nx('lint', args)],
  typecheck: (args) => [nx('typecheck', args)],
  generate: (args) => [nx('generate', args)],
  'test:unit': (args) => [unit(args)],
  'test:api': (args) => [
    { title: 'Tests of the API', command: ['node', 'tools/test.ts', ...testsOf(API, args)] },
  ],
  'test:browser': (args) => [
    { title: 'Tests in a browser', command: ['node', 'tools/test.ts', ...testsOf(BROWSER, args)] },
  ],
  check,
  release: (args) => [{ title: 'Release', command: ['nx', 'release', '--skip-publish', ...args] }],
};

/** One step has the terminal for itself; of several each is told of when it has ended, and what failed is shown. */
async function perform(steps: Step[]): Promise<boolean> {
  const quiet = steps.length > 1;
  const results: boolean[] = [];
  const queue = [...steps];
  const work = async (): Promise<void> => {
    for (let step = queue.shift(); step; step = queue.shift()) {
      const began = performance.now();
      const { title, command, environment = {} } = step;
      const { code, output } = await run(command, {
        folder: path.join(ROOT, step.folder ?? '.'),
        environment,
        quiet,
      });
      results.push(code === 0);
      const took = ((performance.now() - began) / 1000).toFixed(1);
      if (quiet)
        process.stdout.write(`${code === 0 ? '✓' : '✗'} ${title} (${took} s)\n${code === 0 ? '' : output}`);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return results.every(Boolean);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) process.on(signal, stopAll);
Object.assign(process.env, { NX_DAEMON: 'false', NX_TUI: 'false' });
const [name = '', ...args] = process.argv.slice(2);
const task = TASKS[name];
if (!task) throw new Error(`Which task? One of: ${Object.keys(TASKS).join(', ')}`);
process.exit((await perform(task(args))) ? 0 : 1);
