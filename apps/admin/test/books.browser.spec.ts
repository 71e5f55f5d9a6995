import { readFileSync } from 'node:fs';
import { addDays, businessDate } from '@yajin/core';
import type { Console as Contract } from '@yajin/contract/console';
import { eventually } from '@yajin/testing/api';
import { member, person, publishedCamp } from '@yajin/testing/factories';
import { operator, type MadeOperator } from '@yajin/testing/operators';
import { Console } from './console.js';
import { suspendedMoney } from './pay.kit.js';

let console_: Console;
let accountant: MadeOperator;
beforeAll(async () => {
  console_ = await Console.start({}, true);
  accountant = await operator(console_.api, 'finance');
});
afterAll(() => console_.stop());
afterEach(() => expect(console_.errors).toEqual([]));

/** Somebody pays 99, the day ends, and its bills are read. */
async function dayWithBills(): Promise<{ day: string; orderNo: string }> {
  const { api } = console_;
  const order = await member(api, await publishedCamp(api, { deposit: 99 }), person());
  await api.quiet();
  const day = businessDate(api.clock.now());
  await api.moveClock(`${addDays(day, 1)}T11:00:00`);
  await eventually(async () => {
    const { data } = await api.admin<Contract.PayClose>('GET', `/api/admin/pay/closes/${day}`);
    return data.gateways.length > 0 && data.seenTo;
  }, 'the bills of the day to be read');
  await eventually(async () => {
    const reading = await api.rows(
      `SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = 'payment.fees'`,
    );
    return reading.length === 0;
  }, 'the bills to be held against the books');
  return { day, orderNo: order.orderNo };
}

async function plantedDifference(day: string, number: string): Promise<number> {
  const [row] = await console_.api.rows<{ id: number }>(
    `INSERT INTO pay_difference (gateway, day, key, kind, out_trade_no, theirs_fen, found_at)
     VALUES ('wechat-v3', $1, 'payment_unknown:' || $2, 'payment_unknown', $2, 500, $3) RETURNING id`,
    [day, number, console_.api.clock.now()],
  );
  return row?.id ?? 0;
}

it('an accountant closes a day once its two differences are resolved, and with a reason before that', async () => {
  const { day } = await dayWithBills();
  const found = [await plantedDifference(day, 'strange-1'), await plantedDifference(day, 'strange-2')];
  const page = await console_.open('/pay/closes', { as: accountant });
  const row = page.getByRole('row').filter({ hasText: day });
  await row.getByText('2 / 2 未处理').waitFor();
  expect(await row.getByText('¥99.00').count()).toBeGreaterThan(1);
  await row.click();
  const drawer = page.getByRole('dialog', { name: day, exact: true });
  await drawer.getByText('账单未取到，或还有未处理的差异').waitFor();
  await drawer.getByRole('button', { name: '结这一天' }).click();
  const asked = page.getByRole('dialog', { name: `日结 ${day}` });
  await asked.getByRole('button', { name: '结这一天' }).click();
  await asked.getByText('必填').waitFor();
  await asked.getByRole('button', { name: '取消' }).click();
  for (const id of found)
    await console_.api.call('POST', `/api/admin/pay/differences/${id}/resolve`, {
      body: { decision: 'not_ours', note: '同一商户号的另一套系统' },
      token: accountant.token,
    });
  await page.reload();
  await drawer.getByRole('button', { name: '结这一天' }).click();
  let sent = 0;
  page.on('request', (request) => (sent += request.method() === 'POST' ? 1 : 0));
  await asked.getByRole('button', { name: '结这一天' }).evaluate((button: HTMLElement) => {
    button.click();
    button.click();
  });
  await asked.waitFor({ state: 'hidden' });
  await drawer.getByText('已结').waitFor();
  await drawer.getByText(accountant.username).waitFor();
  expect(sent).toBe(1);
  expect(await drawer.getByRole('button', { name: '结这一天' }).count()).toBe(0);
  await page.context().close();
});

