import { AsyncLocalStorage } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import pg from 'pg';
import { limit, poolOptions, USUAL_LIMITS, type Limits } from './connections.js';
import { Replica, type Connected } from './replica.js';

/**
 * Whose connections work takes: payments and what moves money, operators' and visitors' pages, statistics and exports, jobs. Each has
 * its own, so that none waits for another's.
 */
export type WorkClass = 'money' | 'pages' | 'reports' | 'jobs';

/** What one class of work may take. */
export interface Bulkhead {
  /** Connections of one process. */
  size: number;
  /** In milliseconds; 0: as long as it takes. */
  statementMs: number;
  lockMs: number;
}
export type Bulkheads = Readonly<Record<WorkClass, Bulkhead>>;

interface Scope {
  work: WorkClass;
  /** Whether the replica may be asked. */
  replica: boolean;
}

const storage = new AsyncLocalStorage<Scope>();
const USUAL: Scope = { work: 'money', replica: false };

/** Runs `work`, and all that comes of it, with this class's connections. Without it they are those of money. */
export function withConnectionsOf<Result>(work: WorkClass, run: () => Result): Result {
  return storage.run({ work, replica: false }, run);
}

/** Runs what only reads, and may be some seconds old: the replica is asked where there is one. */
export function onReplica<Result>(run: () => Result): Result {
  return storage.run({ ...(storage.getStore() ?? USUAL), replica: true }, run);
}

/** Runs what decides or writes, wherever it is called. */
export function onPrimary<Result>(run: () => Result): Result {
  return storage.run({ ...(storage.getStore() ?? USUAL), replica: false }, run);
}

/** Whether what is asked now may be answered by the replica. */
export function readsReplica(): boolean {
  return storage.getStore()?.replica ?? false;
}

interface Options {
  url: string;
  /** Connections are called this, a hyphen and their class, in `pg_stat_activity`. */
  applicationName: string;
  bulkheads: Bulkheads;
  /** Whether `url` is of a pooler that gives each transaction another connection. */
  pooled: boolean;
  /**
   * A streaming replica of the same database that may answer reads, how far it may be behind, and an address of the primary that keeps its
   * sessions; null: there is none.
   */
  replica: { url: string; behindMs: number; primaryUrl: string } | null;
  types: pg.CustomTypesConfig;
}

/** A pool for each class behind what looks like one: what TypeORM needs of a pool, and no more. */
export class PoolOfPools extends EventEmitter {
  readonly replica: Replica | null;
  private readonly pools: Readonly<Record<WorkClass, pg.Pool>>;

  constructor(options: Options) {
    super();
    this.replica = options.replica && replicaOf(options, options.replica);
    const make = (work: WorkClass): pg.Pool => {
      const pool = new pg.Pool(optionsOf(work, options));
      pool.on('error', (error) => this.emit('error', error));
      return pool;
    };
    this.pools = { money: make('money'), pages: make('pages'), reports: make('reports'), jobs: make('jobs') };
  }

  /** Connections in use and idle, and who waits for one. */
  counts(): { pool: string; used: number; idle: number; waiting: number }[] {
    const { pages, reports } = this.replica?.pools ?? {};
    const all = {
      ...this.pools,
      ...(pages && { 'replica-pages': pages }),
      ...(reports && { 'replica-reports': reports }),
    };
    return Object.entries(all).map(([pool, { totalCount, idleCount: idle, waitingCount: waiting }]) => ({
      ...{ pool, used: totalCount - idle, idle, waiting },
    }));
  }

  connect(connected: Connected): void {
    const { work, replica } = storage.getStore() ?? USUAL;
    const primary = (): void => this.pools[work].connect(connected);
    if (!replica || !this.replica?.usable) return primary();
    this.replica.connect(work === 'reports' ? 'reports' : 'pages', connected, primary);
  }

  end(ended: (error?: Error) => void): void {
    Promise.all([this.replica?.stop(), ...Object.values(this.pools).map((pool) => pool.end())]).then(
      () => ended(),
      (error: unknown) => ended(error instanceof Error ? error : new Error(String(error))),
    );
  }
}

function replicaOf(
  options: Options,
  { url, behindMs, primaryUrl }: NonNullable<Options['replica']>,
): Replica {
  const make = (work: 'pages' | 'reports'): pg.Pool => {
    const { statementMs: statement, lockMs: lock } = options.bulkheads[work];
    const limits: Limits = { ...USUAL_LIMITS, statement, lock };
    const onConnect = async (client: pg.ClientBase): Promise<void> => {
      await limit(client, limits);
      // A replica refuses to write by itself; what is none, because of a wrong address, does not.
      await client.query('SET default_transaction_read_only = on');
    };
    const named = { application_name: `${options.applicationName}-${work}` };
    const hooks = { onConnect };
    return new pg.Pool({
      ...poolOptions(url, options.bulkheads[work].size, limits),
      ...named,
      ...hooks,
      types: options.types,
    });
  };
  const pools = { pages: make('pages'), reports: make('reports') };
  return new Replica({ primaryUrl, replicaUrl: url, behindMs, pools });
}

function optionsOf(
  work: WorkClass,
  { url, applicationName, bulkheads, pooled, types }: Options,
): pg.PoolConfig {
  const { size, statementMs, lockMs } = bulkheads[work];
  const limits: Limits = { ...USUAL_LIMITS, statement: statementMs, lock: lockMs };
  const usual = statementMs === USUAL_LIMITS.statement && lockMs === USUAL_LIMITS.lock;
  const onConnect = async (client: pg.ClientBase): Promise<void> => {
    // A pooler's connections are everybody's: what is set on one stays there, for the next.
    await limit(client, pooled ? USUAL_LIMITS : limits);
    if (pooled && !usual) limitTransactions(client, limits);
  };
  const named = { application_name: `${applicationName}-${work}` };
  const hooks = { onConnect };
  return { ...poolOptions(url, size, limits), ...named, ...hooks, types };
}

/** Each transaction begins with its limits, in the same message. */
function limitTransactions(client: pg.ClientBase, { statement, lock }: Limits): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  const local = `; SET LOCAL statement_timeout = ${statement}; SET LOCAL lock_timeout = ${lock}`;
  client.query = ((...args: unknown[]) =>
    args[0] === 'START TRANSACTION'
      ? query(args[0] + local, ...args.slice(1).filter((each) => typeof each === 'function'))
      : query(...args)) as typeof client.query;
}
