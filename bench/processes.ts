/** The processes of a benchmark, none of which outlives it. */
import { fork, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';

const running = new Set<ChildProcess>();

/** Forks a Node process whose output goes to `log`. */
export function startProcess(script: string, environment: Record<string, string>, log: string): ChildProcess {
  const output = fs.openSync(log, 'a');
  const child = fork(script, [], {
    stdio: ['ignore', output, output, 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { PATH: process.env['PATH'], ...environment },
  });
  fs.closeSync(output);
  running.add(child);
  child.on('exit', () => running.delete(child));
  return child;
}

/** Fails as soon as `child` ends, for racing against what is expected of it. */
export function untilEnded(child: ChildProcess, name: string, log: string): Promise<never> {
  return new Promise((_, reject) => {
    child.once('exit', (code, signal) => {
      reject(new Error(`${name} ended (${signal ?? `code ${code}`}):\n${fs.readFileSync(log, 'utf8').slice(-2000)}`));
    });
  });
}

/** The next message of `child`. */
export function nextMessage<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve) => child.once('message', (message) => resolve(message as Message)));
}

export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(late);
}

export async function endProcesses(): Promise<void> {
  await Promise.all([...running].map(endProcess));
}
