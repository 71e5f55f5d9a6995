import type { Page } from 'playwright-core';
import { person, type GatewayTrade, type MadeCamp, type Person } from '@yajin/testing/factories';
import { agree, Phones, shows } from './phone.js';

let phones: Phones;
beforeAll(async () => {
  phones = await Phones.start();
  await phones.api.control('POST', '/control/faults', { dropNotifications: true });
});
afterAll(() => phones.stop());
afterEach(() => expect(phones.errors).toEqual([]));

/** Somebody pays by the fixed code, and nobody tells us. @returns the number on their bill */
async function paidUnheard(camp: MadeCamp, who: Person, amountFen = 9900): Promise<string> {
  const body = { campId: camp.id, amountFen, openid: who.openid };
  await phones.api.control('POST', '/control/fixed-qr-payment', body);
  const trades = await phones.api.control<GatewayTrade[]>('GET', '/control/trades');
  return trades.find(({ openid }) => openid === who.openid)!.transactionId!;
}

/** The form, from where the camp's page leads to it. */
async function formOf(camp: MadeCamp, agent?: 'desktop'): Promise<Page> {
  const page = await phones.open(`/h5/camps/${camp.id}`, agent ? { agent } : {});
  await page.getByRole('link', { name: '扫收款码付过款？在这里绑定' }).click();
  await page.getByRole('heading', { name: '扫收款码付过款，还是没有？' }).waitFor();
  return page;
}

const look = (page: Page): Promise<void> =>
  page.getByRole('button', { name: '我已支付，查这笔付款' }).click();

it.each([undefined, 'desktop'] as const)(
  'whose payment was never told of enters the number on the bill and goes on to binding (%s)',
  async (agent) => {
    const [camp, who] = [await phones.camp(), person()];
    const id = await paidUnheard(camp, who);
    const page = await formOf(camp, agent);
    await page.getByText('交易单号在哪里？').click();
    await page.getByText('点「我 › 服务 › 钱包 › 账单」').waitFor();
    // As it is pasted, with spaces around and within.
    await page.getByLabel('交易单号').fill(` ${id.slice(0, 10)} ${id.slice(10)} `);
    await look(page);
    await page.waitForURL(/\/h5\/orders\/ord_/);
    await page.getByLabel('星球 ID').fill(who.planetUserId);
    await page.getByLabel('星球昵称').fill(who.nickname);
    await agree(page);
    await page.getByRole('button', { name: '完成绑定' }).click();
    expect(await shows(page, '训练营群二维码')).toBe(true);
    await page.context().close();
  },
);

it('what is wrong with the number is said at its field, before and after WeChat was asked', async () => {
  const [camp, who] = [await phones.camp(), person()];
  const id = await paidUnheard(camp, who);
  const page = await formOf(camp);
  const field = page.getByLabel('交易单号');
  for (const [typed, words] of [
    ['', '请填写交易单号'],
    ['FQ12_0123456789', '带字母的是商户单号'],
    ['4200001', '现在有 7 位'],
    ['4'.repeat(28), '没有查到这笔付款'],
  ] as const) {
    await field.fill(typed);
    await look(page);
    await page.getByRole('alert').filter({ hasText: words }).waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
  }
  await phones.api.control('POST', '/control/faults', { failBefore: ['query'] });
  await field.fill(id);
  await look(page);
  await page.getByText('不要重复付款').waitFor();
  expect(await field.getAttribute('aria-invalid')).toBe('false');
  await phones.api.control('POST', '/control/faults', { failBefore: false });
  await look(page);
  await page.getByRole('heading', { name: '押金已收到' }).waitFor();
  await page.context().close();
});

it('what leads no further in this browser is said, with what to do', async () => {
  const [camp, who] = [await phones.camp(), person()];
  const page = await formOf(camp);
  await page.getByLabel('交易单号').fill(await paidUnheard(camp, who, 1));
  await look(page);
  await page.getByText('工作人员会核对').waitFor();
  expect(new URL(page.url()).pathname).toBe('/h5/mine');
  await page.context().close();
});
