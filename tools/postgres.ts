/**
 * Runs the PostgreSQL that comes from npm as a server of our own: detached, so that a Ctrl-C in the
 * terminal reaches the API first; under an unprivileged user when we are root, because PostgreSQL
 * refuses root; and re-adopted when an earlier run died and left it behind.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createHash, randomInt } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { asUser, initialise, placeFor, USER, type Place } from './postgres-files.ts';

/**
 * Below the range from which systems take the near ends of outgoing connections: a port from there could be
 * anybody's by the time the server starts again.
 */
const PORTS = { from: 20_000, below: 32_000 };
const PORT_TRIES = 50;
const PORT_WAIT_MS = 3_000;
const START_TIMEOUT_MS = 60_000;
/** For how long the sessions of a server that was killed may hold on to its memory. */
const LEFTOVER_TIMEOUT_MS = 20_000;

const APP_ROLE = 'yajin_app';

export interface Postgres {
  /** Connection string of the maintenance database `postgres`. */
  adminUrl: string;
  url(database: string): string;
  port: number;
  alive(): boolean;
  stop(): Promise<void>;
}

/**
 * Starts or adopts the server whose files belong to `dataDir`.
 * @param settings server settings on top of the defaults, such as `{ fsync: 'off' }`
 */
export async function startPostgres(
  dataDir: string,
  settings: Record<string, string> = {},
): Promise<Postgres> {
  const place = placeFor(path.resolve(dataDir));
  const password = await initialise(place);
  const adopted = runningServer(place.dataDir);
  if (adopted && (await accepts(adopted.port, password))) return handle(place, password, adopted);
  if (adopted) await stopServer(place.dataDir, adopted.pid);
  removeMistakenLock(place.dataDir);
  const port = await choosePort(place.dataDir);
  const options = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    ...settings,
  };
  const args = [
    '-D',
    place.dataDir,
    ...Object.entries(options).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  ];
  const pid = await launch(place, args, () => accepts(port, password));
  fs.writeFileSync(path.join(place.dataDir, 'yajin.port'), String(port));
  return handle(place, password, { pid, port });
}

/** Stops the server that an earlier process left behind for `dataDir`, if there is one. */
export async function stopLeftover(dataDir: string): Promise<void> {
  const place = placeFor(path.resolve(dataDir));
  const found = runningServer(place.dataDir);
  if (found) await stopServer(place.dataDir, found.pid);
}

/**
 * Starts the server process and waits until it takes connections.
 * @throws with the end of the server's log when it gives up
 */
async function launch(place: Place, args: string[], ready: () => Promise<boolean>): Promise<number> {
  const log = path.join(place.dataDir, 'server.log');
  const began = Date.now();
  for (;;) {
    const out = fs.openSync(log, 'w');
    if (place.uid !== null) fs.fchownSync(out, place.uid, place.uid);
    const child = spawn(path.join(place.binDir, 'postgres'), args, {
      detached: true,
      stdio: ['ignore', out, out],
      cwd: '/',
      ...asUser(place.uid),
    });
    let failure: Error | null = null;
    child.on('error', (error) => (failure = error));
    child.unref();
    fs.closeSync(out);
    const ended = (): boolean => failure !== null || child.exitCode !== null || child.signalCode !== null;
    while (!ended() && Date.now() - began < START_TIMEOUT_MS) {
      if (await ready()) return child.pid ?? 0;
      await sleep(20);
    }
    const words = failure ? String(failure) : tail(log);
    // After a kill -9 the server's sessions end by themselves; until then PostgreSQL refuses to start.
    const leftover = words.includes('shared memory block') && Date.now() - began < LEFTOVER_TIMEOUT_MS;
    if (!leftover) {
      child.kill('SIGQUIT');
      throw new Error(`PostgreSQL did not start. Its last words:\n${words}`);
    }
    await sleep(200);
  }
}

/** Creates `name` when it is missing. */
export async function ensureDatabase(server: Postgres, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: server.adminUrl });
  await client.connect();
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  return server.url(name);
}

