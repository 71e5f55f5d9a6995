import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Sandbox } from '@yajin/sandbox';
import type { testDatabase } from '@yajin/testing/database';
import { eventually, freePort } from '@yajin/testing/api';

export const MAIN = path.resolve('apps/api/dist/main.js');

/** The API as a process of its own, so that it can be killed, and measured without the test around it. */
export class ApiProcess {
  private child: ChildProcess | null = null;
  readonly url: string;
  /** All that it has written. */
  said = '';
  /** What is started; today's, unless it says another one. */
  program = MAIN;

  constructor(
    readonly environment: Record<string, string>,
    port: number,
  ) {
    this.url = `http://127.0.0.1:${port}`;
  }

  /** With the sandbox on the other side of every wire. */
  static async over(
    database: Awaited<ReturnType<typeof testDatabase>>,
    sandbox: Sandbox,
    overrides: Record<string, string> = {},
  ): Promise<ApiProcess> {
    const api = await ApiProcess.prepared(database, sandbox, overrides);
    await api.start();
    return api;
  }

  /** The same, and not started. */
  static async prepared(
    database: Awaited<ReturnType<typeof testDatabase>>,
    sandbox: Sandbox,
    overrides: Record<string, string> = {},
  ): Promise<ApiProcess> {
    const port = await freePort();
    const env = {
      ...sandbox.settings,
      APP_MODE: 'demo',
      DEMO_DATA: 'off',
      PORT: String(port),
      DATABASE_URL: database.appUrl,
      DATABASE_MIGRATION_URL: database.url,
      JWT_SECRET: randomBytes(32).toString('hex'),
      MASTER_KEY: masterKeyOf(database.url),
      PLANET_MIN_INTERVAL_MS: '0',
      SANDBOX_URL: sandbox.url,
      LOG_LEVEL: 'error',
      ...overrides,
    };
    return new ApiProcess(env, port);
  }

  /** @param words what stands behind `main.js` */
  launch(...words: string[]): void {
    const child = spawn(process.execPath, [this.program, ...words], {
      env: { PATH: process.env.PATH, ...this.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (chunk: Buffer) => (this.said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => {
      this.said += chunk.toString();
      process.stderr.write(chunk);
    });
    this.child = child;
  }

  async start(): Promise<void> {
    this.launch();
    await this.ready();
  }

  async ready(): Promise<void> {
    await eventually(
      () =>
        fetch(`${this.url}/health/ready`).then(
          (response) => response.ok,
          () => false,
        ),
      'the API to be ready',
    );
  }

  /** Waits for an end that comes by itself. @returns its exit code */
  async ended(): Promise<number | null> {
    const child = this.child;
    if (!child) return null;
    // Its last words may still be on the way when it has gone.
    if (child.exitCode === null) await new Promise((resolve) => child.once('close', resolve));
    return child.exitCode;
  }

  /** @returns its exit code; null where there was none to end, or a signal ended it */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return null;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
    return child.exitCode;
  }

  /** Milliseconds of processor time of the thread that answers; the collector's helpers have their own. On Linux only. */
  spent(): number {
    return threadMs(this.child?.pid ?? 0);
  }

  async call<Data>(
    method: string,
    route: string,
    options: { body?: unknown; token?: string } = {},
  ): Promise<Data> {
    const response = await fetch(this.url + route, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
    const answer = (await response.json()) as { code: number; message: string; data: Data };
    if (answer.code !== 200) throw new Error(`${route}: ${answer.code} ${answer.message}`);
    return answer.data;
  }
}

/** A database has one for all that ever start on it. */
function masterKeyOf(databaseUrl: string): string {
  return createHash('sha256').update(databaseUrl).digest('hex');
}

/**
 * Milliseconds of processor time of a process's main thread, to the nanosecond: Linux's schedstat. Where there is none, those of the
 * clock, which the least of several calls comes close to.
 */
export function threadMs(pid: number): number {
  if (process.platform !== 'linux') return performance.now();
  return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
}
