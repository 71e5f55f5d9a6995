import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { createSandbox, type Sandbox } from '@yajin/sandbox';
import { eventually, freePort } from '@yajin/testing/api';
import { testDatabase } from '@yajin/testing/database';
import { ApiProcess } from './process.kit.js';
import { SilentProxy } from './silent-proxy.js';

let database: Awaited<ReturnType<typeof testDatabase>>;
let sandbox: Sandbox;
beforeAll(async () => {
  database = await testDatabase();
  sandbox = await createSandbox({ dataFile: ':memory:', port: 0 });
});
afterAll(async () => {
  await sandbox.close();
  await database.drop();
});

const prepared = (overrides: Record<string, string> = {}): Promise<ApiProcess> =>
  ApiProcess.prepared(database, sandbox, overrides);

const WHOLE = 'GET /health/live HTTP/1.1\r\nHost: yajin\r\n\r\n';
const HALF = 'GET /health/live HTTP/1.1\r\nHost: y';
const HALF_A_BODY =
  'POST /api/admin/auth/login HTTP/1.1\r\nHost: y\r\nContent-Type: application/json\r\nContent-Length: 30\r\n\r\n{';

/** A connection on which so much was said; each piece but the last is answered first. */
async function connection(url: string, ...pieces: string[]): Promise<net.Socket> {
  const socket = net.connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  for (const [index, piece] of pieces.entries()) {
    socket.write(piece);
    if (index < pieces.length - 1) await once(socket, 'data');
  }
  return socket;
}

/** On a connection that is kept for the next request, as a proxy does. */
async function asked(url: string, agent: http.Agent): Promise<{ status: number; connection: string }> {
  const request = http.get(url, { agent });
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  response.resume();
  await once(response, 'end');
  return { status: response.statusCode ?? 0, connection: response.headers.connection ?? '' };
}

it('stops within seconds and with code 0, whatever connections are open that have said nothing, or half of something', async () => {
  const api = await prepared();
  await api.start();
  await connection(api.url);
  await connection(api.url, HALF);
  await connection(api.url, WHOLE, '');
  await connection(api.url, WHOLE, HALF);
  const last = await connection(api.url, HALF_A_BODY);
  const began = performance.now();
  const code = await api.end('SIGTERM');
  expect([code, performance.now() - began < 14_000]).toEqual([0, true]);
  expect(last.destroyed || (await once(last, 'close'))).toBeTruthy();
});

it('serves for DRAIN_DELAY after it was asked to stop, red to those who ask whether it is ready, and takes leave with each answer', async () => {
  const api = await prepared({ DRAIN_DELAY: '2' });
  api.launch('web');
  await api.ready();
  const agent = new http.Agent({ keepAlive: true });
  expect(await asked(`${api.url}/health/ready`, agent)).toEqual({ status: 200, connection: 'keep-alive' });
  const stopped = api.end('SIGTERM');
  await eventually(
    async () => (await asked(`${api.url}/health/ready`, agent)).status === 503,
    'readiness to go red',
  );
  expect(await asked(`${api.url}/health/live`, agent)).toEqual({ status: 200, connection: 'close' });
  expect(await stopped).toBe(0);
  // A probe that was told so is no error.
  expect(api.said).not.toContain('failed with status code');
  expect(api.said).not.toContain('/health/');
  agent.destroy();
});

it('waits for a database that comes later, says where, and never with which password', async () => {
  const port = await freePort();
  const url = Object.assign(new URL(database.appUrl), { hostname: '127.0.0.1', port: String(port) });
  const api = await prepared({ DATABASE_URL: url.toString() });
  api.launch('web');
  await eventually(() => Promise.resolve(api.said.includes('trying again')), 'it to wait');
  expect(api.said).toContain(`The database at 127.0.0.1:${port} is not there yet`);
  expect(api.said).not.toContain(url.password + '@');
  const proxy = await SilentProxy.before(database.appUrl, port);
  await api.ready();
  expect(await api.end('SIGTERM')).toBe(0);
  await proxy.close();
});

it('does not wait where waiting does not help, and gives up when its time is over', async () => {
  const wrong = Object.assign(new URL(database.appUrl), { password: 'wrong' }).toString();
  const refused = await prepared({ DATABASE_URL: wrong });
  refused.launch();
  expect(await refused.ended()).toBe(1);
  expect(refused.said).toContain('password authentication failed');
  const nowhere = await prepared({
    DATABASE_URL: `postgres://127.0.0.1:${await freePort()}/none`,
    DATABASE_WAIT: '1',
  });
  nowhere.launch();
  expect(await nowhere.ended()).toBe(1);
  expect(nowhere.said).toContain('ECONNREFUSED');
});

it('brings the schema up to date as a command that is told of the database and nothing else', async () => {
  const migrate = new ApiProcess({ DATABASE_URL: database.appUrl, DATABASE_MIGRATION_URL: database.url }, 0);
  migrate.launch('migrate');
  expect(await migrate.ended()).toBe(0);
  expect(migrate.said).toContain('The schema is up to date');
  const without = new ApiProcess({}, 0);
  without.launch('migrate');
  expect(await without.ended()).toBe(78);
  expect(without.said).toContain('DATABASE_URL is missing');
});

it.each([
  [['everything'], {}, 'usage: main.js [web | worker | migrate]'],
  [['worker'], { JOB_CONCURRENCY: '0' }, 'would do nothing'],
])('refuses for good what no second try would change: %j %j', async (words, overrides, text) => {
  const api = await prepared(overrides);
  api.launch(...words);
  expect(await api.ended()).toBe(78);
  expect(api.said).toContain(text);
});
