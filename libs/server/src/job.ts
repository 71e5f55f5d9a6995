import { currentTrace } from './trace.js';

/** In what a job is told: which request brought it about. Releases that do not know it leave it unread. */
export const TRACE_FIELD = '_trace';

interface JobOptions<Payload extends object> {
  /** Jobs of one queue are worked one after the other. */
  queue?: string;
  maxAttempts?: number;
  /** What operators may read of what it is told: neither secrets nor anything about people. */
  shows?: readonly (keyof Payload & string)[];
  /** Whether operators may drop one for good: what it does falls due again by itself, or nothing but a message is lost. */
  mayDrop?: boolean;
}

/** What operators see and do of a kind of job. */
export interface JobKind {
  readonly name: string;
  readonly shows: readonly string[];
  readonly mayDrop: boolean;
}

interface Enqueuing {
  /** SQL of a text: what is enqueued again under the same key while it waits is one job. */
  key?: string;
  /** Keeps the time of the one that waits already. */
  mode?: 'preserve_run_at';
  /** SQL of a timestamptz; now where it is left out. */
  runAt?: string;
}

/** What a job is told that needs to be told nothing. */
type Nothing = Record<string, never>;
/** SQL for each field of a payload. */
type InSql<Payload> = { [Field in keyof Payload]: Payload[Field] extends never ? never : string };

/**
 * A kind of background work: its name, what it is told, and how it is run. It is enqueued by the very statement that makes it due, so what
 * it gives is SQL.
 */
export class Job<Payload extends object = Nothing> implements JobKind {
  readonly shows: readonly string[];
  readonly mayDrop: boolean;

  constructor(
    readonly name: string,
    private readonly options: JobOptions<Payload> = {},
  ) {
    this.shows = options.shows ?? [];
    this.mayDrop = options.mayDrop ?? false;
  }

  /** SQL that enqueues one: an expression for a SELECT. */
  add(payload: InSql<Payload>, { key, mode, runAt }: Enqueuing = {}): string {
    const { queue, maxAttempts } = this.options;
    return call([
      `'${this.name}'`,
      json(payload),
      ...(queue === undefined ? [] : [`queue_name := '${queue}'`]),
      ...(runAt === undefined ? [] : [`run_at := ${runAt}`]),
      ...(maxAttempts === undefined ? [] : [`max_attempts := ${maxAttempts}`]),
      ...(key === undefined ? [] : [`job_key := ${key}`]),
      ...(mode === undefined ? [] : [`job_key_mode := '${mode}'`]),
    ]);
  }

  /** SQL that enqueues one unless one waits already: its name is its key. */
  addOnce(payload: InSql<Payload>, mode?: 'preserve_run_at'): string {
    return this.add(payload, { key: `'${this.name}'`, mode });
  }

  /** SQL that enqueues one for each row of an aggregate, at once: one call a job would take most of the time. */
  addEach(payload: InSql<Payload>, key: string): string {
    const { queue, maxAttempts } = this.options;
    const text = (value: string | undefined): string => (value === undefined ? 'NULL' : `'${value}'`);
    const spec = `('${this.name}', ${json(payload)}, ${text(queue)}, NULL, ${maxAttempts ?? 'NULL'}, ${key}, NULL, NULL)`;
    return `graphile_worker.add_jobs(array_agg(${spec}::graphile_worker.job_spec))`;
  }
}

function call(given: string[]): string {
  return `graphile_worker.add_job(${given.join(', ')})`;
}

function json(payload: Record<string, string>): string {
  const trace = currentTrace();
  const told = trace === null ? payload : { ...payload, [TRACE_FIELD]: `'${trace.traceId}'` };
  return `json_build_object(${Object.entries(told)
    .map(([field, sql]) => `'${field}', ${sql}`)
    .join(', ')})`;
}
