import { Logger } from '@nestjs/common';
import pg from 'pg';
import { QueryFailedError } from 'typeorm';
import { clientOptions, databaseIsBusy, limit, type Limits } from './connections.js';

const LOOK_EVERY_MS = 1_000;
/** A server that takes longer for next to nothing is as good as away. */
const LIMITS: Limits = { statement: 2_000, lock: 2_000, idleInTransaction: 2_000 };
const CONNECT_MS = 2_000;
/** What was seen longer ago says nothing any more. */
const SEEN_MS = 5_000;
/** PostgreSQL's query_canceled: `statement_timeout` has elapsed. What gives way to the replica's replay has another code, 40001. */
const OUT_OF_TIME = '57014';
/**
 * What a server that lives says to one connection too many: too_many_connections, and PgBouncer its protocol_violation, which it says
 * where it has no other code ("no more connections allowed"): https://github.com/pgbouncer/pgbouncer/blob/master/src/proto.c.
 */
const TOO_MANY = /^(53300|08P01)$/;
/** Whatever refuses connections for as long, and gives none in between, is left. */
const REFUSING_MS = 1_000;
/** Looks that are remembered: an hour of them. */
const MOST_MARKS = 3_600;

/**
 * For so many milliseconds after a change it may be missing on a replica that is read from: as far as it may be behind, and as long as
 * nobody may have looked.
 */
export function unseenMs(behindMs: number): number {
  return behindMs + SEEN_MS;
}

/** `starting`: not yet known; `behind`: further than it may be; `away`: it cannot be asked, or is no replica of this database. */
type State = 'starting' | 'following' | 'behind' | 'away';

export interface ReplicaReading {
  state: State;
  /** Null while it is not known. */
  lagMs: number | null;
  /** Why it is away. */
  why: string | null;
  /** Requests that began with it and were answered by the primary. */
  fallbacks: number;
}

export type Connected = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  release: () => void,
) => void;

/** Positions of the primary's log with when they were seen, by our own clock alone: so an idle primary is no lag, nor is a wrong clock. */
export class Lag {
  private marks: { position: bigint; at: number }[] = [];

  /**
   * @param at before the primary was asked, in milliseconds
   * @returns milliseconds by which the replica may be behind; null while it has replayed nothing of what was seen
   */
  of(primary: bigint, replayed: bigint, at: number): number | null {
    this.marks.push({ position: primary, at });
    if (this.marks.length > MOST_MARKS) this.marks.shift();
    const last = this.marks.findLastIndex(({ position }) => position <= replayed);
    if (last < 0) return null;
    this.marks = this.marks.slice(last);
    return this.marks.length === 1 ? 0 : at - (this.marks[0]?.at ?? at);
  }
}

