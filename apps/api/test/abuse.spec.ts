import { createConnection, type Socket } from 'node:net';
import { request, type Server } from 'node:http';
import { performance } from 'node:perf_hooks';
import { eventually, TestApi } from '@yajin/testing/api';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start({ CONNECTIONS_PER_ADDRESS: '40' });
});
afterAll(() => api.stop());

const KB = 1024;
const LOGIN = '/api/admin/auth/login';
/** The server's part of the address is what `TRUSTED_PROXIES` says: each call counts as a stranger of its own. */
let stranger = 0;
const from = (): string => `198.51.100.${(stranger += 1) % 250}`;

async function send(
  method: string,
  path: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(api.url + path, {
    method,
    headers: { 'content-type': 'application/json', 'x-forwarded-for': from(), ...headers },
    body,
  });
}

let names = 0;
/** Another name each time: guesses at one are slowed. */
const login = (extra: string): string => `{"username":"nobody${1000 + (names += 1)}","password":"x"${extra}}`;

it('a body beyond what its route takes is refused (413), and no more than twenty faults of one are told', async () => {
  expect((await send('POST', LOGIN, login(`,"a":"${'x'.repeat(17 * KB)}"`))).status).toBe(413);
  const many = await api.call<{ errors: unknown[] }>('POST', LOGIN, {
    body: Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`k${n}`, n])),
  });
  expect(many.status).toBe(400);
  expect(many.data.errors).toHaveLength(20);
});

it('whoever sends a byte now and then, or nothing at all, is let go of, and others are answered meanwhile', async () => {
  const server: Server = api.app.getHttpServer();
  const { requestTimeout, headersTimeout } = server;
  expect(requestTimeout).toBe(60_000);
  expect(headersTimeout).toBe(15_000);
  // Shorter, so that the test is; what is tested is that they hold at all.
  server.requestTimeout = 1000;
  const began = performance.now();
  const slow = await connected();
  slow.write(
    `POST ${LOGIN} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`,
  );
  const drip = setInterval(() => slow.write(' '), 200);
  const silent = await connected();
  await Promise.all([slow, silent].map((socket) => new Promise((resolve) => socket.once('close', resolve))));
  clearInterval(drip);
  expect(performance.now() - began).toBeLessThan(25_000);
  expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
  server.requestTimeout = requestTimeout;
});

function connected(localAddress = '127.0.0.1'): Promise<Socket> {
  const socket = createConnection({ host: '127.0.0.1', port: Number(new URL(api.url).port), localAddress });
  socket.on('error', () => undefined).resume();
  return new Promise((resolve) => socket.once('connect', () => resolve(socket)));
}

it('no address holds more connections than its share, and another is served all the same', async () => {
  const sockets = await Promise.all(Array.from({ length: 100 }, () => connected('127.0.0.9')));
  const open = (): number =>
    sockets.filter(({ destroyed, readyState }) => !destroyed && readyState === 'open').length;
  await eventually(() => Promise.resolve(open() <= 40), 'the rest to be turned away');
  expect(open()).toBe(40);
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const options = { port: new URL(api.url).port, path: '/health/live', localAddress: '127.0.0.8' };
    request(options, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });
  expect(status).toBe(200);
  sockets.forEach((socket) => socket.destroy());
});

it.each([
  ['the addresses of one /64', (n: number) => `2001:db8:7:7::${n.toString(16)}`],
  ['the spellings of one address', (n: number) => (n % 2 ? '203.0.113.77' : `::ffff:203.0.113.77`)],
])('%s count as one stranger for a limit', async (_whose, address) => {
  const statuses: number[] = [];
  for (let n = 1; n <= 12; n += 1)
    statuses.push(
      (await send('POST', '/api/h5/auth/wechat', '{"code":"x"}', { 'x-forwarded-for': address(n) })).status,
    );
  expect(statuses.filter((status) => status === 429)).toHaveLength(2);
});
