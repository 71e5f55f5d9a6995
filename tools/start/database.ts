import { setTimeout as sleep } from 'node:timers/promises';
import { ensureAppRole, ensureDatabase, startPostgres, type Postgres } from '../postgres.ts';
import { Deaths, DIED_TOO_OFTEN } from './deaths.ts';

const LOOK_EVERY_MS = 300;

/** Our PostgreSQL, kept running. */
export class Database {
  /** Connection string for the API; empty until started. */
  url = '';
  /** The same as the owner of the tables, for migrations. */
  ownerUrl = '';
  private readonly deaths = new Deaths();
  private readonly dataDir: string;
  private readonly say: (line: string) => void;
  private readonly givenUp: (reason: string) => void;
  private server: Postgres | null = null;
  private starting: Promise<unknown> = Promise.resolve();
  private stopping = false;

  constructor(dataDir: string, say: (line: string) => void, givenUp: (reason: string) => void) {
    this.dataDir = dataDir;
    this.say = say;
    this.givenUp = givenUp;
  }

  async start(): Promise<void> {
    const started = this.open();
    this.starting = started.catch(() => undefined);
    await started;
  }

  /** Looks after the server until `stop`. @param moved told when it had to take another port */
  async watch(moved: () => void): Promise<void> {
    while (!this.stopping) {
      await sleep(LOOK_EVERY_MS);
      if (this.stopping || this.server?.alive()) continue;
      const before = this.url;
      if (await this.revive()) {
        if (this.url !== before) moved();
      }
    }
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.starting;
    await this.server?.stop();
  }

  private async open(): Promise<void> {
    this.server = await startPostgres(this.dataDir);
    this.ownerUrl = await ensureDatabase(this.server, 'yajin');
    this.url = await ensureAppRole(this.server, 'yajin');
  }

  private async revive(): Promise<boolean> {
    const delay = this.deaths.record(Date.now());
    if (delay === null) {
      this.stopping = true;
      this.givenUp(`PostgreSQL ${DIED_TOO_OFTEN}.`);
      return false;
    }
    this.say('PostgreSQL ended; starting it again.');
    await sleep(delay);
    if (this.stopping) return false;
    try {
      await this.start();
      return true;
    } catch (error) {
      this.say(error instanceof Error ? error.message : String(error));
      return false;
    }
  }
}
