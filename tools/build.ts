import { spawnSync } from 'node:child_process';
import path from 'node:path';

const ROOT = path.dirname(import.meta.dirname);

/** Builds what a tool runs. @throws Error with what nx said */
export function build(projects: string): void {
  const nx = spawnSync(
    path.join(ROOT, 'node_modules/.bin/nx'),
    ['run-many', '-t', 'build', `--projects=${projects}`, '--output-style=static'],
    { cwd: ROOT, encoding: 'utf8', env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' } },
  );
  if (nx.status !== 0) throw new Error(`The build failed:\n${nx.stdout}${nx.stderr}`);
}

/** Builds the API and runs one of its scripts with what the command line was given. Sets this process's exit code. */
export function runBuilt(script: string): void {
  try {
    build('@yajin/api,libs/*');
    const file = path.join(ROOT, 'apps/api/dist', script);
    const { status } = spawnSync(process.execPath, [file, ...process.argv.slice(2)], { stdio: 'inherit' });
    process.exitCode = status ?? 1;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
