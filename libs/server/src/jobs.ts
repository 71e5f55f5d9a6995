import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger, type BeforeApplicationShutdown, type OnApplicationShutdown } from '@nestjs/common';
import {
  Logger as WorkerLogger,
  run,
  runMigrations,
  type Runner,
  type Task,
  type WorkerEvents,
  type WorkerPool,
} from 'graphile-worker';
import pg from 'pg';
import { withConnectionsOf } from './bulkheads.js';
import { poolOptions, untilUnlocked } from './connections.js';
import type { Database } from './database.js';
import { rows } from './database.js';
import { Heartbeat } from './heartbeat.js';
import { TRACE_FIELD, type Job, type JobKind } from './job.js';
import { newTrace, traced, traceIdFrom, type Trace } from './trace.js';

type Told = Readonly<Record<string, unknown>>;
type Handler = (payload: unknown) => Promise<void>;

/** A job that has failed so often needs somebody to look. */
const NOTABLE_ATTEMPTS = 5;
const LONGEST_ERROR = 1_000;
/** So often, and with such pauses, a change of the job tables waits for locks of theirs. */
const LOCK_TRIES = 20;
const LOCK_PAUSE_MS = 1_000;
/** Work that nothing announced, such as a job whose hour has come, is looked for so often. */
const POLL_MS = 1000;
/** So long jobs that are done are waited for to be noted as done, with so much between two looks. */
const NOTED_WITHIN_MS = 5_000;
const NOTED_LOOK_MS = 10;
/** Longer than an orderly end may take. */
const LAST_RESORT_MS = 30_000;

/**
 * Background jobs in the same PostgreSQL as the data, so that a job is enqueued by the very statement that makes it due:
 * `SELECT ${SYNC.add({ campId: 'c.id' })} FROM camp c …`.
 */
export class Jobs implements BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger(Jobs.name);
  private readonly done = new Logger('Job');
  private readonly handlers = new Map<string, Handler>();
  private readonly known: JobKind[] = [];
  private runner: Runner | null = null;
  private pool: pg.Pool | null = null;
  private heartbeat: Heartbeat | null = null;
  /** Jobs are locked by the pool of workers, not by the one that works them. */
  private poolId = '';

  /** @param directUrl a connection that keeps sessions (no transaction pooler) */
  constructor(
    private readonly directUrl: string,
    private readonly concurrency: number,
    private readonly pollMs = POLL_MS,
  ) {}

  /** Told of each job that goes on failing. */
  failing: (name: string, detail: string) => void = () => undefined;

  /** @param work runs at least once, so it must be idempotent; throwing makes it run again later */
  register<Payload extends object>(kind: Job<Payload>, work: (payload: Payload) => Promise<void>): void {
    const { name } = kind;
    if (this.handlers.has(name)) throw new Error(`job ${name} is registered twice`);
    this.known.push(kind);
    this.handlers.set(name, (payload) => work(payload as Payload));
  }

  /** Every kind that this program works. */
  get kinds(): readonly JobKind[] {
    return this.known;
  }

  /** Creates or upgrades the job tables. */
  async migrate(): Promise<void> {
    const pool = this.connect(1);
    try {
      await untilUnlocked(LOCK_TRIES, LOCK_PAUSE_MS, () => runMigrations({ pgPool: pool }));
    } finally {
      await pool.end();
    }
  }

  /** With a concurrency of 0 this process only enqueues; another one does the work. */
  async start(): Promise<void> {
    if (this.concurrency === 0 || this.runner) return;
    this.pool = this.connect(this.concurrency + 2);
    const taskList = Object.fromEntries(this.known.map((kind) => [kind.name, this.task(kind)]));
    const events = new EventEmitter() as WorkerEvents;
    events.on('pool:create', ({ workerPool }) => (this.poolId = workerPool.id));
    events.on('job:complete', ({ worker, job }) => {
      if (job.job_queue_id !== null) void this.next(worker.workerPool, job.id);
    });
    this.runner = await run({
      pgPool: this.pool,
      events,
      taskList,
      concurrency: this.concurrency,
      noHandleSignals: true,
      pollInterval: this.pollMs,
      logger: quietLogger(this.logger),
    });
    this.runner.promise.catch((error: unknown) => this.broken(error));
    this.heartbeat = new Heartbeat(this.directUrl, this.poolId, () =>
      this.broken('the database has not answered for a minute'),
    );
    await this.heartbeat.start();
  }

  private connect(max: number): pg.Pool {
    const pool = new pg.Pool(poolOptions(this.directUrl, max));
    const lost = (error: Error): void => this.logger.warn(`job connection lost: ${error.message}`);
    pool.on('error', lost);
    pool.on('connect', (client) => {
      client.on('error', lost);
      worthRepeating(client, 'query');
    });
    worthRepeating(pool, 'connect', () => pool.ending);
    return pool;
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
   * The job machinery has lost its footing (the database went away at the wrong moment, or no longer answers). What it
   * held is freed within seconds, by whoever starts next: so this process ends, and its supervisor starts another.
   */
  private broken(error: unknown): void {
    this.logger.error(`jobs stopped: ${describe(error)}`);
    process.exitCode = 1;
    setTimeout(() => process.exit(1), LAST_RESORT_MS).unref();
    process.kill(process.pid, 'SIGTERM');
  }

  /** Takes no more jobs and waits for those under way. */
  async stop(): Promise<void> {
    const runner = this.runner;
    this.runner = null;
    await runner?.stop();
    if (runner) await this.untilNoted();
    await this.heartbeat?.stop();
    this.heartbeat = null;
    await this.pool?.end();
    this.pool = null;
  }

  /** The library waits for jobs, and not for its own note that they are done: over a connection that was lost it takes a while. */
  private async untilNoted(): Promise<void> {
    if (!(await this.noted(null)))
      this.logger.warn('jobs that are done could not be noted as done: they run once more');
  }

  /**
   * What a queue has next. The library looks for it before it has noted the last one as done, finds the queue taken, and would look again
   * at its next poll only: https://github.com/graphile/worker/blob/main/src/worker.ts does not wait for `completeJob`.
   */
  private async next(workers: WorkerPool, jobId: string): Promise<void> {
    await this.noted(jobId);
    try {
      if (this.runner) workers.nudge(1);
    } catch {
      // Its workers have ended: whoever works next finds it.
    }
  }

  /** @param jobId null for all of ours. @returns false when it takes too long */
  private async noted(jobId: string | null): Promise<boolean> {
    const deadline = performance.now() + NOTED_WITHIN_MS;
    // The database itself may be silent.
    const over = sleep(NOTED_WITHIN_MS, null, { ref: false });
    const one = jobId === null ? '' : 'AND id = $2';
    while (this.pool && performance.now() < deadline) {
      const held = this.pool
        .query(`SELECT 1 FROM graphile_worker._private_jobs WHERE locked_by = $1 ${one} LIMIT 1`, [
          this.poolId,
          ...(jobId === null ? [] : [jobId]),
        ])
        .catch(() => null);
      if ((await Promise.race([held, over]))?.rowCount === 0) return true;
      await sleep(NOTED_LOOK_MS);
    }
    return false;
  }

  private task(kind: JobKind): Task {
    return (payload, { job }) => {
      const { [TRACE_FIELD]: id, ...told } = payload as Told;
      const traceId = traceIdFrom(id);
      const about = `job-${job.id}`;
      const trace: Trace = traceId === null ? newTrace(about) : { traceId, about };
      return traced(trace, () => withConnectionsOf('jobs', () => this.work(kind, told, job)));
    };
  }

  /** Says one line of each try, whatever comes of it. */
  private async work(
    { name, shows }: JobKind,
    told: Told,
    { attempts, max_attempts: most }: { attempts: number; max_attempts: number },
  ): Promise<void> {
    const began = performance.now();
    const shown = Object.fromEntries(shows.map((field) => [field, told[field]]));
    const line = (outcome: string): object => {
      const ms = Math.round(performance.now() - began);
      return { msg: 'job', ...shown, name, attempt: attempts, outcome, ms };
    };
    try {
      await this.handlers.get(name)?.(told);
    } catch (error) {
      const why = describe(error);
      const failed = { ...line(attempts < most ? 'failed' : 'given up'), error: why.slice(0, LONGEST_ERROR) };
      if (attempts < NOTABLE_ATTEMPTS) this.done.warn(failed);
      else {
        this.done.error(failed);
        this.failing(name, `job ${name} ${JSON.stringify(shown)} failed ${attempts} times: ${why}`);
      }
      throw error;
    }
    this.done.log(line('ok'));
  }
}

