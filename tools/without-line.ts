/**
 * `node tools/without-line.ts [<line> …]`: proves that a line can be taken out. A copy of the sources loses the line's folder
 * and its entry in apps/api/src/lines/index.ts, and with it the tests and benchmarks that reach into it; what is left must compile, and
 * the environment and the payments of other lines must pass their tests in it. With no names, every line in turn.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run, TSC } from './check/process.ts';
import setup from './jest-postgres.mjs';
import teardown from './jest-postgres-stop.mjs';

const ROOT = path.dirname(import.meta.dirname);
const LINES = 'apps/api/src/lines/index.ts';
/**
 * What is left must still do this. No line imports another: beyond what the compiler sees, one could only be missed where the
 * application is put together, and in what is shown of all lines.
 */
const TESTS = ['apps/api/test/(flows|env)\\.spec', 'apps/api/src/pay/test/pay\\.spec'];
/** Most tests of the API are about camps, and the environment's about their variables, too; these are not. */
const TESTS_WITHOUT_CAMPS = [
  'apps/api/test/lines\\.spec',
  'apps/api/src/lines/(course|gym)/test/\\w+-pay\\.spec',
];
/** Where somebody may reach into a line, and what goes as a whole when one of its files does. */
const REACHING = ['apps/api/test', 'apps/admin/test', 'apps/h5/test', 'bench'];
const AS_A_WHOLE: Readonly<Record<string, string[]>> = { bench: ['bench', 'tools/bench.ts'] };
const AT_A_TIME = 2;

/** The entries of the list, by the folders that they come from. */
function listedLines(text: string): [line: string, entry: string][] {
  return [...text.matchAll(/^import \{ (\w+) \} from '\.\/([\w-]+)\/manifest\.js';$/gm)].map(
    ([, entry = '', line = '']) => [line, entry],
  );
}

/** The list of the lines, without one of them. @throws Error when it does not read as expected */
function linesWithout(text: string, line: string): string {
  const entry = new Map(listedLines(text)).get(line);
  if (entry === undefined) throw new Error(`${LINES} does not import ${line}`);
  const without = text
    .replace(new RegExp(`^import \\{ ${entry} \\}.*\n`, 'm'), '')
    .replace(new RegExp(`(\\[|, )${entry}\\b(?:, )?`), (_, before: string) => (before === '[' ? '[' : ', '))
    .replace(', ]', ']');
  if (new RegExp(`\\b${entry}\\b`).test(without))
    throw new Error(`${LINES} lists ${line} in a way that is not known here`);
  return without;
}

const LEFT_OUT = new Set(['node_modules', 'dist', '.git', '.nx', '.data']);

/** @param place where the copy before stood: what jest has compiled there counts for this one, too */
function copyWithout(line: string, place: string): string {
  const copy = path.join(place, 'copy');
  fs.mkdirSync(copy);
  const gone = path.join(ROOT, 'apps/api/src/lines', line);
  for (const entry of fs.readdirSync(ROOT).filter((name) => !LEFT_OUT.has(name))) {
    fs.cpSync(path.join(ROOT, entry), path.join(copy, entry), {
      recursive: true,
      filter: (from) => from !== gone && !LEFT_OUT.has(path.basename(from)),
    });
  }
  const lines = path.join(copy, LINES);
  fs.writeFileSync(lines, linesWithout(fs.readFileSync(lines, 'utf8'), line));
  for (const folder of REACHING) takeOutReaching(copy, folder, line);
  linkModules(copy);
  return copy;
}

/** Takes out of a folder what imports of a line that is gone. */
function takeOutReaching(copy: string, folder: string, line: string): void {
  const files = fs.readdirSync(path.join(copy, folder), { recursive: true, encoding: 'utf8' });
  const reaching = files
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.join(folder, name))
    .filter((file) => fs.readFileSync(path.join(copy, file), 'utf8').includes(`src/lines/${line}/`));
  const gone = reaching.length > 0 ? (AS_A_WHOLE[folder] ?? reaching) : [];
  for (const file of gone) fs.rmSync(path.join(copy, file), { recursive: true });
}

/** Other people's packages are the checkout's, ours are the copy's. */
function linkModules(copy: string): void {
  const [from, to] = [path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules')];
  fs.mkdirSync(to);
  for (const name of fs.readdirSync(from).filter((each) => each !== '@yajin'))
    fs.symlinkSync(path.join(from, name), path.join(to, name));
  fs.mkdirSync(path.join(to, '@yajin'));
  for (const name of fs.readdirSync(path.join(from, '@yajin')))
    fs.symlinkSync(fs.readlinkSync(path.join(from, '@yajin', name)), path.join(to, '@yajin', name));
}

async function check(line: string, place: string): Promise<boolean> {
  const began = performance.now();
  const folder = copyWithout(line, place);
  const steps = [
    [TSC, '--singleThreaded', '-p', 'tsconfig.json'],
    ['jest', '--ci', '--silent', '--maxWorkers=1', ...(line === 'camp' ? TESTS_WITHOUT_CAMPS : TESTS)],
  ];
  try {
    for (const command of steps) {
      const { code, output } = await run(command, { folder, quiet: true });
      if (code === 0) continue;
      process.stdout.write(`${output}\nWithout ${line}, ${command[0]} fails.\n`);
      return false;
    }
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
  process.stdout.write(
    `Without ${line} the rest stands (${((performance.now() - began) / 1000).toFixed(0)} s)\n`,
  );
  return true;
}

const asked = process.argv.slice(2);
const listed = listedLines(fs.readFileSync(path.join(ROOT, LINES), 'utf8')).map(([line]) => line);
const queue = asked.length > 0 ? asked : listed;
const results: boolean[] = [];
const work = async (): Promise<void> => {
  // Not below node_modules, where jest looks for nothing.
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'yajin-without-'));
  // The tests' PostgreSQL may run as somebody else, out of this folder.
  fs.chmodSync(place, 0o755);
  for (let line = queue.shift(); line !== undefined; line = queue.shift())
    results.push(await check(line, place));
  fs.rmSync(place, { recursive: true });
};
// One server for all: what is left has the same migrations, so the database of the first is cloned by the others.
await setup();
try {
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
} finally {
  await teardown();
}
process.exitCode = results.length > 0 && results.every(Boolean) ? 0 : 1;
