/** A demo of a tool's own, as `npm start` starts it, on free ports. */
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { freePort } from './postgres.ts';
import { untilAnswers } from './start/wait.ts';

const ROOT = path.dirname(import.meta.dirname);

export interface Demo {
  url: string;
  stop: () => Promise<void>;
}

/**
 * @param folder for its data: PostgreSQL may run as somebody else, who must reach it
 * @param environment what it is told beside its ports
 * @param begun is told of the process at once, so that it can be stopped while it starts
 */
export async function startDemo(
  folder: string,
  environment: Record<string, string>,
  begun: (stop: Demo['stop']) => void,
): Promise<Demo> {
  const [port, sandboxPort] = [await freePort(0), await freePort(0)];
  const child = spawn(process.execPath, [path.join(ROOT, 'tools/start.ts')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      PORT: String(port),
      SANDBOX_PORT: String(sandboxPort),
      DATA_DIR: folder,
      ...environment,
    },
  });
  const stop = (): Promise<void> => end(child);
  begun(stop);
  const url = `http://127.0.0.1:${port}`;
  const ended = new Promise<never>((_, reject) =>
    child.once('exit', (code) => reject(new Error(`the demo ended with ${code}`))),
  );
  await Promise.race([untilAnswers(`${url}/health/ready`, () => undefined), ended]);
  return { url, stop };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}
