/**
 * `node tools/without-line.ts [<line> …]`: proves that a small line can be taken out. A copy of the sources loses the line's folder
 * and its entry in apps/api/src/lines/index.ts; what is left must compile, and the camps' flows, the environment and the
 * payments of all lines must pass their tests in it. With no names, every line in turn.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run } from './check/process.ts';

const ROOT = path.dirname(import.meta.dirname);
const LINES = 'apps/api/src/lines/index.ts';
/**
 * What is left must still do this. No line imports another: beyond what the compiler sees, one could only be missed where the
 * application is put together, and in what is shown of all lines.
 */
const TESTS = ['apps/api/test/(flows|env)\\.spec', 'apps/api/src/pay/test/pay\\.spec'];
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

/** Everything but the camps, which the demo and most tests are about. */
function smallLines(): string[] {
  const lines = listedLines(fs.readFileSync(path.join(ROOT, LINES), 'utf8'));
  return lines.map(([line]) => line).filter((line) => line !== 'camp');
}

const LEFT_OUT = new Set(['node_modules', 'dist', '.git', '.nx', '.data']);

function copyWithout(line: string): string {
  // Not below node_modules, where jest looks for nothing.
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), `yajin-without-${line}-`));
  // The tests' PostgreSQL may run as somebody else, out of this folder.
  fs.chmodSync(copy, 0o755);
  const gone = path.join(ROOT, 'apps/api/src/lines', line);
  for (const entry of fs.readdirSync(ROOT).filter((name) => !LEFT_OUT.has(name))) {
    fs.cpSync(path.join(ROOT, entry), path.join(copy, entry), {
      recursive: true,
      filter: (from) => from !== gone && !LEFT_OUT.has(path.basename(from)),
    });
  }
  const lines = path.join(copy, LINES);
  fs.writeFileSync(lines, linesWithout(fs.readFileSync(lines, 'utf8'), line));
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
  return copy;
}

async function check(line: string): Promise<boolean> {
  const began = performance.now();
  const folder = copyWithout(line);
  const steps = [
    ['tsc', '-p', 'tsconfig.json'],
    ['jest', '--ci', '--silent', '--maxWorkers=1', ...TESTS],
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
const queue = asked.length > 0 ? asked : smallLines();
const results: boolean[] = [];
const work = async (): Promise<void> => {
  for (let line = queue.shift(); line !== undefined; line = queue.shift()) results.push(await check(line));
};
await Promise.all(Array.from({ length: AT_A_TIME }, work));
process.exitCode = results.length > 0 && results.every(Boolean) ? 0 : 1;
