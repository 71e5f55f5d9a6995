import { fork, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';

const STOP_MS = 10_000;
/** Longer than anything here takes on a slow machine. */
const ANSWER_MS = 120_000;

const running = new Set<BenchProcess>();

/** A Node process that takes part in a benchmark and does not outlive it. */
export class BenchProcess {
  /** Rejects when it ends, with its last words. */
  readonly ended: Promise<never>;
  private readonly child: ChildProcess;
  private readonly name: string;

  constructor(name: string, script: string, environment: Record<string, string>, log: string) {
    const output = fs.openSync(log, 'a');
    this.name = name;
    this.child = fork(script, [], {
      // As the product is started.
      execArgv: ['--max-semi-space-size=16'],
      stdio: ['ignore', output, output, 'ipc'],
      env: { PATH: process.env['PATH'], ...environment },
    });
    fs.closeSync(output);
    running.add(this);
    this.ended = new Promise((_, reject) => {
      this.child.on('exit', (code, signal) => {
        running.delete(this);
        const words = fs.existsSync(log) ? fs.readFileSync(log, 'utf8').slice(-2000) : '';
        reject(new Error(`${name} ended (${signal ?? `code ${code}`}).\n${words}`));
      });
    });
    this.ended.catch(() => undefined);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Its next message, after it was sent `order` where there is one. */
  async ask<Answer>(order?: object): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const late = setTimeout(() => reject(new Error(`${this.name} does not answer`)), ANSWER_MS);
    this.child.once('message', (message) => resolve(message as Answer));
    if (order) this.child.send(order);
    try {
      return await Promise.race([promise, this.ended]);
    } finally {
      clearTimeout(late);
    }
  }

  async stop(): Promise<void> {
    if (!running.has(this)) return;
    this.child.kill('SIGTERM');
    const late = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS);
    await this.ended.catch(() => undefined);
    clearTimeout(late);
  }
}

export async function stopProcesses(): Promise<void> {
  await Promise.all([...running].map((one) => one.stop()));
}
