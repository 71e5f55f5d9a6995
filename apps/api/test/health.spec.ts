import { Readiness } from '../src/system/index.js';
import { TestApi } from './kit.js';

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
