import { eventually } from '@yajin/testing/api';
import type { Page } from 'playwright-core';
import { finishedCamp, gatewayRefunds, records } from '@yajin/testing/factories';
import { operator } from '@yajin/testing/operators';
import { Console, DESKTOP } from './console.js';
import { gymOrder } from './pay.kit.js';

let console_: Console;
beforeAll(async () => {
  console_ = await Console.start({}, true);
});
afterAll(() => console_.stop());
afterEach(() => expect(console_.errors).toEqual([]));

const SIZES = [DESKTOP, { width: 390, height: 844 }];

/** Kept where somebody wants to look at them. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}

/** How many refunds of a gateway have been begun. */
async function begun(gateway: string): Promise<number> {
  const [row] = await console_.api.rows<{ n: number }>(
    `SELECT count(*)::int AS n FROM pay_refund r JOIN pay_refund_attempt a ON a.refund_id = r.id WHERE r.gateway = $1 AND a.state <> 'created'`,
    [gateway],
  );
  return row!.n;
}

it('the stop of a gateway’s payouts holds within a second, is said wherever a payout waits, and leaves the other gateways alone', async () => {
  const { api } = console_;
  const { camp, refundIds } = await finishedCamp(api, 10);
  const through = await gymOrder(api, 'alipay');
  await api.control('POST', '/control/faults', { delayAnswersMs: { value: 300, endpoints: ['refund'] } });
  const page = await console_.open('/pay/stops');
  await page.getByRole('button', { name: '止付' }).click();
  const form = page.getByRole('dialog', { name: '止付' });
  await form.getByText('确认后立即生效').waitFor();
  await form.getByRole('button', { name: '立即止付' }).click();
  await form.getByText('必填').first().waitFor();
  await form.getByRole('combobox', { name: '支付渠道' }).click();
  await page.getByTitle('微信支付', { exact: true }).click();
  await form.getByLabel('理由').fill('商户平台提示账户异常');
  await api.admin('POST', '/api/admin/refunds/batch-approve', { refundIds: refundIds.slice(0, 5) });
  const answered = page.waitForResponse((answer) => answer.url().endsWith('/pay/stops') && answer.ok());
  let sent = 0;
  page.on('request', (request) => (sent += request.method() === 'POST' ? 1 : 0));
  await form.getByRole('button', { name: '立即止付' }).evaluate((button: HTMLElement) => {
    button.click();
    button.click();
  });
  await answered;
  const from = await begun('wechat-v3');
  await api.admin('POST', '/api/admin/refunds/batch-approve', { refundIds: refundIds.slice(5) });
  await form.waitFor({ state: 'hidden' });
  const row = page.getByRole('row').filter({ hasText: '商户平台提示账户异常' });
  await row.getByText(/笔，¥/).waitFor();
  expect(sent).toBe(1);

  // Another gateway’s go on.
  await page.goto(`${api.url}/admin/pay/gym?tab=payments&keyword=${through.orderNo}`);
  await page.getByRole('button', { name: '退款 林小满 月卡' }).click();
  const cancel = page.getByRole('dialog', { name: /^撤销 林小满 的付款/ });
  await cancel.getByLabel('退款原因（付款人可见）').fill('搬家了');
  await cancel.getByRole('button', { name: '确认退款 ¥199.00' }).click();
  await page.getByRole('row').filter({ hasText: '月卡' }).getByText('已退款').waitFor();
  await api.quiet();
  expect(await begun('wechat-v3')).toBe(from);
  expect(from).toBeLessThanOrEqual(5);

  // What waits says so and why: in the records, in its own story, and on the overview.
  await page.goto(`${api.url}/admin/refunds/records?camp=${camp.id}&refund=pending`);
  const waiting = page.getByRole('row').filter({ hasText: '已止付' });
  await waiting
    .first()
    .getByText(/admin 于 .*商户平台提示账户异常/)
    .waitFor();
  await waiting.first().click();
  const record = page.getByRole('dialog', { name: '退款详情' });
  await record.getByText('解除止付后自动继续，单号不变').waitFor();
  await record.getByRole('link', { name: '到支付中心处理' }).click();
  await page.getByRole('dialog', { name: '订单' }).getByText('解除止付后自动继续，单号不变').waitFor();
  await page.goto(`${api.url}/admin/`);
  await page.getByRole('link', { name: /止付中/ }).click();

  await page.getByRole('button', { name: '解除 微信支付' }).click();
  const asked = page.getByRole('dialog', { name: '解除止付：微信支付' });
  await asked.getByText('将立即继续发出').waitFor();
  await asked.getByLabel('理由').fill('渠道已恢复');
  await asked.getByRole('button', { name: '解除止付' }).click();
  await asked.waitFor({ state: 'hidden' });
  await eventually(async () => (await begun('wechat-v3')) === 10, 'all to be sent');
  await page.goto(`${api.url}/admin/pay/stops?state=released`);
  await page.getByRole('row').filter({ hasText: '渠道已恢复' }).getByText('已解除').waitFor();
  await page.context().close();
});

