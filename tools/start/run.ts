/** What `npm start`, `npm run dev` and `npm run stack` share: the parts that they keep running, and how a run ends. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { Child, type ChildPlan } from './child.ts';
import { Claim } from './claim.ts';
import { Database } from './database.ts';
import { localUrl, simulatedSides, type Plan } from './plan.ts';
import { untilAnswers } from './wait.ts';

export const ROOT = path.dirname(path.dirname(import.meta.dirname));
/** What a run executes, whichever it is: two would work with the same data. */
const SCRIPTS = ['start.ts', 'dev.ts', 'stack.ts'].map((script) => path.join(ROOT, 'tools', script));
const API = path.join(ROOT, 'apps/api/dist/main.js');
const SANDBOX = path.join(ROOT, 'apps/sandbox/dist/main.js');
/** npm and the terminal both deliver a Ctrl-C; what comes this close together is one. */
const SAME_SIGNAL_MS = 1_000;

type How = Pick<ChildPlan, 'graceMs' | 'log' | 'patient' | 'ended' | 'command'> & { started?: () => void };

interface Part {
  stop: () => Promise<unknown>;
  /** Makes it stop at once. */
  kill?: () => void;
}

/** One run. There is one in a process, which it ends. */
export class Run {
  /** What runs, in the order it was started; it is stopped in the opposite order. */
  private readonly parts: Part[] = [];
  private readonly say: (line: string) => void;
  private claim: Claim | null = null;
  private stoppingSince = 0;

  constructor(say: (line: string) => void) {
    this.say = say;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => this.askedToStop());
    process.on('disconnect', () => this.askedToStop());
    // A terminal that was closed takes no more lines; that must not keep us from stopping in order.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  }

  /** @throws when another run works with the folder */
  async claimFolder(dataDir: string, url: string): Promise<void> {
    this.claim = await Claim.take(dataDir, SCRIPTS, url, this.say);
  }

  add<Kind extends Part>(part: Kind): Kind {
    this.parts.push(part);
    return part;
  }

  /** Quiet unless it fails. What did not change comes from the cache. @throws Error with what nx said */
  async build(projects: string): Promise<void> {
    const nx = spawn(
      path.join(ROOT, 'node_modules/.bin/nx'),
      ['run-many', '-t', 'build', `--projects=${projects}`, '--output-style=static'],
      {
        cwd: ROOT,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' },
      },
    );
    let output = '';
    for (const stream of [nx.stdout, nx.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const part = this.add({ stop: () => Promise.resolve(void nx.kill()) });
    const code = await new Promise((resolve, reject) => {
      nx.on('error', reject);
      nx.on('close', resolve);
    });
    this.parts.splice(this.parts.indexOf(part), 1);
    if (code !== 0 && !this.stoppingSince) throw new Error(`The build failed:\n${output}`);
  }

  async database(dataDir: string): Promise<Database> {
    const database = this.add(new Database(dataDir, this.say, (reason) => this.fail(new Error(reason))));
    await database.start();
    return database;
  }

  /** @returns the sandbox, and what the API is to be told of it */
  async sandbox(
    plan: Plan,
    how: How,
    environment: Record<string, string> = {},
  ): Promise<{ sandbox: Child; sides: Record<string, string> }> {
    const sandbox = this.child('The sandbox', SANDBOX, how, () => ({
      ...process.env,
      ...environment,
      SANDBOX_PORT: String(plan.sandboxPort),
      DATA_DIR: plan.dataDir,
    }));
    const asked = `${localUrl(plan.host, plan.sandboxPort)}/control/settings`;
    const settings = await untilAnswers(asked, (seconds) => this.say(`  the sandbox, ${seconds} s so far …`));
    sandbox.proven();
    return { sandbox, sides: simulatedSides(plan, settings as Record<string, string>, process.env) };
  }

  /** @param particulars asked at every start: the database may have taken another port */
  api(plan: Plan, how: How, particulars: () => Record<string, string>): Child {
    return this.child('The API', API, how, () => ({
      // In the demo the terminal is for the person at it, so it stays calm.
      ...(plan.demo && { LOG_LEVEL: 'warn' }),
      ...process.env,
      APP_MODE: process.env['APP_MODE']?.trim() || 'demo',
      PORT: String(plan.port),
      DATA_DIR: plan.dataDir,
      ...particulars(),
    }));
  }

  /** Any program. @param mark what stands in its command line and in nobody else's; empty if it ends with us by itself */
  program(name: string, mark: string, command: string[], how: How, environment: NodeJS.ProcessEnv): Child {
    return this.child(name, mark, { ...how, command }, () => environment);
  }

  /** Ends the run because something cannot go on. */
  fail(error: unknown): void {
    if (this.stoppingSince) return;
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    void this.stop(1);
  }

  private child(name: string, script: string, how: How, environment: () => NodeJS.ProcessEnv): Child {
    const child = this.add(
      new Child({
        ...how,
        name,
        script,
        environment,
        say: this.say,
        started: (pid) => {
          if (script) this.claim?.note(script, pid);
          how.started?.();
        },
        givenUp: (reason) => this.fail(new Error(reason)),
      }),
    );
    child.start();
    return child;
  }

  private askedToStop(): void {
    if (!this.stoppingSince) {
      this.say('\nStopping: the API finishes what it is doing (Ctrl-C again to hurry) …');
      void this.stop(0);
    } else if (Date.now() - this.stoppingSince > SAME_SIGNAL_MS) {
      for (const part of this.parts) part.kill?.();
    }
  }

  private async stop(code: number): Promise<void> {
    this.stoppingSince = Date.now();
    this.claim?.stopping();
    for (const part of this.parts.toReversed()) {
      await part.stop().catch((error: unknown) => this.say(String(error)));
    }
    this.claim?.release();
    process.exit(code);
  }
}

/** What the API is told of a database of ours. */
export function databaseSettings(database: Database | null): Record<string, string> {
  if (!database) return {};
  return {
    DATABASE_URL: database.url,
    DATABASE_DIRECT_URL: database.url,
    DATABASE_MIGRATION_URL: database.ownerUrl,
  };
}