/** How many jobs are due or running now, the last attempt included: what a jump of the demo clock waits for. */
export async function dueJobs(db: Database, names: string[]): Promise<number> {
  const [row] = await rows<{ due: number }>(
    db,
    `SELECT count(*) AS due FROM graphile_worker.jobs
     WHERE task_identifier = ANY($1) AND date_trunc('milliseconds', run_at) <= $2 AND (attempts < max_attempts OR locked_at IS NOT NULL)`,
    // The worker goes by the time of its machine, wherever the clock stands.
    [names, new Date()],
  );
  return row?.due ?? 0;
}

/** How a connection ends that the other side or the network ends; pg gives the first of them no code. */
const LOST = /^(Connection terminated|Client has encountered a connection error)/;
const LOST_CODES = ['57P01', '57P02', 'ECONNRESET', 'ECONNREFUSED', 'EPIPE'];
/** The code that the library knows as "try again". */
const TRY_AGAIN = 'EHOSTUNREACH';

/**
 * What the library does after a job (noting that it is done) it does once, with nobody waiting for it, unless the error's code is
 * one that it knows: a connection lost at that moment would end the process.
 * @param isOver whether it is too late to repeat anything: who still asks is left waiting
 */
function worthRepeating<Name extends string>(
  target: Record<Name, unknown>,
  name: Name,
  isOver: () => boolean = () => false,
): void {
  const original = target[name] as (...given: unknown[]) => unknown;
  target[name] = (...given: unknown[]): unknown => {
    if (isOver()) return new Promise(() => undefined);
    const answer = original.apply(target, given);
    if (!(answer instanceof Promise)) return answer;
    return answer.catch((error: unknown) => {
      const { code, message } = error as { code?: unknown; message?: unknown };
      if (LOST_CODES.includes(String(code)) || LOST.test(String(message)))
        Object.assign(error as object, { code: TRY_AGAIN });
      throw error;
    });
  };
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