/** A role that owns nothing, for the API; the same password at every start. @returns the database's address as that role */
export async function ensureAppRole(server: Postgres, database: string): Promise<string> {
  const url = new URL(server.url(database));
  const password = createHash('sha256').update(`app role ${url.password}`).digest('hex');
  const client = new pg.Client({ connectionString: server.adminUrl });
  await client.connect();
  try {
    const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [APP_ROLE]);
    await client.query(
      `${found.rowCount === 0 ? 'CREATE' : 'ALTER'} ROLE ${APP_ROLE} LOGIN PASSWORD '${password}'`,
    );
  } finally {
    await client.end();
  }
  return Object.assign(url, { username: APP_ROLE, password }).toString();
}

function handle(place: Place, password: string, running: { pid: number; port: number }): Postgres {
  const url = (database: string): string =>
    `postgres://${USER}:${password}@127.0.0.1:${running.port}/${database}`;
  return {
    adminUrl: url('postgres'),
    url,
    port: running.port,
    alive: () => isServer(running.pid, place.dataDir),
    stop: () => stopServer(place.dataDir, running.pid),
  };
}

/** The live server that `postmaster.pid` names, if any: line 1 is the pid, line 4 the port. */
function runningServer(dataDir: string): { pid: number; port: number } | null {
  const lines = lockLines(dataDir);
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 && port > 0 && isServer(pid, dataDir) ? { pid, port } : null;
}

function lockLines(dataDir: string): string[] {
  try {
    return fs.readFileSync(path.join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

/**
 * PostgreSQL replaces the lock file of a dead server itself, after it made sure that none of its sessions is left.
 * It only errs when another program got the same pid since.
 */
function removeMistakenLock(dataDir: string): void {
  const pid = Number(lockLines(dataDir)[0]);
  if (pid > 0 && exists(pid) && !isServer(pid, dataDir)) fs.rmSync(path.join(dataDir, 'postmaster.pid'));
}

/** A zombie, or another program that was given the same pid (even another server), does not count as ours. */
function isServer(pid: number, dataDir: string): boolean {
  if (!exists(pid)) return false;
  try {
    if (process.platform === 'win32') return true;
    if (process.platform !== 'linux') {
      return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(
        dataDir,
      );
    }
    const state = /\) (\w)/.exec(fs.readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
    return state !== 'Z' && fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(dataDir);
  } catch {
    return false;
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** SIGINT is PostgreSQL's fast shutdown: it ends sessions and leaves nothing to recover. */
async function stopServer(dataDir: string, pid: number): Promise<void> {
  const signal = (name: NodeJS.Signals): void => {
    try {
      process.kill(pid, name);
    } catch {
      // Already gone.
    }
  };
  signal('SIGINT');
  for (let waited = 0; isServer(pid, dataDir); waited += 20) {
    if (waited === 20_000) signal('SIGQUIT');
    if (waited > 30_000) throw new Error(`PostgreSQL (${dataDir}) does not stop`);
    await sleep(20);
  }
}

/** The port of last time if it is free, so that connection strings stay valid; any free one otherwise. */
async function choosePort(dataDir: string): Promise<number> {
  const file = path.join(dataDir, 'yajin.port');
  const last = fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf8')) : 0;
  // The children of a server that was killed hold on to its port until they have noticed.
  for (let waited = 0; last > 0 && waited < PORT_WAIT_MS; waited += 50) {
    if ((await freePort(last)) > 0) return last;
    await sleep(50);
  }
  for (let tries = 0; tries < PORT_TRIES; tries += 1) {
    const port = await freePort(randomInt(PORTS.from, PORTS.below));
    if (port > 0) return port;
  }
  throw new Error(`no free port between ${PORTS.from} and ${PORTS.below}`);
}

/** @returns the port, or 0 when it is taken */
export function freePort(port: number, host = '127.0.0.1'): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(0));
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function accepts(port: number, password: string): Promise<boolean> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: USER,
    password,
    database: 'postgres',
    connectionTimeoutMillis: 2000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function tail(file: string): string {
  return fs.readFileSync(file, 'utf8').split('\n').slice(-15).join('\n');
}
