import { randomUUID } from 'node:crypto';
import { fen } from '@yajin/core';
import { Refunds, type KernelAlert } from '@yajin/payment';
import { Alerts } from '@yajin/server';
import { eventually } from '@yajin/testing/api';
import { operator } from '@yajin/testing/operators';
import { Console, PHONE } from './console.js';
import { gymOrder } from './pay.kit.js';

let console_: Console;
beforeAll(async () => {
  console_ = await Console.start();
});
afterAll(() => console_.stop());
afterEach(() => expect(console_.errors).toEqual([]));

it('an alert is seen and resolved by an accountant, who says how, once; and comes up again as another one', async () => {
  const { api } = console_;
  const alerts: Alerts<KernelAlert> = api.app.get(Alerts);
  const accountant = await operator(api, 'finance');
  const page = await console_.open('/pay/alerts', { as: accountant });
  await page.getByText('没有告警').waitFor();
  const raise = (): Promise<void> =>
    alerts.raise('bill-unreadable', 'alipay 2026-11-27: the last row is cut off', {
      key: 'bill:alipay:2026-11-27',
      params: { gateway: 'alipay', day: '2026-11-27' },
    });
  await raise();
  await raise();

  await page.goto(`${api.url}/admin/`);
  await page.getByRole('link', { name: /告警待看/ }).click();
  const row = page.getByRole('row').filter({ hasText: '渠道账单无法读取' });
  await row.getByText('2 次').waitFor();
  await row.click();
  const drawer = page.getByRole('dialog', { name: '告警' });
  await drawer.getByText('最近一次，共 2 次').waitFor();
  expect(await drawer.getByRole('link', { name: '去处理' }).getAttribute('href')).toBe(
    '/admin/pay/bills/alipay/2026-11-27',
  );
  await drawer.getByRole('button', { name: '看过' }).click();
  await drawer.getByText(`${accountant.username} 看过`).waitFor();

  await drawer.getByRole('button', { name: '解决' }).click();
  const dialog = page.getByRole('dialog', { name: '解决告警' });
  await dialog.getByRole('button', { name: '解决' }).click();
  await dialog.getByText('必填').waitFor();
  await dialog.getByLabel('怎样处理的').fill('支付宝已补发账单');
  const answered = page.waitForResponse((answer) => answer.url().endsWith('/resolve') && answer.ok());
  let sent = 0;
  page.on('request', (request) => (sent += request.url().endsWith('/resolve') ? 1 : 0));
  await dialog.getByRole('button', { name: '解决' }).evaluate((button: HTMLElement) => {
    button.click();
    button.click();
  });
  await answered;
  await dialog.waitFor({ state: 'hidden' });
  expect(sent).toBe(1);
  await page.goto(`${api.url}/admin/pay/alerts?state=resolved`);
  await row.getByText(accountant.username).waitFor();
  await row.click();
  await drawer.getByText('支付宝已补发账单').waitFor();
  expect(await drawer.getByRole('button', { name: '解决' }).count()).toBe(0);

  await raise();
  await page.goto(`${api.url}/admin/pay/alerts`);
  await row.nth(1).waitFor();
  await row.first().getByText('待看').waitFor();
  await row.last().getByText('已解决').waitFor();
  await page.context().close();
});

it('refunds that failed are chosen and retried together, on a phone too, and each is sent once', async () => {
  const { api } = console_;
  await api.control('POST', '/control/faults', { refuseRefund: true });
  const ids: number[] = [];
  for (let each = 0; each < 3; each += 1) {
    const { orderNo } = await gymOrder(api);
    const [order] = await api.rows<{ id: number }>('SELECT id FROM pay_order WHERE order_no = $1', [orderNo]);
    const wanted = {
      source: `unwanted:${randomUUID()}`,
      orderId: order!.id,
      amountFen: fen(700),
      reason: 'nothing has a use for it',
    };
    const { id } = await api.db.transaction((manager) => api.app.get(Refunds).request(manager, wanted));
    ids.push(id);
  }
  const statuses = async (): Promise<string[]> =>
    (await api.rows<{ status: string }>('SELECT status FROM pay_refund WHERE id = ANY($1)', [ids])).map(
      ({ status }) => status,
    );
  const all = (status: string, what: string): Promise<unknown> =>
    eventually(async () => {
      await api.hurry();
      return (await statuses()).every((each) => each === status);
    }, what);
  await all('failed', 'the gateway to refuse them for good');
  await api.control('POST', '/control/faults', { reset: true });

  const page = await console_.open('/pay/refunds?status=failed', { size: PHONE });
  const retry = page.getByRole('button', { name: '重试选中的 0 笔' });
  await retry.waitFor();
  expect(await retry.isDisabled()).toBe(true);
  await page.getByRole('button', { name: '选择本页可重试的 3 笔' }).click();
  await page.getByRole('checkbox').first().uncheck();
  await page.getByRole('checkbox').first().check();
  await page.getByRole('button', { name: '重试选中的 3 笔' }).click();
  const asked = page.getByRole('dialog').filter({ hasText: '重试 3 笔退款，共 ¥21.00？' });
  // Meanwhile a colleague has retried one of them.
  expect((await api.admin('POST', `/api/admin/pay/refunds/${ids[0]}/retry`)).code).toBe(200);
  await asked.getByRole('button', { name: '重试' }).click();
  await page
    .getByRole('status')
    .getByText(/2 笔已重新提交.*1 笔已在处理中，没有再次提交/)
    .waitFor();
  await all('success', 'them to arrive');
  const refunds = await api.rows<{ n: number }>(
    'SELECT refunded_fen::int AS n FROM pay_attempt WHERE out_trade_no IN (SELECT out_trade_no FROM pay_refund WHERE id = ANY($1))',
    [ids],
  );
  expect(refunds).toEqual([{ n: 700 }, { n: 700 }, { n: 700 }]);
  await page.context().close();
});
