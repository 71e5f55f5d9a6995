import { Logger } from '@nestjs/common';
import { Logger as WorkerLogger, run, runMigrations, type Runner, type Task } from 'graphile-worker';
import pg from 'pg';
import type { Database } from './database.js';
import { rows } from './database.js';

/** A job's work. It runs at least once, so it must be idempotent; throwing makes it run again later. */
export type JobHandler = (payload: unknown) => Promise<void>;

/**
 * Background jobs in the same PostgreSQL as the data, so that a job is enqueued by the very statement
 * that makes it due: `SELECT graphile_worker.add_job('name', '{…}'::json)`.
 */
export class Jobs {
  private readonly logger = new Logger(Jobs.name);
  private readonly handlers = new Map<string, JobHandler>();
  private runner: Runner | null = null;
  private pool: pg.Pool | null = null;

  /** @param directUrl a connection that keeps sessions (no transaction pooler) */
  constructor(
    private readonly directUrl: string,
    private readonly concurrency: number,
  ) {}

  register(name: string, handler: JobHandler): void {
    if (this.handlers.has(name)) throw new Error(`job ${name} is registered twice`);
    this.handlers.set(name, handler);
  }

  /** Creates or upgrades the job tables. */
  async migrate(): Promise<void> {
    await runMigrations({ connectionString: this.directUrl });
  }

  /** With a concurrency of 0 this process only enqueues; another one does the work. */
  async start(): Promise<void> {
    if (this.concurrency === 0 || this.runner) return;
    this.pool = new pg.Pool({ connectionString: this.directUrl, max: this.concurrency + 2 });
    const lost = (error: Error): void => this.logger.warn(`job connection lost: ${error.message}`);
    this.pool.on('error', lost);
    this.pool.on('connect', (client) => client.on('error', lost));
    const taskList = Object.fromEntries(
      [...this.handlers].map(([name, handler]) => [name, this.task(name, handler)]),
    );
    this.runner = await run({
      pgPool: this.pool,
      taskList,
      concurrency: this.concurrency,
      noHandleSignals: true,
      pollInterval: 1000,
      logger: quietLogger(this.logger),
    });
    this.runner.promise.catch((error: unknown) => this.logger.error(`jobs stopped: ${describe(error)}`));
  }

  /** Takes no more jobs and waits for those under way. */
  async stop(): Promise<void> {
    const runner = this.runner;
    this.runner = null;
    await runner?.stop();
    await this.pool?.end();
    this.pool = null;
  }

  private task(name: string, handler: JobHandler): Task {
    return async (payload) => {
      try {
        await handler(payload);
      } catch (error) {
        this.logger.warn(`job ${name} ${JSON.stringify(payload)} will run again: ${describe(error)}`);
        throw error;
      }
    };
  }
}

/** How many jobs are due or running now, the last attempt included: what a jump of the demo clock waits for. */
export async function dueJobs(db: Database, names: string[]): Promise<number> {
  const [row] = await rows<{ due: number }>(
    db,
    `SELECT count(*) AS due FROM graphile_worker.jobs
     WHERE task_identifier = ANY($1) AND run_at <= now() AND (attempts < max_attempts OR locked_at IS NOT NULL)`,
    [names],
  );
  return row?.due ?? 0;
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function quietLogger(logger: Logger): WorkerLogger {
  return new WorkerLogger(() => (level, message) => {
    if (level === 'error') logger.error(message);
    else if (level === 'warning') logger.warn(message);
  });
}