/** `16/B374D848`: two halves in hexadecimal digits (https://www.postgresql.org/docs/current/datatype-pg-lsn.html). */
export function logPosition(text: string): bigint {
  const [high = '', low = ''] = text.split('/');
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`);
}

/** A server may have others beside it, of a test or of somebody else, and a replica has them all. */
const DATABASE = `(SELECT system_identifier::text FROM pg_control_system()) || ' ' || current_database()`;
/** Where the log is flushed to, which is where every commit is that was told of, and what is sent to replicas. */
export const PRIMARY_POSITION = `SELECT pg_current_wal_flush_lsn()::text AS position, ${DATABASE} AS database`;
export const REPLICA_POSITION = `SELECT pg_is_in_recovery() AS follows, pg_last_wal_replay_lsn()::text AS position, ${DATABASE} AS database`;

interface Options {
  primaryUrl: string;
  replicaUrl: string;
  /** Further behind it is not read from, in milliseconds. */
  behindMs: number;
  /** A pool on the replica, for each class of work that reads from it. */
  pools: Readonly<Record<'pages' | 'reports', pg.Pool>>;
}

/**
 * A streaming replica that may answer reads: watched, left as soon as it is away or too far behind, taken again by itself. Whoever waits for
 * it when it goes is given what `otherwise` gives.
 */
export class Replica {
  private readonly logger = new Logger(Replica.name);
  private readonly lag = new Lag();
  private readonly primary: Asked;
  private readonly replica: Asked;
  private readonly clients = new Set<pg.PoolClient>();
  private readonly waiting = new Set<() => void>();
  private readonly beganAt = performance.now();
  private reading: ReplicaReading = { state: 'starting', lagMs: null, why: null, fallbacks: 0 };
  private seenAt = 0;
  /** When the first connection of those was refused since which none was had. */
  private refusedAt: number | null = null;
  /** What it says over a connection that it has given before is no news. */
  private mustGiveAnew = false;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly options: Options) {
    this.primary = new Asked(options.primaryUrl);
    this.replica = new Asked(options.replicaUrl);
    for (const pool of Object.values(options.pools)) {
      pool.on('connect', (client) => this.clients.add(client));
      pool.on('remove', (client) => this.clients.delete(client));
      // One that breaks while nobody uses it is replaced; the watch says why.
      pool.on('error', () => undefined);
    }
    void this.watch();
  }

  /** How it is with it. */
  get now(): ReplicaReading {
    return { ...this.reading };
  }

  get behindMs(): number {
    return this.options.behindMs;
  }

  get pools(): Options['pools'] {
    return this.options.pools;
  }

  /** Whether it may be read from. */
  get usable(): boolean {
    return this.reading.state === 'following' && performance.now() - this.seenAt < SEEN_MS;
  }

  /** A connection of the replica, or where it goes away meanwhile, what `otherwise` gets. */
  connect(work: 'pages' | 'reports', connected: Connected, otherwise: () => void): void {
    let given = false;
    const give = (how: () => void): void => {
      if (given) return;
      given = true;
      this.waiting.delete(leave);
      how();
    };
    const leave = (): void => give(otherwise);
    this.waiting.add(leave);
    this.options.pools[work].connect((error, client, release) => {
      if (given) return client && release();
      if (!error) this.refusedAt = null;
      // Who got none in time would not get one of the primary's either: these are as many.
      if (!error || isFull(error)) return give(() => connected(error, client, release));
      if (!given) this.fellBack(error);
      leave();
      this.refused(error);
    });
  }

  /** One is nothing: others may have been faster. The watch finds by itself who is dead. */
  private refused(error: Error): void {
    const now = performance.now();
    this.refusedAt ??= now;
    if (!this.usable || now - this.refusedAt < REFUSING_MS) return;
    this.refusedAt = null;
    this.mustGiveAnew = true;
    this.lost(error);
  }

  /** Something that began with it goes to the primary. */
  fellBack(error: unknown): void {
    this.reading.fallbacks += 1;
    this.logger.warn(`a read goes to the primary: ${said(error)}`);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    for (const asked of [this.primary, this.replica]) asked.close();
    await Promise.all(Object.values(this.options.pools).map((pool) => pool.end()));
  }

  private async watch(): Promise<void> {
    await this.look();
    if (!this.stopped) this.timer = setTimeout(() => void this.watch(), LOOK_EVERY_MS).unref();
  }

  private async look(): Promise<void> {
    const at = performance.now();
    // While the primary is silent nobody knows how far it is: what was seen grows old.
    const primary = await this.primary
      .ask<{ position: string; database: string }>(PRIMARY_POSITION)
      .catch(() => null);
    if (!primary || this.stopped) return;
    if (this.mustGiveAnew) this.replica.drop();
    this.mustGiveAnew = false;
    try {
      const seen = await this.replica.ask<{ follows: boolean; position: string | null; database: string }>(
        REPLICA_POSITION,
      );
      if (this.mustGiveAnew) return;
      if (seen.database !== primary.database) throw new Error('it is of another database');
      if (!seen.follows) throw new Error('it follows nobody: it is no replica, or is none any more');
      const lagMs = this.lag.of(logPosition(primary.position), logPosition(seen.position ?? '0/0'), at);
      // What came after this moment was not seen, however long the answers took.
      this.seenAt = at;
      this.become(this.stateAt(lagMs, at), lagMs, null);
    } catch (error) {
      this.lost(error);
    }
  }

  private stateAt(lagMs: number | null, at: number): State {
    if (lagMs !== null) return lagMs > this.options.behindMs ? 'behind' : 'following';
    const young = this.reading.state === 'starting' && at - this.beganAt < this.options.behindMs;
    return young ? 'starting' : 'behind';
  }

  /** Who waits for it or for its answer waits no longer; what it is answering while it only has too many, it ends. */
  private lost(error: unknown): void {
    if (this.stopped) return;
    this.become('away', null, said(error));
    const lives = TOO_MANY.test((error as { code?: string } | null)?.code ?? '');
    if (!lives) for (const client of this.clients) client.connection.stream.destroy();
    for (const leave of [...this.waiting]) leave();
  }

  private become(state: State, lagMs: number | null, why: string | null): void {
    const before = this.reading.state;
    this.reading = { ...this.reading, state, lagMs, why };
    if (state === before || state === 'starting') return;
    const lag = lagMs === null ? 'an unknown time' : `${(lagMs / 1000).toFixed(0)} s`;
    if (state === 'following') this.logger.log('the replica follows: it is read from');
    else if (state === 'away') this.logger.warn(`the replica is away, the primary is read instead: ${why}`);
    else this.logger.warn(`the replica is ${lag} behind, the primary is read instead`);
  }
}

/** A server that is asked over one connection, made anew when it breaks. */
class Asked {
  private client: pg.Client | null = null;
  private closed = false;

  constructor(private readonly url: string) {}

  async ask<Row extends pg.QueryResultRow>(sql: string): Promise<Row> {
    try {
      this.client ??= await this.made();
      const [row] = (await this.client.query<Row>(sql)).rows;
      if (!row) throw new Error('no answer');
      return row;
    } catch (error) {
      this.drop();
      throw error;
    }
  }

  close(): void {
    this.closed = true;
    this.drop();
  }

  /** At once: one that is silent would not answer that it should end. */
  drop(): void {
    this.client?.connection.stream.destroy();
    this.client = null;
  }

  private async made(): Promise<pg.Client> {
    const client = new pg.Client({
      ...clientOptions(this.url, LIMITS),
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: LIMITS.statement,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await limit(client, LIMITS);
      if (this.closed) throw new Error('it is not asked any more');
      return client;
    } catch (error) {
      client.connection.stream.destroy();
      throw error;
    }
  }
}

/** What pg-pool says when all its connections were in use for too long. */
function isFull(error: Error): boolean {
  return error.message === 'timeout exceeded when trying to connect';
}

function said(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Where an address has several numbers, only the code says something.
  return error.message || ((error as { code?: string }).code ?? error.name);
}

/** Whether the primary may do better with what failed on the replica: not where it took too long, which it would there, too. */
export function failedByReplica(error: unknown): boolean {
  if (!(error instanceof Error) || isFull(error)) return false;
  if ((error as { code?: unknown }).code === OUT_OF_TIME) return false;
  return error instanceof QueryFailedError || databaseIsBusy(error);
}
