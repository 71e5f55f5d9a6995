import { Logger } from '@nestjs/common';
import pg from 'pg';
import { clientOptions, limit } from './connections.js';

export interface Pace {
  everyMs: number;
  /** A worker whose connection is gone and that has been silent for so long is dead. */
  goneMs: number;
  /** So is one that still has its connection: its process hangs, or its machine has vanished. */
  silentMs: number;
}

const PACE: Pace = { everyMs: 2_000, goneMs: 5_000, silentMs: 60_000 };
const LIMITS = { statement: 5_000, lock: 5_000, idleInTransaction: 5_000 };
/** The first half of the advisory locks that say which workers are connected; the second is the worker's hash. */
const PRESENCE = 7_215_502;

/** By the database's time, not by a clock of ours: workers on machines whose clocks differ must not take each other for dead. */
const BEAT = `
  WITH alive AS (
    INSERT INTO job_worker (worker_id, seen_at) VALUES ($1, now())
    ON CONFLICT (worker_id) DO UPDATE SET seen_at = EXCLUDED.seen_at
  ), forgotten AS (
    DELETE FROM job_worker WHERE seen_at < now() - interval '1 hour' AND worker_id <> $1
  ), present AS (
    SELECT objid FROM pg_locks
    WHERE locktype = 'advisory' AND granted AND classid = ${PRESENCE} AND objsubid = 2
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  )
  SELECT graphile_worker.force_unlock_workers(dead.ids) FROM (
    SELECT array_agg(DISTINCT j.locked_by) AS ids
    FROM graphile_worker.jobs j
    LEFT JOIN job_worker w ON w.worker_id = j.locked_by
    LEFT JOIN present p ON p.objid = (hashtext(j.locked_by)::bigint & 4294967295)::oid
    WHERE j.locked_by <> $1 AND greatest(j.locked_at, w.seen_at)
      < now() - make_interval(secs => CASE WHEN w.worker_id IS NULL OR p.objid IS NOT NULL THEN $3 ELSE $2 END::float / 1000)
  ) AS dead WHERE dead.ids IS NOT NULL`;

/**
 * Says that a job worker lives, and frees what a dead one had locked: left alone, such a job would wait for hours. Handlers
 * are idempotent, so a worker that was only slow does no harm.
 *
 * The connection it speaks over holds an advisory lock for as long as it lasts. PostgreSQL lets go of it when the process is
 * killed, so that the others know at once.
 */
export class Heartbeat {
  private readonly logger = new Logger(Heartbeat.name);
  private client: pg.Client | null = null;
  private timer: NodeJS.Timeout | undefined;
  private heardAt = performance.now();
  private beating: Promise<void> | null = null;

  /**
   * @param directUrl a connection that keeps its session
   * @param workerId what jobs are locked by
   * @param onSilent the database has not heard of this worker for so long that the others take it for dead
   */
  constructor(
    private readonly directUrl: string,
    private readonly workerId: string,
    private readonly onSilent: () => void,
    private readonly pace = PACE,
  ) {}

  async start(): Promise<void> {
    this.heardAt = performance.now();
    this.timer = setInterval(() => void this.beat(), this.pace.everyMs);
    await this.beat();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.beating;
    await this.client?.end();
    this.client = null;
  }

  private beat(): Promise<void> {
    this.beating ??= this.attempt().finally(() => {
      this.beating = null;
    });
    return this.beating;
  }

  private async attempt(): Promise<void> {
    try {
      this.client ??= await this.connect();
      await this.client.query(BEAT, [this.workerId, this.pace.goneMs, this.pace.silentMs]);
      this.heardAt = performance.now();
    } catch (error) {
      this.logger.warn(`no heartbeat: ${String(error)}`);
      this.drop();
      if (performance.now() - this.heardAt > this.pace.silentMs) this.onSilent();
    }
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client(clientOptions(this.directUrl, LIMITS));
    client.on('error', (error) => {
      this.logger.warn(`heartbeat connection lost: ${error.message}`);
      if (this.client === client) this.client = null;
    });
    try {
      await client.connect();
      await limit(client, LIMITS);
      await client.query('SELECT pg_advisory_lock_shared($1, hashtext($2))', [PRESENCE, this.workerId]);
      return client;
    } catch (error) {
      void client.end();
      throw error;
    }
  }

  /** Does not wait for a server that no longer answers. */
  private drop(): void {
    void this.client?.end();
    this.client = null;
  }
}
