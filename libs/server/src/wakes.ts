import { setTimeout as sleep } from 'node:timers/promises';
import { Logger, type BeforeApplicationShutdown, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { clientOptions, limit, type Limits } from './connections.js';

const CHANNEL = 'yajin_wake';
/** So many names go in one message; PostgreSQL takes 8,000 bytes (https://www.postgresql.org/docs/current/sql-notify.html). */
const NAMES_A_MESSAGE = 200;
/** So many wait to be told; those beyond find out by looking. */
const MOST_UNTOLD = 10_000;
const LIMITS: Limits = { statement: 5_000, lock: 5_000, idleInTransaction: 5_000 };
/** How long who waits sleeps at most before looking anyway: while messages arrive, and while none do. */
const LOOK_AFTER_MS = { listening: 20_000, deaf: 500 };
const AGAIN_MS = { first: 1_000, longest: 30_000 };
/** Who is asked to stop waiting still looks once, and not in a circle. */
const STOPPED_MS = 50;

/**
 * Wakes who waits for something in the database, in whichever process: over one connection of its own that listens. A message says
 * that it is worth looking, and nothing else; one that is lost costs a moment, since who waits looks by itself now and then.
 */
export class Wakes implements BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger(Wakes.name);
  private readonly waiting = new Map<string, Set<() => void>>();
  private readonly untold = new Set<string>();
  private client: pg.Client | null = null;
  private telling: Promise<void> | null = null;
  private again: NodeJS.Timeout | undefined;
  private againMs = AGAIN_MS.first;
  private stopping = false;

  /** @param directUrl a connection that keeps its session */
  constructor(private readonly directUrl: string) {}

  /** Whether messages of other processes arrive. */
  get listening(): boolean {
    return this.client !== null;
  }

  /** Begins to listen; where that fails, it is tried again by itself. */
  async start(): Promise<void> {
    const client = new pg.Client(clientOptions(this.directUrl, LIMITS));
    client.on('error', (error) => this.lost(client, error));
    client.on('end', () => this.lost(client, new Error('it ended')));
    client.on('notification', ({ payload }) => (payload ?? '').split(',').forEach((name) => this.wake(name)));
    try {
      await client.connect();
      await limit(client, LIMITS);
      await client.query(`LISTEN ${CHANNEL}`);
      if (this.stopping) return void client.end();
      this.client = client;
      this.againMs = AGAIN_MS.first;
    } catch (error) {
      void client.end().catch(() => undefined);
      this.tryAgain(error);
    }
  }

  /** Says that something named so has changed, once it is committed. Waits for nobody. */
  tell(name: string): void {
    this.wake(name);
    if (this.client === null || this.untold.size >= MOST_UNTOLD) return;
    this.untold.add(name);
    this.telling ??= this.tellAll().finally(() => (this.telling = null));
  }

  /**
   * Sleeps until somebody says that `name` has changed, or it is time to look anyway. Called before looking, so that nothing is missed
   * in between.
   * @param ms at most
   */
  async until(name: string, ms: number): Promise<void> {
    if (this.stopping) return sleep(Math.min(ms, STOPPED_MS));
    const most = Math.min(ms, this.listening ? LOOK_AFTER_MS.listening : LOOK_AFTER_MS.deaf);
    const sleepers = this.waiting.get(name) ?? new Set();
    this.waiting.set(name, sleepers);
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        sleepers.delete(wake);
        if (sleepers.size === 0 && this.waiting.get(name) === sleepers) this.waiting.delete(name);
        resolve();
      };
      const timer = setTimeout(wake, most);
      sleepers.add(wake);
    });
  }

  beforeApplicationShutdown(): void {
    this.stopping = true;
    clearTimeout(this.again);
    this.wakeAll();
  }

  async onApplicationShutdown(): Promise<void> {
    this.beforeApplicationShutdown();
    const { client } = this;
    this.client = null;
    await this.telling?.catch(() => undefined);
    await client?.end().catch(() => undefined);
  }

  private wakeAll(): void {
    for (const name of [...this.waiting.keys()]) this.wake(name);
  }

  private wake(name: string): void {
    for (const wake of [...(this.waiting.get(name) ?? [])]) wake();
  }

  private async tellAll(): Promise<void> {
    while (this.untold.size > 0 && this.client) {
      const names = [...this.untold].slice(0, NAMES_A_MESSAGE);
      for (const name of names) this.untold.delete(name);
      await this.client
        .query('SELECT pg_notify($1, $2)', [CHANNEL, names.join(',')])
        .catch((error: unknown) => this.logger.warn(`nobody could be told: ${String(error)}`));
    }
    this.untold.clear();
  }

  private lost(client: pg.Client, error: Error): void {
    if (this.client !== client) return;
    this.client = null;
    void client.end().catch(() => undefined);
    // Nothing will be heard for a while: whoever sleeps looks, and then more often.
    this.wakeAll();
    this.tryAgain(error);
  }

  private tryAgain(error: unknown): void {
    if (this.stopping) return;
    this.logger.warn(`not listening, trying again in ${this.againMs / 1000} s: ${String(error)}`);
    clearTimeout(this.again);
    this.again = setTimeout(() => void this.start(), this.againMs).unref();
    this.againMs = Math.min(this.againMs * 2, AGAIN_MS.longest);
  }
}
