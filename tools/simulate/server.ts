import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import type * as ApiDatabase from '../../apps/api/src/database.ts';
import { placeFor } from '../postgres-files.ts';
import { startPostgres, type Postgres } from '../postgres.ts';

export const ROOT = path.dirname(path.dirname(import.meta.dirname));
const TEMPLATE = 'simulate_template';

/**
 * What a crash leaves must be what was committed. The machine itself never goes down here, so nothing has to reach the
 * disk for that: only commits have to wait for their log.
 */
const SETTINGS = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'on', max_connections: '200' };

/** A PostgreSQL of its own that can be crashed, with a migrated database to clone. */
export class Server {
  readonly folder: string;
  private postgres: Postgres;

  private constructor(folder: string, postgres: Postgres) {
    this.folder = folder;
    this.postgres = postgres;
  }

  static async start(): Promise<Server> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yajin-simulate-'));
    // The server may have to run as another user.
    fs.chmodSync(folder, 0o755);
    const server = new Server(folder, await startPostgres(folder, SETTINGS));
    await server.makeTemplate();
    return server;
  }

  get port(): number {
    return this.postgres.port;
  }

  /** @param port another one where the connection is to pass through a proxy */
  url(database: string, port?: number): string {
    const url = new URL(this.postgres.url(database));
    if (port !== undefined) url.port = String(port);
    return url.toString();
  }

  async clone(name: string): Promise<void> {
    await this.administer(
      `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`,
      `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`,
    );
  }

  async drop(name: string): Promise<void> {
    await this.administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }

  /** @param signal SIGQUIT is PostgreSQL's own immediate stop, SIGKILL leaves it no say */
  crash(signal: 'SIGQUIT' | 'SIGKILL'): void {
    const lock = fs.readFileSync(path.join(placeFor(this.folder).dataDir, 'postmaster.pid'), 'utf8');
    process.kill(Number(lock.split('\n')[0]), signal);
  }

  /** Starts it again after a crash, on the same port. */
  async recover(): Promise<void> {
    while (this.postgres.alive()) await new Promise((resolve) => setTimeout(resolve, 20));
    this.postgres = await startPostgres(this.folder, SETTINGS);
  }

  async stop(): Promise<void> {
    await this.postgres.stop();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private async makeTemplate(): Promise<void> {
    const { Jobs } = await import('@yajin/server');
    const built = pathToFileURL(path.join(ROOT, 'apps/api/dist/database.js')).href;
    const { migrate } = (await import(built)) as typeof ApiDatabase;
    await this.administer(`CREATE DATABASE ${TEMPLATE}`);
    await new Jobs(this.url(TEMPLATE), 0).migrate();
    await migrate(this.url(TEMPLATE));
  }

  private async administer(...statements: string[]): Promise<void> {
    const client = new pg.Client({ connectionString: this.postgres.adminUrl });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  }
}
