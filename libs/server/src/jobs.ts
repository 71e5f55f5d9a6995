import { EventEmitter } from 'node:events';
import { Logger, type BeforeApplicationShutdown, type OnApplicationShutdown } from '@nestjs/common';
import {
  Logger as WorkerLogger,
  run,
  runMigrations,
  type Runner,
  type Task,
  type WorkerEvents,
} from 'graphile-worker';
import pg from 'pg';
import type { Database } from './database.js';
import { rows } from './database.js';

/** A job's work. It runs at least once, so it must be idempotent; throwing makes it run again later. */
export type JobHandler = (payload: unknown) => Promise<void>;

const BEAT_SECONDS = 10;
/** A worker that has been silent for so long is dead. */
const SILENT_SECONDS = 60;
/** A job that has failed so often needs somebody to look. */
const NOTABLE_ATTEMPTS = 5;

const BEAT = `
  WITH alive AS (
    INSERT INTO job_worker (worker_id, seen_at) SELECT unnest($1::text[]), now()
    ON CONFLICT (worker_id) DO UPDATE SET seen_at = EXCLUDED.seen_at
  ), forgotten AS (
    DELETE FROM job_worker WHERE seen_at < now() - interval '1 hour'
  )
  SELECT graphile_worker.force_unlock_workers(dead.ids) FROM (
    SELECT array_agg(DISTINCT j.locked_by) AS ids FROM graphile_worker.jobs j
    WHERE j.locked_at < now() - make_interval(secs => $2) AND j.locked_by <> ALL($1::text[])
      AND NOT EXISTS (SELECT FROM job_worker w
                      WHERE w.worker_id = j.locked_by AND w.seen_at > now() - make_interval(secs => $2))
  ) AS dead WHERE dead.ids IS NOT NULL`;

/**
 * Background jobs in the same PostgreSQL as the data, so that a job is enqueued by the very statement
 * that makes it due: `SELECT graphile_worker.add_job('name', '{…}'::json)`.
 */
export class Jobs implements BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger(Jobs.name);
  private readonly handlers = new Map<string, JobHandler>();
  private runner: Runner | null = null;
  private pool: pg.Pool | null = null;
  private readonly workerIds = new Set<string>();
  private heartbeat: NodeJS.Timeout | undefined;

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
    const events = new EventEmitter() as WorkerEvents;
    events.on('worker:create', ({ worker }) => this.workerIds.add(worker.workerId));
    this.runner = await run({
      pgPool: this.pool,
      events,
      taskList,
      concurrency: this.concurrency,
      noHandleSignals: true,
      pollInterval: 1000,
      logger: quietLogger(this.logger),
    });
    this.runner.promise.catch((error: unknown) => this.broken(error));
    await this.beat();
    this.heartbeat = setInterval(() => void this.beat(), BEAT_SECONDS * 1000);
  }

  /**
   * Says that this process lives, and frees what a killed one had locked: left alone, such a job would wait
   * for hours. Handlers are idempotent, so a process that was only slow does no harm.
   */
  private async beat(): Promise<void> {
    try {
      await this.pool?.query(BEAT, [[...this.workerIds], SILENT_SECONDS]);
    } catch (error) {
      this.logger.warn(`no heartbeat: ${describe(error)}`);
    }
  }

  private stopping: Promise<void> | null = null;

  /** Takes no new jobs from the moment the shutdown begins; those under way are waited for at its end. */
  beforeApplicationShutdown(): void {
    this.stopping ??= this.stop();
  }

  async onApplicationShutdown(): Promise<void> {
    await (this.stopping ?? this.stop());
  }

  /**
   * The job machinery has lost its footing (the database went away at the wrong moment). What it held is
   * freed within a minute, by whoever starts next: so this process ends, and its supervisor starts another.
   */
  private broken(error: unknown): void {
    this.logger.error(`jobs stopped: ${describe(error)}`);
    process.kill(process.pid, 'SIGTERM');
  }

  /** Takes no more jobs and waits for those under way. */
  async stop(): Promise<void> {
    clearInterval(this.heartbeat);
    const runner = this.runner;
    this.runner = null;
    await runner?.stop();
    await this.pool?.end();
    this.pool = null;
  }

  private task(name: string, handler: JobHandler): Task {
    return async (payload, { job }) => {
      try {
        await handler(payload);
      } catch (error) {
        const line = `job ${name} ${JSON.stringify(payload)} failed ${job.attempts} times: ${describe(error)}`;
        if (job.attempts < NOTABLE_ATTEMPTS) this.logger.warn(line);
        else this.logger.error(line);
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
