import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ensureDatabase, freePort, startPostgres, stopLeftover, type Postgres } from './postgres.ts';

let folder: string;
let server: Postgres | undefined;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yajin-postgres-'));
  fs.chmodSync(folder, 0o755);
});
afterEach(async () => {
  await stopLeftover(folder);
  fs.rmSync(folder, { recursive: true });
});

const lockFile = () => path.join(folder, 'postgres/postmaster.pid');
const postmaster = () => Number(fs.readFileSync(lockFile(), 'utf8').split('\n')[0]);

async function start(): Promise<Postgres> {
  server = await startPostgres(folder);
  return server;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await sleep(10);
}

it('keeps what was committed over a kill -9 of the server, on the same port', async () => {
  const first = await start();
  const url = await ensureDatabase(first, 'yajin');
  await query(url, "CREATE TABLE kept AS SELECT 'committed' AS word");
  process.kill(postmaster(), 'SIGKILL');
  await until(() => !first.alive());
  const second = await start();
  expect(second.port).toBe(first.port);
  expect(await query(url, 'SELECT word FROM kept')).toEqual([{ word: 'committed' }]);
});

it('starts again while a session of the killed server still works', async () => {
  const first = await start();
  const client = new pg.Client({ connectionString: first.adminUrl });
  client.on('error', () => undefined);
  await client.connect();
  // Deaf to the end of its server as long as it computes.
  const busy = client
    .query("SELECT count(*) FROM generate_series(1, 5000000) n WHERE md5(n::text) = ''")
    .catch(() => 'broken off');
  await sleep(100);
  process.kill(postmaster(), 'SIGKILL');
  await until(() => !first.alive());
  const second = await start();
  expect(await query(second.adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await busy;
  await client.end().catch(() => undefined);
});

it('adopts a server that an earlier process left behind', async () => {
  const first = await start();
  const pid = postmaster();
  const second = await start();
  expect(second.port).toBe(first.port);
  expect(postmaster()).toBe(pid);
  await second.stop();
  expect(first.alive()).toBe(false);
  expect(fs.existsSync(lockFile())).toBe(false);
});

it('takes another port when its own was given away meanwhile', async () => {
  const first = await start();
  await first.stop();
  const thief = net.createServer().listen(first.port, '127.0.0.1');
  const second = await start();
  expect(second.port).not.toBe(first.port);
  expect(await query(second.adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  thief.close();
});

it('is not misled by a lock file whose process number now belongs to a stranger', async () => {
  const first = await start();
  const [, ...rest] = fs.readFileSync(lockFile(), 'utf8').split('\n');
  await first.stop();
  // The stranger even is called postgres, and runs as the same user as the server.
  const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  const stranger = spawn('sleep', ['60'], { argv0: 'postgres', cwd: '/', ...user });
  fs.writeFileSync(lockFile(), [String(stranger.pid), ...rest].join('\n'));
  const second = await start();
  expect(postmaster()).not.toBe(stranger.pid);
  expect(await query(second.adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
  stranger.kill();
});

it('begins anew when the first initialisation was broken off', async () => {
  fs.mkdirSync(path.join(folder, 'postgres.new/global'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'postgres.new/global/pg_control'), 'half');
  fs.writeFileSync(path.join(folder, 'postgres.password'), 'of the broken one');
  expect(await query((await start()).adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

it('says what is wrong when a database is there and its password is not', async () => {
  await (await start()).stop();
  fs.rmSync(path.join(folder, 'postgres.password'));
  await expect(startPostgres(folder)).rejects.toThrow('password file');
});

it('tells the last words of a server that does not start', async () => {
  await (await start()).stop();
  await expect(startPostgres(folder, { shared_buffers: 'plenty' })).rejects.toThrow('shared_buffers');
});

it('knows a taken port from a free one', async () => {
  const port = await freePort(0);
  expect(await freePort(port)).toBe(port);
  const owner = net.createServer().listen(port, '127.0.0.1');
  expect(await freePort(port)).toBe(0);
  owner.close();
});
