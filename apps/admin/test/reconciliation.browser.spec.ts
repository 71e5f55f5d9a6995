import { addDays, businessDate } from '@yajin/core';
import { eventually } from '@yajin/testing/api';
import { member, person, publishedCamp } from '@yajin/testing/factories';
import { operator } from '@yajin/testing/operators';
import type { Page } from 'playwright-core';
import { Console } from './console.js';
import { differingBill } from './pay.kit.js';

let console_: Console;
beforeAll(async () => {
  console_ = await Console.start({}, true);
});
afterAll(() => console_.stop());
afterEach(() => expect(console_.errors).toEqual([]));

const STRANGER = 'SHOP20261126000187';

/** Today's bill says another sum of a payment of ours, and has one of somebody else's. @returns the number of ours */
async function differingDay(): Promise<{ day: string; ours: string }> {
  const { api } = console_;
  const { orderId } = await member(api, await publishedCamp(api), person());
  const [paid] = await api.rows<{ number: string }>(
    'SELECT out_trade_no AS number FROM pay_attempt WHERE order_id = $1',
    [orderId],
  );
  const ours = paid?.number ?? '';
  const day = businessDate(api.clock.now());
  await api.control('POST', '/control/bills', {
    channel: 'wechat-v3',
    changes: [
      { change: 'amount', number: ours, fen: 9901 },
      { change: 'add', number: STRANGER, fen: 12800, at: `${day}T00:00:01` },
    ],
  });
  await api.moveClock(`${addDays(day, 1)}T11:00:00`);
  await eventually(async () => {
    const found = await api.rows('SELECT 1 FROM pay_difference WHERE day = $1', [day]);
    return found.length === 2;
  }, 'the bill to be read');
  return { day, ours };
}

/** Says in the dialog what came of it. */
async function decide(page: Page, decision: string, note: string): Promise<void> {
  const asked = page.getByRole('dialog', { name: '处理差异' });
  await asked.getByRole('radio', { name: new RegExp(`^${decision}`) }).check();
  await asked.getByLabel('理由').fill(note);
  await asked.getByRole('button', { name: '确认处理' }).click();
  await asked.waitFor({ state: 'hidden' });
}

it('an accountant finds a day with two differences, sees both sides of each, resolves them, and closes the day', async () => {
  const { day, ours } = await differingDay();
  const finance = await operator(console_.api, 'finance');
  const page = await console_.open(`/pay/bills?month=${day.slice(0, 7)}`, { as: finance });
  await page.getByRole('button', { name: `${day} · 有未处理差异 · 2 笔差异` }).click();
  await page.waitForURL(/day=/);
  const bill = page.getByRole('row').filter({ hasText: day }).filter({ hasText: '已读入' });
  await bill.getByText('¥227.01').waitFor();
  await bill.click();
  await page.getByRole('heading', { name: `微信支付 ${day} 账单` }).waitFor();
  await page.getByRole('row').filter({ hasText: STRANGER }).getByText('不在本系统').waitFor();
  await page.getByRole('link', { name: '查看差异' }).click();

  await page.getByRole('row').filter({ hasText: ours }).click();
  const drawer = page.getByRole('dialog', { name: '差异' });
  const sides = drawer.getByRole('table', { name: '双方对照' });
  const sum = sides.getByRole('row', { name: /^金额 不符/ });
  await sum.getByText('¥99.00').waitFor();
  await sum.getByText('¥99.01').waitFor();
  await drawer.getByRole('button', { name: '认领' }).click();
  await drawer.getByText(`由 ${finance.username} 跟进`).waitFor();
  expect(await drawer.getByRole('button', { name: '认领' }).count()).toBe(0);
  await drawer.getByRole('button', { name: '处理' }).click();
  const asked = page.getByRole('dialog', { name: '处理差异' });
  await asked.getByRole('button', { name: '确认处理' }).click();
  await asked.getByText('必填').first().waitFor();
  let sent = 0;
  page.on('request', (request) => (sent += request.url().endsWith('/resolve') ? 1 : 0));
  await asked.getByRole('radio', { name: /^已更正/ }).check();
  await asked.getByLabel('理由').fill('渠道多记了一分，已更正');
  await asked.getByRole('button', { name: '确认处理' }).evaluate((button: HTMLElement) => {
    button.click();
    button.click();
  });
  await asked.waitFor({ state: 'hidden' });
  await drawer.getByText('渠道多记了一分，已更正').waitFor();
  for (const happened of ['对账发现差异', '认领', '处理', '账单：付款', '本系统记为完成'])
    await drawer.getByText(happened, { exact: true }).first().waitFor();
  expect(sent).toBe(1);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: `处理 ${STRANGER}` }).click();
  await decide(page, '不属于本系统', '同一商户号的商城系统');
  await page.getByRole('row').filter({ hasText: STRANGER }).getByText('不属于本系统').waitFor();
  await page.goto(`${console_.api.url}/admin/pay/bills?month=${day.slice(0, 7)}`);
  await page.getByRole('button', { name: `${day} · 已对平` }).waitFor();

  await page.goto(`${console_.api.url}/admin/pay/closes?month=${day.slice(0, 7)}`);
  await page.getByRole('row').filter({ hasText: day }).click();
  const books = page.getByRole('dialog', { name: day, exact: true });
  await books.getByRole('button', { name: '结这一天' }).click();
  await page
    .getByRole('dialog', { name: `日结 ${day}` })
    .getByRole('button', { name: '结这一天' })
    .click();
  await books.getByText('已结').waitFor();
  await books.getByText(finance.username).waitFor();
  await page.context().close();
});

