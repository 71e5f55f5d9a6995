import type { Page } from 'playwright-core';
import { eventually } from '@yajin/testing/api';
import { finishedCamp, statusOf, type MadeCamp } from '@yajin/testing/factories';
import type { Camp } from '@yajin/contract';
import { Phones } from './phone.js';

const CONTACT = '助教微信：yajin-help';
const REASON = '三天的内容与他人重复，经核实不计入';

let phones: Phones;
let camp: MadeCamp;
let orders: Camp.CreatedPayment[];
let refundIds: number[];
beforeAll(async () => {
  phones = await Phones.start();
  ({ camp, orders, refundIds } = await finishedCamp(phones.api, 4));
});
afterAll(() => phones.stop());
afterEach(() => expect(phones.errors).toEqual([]));

/** The phone of whoever placed an order. */
async function phoneOf(order: Camp.CreatedPayment): Promise<Page> {
  const { memberId } = await statusOf(phones.api, order);
  const known = {
    orderNo: order.orderNo,
    ticket: order.accessToken,
    campId: camp.id,
    campName: '早起打卡营',
    payStatus: 'success',
    bindStatus: 'completed',
    memberId,
    at: 1,
    heardAt: 1,
    payTime: null,
  };
  const page = await phones.open('/h5/');
  await page.evaluate((orders) => localStorage.setItem('yajin.h5.orders', JSON.stringify(orders)), {
    [order.orderNo]: known,
  });
  await page.goto(`${phones.api.url}/h5/mine`);
  return page;
}

const fact = (page: Page, name: string) => page.locator('dl div').filter({ hasText: name }).locator('dd');

/** What both pages of a member say about the refund. */
async function bothSay(order: Camp.CreatedPayment, facts: Record<string, RegExp | string>): Promise<Page> {
  const page = await phoneOf(order);
  const says = async (): Promise<void> => {
    for (const [name, value] of Object.entries(facts))
      await fact(page, name).filter({ hasText: value }).first().waitFor();
  };
  await says();
  await page.getByRole('link', { name: '看打卡进度' }).click();
  await page.getByRole('heading', { name: '押金退款' }).waitFor();
  await says();
  return page;
}

const set = (value: string): Promise<unknown> =>
  phones.api.admin('PUT', '/api/admin/config', { key: 'member.contact', value });

it('whoever waits for a refund reads its state, amount, date and number, in 我的报名 and beside the progress', async () => {
  const waiting = await bothSay(orders[0]!, {
    退款: '等待审核',
    金额: '¥99.00',
    提交时间: /\d{4}年\d+月\d+日 \d\d:\d\d/,
    退款编号: String(refundIds.toSorted((a, b) => a - b)[0]),
  });
  await waiting.context().close();

  await phones.api.admin('POST', `/api/admin/refunds/${(await listed(orders[1]!)).id}/approve`, {});
  await eventually(
    async () => (await listed(orders[1]!)).refundStatus === 'success',
    'the money to be on the payer’s account',
  );
  const paid = await bothSay(orders[1]!, {
    退款: '已退回',
    金额: '¥99.00',
    到账时间: /\d{4}年\d+月\d+日 \d\d:\d\d/,
    微信退款单号: /^\d{10,}$/,
  });
  await paid.context().close();
});

it('whoever is rejected reads why, as the operator was told; a reason nobody said members read stays inside', async () => {
  await set(CONTACT);
  const reject = (order: Camp.CreatedPayment, body: Camp.RejectRefundRequest): Promise<unknown> =>
    listed(order).then(({ id }) => phones.api.admin('POST', `/api/admin/refunds/${id}/reject`, body));
  await reject(orders[2]!, { reason: REASON, tellMember: true });
  await reject(orders[3]!, { reason: '疑似团伙，见内部记录' });
  const told = await bothSay(orders[2]!, { 退款: '没有通过', 原因: REASON, 审核时间: /年/ });
  await told.getByText('审核没有通过，原因见下面').waitFor();
  await told.context().close();
  const untold = await bothSay(orders[3]!, { 退款: '没有通过' });
  await untold.getByText('审核没有通过。如果有疑问').waitFor();
  expect(await untold.getByText('团伙').count()).toBe(0);

  // Where the page says to ask the coaches, it says where they are, and gives it along.
  await untold.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await untold.getByText(CONTACT).first().waitFor();
  await untold.getByRole('button', { name: '复制' }).first().click();
  await untold.getByRole('button', { name: '已复制' }).first().waitFor();
  expect(await untold.evaluate(() => navigator.clipboard.readText())).toBe('yajin-help');
  await untold.goto(`${phones.api.url}/h5/mine`);
  await untold.getByText(CONTACT).waitFor();
  await set('');
  await untold.reload();
  await untold.getByText('助教在知识星球和训练营群里').waitFor();
  await untold.context().close();
});

async function listed(order: Camp.CreatedPayment): Promise<{ id: number; refundStatus: string }> {
  const status = await statusOf(phones.api, order);
  return status.refund!;
}
