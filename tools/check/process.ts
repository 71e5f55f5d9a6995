import { spawn, type ChildProcess } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';

const BIN = path.join(process.cwd(), 'node_modules/.bin');
/**
 * The compiler of TypeScript 7. ESLint, knip and others need the programming interface that only version 6 has, so both are installed,
 * and `.bin/tsc` is whichever came last.
 */
export const TSC = path.join('..', 'typescript-7', 'bin', 'tsc');

interface Options {
  folder: string;
  environment?: Record<string, string>;
  /** Keep the output instead of showing it. */
  quiet?: boolean;
  /** Let whatever else runs go first. */
  yielding?: boolean;
}

const running = new Set<ChildProcess>();
let stopped = false;

/** Runs an installed command. A command that cannot be run, or is told to stop, counts as failed. */
export async function run(
  [command = '', ...args]: string[],
  options: Options,
): Promise<{ code: number; output: string }> {
  if (stopped) return { code: 1, output: 'stopped' };
  const child = spawn(path.join(BIN, command), args, {
    cwd: options.folder,
    stdio: ['ignore', options.quiet ? 'pipe' : 'inherit', options.quiet ? 'pipe' : 'inherit'],
    env: { ...process.env, ...options.environment, PATH: BIN + path.delimiter + (process.env['PATH'] ?? '') },
  });
  running.add(child);
  if (options.yielding && child.pid !== undefined)
    os.setPriority(child.pid, os.constants.priority.PRIORITY_LOW);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, output: String(error) }));
    child.on('close', (code) => {
      running.delete(child);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** Ends what runs, and lets nothing more begin. */
export function stopAll(): void {
  stopped = true;
  for (const child of running) child.kill('SIGTERM');
}
