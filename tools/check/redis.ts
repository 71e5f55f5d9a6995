import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../postgres.ts';

const START_TIMEOUT_MS = 10_000;

/**
 * Starts the machine's Redis for the tests alone, with nothing kept.
 * @returns null when none is installed
 * @throws when one is installed but does not start
 */
export async function startRedis(): Promise<{ url: string; stop: () => Promise<void> } | null> {
  const program = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, 'redis-server'))
    .find((file) => fs.existsSync(file));
  if (!program) return null;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yajin-redis-'));
  const port = await freePort(0);
  const args = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--save',
    '',
    '--appendonly',
    'no',
  ];
  const child = spawn(program, args, { stdio: 'ignore' });
  const stop = async (): Promise<void> => {
    const over = isOver(child) || new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await over;
    fs.rmSync(folder, { recursive: true, force: true });
  };
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await accepts(port))) {
    if (isOver(child) || Date.now() > deadline) {
      await stop();
      throw new Error(`${program} does not start`);
    }
    await sleep(20);
  }
  return { url: `redis://127.0.0.1:${port}`, stop };
}

function isOver(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    const answer = (taken: boolean) => () => {
      socket.destroy();
      resolve(taken);
    };
    socket.once('connect', answer(true)).once('error', answer(false));
  });
}
