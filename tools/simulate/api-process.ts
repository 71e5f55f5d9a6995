import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from './server.ts';

const READY_WITHIN_MS = 120_000;
const STOP_WITHIN_MS = 3_000;

/** The built API as a process that can be killed and frozen, and that somebody starts again when it ends. */
export class ApiProcess {
  readonly url: string;
  readonly port: number;
  /** How often it was started. */
  starts = 0;
  private child: ChildProcess | null = null;
  private wanted = false;
  private frozen = false;
  private readonly environment: Record<string, string>;
  private readonly log: string;
  /** Told when a process is gone that had not been told to stop. */
  private readonly died: () => Promise<void>;

  constructor(port: number, environment: Record<string, string>, log: string, died: () => Promise<void>) {
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.environment = environment;
    this.log = log;
    this.died = died;
  }

  get up(): boolean {
    return this.child !== null && !this.frozen;
  }

  start(): void {
    if (this.child) return;
    this.wanted = true;
    this.starts += 1;
    const output = fs.openSync(this.log, 'a');
    const child = spawn(
      process.execPath,
      ['--max-semi-space-size=16', path.join(ROOT, 'apps/api/dist/main.js')],
      {
        env: { PATH: process.env['PATH'], ...this.environment },
        stdio: ['ignore', output, output],
      },
    );
    fs.closeSync(output);
    this.child = child;
    child.once('exit', () => {
      this.child = null;
      this.frozen = false;
      if (this.wanted) void this.again();
    });
  }

  /** @throws Error when it is not ready in time */
  async ready(within = READY_WITHIN_MS): Promise<void> {
    const deadline = Date.now() + within;
    for (;;) {
      const signal = AbortSignal.timeout(2000);
      const answer = await fetch(`${this.url}/health/ready`, { signal }).catch(() => null);
      await answer?.body?.cancel();
      if (answer?.ok) return;
      if (Date.now() > deadline) throw new Error(`the API is not ready within ${within} ms; see ${this.log}`);
      await sleep(25);
    }
  }

  /** kill -9, and nobody starts it again before `start`. */
  async kill(): Promise<void> {
    this.wanted = false;
    const { child } = this;
    if (!child) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    await this.died();
  }

  freeze(): void {
    this.frozen = this.child?.kill('SIGSTOP') ?? false;
  }

  thaw(): void {
    this.child?.kill('SIGCONT');
    this.frozen = false;
  }

  async stop(): Promise<void> {
    this.wanted = false;
    this.thaw();
    const { child } = this;
    if (!child) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await gone;
    clearTimeout(late);
  }

  /** What it warned of, the newest last. */
  warnings(most: number): string[] {
    const lines = fs.existsSync(this.log) ? fs.readFileSync(this.log, 'utf8').split('\n') : [];
    return lines.filter((line) => line !== '' && !/^\{"level":[123]0,/.test(line)).slice(-most);
  }

  private async again(): Promise<void> {
    await this.died().catch(() => undefined);
    await sleep(200);
    if (this.wanted) this.start();
  }
}