it('an accountant takes a month to their own books as a file, sums as numbers and days as dates', async () => {
  const { day } = await dayWithBills();
  const page = await console_.open(`/pay/closes?month=${day.slice(0, 7)}`, { as: accountant });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载明细' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`日结_${day.slice(0, 7)}.csv`);
  const [titles, ...rows] = readFileSync(await download.path(), 'utf8').split('\r\n');
  expect(titles).toBe(
    '\ufeff"日期","状态","业务线","渠道","类别","账户","期初","收入","支出","期末","手续费"',
  );
  expect(rows.find((row) => row.startsWith(`"${day}"`) && row.includes('"渠道资金","渠道资金"'))).toMatch(
    /^"[\d-]{10}","待结","训练营","微信支付","渠道资金","渠道资金","[\d.]+","99","[\d.]+","[\d.]+","[\d.]+"$/,
  );
  await page.context().close();
});

it('an entry by hand waits for somebody who did not propose it', async () => {
  const { orderNo } = await dayWithBills();
  const first = await console_.open('/pay/entries');
  await first.getByRole('button', { name: '提出分录' }).click();
  const form = first.getByRole('dialog', { name: '提出分录' });
  await form.getByLabel('订单号').fill(orderNo);
  for (const [label, account] of [
    ['借方', '代收款'],
    ['贷方', '收入'],
  ] as const) {
    await form.getByLabel(label).click();
    await first.locator('.ant-select-dropdown:visible').getByTitle(account, { exact: true }).click();
  }
  await form.getByLabel('金额').fill('12.34');
  await form.getByLabel('理由').fill('会员书面放弃部分押金');
  await form.getByRole('button', { name: '提出分录' }).click();
  await form.getByText('必填').waitFor();
  await form.getByLabel('凭证').fill('2026-11-28 的邮件');
  await form.getByRole('button', { name: '提出分录' }).click();
  await form.waitFor({ state: 'hidden' });
  const row = (page: typeof first) => page.getByRole('row').filter({ hasText: orderNo });
  await row(first).getByText('借 代收款 · 贷 收入').waitFor();
  await row(first).getByRole('button', { name: /撤回/ }).waitFor();
  expect(
    await row(first)
      .getByRole('button', { name: /确认入账/ })
      .count(),
  ).toBe(0);
  const second = await console_.open('/pay/entries?state=proposed', { as: accountant });
  await row(second)
    .getByRole('button', { name: /确认入账/ })
    .click();
  await second.getByRole('dialog').getByRole('button', { name: '确认入账' }).click();
  await row(second).waitFor({ state: 'detached' });
  await first.reload();
  await row(first).getByText('已入账').waitFor();
  await row(first).getByRole('button', { name: /冲回/ }).waitFor();
  await Promise.all([first.context().close(), second.context().close()]);
});

it('money that waits for a person is on the overview, is taken by somebody, and leads to where it is seen to', async () => {
  const { orderNo } = await suspendedMoney(console_.api);
  const page = await console_.open('/', { as: accountant });
  await page.getByRole('link', { name: /待处理资金.*合计 ¥/ }).click();
  await page.waitForURL(/\/pay\/work/);
  const row = page.getByRole('row').filter({ hasText: orderNo });
  for (const shown of ['挂账款项', '¥99.00', '不到 1 天', '无人']) await row.getByText(shown).waitFor();
  await row.getByRole('button', { name: /认领/ }).click();
  await row.getByText(accountant.username).waitFor();
  await page.getByRole('combobox', { name: '跟进' }).click();
  await page.locator('.ant-select-dropdown:visible').getByTitle('我认领的', { exact: true }).click();
  await page.waitForURL(/whose=mine/);
  await row.getByRole('link', { name: '计入订单或退回' }).click();
  await page.waitForURL(/\/pay\/suspense\?status=pending/);
  await page.getByRole('row').filter({ hasText: orderNo }).waitFor();
  await page.context().close();
});
