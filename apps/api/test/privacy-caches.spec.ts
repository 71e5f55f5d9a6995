import type { ApiDocument } from '@yajin/contract';
import { operations } from '@yajin/contract/testing';
import { member, person, publishedCamp } from '@yajin/testing/factories';
import { TestApi } from '@yajin/testing/api';
import { LINES } from '../src/lines/index.js';
import { allOperations, consoleOperations } from './requests.js';

/** What anybody may read, told by a tag whether it has changed. */
const PUBLIC = ['GET /api/h5/camps', 'GET /api/h5/camps/{id}'];

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const everything = [
  ...allOperations,
  ...consoleOperations,
  ...LINES.filter(({ tokenKey }) => tokenKey).flatMap(({ document }) => operations(document as ApiDocument)),
];

it('no answer of any operation may be kept by a browser or a proxy, refusals included, but for the public camps', async () => {
  const camp = await publishedCamp(api);
  const { accessToken } = await member(api, camp, person());
  const token = await api.adminToken();
  const kept: string[] = [];
  for (const { method, path, operationId } of everything) {
    if (operationId === 'logout') continue;
    const at = path.replace(/\{id\}/, String(camp.id)).replace(/\{\w+\}/g, '1');
    const { headers } = await fetch(api.url + at, {
      method,
      headers: { authorization: `Bearer ${token}`, 'x-access-token': accessToken },
    });
    const said = headers.get('cache-control');
    if (said !== (PUBLIC.includes(`${method} ${path}`) ? 'no-cache' : 'no-store'))
      kept.push(`${method} ${path}: ${said}`);
  }
  expect(everything.length).toBeGreaterThan(100);
  expect(kept).toEqual([]);
});
