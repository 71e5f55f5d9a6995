import type { Page } from 'playwright-core';
import { addDays } from '@yajin/core';
import { eventually } from '@yajin/testing/api';
import { checkIns, finishedCamp, member, person, publishedCamp, records } from '@yajin/testing/factories';
import { sync } from '@yajin/testing/matching';
import { Console } from './console.js';

/** Where the deposits are, as an owner reads it. */

let console_: Console;
beforeAll(async () => {
  console_ = await Console.start();
});
afterAll(() => console_.stop());
afterEach(() => expect(console_.errors).toEqual([]));

/** Kept where somebody wants to look at them. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

/** A figure by its name, as the page shows it first. */
const figure = async (page: Page, name: string): Promise<string> => {
  const term = page
    .locator('.figures > div')
    .filter({ has: page.locator('dt', { hasText: new RegExp(`^${name}$`) }) });
  // A dash until the figure is there.
  const text = await eventually(async () => {
    const said = await term.locator('dd').first().textContent();
    return said !== '—' && said;
  }, name);
  return text.replace('−', '').replace('-', '');
};

/** One camp is over: of four deposits one goes back, one is kept, one waits for a review, one failed. Another one runs. */
async function twoCamps(): Promise<{ over: number; running: number }> {
  const { api } = console_;
  const { camp, refundIds } = await finishedCamp(api, 4);
  const [first, second, third] = refundIds as [number, number, number];
  await api.admin('POST', `/api/admin/refunds/${first}/approve`, {});
  const ended = (status: string) => async (): Promise<boolean> =>
    (await records(api, camp)).some(({ refundStatus }) => refundStatus === status);
  await eventually(ended('success'), 'the refund');
  await api.control('POST', '/control/faults', { refundResult: { value: 'CLOSED', times: 1 } });
  await api.admin('POST', `/api/admin/refunds/${third}/approve`, {});
  await eventually(ended('failed'), 'the failure');
  await api.admin('POST', `/api/admin/refunds/${second}/reject`, { reason: '与本人核对不符' });
  const next = await publishedCamp(api, { startsIn: 1, days: 2, requiredDays: 2, deposit: 50 });
  const who = person();
  await member(api, next, who);
  await api.moveClock(`${addDays(next.start, 1)}T09:00:00`);
  await checkIns(api, next, who, 1);
  await sync(api, next);
  await api.quiet();
  return { over: camp.id, running: next.id };
}

it('净收入 is gone: 在手押金, 应退押金, 已退押金, 已确认收入 and 本周到期 stand on every page of the owner, and each leads to the rows that it is the sum of', async () => {
  const { over, running } = await twoCamps();
  const page = await console_.open('/');
  const all = {
    已收押金: '¥446.00',
    在手押金: '¥248.00',
    应退押金: '¥198.00',
    已退押金: '¥99.00',
    已确认收入: '¥99.00',
  };
  for (const at of ['/', '/reports', '/camps']) {
    await page.goto(`${console_.api.url}/admin${at}`);
    await page.getByText('¥446.00').first().waitFor();
    for (const [name, value] of Object.entries(all))
      expect([at, name, await figure(page, name)]).toEqual([at, name, value]);
    expect(await page.getByText('净收入').count()).toBe(0);
    await picture(page, `owner${at.replaceAll('/', '-')}`);
  }
  for (const [name, value, under] of [
    ['在手押金', '¥248.00', '在手押金'],
    ['应退押金', '¥198.00', '应退押金'],
    ['已退押金', '¥99.00', '已退押金'],
    ['已确认收入', '¥99.00', '已确认收入'],
  ] as const) {
    await page.goto(`${console_.api.url}/admin/`);
    await page.getByRole('link', { name: `${name} ${value}` }).click();
    await page.locator('.figures dt', { hasText: under }).waitFor();
    expect([name, await figure(page, under)]).toEqual([name, value]);
    await picture(page, `owner-leads-${name}`);
  }
  // Every row of what is owed is a deposit that has not arrived.
  await page.goto(`${console_.api.url}/admin/refunds/records?kind=deposit&refund=open`);
  await page.getByText('共 2 条').waitFor();
  await page.goto(`${console_.api.url}/admin/`);
  await page.getByRole('link', { name: /^本周到期 ¥/ }).waitFor();
  const due = await figure(page, '本周到期');
  await page.getByRole('link', { name: `本周到期 ${due}` }).click();
  await page.getByRole('heading', { name: '训练营' }).waitFor();
  expect(await figure(page, '在手押金')).toBe(due);
  await picture(page, 'owner-leads-due');
  // A finished camp: what is kept is no debt.
  for (const at of [`/camps/${over}`, `/reports?campId=${over}`]) {
    await page.goto(`${console_.api.url}/admin${at}`);
    await page.getByText('¥396.00').first().waitFor();
    const shown = [
      await figure(page, '在手押金'),
      await figure(page, '应退押金'),
      await figure(page, '已确认收入'),
    ];
    expect([at, ...shown]).toEqual([at, '¥198.00', '¥198.00', '¥99.00']);
    expect(await page.getByText('尚未退还', { exact: true }).count()).toBe(0);
    await picture(page, `owner${at.replace(/[/?=]/g, '-')}`);
  }
  await page.goto(`${console_.api.url}/admin/camps/${running}`);
  await page.getByText('¥50.00').first().waitFor();
  expect([await figure(page, '在手押金'), await figure(page, '应退押金')]).toEqual(['¥50.00', '¥0.00']);
  await page.context().close();
});
