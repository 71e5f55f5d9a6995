import type { Page } from 'playwright-core';
import { follow, quiet } from '@yajin/testing/seen';
import { waitingRefunds } from '@yajin/testing/waiting';
import { Console } from './console.js';

/** A thousand refunds wait, and one person works through them with the keyboard. */

/** Of what it takes at twenty rows. Were all rows drawn anew, it would be near five; `npm run bench pages` measures the time. */
const MOST_AT_A_HUNDRED = 1.25;

let console_: Console;
beforeAll(async () => {
  console_ = await Console.start();
  for (const statement of waitingRefunds(1_000)) await console_.api.rows(statement);
});
afterAll(() => console_.stop());
afterEach(() => expect(console_.errors).toEqual([]));

/** The review page with so many rows, at rest, and what it asks the API for from then on. */
async function review(rows: number): Promise<{ page: Page; asked: string[] }> {
  const page = await console_.open('/account');
  follow(page);
  await page.goto(`${console_.api.url}/admin/refunds/pending?pageSize=${rows}`);
  await boxes(page)
    .nth(rows - 1)
    .waitFor();
  await quiet(page);
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/')) asked.push(request.url());
  });
  return { page, asked };
}

const boxes = (page: Page) => page.getByRole('list', { name: '待审核退款' }).getByRole('checkbox');

it('J goes to the next refund with one request, however long the page has been open, and what the decision rests on is there', async () => {
  const { page, asked } = await review(100);
  const rows = page.getByRole('list', { name: '待审核退款' }).getByRole('listitem');
  for (const place of [1, 2]) {
    asked.length = 0;
    await page.keyboard.press('j');
    await rows.nth(place).locator('[aria-current=true]').waitFor();
    await quiet(page);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatch(/\/api\/admin\/members\/\d+$/);
    await page.getByText('打卡率').waitFor();
    await page.getByText('评分依据').waitFor();
  }
  await page.context().close();
});

it('a thousand refunds are selected, and looked at once more before the batch, with three requests each at most', async () => {
  const { page, asked } = await review(20);
  await page.getByRole('button', { name: /^选择全部符合条件/ }).click();
  await page.getByText('已选 1,000 人').waitFor();
  await quiet(page);
  expect(asked).toHaveLength(1);
  asked.length = 0;
  await page.getByRole('button', { name: '批量通过' }).click();
  await page.getByRole('button', { name: '确认退款 1,000 人 · ¥99,000.00' }).waitFor();
  await quiet(page);
  expect(asked.length).toBeLessThanOrEqual(3);
  await page.context().close();
});

/** How often functions of the page are called, from something that is done to it until it rests. */
async function callsOf(page: Page, act: () => Promise<void>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Profiler.enable');
  await session.send('Profiler.startPreciseCoverage', { callCount: true });
  await act();
  await quiet(page);
  const { result } = await session.send('Profiler.takePreciseCoverage');
  await session.detach();
  return result
    .filter(({ url }) => url.includes('/admin/assets/'))
    .flatMap(({ functions }) => functions)
    .reduce((sum, { ranges: [whole] }) => sum + (whole?.count ?? 0), 0);
}

it('at a hundred rows J, X and a checkbox take hardly more than at twenty: the other rows are not drawn anew', async () => {
  const calls: number[][] = [];
  for (const rows of [20, 100]) {
    const { page } = await review(rows);
    const acts = [
      () => page.keyboard.press('j'),
      () => page.keyboard.press('x'),
      () => boxes(page).nth(10).click(),
    ];
    const taken: number[] = [];
    for (const act of acts) {
      // The first of a kind loads what the others have.
      await act();
      await quiet(page);
      taken.push(await callsOf(page, act));
    }
    calls.push(taken);
    await page.context().close();
  }
  const [twenty = [], hundred = []] = calls;
  twenty.forEach((few, at) => expect(hundred[at]).toBeLessThanOrEqual(MOST_AT_A_HUNDRED * few));
});
