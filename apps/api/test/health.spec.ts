import { once } from 'node:events';
import net from 'node:net';
import { Readiness } from '../src/system/index.js';
import { TestApi } from '@yajin/testing/api';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const statusOf = async (path: string): Promise<number> => (await api.exchange('GET', path, {})).status;

it('says that it lives and is ready, and while it drains that it is not', async () => {
  expect([await statusOf('/health/live'), await statusOf('/health/ready')]).toEqual([200, 200]);
  api.app.get(Readiness).stop();
  expect([await statusOf('/health/live'), await statusOf('/health/ready')]).toEqual([200, 503]);
});

it('shuts down within seconds though a connection is open on which no request ever came, and answers one that came late', async () => {
  const other = await TestApi.start();
  const port = Number(new URL(other.url).port);
  const [unused, late] = [net.connect(port, '127.0.0.1'), net.connect(port, '127.0.0.1')];
  await Promise.all([once(unused, 'connect'), once(late, 'connect')]);
  // Both are the server's by now, too.
  await statusOf('/health/live');
  const began = performance.now();
  const stopped = other.stop();
  late.write('GET /health/live HTTP/1.1\r\nHost: yajin\r\nConnection: close\r\n\r\n');
  const [answer] = (await once(late, 'data')) as [Buffer];
  expect(answer.toString()).toContain('HTTP/1.1 ');
  await stopped;
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(unused.destroyed || (await once(unused, 'close'))).toBeTruthy();
});
