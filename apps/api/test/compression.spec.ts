import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { publishedCamp } from '@yajin/testing/factories';
import { TestApi } from '@yajin/testing/api';
import { takesGzip } from '../src/compression.js';

let api: TestApi;
let token: string;
beforeAll(async () => {
  api = await TestApi.start();
  token = await api.adminToken();
  for (let camp = 0; camp < 4; camp += 1) await publishedCamp(api);
});
afterAll(() => api.stop());

interface Answer {
  headers: Record<string, string | string[] | undefined>;
  status: number;
  body: Buffer;
}

/** As it comes over the network: `fetch` would unpack it. */
function ask(address: string, headers: Record<string, string>, method = 'GET'): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const sent = { authorization: `Bearer ${token}`, ...headers };
  request(api.url + address, { method, headers: sent }, (response) => {
    const parts: Buffer[] = [];
    response.on('data', (part: Buffer) => parts.push(part));
    response.on('end', () =>
      resolve({ headers: response.headers, status: response.statusCode ?? 0, body: Buffer.concat(parts) }),
    );
    response.on('error', reject);
  })
    .on('error', reject)
    .end();
  return promise;
}

it.each(['/api/admin/camps', '/api/h5/camps'])(
  '%s is compressed by the API itself for who takes that, is the same for who does not, and is kept apart by caches',
  async (address) => {
    const plain = await ask(address, {});
    const packed = await ask(address, { 'accept-encoding': 'gzip, deflate, br, zstd' });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(packed.headers['content-encoding']).toBe('gzip');
    for (const { headers, body } of [plain, packed]) {
      expect(headers['vary']).toMatch(/accept-encoding/i);
      expect(Number(headers['content-length'] ?? body.length)).toBe(body.length);
    }
    const data = (body: Buffer): unknown => (JSON.parse(body.toString()) as { data: unknown }).data;
    expect(data(gunzipSync(packed.body))).toEqual(data(plain.body));
    expect(packed.body.length * 2).toBeLessThan(plain.body.length);
  },
);

it('answers that fit into a packet, errors among them, and files are sent as they are', async () => {
  const gzip = { 'accept-encoding': 'gzip' };
  const small = [
    await ask('/api/nowhere', gzip),
    await ask('/health/live', gzip),
    await ask('/api/admin/camps/987654321', gzip),
  ];
  for (const { headers } of small) expect(headers['content-encoding']).toBeUndefined();
  expect((await ask('/metrics', gzip)).headers['content-encoding']).toBeUndefined();
  const { id } = await publishedCamp(api);
  const workbook = await ask(`/api/admin/members/export?campId=${id}`, gzip);
  expect([workbook.status, workbook.headers['content-encoding']]).toEqual([200, undefined]);
  expect(workbook.body.length).toBeGreaterThan(1_024);
  // As every archive of that kind begins.
  expect(workbook.body.subarray(0, 4).toString('latin1')).toBe('PK\x03\x04');
});

it('whoever asks for the head alone is told no length that the body would not have', async () => {
  const plain = await ask('/api/h5/camps', {});
  const { headers, body } = await ask('/api/h5/camps', { 'accept-encoding': 'gzip' }, 'HEAD');
  expect(body.length).toBe(0);
  expect(headers['content-encoding']).toBeUndefined();
  expect(headers['content-length']).toBe(String(plain.body.length));
});

it.each([
  ['gzip', true],
  ['br, GZIP;q=0.5', true],
  ['x-gzip', true],
  ['*', true],
  ['*;q=0.1, br', true],
  ['gzip;q=0', false],
  ['gzip; q=0.000, *', false],
  ['br, *;q=0', false],
  ['identity', false],
  ['', false],
  [undefined, false],
])('who says “%s” is given gzip: %s', (header, given) => {
  expect(takesGzip(header)).toBe(given);
});