it('a refund above the limit waits for a second person, who is not the first, and arrives when they confirm it', async () => {
  const { api } = console_;
  await api.admin('PUT', '/api/admin/config', { key: 'approval.singleFen', value: 'admin=5000' });
  const { camp, orders, refundIds } = await finishedCamp(api, 1);
  const [order] = orders;
  const first = await console_.open(`/refunds/pending?camp=${camp.id}`);
  await api.admin('POST', '/api/admin/refunds/batch-approve', { refundIds });
  await first.goto(`${api.url}/admin/refunds/records?camp=${camp.id}`);
  await first
    .getByRole('row')
    .filter({ hasText: '待第二人确认' })
    .getByText(/admin 于 .*超过单笔限额/)
    .waitFor();
  await first.goto(`${api.url}/admin/`);
  await first.getByRole('link', { name: /待第二人确认/ }).click();
  await first.waitForURL(/\/pay\/approvals\?state=open/);
  const own = first.getByRole('row').filter({ hasText: order!.orderNo });
  await own.getByText('须由您以外的同事确认').waitFor();
  expect(await own.getByRole('button', { name: '确认' }).count()).toBe(0);

  const second = await console_.open('/pay/approvals?state=open', { as: await operator(api, 'manager') });
  await second.getByRole('button', { name: `确认 ${order!.orderNo}` }).click();
  const asked = second.getByRole('dialog', { name: '确认付出 ¥99.00？' });
  await asked.getByText('由 admin 申请').waitFor();
  await api.quiet();
  expect(await gatewayRefunds(api, order!)).toEqual([]);
  await asked.getByRole('button', { name: '确认付出' }).click();
  await second.getByRole('row').filter({ hasText: order!.orderNo }).waitFor({ state: 'detached' });
  await eventually(async () => (await gatewayRefunds(api, order!)).length === 1, 'it to be sent');
  await api.quiet();
  await first.goto(`${api.url}/admin/refunds/records?camp=${camp.id}&refund=success`);
  await first.getByRole('row').filter({ hasText: '¥99.00' }).getByText('已退款').waitFor();
  await first.context().close();
  await second.context().close();
  await api.admin('PUT', '/api/admin/config', { key: 'approval.singleFen', value: '' });
});

it('while the merchant’s balance is empty, record and pages say why and until when, and go on when somebody says so', async () => {
  const { api } = console_;
  const { camp, refundIds } = await finishedCamp(api, 2);
  await api.control('POST', '/control/faults', { notEnough: true });
  await api.admin('POST', '/api/admin/refunds/batch-approve', { refundIds });
  await eventually(
    async () => (await api.rows('SELECT 1 FROM pay_refund_pause')).length === 1,
    'the balance to be found empty',
  );
  await api.quiet();
  for (const size of SIZES) {
    const page = await console_.open(`/refunds/records?camp=${camp.id}&open=${refundIds[0]}`, { size });
    const drawer = page.getByRole('dialog', { name: '退款详情' });
    await drawer.getByText('微信支付：商户余额不足，退款已暂停').waitFor();
    await drawer.getByText(/\d\d:\d\d 自动试发一笔/).waitFor();
    await picture(page, `pause-record-${size.width}`);
    await page.goto(`${api.url}/admin/refunds/records?camp=${camp.id}`);
    await page.getByText('余额不足', { exact: true }).first().waitFor();
    await picture(page, `pause-records-${size.width}`);
    await page.goto(`${api.url}/admin/pay/refunds`);
    await page.getByText('微信支付：商户余额不足，退款已暂停').waitFor();
    await page.getByText('余额不足', { exact: true }).first().waitFor();
    await page.context().close();
  }
  await api.control('POST', '/control/faults', { reset: true });
  const page = await console_.open(`/refunds/records?camp=${camp.id}`);
  await page.getByRole('button', { name: '继续', exact: true }).click();
  await page.getByText('正在试发一笔，成功后其余自动继续').waitFor();
  await page.getByText('微信支付：商户余额不足，退款已暂停').waitFor({ state: 'hidden' });
  await eventually(
    async () => (await records(api, camp)).every(({ refundStatus }) => refundStatus === 'success'),
    'all to arrive',
  );
  await page.context().close();
});
