import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Deaths, DIED_TOO_OFTEN } from './deaths.ts';

/** The second bounds the memory that large exports leave behind; see docs/operations.md. */
export const NODE_FLAGS = ['--enable-source-maps', '--max-semi-space-size=16'];

export interface ChildPlan {
  /** How messages call it. */
  name: string;
  script: string;
  /** The whole command line, in the place of Node and the script. */
  command?: string[];
  /** Asked at every start: an address may have changed since. */
  environment: () => NodeJS.ProcessEnv;
  /** The file that takes what it prints, or who is told each line; the terminal when null. Errors never go to the file. */
  log: string | ((line: string, from: 'stdout' | 'stderr') => void) | null;
  /** An end by itself is told and nothing more: it waits for `restart`, which comes when its code has changed. */
  patient?: boolean;
  /** How long it may take to stop. */
  graceMs: number;
  say: (line: string) => void;
  /** The pid, whenever there is a new one. */
  started: (pid: number) => void;
  /** Told when it has ended and is not started again by itself. */
  ended?: () => void;
  /** It cannot be kept running; why. */
  givenUp: (reason: string) => void;
}

/**
 * A Node process that is kept running. It lives in a process group of its own, so that Ctrl-C in the terminal reaches
 * only us and we choose the order of stopping; a channel that carries nothing tells it when we are gone.
 */
export class Child {
  private readonly plan: ChildPlan;
  private readonly deaths = new Deaths();
  private process: ChildProcess | null = null;
  private stopping = false;
  private settled = false;
  private restarting = false;

  constructor(plan: ChildPlan) {
    this.plan = plan;
  }

  start(): void {
    if (this.stopping) return;
    const { log } = this.plan;
    const told = typeof log === 'function';
    const output = told ? 'pipe' : log === null ? 'inherit' : fs.openSync(log, 'a', 0o600);
    const [program = '', ...args] = this.plan.command ?? [process.execPath, ...NODE_FLAGS, this.plan.script];
    const child = spawn(program, args, {
      detached: true,
      stdio: ['ignore', output, told ? 'pipe' : 'inherit', 'ipc'],
      env: this.plan.environment(),
    });
    if (typeof output === 'number') fs.closeSync(output);
    if (told)
      for (const from of ['stdout', 'stderr'] as const)
        if (child[from]) createInterface({ input: child[from] }).on('line', (line) => log(line, from));
    this.process = child;
    child.on('error', (error) => this.plan.givenUp(`${this.plan.name} cannot be started: ${error.message}`));
    child.on('exit', (code, signal) => this.ended(code, signal));
    if (child.pid) this.plan.started(child.pid);
  }

  /** From now on it is started again whatever ends it. Before, ending by itself means that it cannot start at all. */
  proven(): void {
    this.settled = true;
  }

  /** Stops it and starts it again, or just starts it when it has ended. This is no death. */
  restart(): void {
    if (!this.alive()) return this.start();
    if (this.restarting) return;
    this.restarting = true;
    void this.end();
  }

  alive(): boolean {
    return (
      this.process?.pid !== undefined && this.process.exitCode === null && this.process.signalCode === null
    );
  }

  /** Asks it to stop, and makes it stop when its time is over. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.end();
  }

  private async end(): Promise<void> {
    const child = this.process;
    if (!child || !this.alive()) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const late = new AbortController();
    const patience = sleep(this.plan.graceMs, 'late', { signal: late.signal }).catch(() => 'ended');
    if ((await Promise.race([ended, patience])) === 'late') {
      this.plan.say(`${this.plan.name} did not stop within ${this.plan.graceMs / 1000} s; ending it.`);
      child.kill('SIGKILL');
    }
    late.abort();
    await ended;
  }

  kill(): void {
    this.stopping = true;
    this.process?.kill('SIGKILL');
  }

  private ended(code: number | null, signal: NodeJS.Signals | null): void {
    if (this.stopping) return;
    if (this.restarting) {
      this.restarting = false;
      return this.start();
    }
    const { name, say, givenUp, patient } = this.plan;
    const how = signal ?? `code ${code}`;
    if (patient) {
      say(`${name} ended (${how}); it starts again when a file changes.`);
      return this.plan.ended?.();
    }
    if (!this.settled && signal === null)
      return givenUp(`${name} cannot start (${how}); its own messages are above.`);
    const delay = this.deaths.record(Date.now());
    if (delay === null) return givenUp(`${name} ${DIED_TOO_OFTEN}, last with ${how}.`);
    say(`${name} ended (${how}); starting it again.`);
    setTimeout(() => this.start(), delay);
  }
}