it('two differences are found by their filters in the address, and what a colleague resolved meanwhile is not resolved again', async () => {
  const { bill, open } = await differingBill(console_.api);
  const day = bill.split('/')[1] ?? '';
  const at = `/pay/differences?startDate=${day}&endDate=${day}`;
  const page = await console_.open(at);
  await page.getByText('共 2 条').waitFor();
  await page.goto(`${console_.api.url}/admin${at}&owner=-&state=open`);
  await page.getByText('共 1 条').waitFor();
  await page.getByRole('row').filter({ hasText: '付款金额不符' }).getByText('待处理').waitFor();
  await page.goto(`${console_.api.url}/admin${at}&kind=payment_missing&owner=admin`);
  await page.getByRole('row').filter({ hasText: '账单没有的付款' }).getByText('按现状接受').waitFor();
  await page.goto(`${console_.api.url}/admin${at}&open=${open}`);
  const drawer = page.getByRole('dialog', { name: '差异' });
  await drawer.getByRole('link', { name: '查看订单' }).waitFor();
  await drawer.getByRole('button', { name: '处理' }).click();
  const asked = page.getByRole('dialog', { name: '处理差异' });
  await asked.getByRole('radio', { name: /^不属于本系统/ }).check();
  await asked.getByLabel('理由').fill('我来迟了');
  await console_.api.admin('POST', `/api/admin/pay/differences/${open}/resolve`, {
    ...{ decision: 'accepted', note: '同事先处理了' },
  });
  await asked.getByRole('button', { name: '确认处理' }).click();
  await asked.getByText('该差异已处理').waitFor();
  await asked.getByRole('button', { name: /^取\s?消$/ }).click();
  await drawer.getByText('同事先处理了').waitFor();
  await page.context().close();
});

it('a bill that is not trusted says why, and is fetched again at a click, of which a second is the same', async () => {
  const { bill } = await differingBill(console_.api);
  const day = bill.split('/')[1] ?? '';
  const page = await console_.open(`/pay/bills/wechat-v2/${day}`);
  await page.getByText('取到的账单不可信，没有采用').waitFor();
  await page.getByText('账单不完整', { exact: true }).waitFor();
  await page
    .getByRole('button', { name: `重新获取 微信支付（v2） ${day} 的账单` })
    .evaluate((button: HTMLElement) => (button.click(), button.click()));
  await page.getByText('已排入，几秒内开始获取').waitFor();
  await page.getByText('当日没有交易').waitFor();
  await page.context().close();
});

it('an accountant looks at a day of the account, and says of a withdrawal that it is at the bank', async () => {
  const { bill } = await differingBill(console_.api);
  const page = await console_.open(`/pay/account?open=${encodeURIComponent(bill)}`, {
    as: await operator(console_.api, 'finance'),
  });
  const drawer = page.getByRole('dialog');
  await drawer.getByText('−¥3,000.00').first().waitFor();
  await drawer.getByText('¥2,098.41').first().waitFor();
  await page.goto(`${console_.api.url}/admin/pay/account?tab=withdrawals`);
  const row = page.getByRole('row').filter({ hasText: 'w-1' }).first();
  await row.getByText('待确认').waitFor();
  await row.getByRole('button', { name: '确认到账 w-1' }).click();
  const asked = page.getByRole('dialog');
  await asked.getByLabel('银行流水号或说明').fill('回单 2026112000417');
  await asked.getByRole('button', { name: /^确\s?认$/ }).click();
  await row.getByText('已到账').waitFor();
  await row.getByText('回单 2026112000417').waitFor();
  expect(await row.getByRole('button').count()).toBe(0);
  await page.context().close();
});

it('whoever may only look finds nothing to press, and a coach finds neither page', async () => {
  const { bill, open } = await differingBill(console_.api);
  const paths = [
    '/pay/bills',
    `/pay/bills/${bill}`,
    '/pay/account',
    '/pay/differences',
    `/pay/differences?open=${open}`,
  ];
  const page = await console_.open('/');
  await page.evaluate(() => {
    const session = JSON.parse(localStorage.getItem('yajin.session') ?? '{}') as object;
    localStorage.setItem('yajin.session', JSON.stringify({ ...session, permissions: ['pay:read'] }));
  });
  for (const path of paths) {
    await page.goto(`${console_.api.url}/admin${path}`);
    await page
      .getByText(path.includes('open=') ? '需要核实' : '微信支付')
      .first()
      .waitFor();
    expect(await page.getByRole('button', { name: /^(认领|处理|重新获取|确认到账)/ }).count()).toBe(0);
  }
  await page.context().close();
  const coach = await console_.open('/', { as: await operator(console_.api, 'coach') });
  await coach.getByRole('heading', { name: '训练营' }).waitFor();
  for (const path of paths) {
    await coach.goto(`${console_.api.url}/admin${path}`);
    await coach.getByText('无权限').first().waitFor();
  }
  await coach.context().close();
});
