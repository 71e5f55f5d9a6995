import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../postgres.ts';

const MOST_CONNECTIONS = 8;

export interface Ask {
  body?: object;
  headers?: Record<string, string>;
  /** Which of this machine's own addresses asks. */
  from?: string;
}

export interface Answer {
  /** Of HTTP; 0 where none came. */
  status: number;
  text: string;
}

/** `npm run stack` on data of its own, for one test. */
export class RunningStack {
  readonly dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'yajin-stacked-'));
  readonly address: string;
  /** All that it has printed. */
  said = '';
  private readonly process: ChildProcess;
  private readonly agent = new https.Agent({
    keepAlive: true,
    maxSockets: MOST_CONNECTIONS,
    rejectUnauthorized: false,
  });

  private constructor(port: number) {
    this.address = `https://localhost:${port}`;
    // Built once for all tests: others run from the same folders.
    this.process = spawn(process.execPath, ['tools/stack.ts', '--built'], {
      // Long enough for Caddy to look twice.
      env: { ...process.env, DATA_DIR: this.dataDir, PORT: String(port), DRAIN_DELAY: '4' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.process.stdout, this.process.stderr])
      stream?.on('data', (chunk: Buffer) => (this.said += chunk.toString()));
  }

  static async start(): Promise<RunningStack> {
    const stack = new RunningStack(await freePort(0));
    await stack.until(() => stack.said.includes('is running as in production'));
    return stack;
  }

  /** @throws when it ends instead */
  async until(happened: () => boolean): Promise<void> {
    while (!happened()) {
      if (this.process.exitCode !== null) throw new Error(`the stack ended:\n${this.said}`);
      await sleep(50);
    }
  }

  /** @returns its exit code */
  async stop(): Promise<number | null> {
    const { process } = this;
    if (process.exitCode !== null || process.signalCode !== null) return process.exitCode;
    const ended = new Promise((resolve) => process.once('exit', resolve));
    process.kill('SIGTERM');
    await ended;
    return process.exitCode;
  }

  async remove(): Promise<void> {
    this.agent.destroy();
    await this.stop();
    fs.rmSync(this.dataDir, { recursive: true, force: true });
  }

  /** Through the proxy; with a body it is a POST. */
  ask(route: string, { body, headers = {}, from = '127.0.0.1' }: Ask = {}): Promise<Answer> {
    return new Promise((resolve) => {
      const options = {
        agent: this.agent,
        family: 4,
        localAddress: from,
        method: body ? 'POST' : 'GET',
        headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
      };
      const request = https.request(this.address + route, options, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
        response.on('error', () => resolve({ status: 0, text }));
      });
      request.on('error', (error) => resolve({ status: 0, text: String(error) }));
      request.end(body && JSON.stringify(body));
    });
  }

  get password(): string {
    return fs.readFileSync(path.join(this.dataDir, 'secrets/admin_password'), 'utf8');
  }

  /** The process that runs now by this name. */
  pidOf(name: string): number {
    const { children } = JSON.parse(fs.readFileSync(path.join(this.dataDir, 'run.json'), 'utf8')) as {
      children: Record<string, number>;
    };
    return children[`yajin-stack-${name}`] ?? 0;
  }

  /** Ends a process so, and waits until another one in its place is ready. */
  async replace(name: string, signal: NodeJS.Signals): Promise<void> {
    const before = this.pidOf(name);
    process.kill(before, signal);
    await this.until(() => this.pidOf(name) !== before && this.pidOf(name) > 0);
    const port = new RegExp(`${name} 127.0.0.1:(\\d+)`).exec(this.said)?.[1];
    const ready = (): Promise<boolean> =>
      fetch(`http://127.0.0.1:${port}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
    while (!(await ready())) await sleep(100);
  }
}
