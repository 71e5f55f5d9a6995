import type { Page } from 'playwright-core';
import { Phones } from './phone.js';

let phones: Phones;
beforeAll(async () => {
  phones = await Phones.start();
});
afterAll(() => phones.stop());
afterEach(() => expect(phones.errors).toEqual([]));

const refusal = (status: number, message: string, headers: Record<string, string> = {}) => ({
  status,
  headers,
  json: { code: status, message, data: null, timestamp: 0 },
});

/** A camp's page that was seen, and which address its answer comes from. */
async function seenCamp(): Promise<{ page: Page; api: string; name: string }> {
  const camp = await phones.camp({ name: '早起打卡营' });
  const page = await phones.open(`/h5/camps/${camp.id}`);
  const name = '早起打卡营';
  await page.getByRole('heading', { name }).waitFor();
  return { page, api: `**/api/h5/camps/${camp.id}`, name };
}

it('without an answer the last one stays with its time, and a refusal takes it back', async () => {
  const { page, api, name } = await seenCamp();
  await page.route(api, (route) => route.abort());
  await page.reload();
  await page.getByText(/现在连不上网络，下面是 \d+月\d+日 \d\d:\d\d 看到的内容/).waitFor();
  await page.getByRole('heading', { name }).waitFor();
  await page.getByRole('link', { name: '我要报名' }).waitFor();
  await page.unroute(api);
  await page.route(api, (route) => route.fulfill(refusal(404, '训练营不存在')));
  await page.getByRole('button', { name: '重试' }).click();
  await page.getByRole('heading', { name: '没有找到' }).waitFor();
  expect(await page.getByText(name).count()).toBe(0);
  // What cannot be seen is not enrolled in.
  expect(await page.getByRole('link', { name: '我要报名' }).count()).toBe(0);
  await page.context().close();
});

it('a throttle is waited for as long as it says, and then asked again without a tap', async () => {
  const camp = await phones.camp({ name: '早起打卡营' });
  const page = await (await phones.one()).newPage();
  const asked: number[] = [];
  await page.route(`**/api/h5/camps/${camp.id}`, async (route) => {
    asked.push(Date.now());
    if (asked.length > 1) return route.continue();
    return route.fulfill(refusal(429, '请求过于频繁', { 'retry-after': '3' }));
  });
  await page.goto(`${phones.api.url}/h5/camps/${camp.id}`);
  await page.getByText('3 秒后会自动再试一次').waitFor();
  await page.getByRole('heading', { name: '早起打卡营' }).waitFor();
  expect(asked).toHaveLength(2);
  expect(asked[1]! - asked[0]!).toBeGreaterThanOrEqual(2_900);
  await page.context().close();
});

it('answers in the form of an earlier version, and those too old, are forgotten at the start', async () => {
  const { page, name } = await seenCamp();
  const kept = (): Promise<string[]> =>
    page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('yajin.h5.seen')));
  expect(await kept()).toHaveLength(1);
  await page.evaluate(() => {
    localStorage.setItem('yajin.h5.seen.camp.7', '{"at":1,"data":{}}');
    const [key] = Object.keys(localStorage).filter((each) => each.startsWith('yajin.h5.seen-'));
    const entry = JSON.parse(localStorage.getItem(key!)!) as { state: { dataUpdatedAt: number } };
    entry.state.dataUpdatedAt -= 31 * 86_400_000;
    localStorage.setItem(key!, JSON.stringify(entry));
  });
  await page.route('**/api/h5/camps/**', (route) => route.abort());
  await page.reload();
  await page.getByRole('heading', { name: '没能打开' }).waitFor();
  expect(await page.getByRole('heading', { name }).count()).toBe(0);
  expect(await kept()).toEqual([]);
  await page.context().close();
});
