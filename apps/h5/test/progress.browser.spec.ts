import { addDays } from '@yajin/core';
import type { Page } from 'playwright-core';
import { decided, member, person, publishedCamp, type MadeCamp, type Person } from '@yajin/testing/factories';
import { Phones } from './phone.js';

let phones: Phones;
beforeAll(async () => {
  phones = await Phones.start();
});
afterAll(() => phones.stop());
afterEach(() => expect(phones.errors).toEqual([]));

/** A paid member, who nothing but the payer's WeChat can bring to this phone. */
async function enrolled(camp: MadeCamp, who: Person): Promise<number> {
  const order = await member(phones.api, camp, who);
  return (await decided(phones.api, order)).memberId!;
}

async function logIn(page: Page, who: Person): Promise<void> {
  await page.getByRole('button', { name: '微信登录' }).click();
  await page.getByRole('button', { name: who.openid }).click();
}

/** Posts check-ins at exactly these Shanghai times and reads them in. */
async function checkInAt(camp: MadeCamp, who: Person, times: string[]): Promise<void> {
  await phones.api.control('POST', '/control/planet/posts', {
    checkinId: camp.checkinId,
    posts: times.map((at, index) => ({
      userId: who.planetUserId,
      name: who.nickname,
      text: `第${index + 1}次`,
      createTime: `${at}+0800`,
    })),
  });
  await phones.api.admin('POST', `/api/admin/checkins/sync/${camp.id}`);
}

/** What the calendar says of a day. */
const dayCell = (page: Page, date: string) =>
  page.getByRole('cell', { name: `${Number(date.slice(5, 7))}月${Number(date.slice(8))}日` });

it('whoever lost everything on the phone is brought back to their progress by WeChat', async () => {
  const [camp, who, stranger] = [await publishedCamp(phones.api), person(), person()];
  const id = await enrolled(camp, who);
  const page = await phones.open(`/h5/progress/${id}`);
  await logIn(page, who);
  await page.getByRole('heading', { name: '打卡日历' }).waitFor();
  expect(new URL(page.url()).search).toBe('');
  await page.goto(`${phones.api.url}/h5/mine`);
  await page.getByRole('link', { name: '看打卡进度' }).waitFor();
  // A ticket that opens nothing any more leads there, too.
  await page.evaluate(() => {
    const orders = localStorage.getItem('yajin.h5.orders')!;
    localStorage.setItem(
      'yajin.h5.orders',
      orders.replace(/tk_[0-9a-f-]+/, 'tk_00000000-0000-4000-8000-000000000000'),
    );
  });
  await page.goto(`${phones.api.url}/h5/progress/${id}`);
  await logIn(page, who);
  await page.getByRole('heading', { name: '打卡日历' }).waitFor();

  // Somebody else's WeChat brings nothing of it.
  await enrolled(await publishedCamp(phones.api), stranger);
  const other = await phones.open(`/h5/progress/${id}`);
  await logIn(other, stranger);
  await other.waitForURL(`${phones.api.url}/**`);
  await other.getByText('看自己的进度，需要先确认是你').waitFor();
  expect(await other.getByText(camp.start).count()).toBe(0);
  await page.context().close();
  await other.context().close();
});

it('where only WeChat knows who one is, another browser says how to get there', async () => {
  const page = await (await phones.one()).newPage();
  await page.route('**/api/h5/config', async (route) => {
    const answer = await route.fetch();
    const body = (await answer.json()) as { data: object };
    await route.fulfill({ json: { ...body, data: { ...body.data, wechatOnly: true } } });
  });
  await page.goto(`${phones.api.url}/h5/mine`);
  await page.getByRole('heading', { name: '在微信里打开，就能找回报名' }).waitFor();
  await page.getByRole('button', { name: '复制链接' }).waitFor();
  expect(await page.getByRole('button', { name: '微信登录' }).count()).toBe(0);
  await page.context().close();
});

it('midnight in Shanghai decides whose day a check-in is, wherever the phone is', async () => {
  const [camp, who] = [await publishedCamp(phones.api, { startsIn: 1, days: 4, requiredDays: 3 }), person()];
  const id = await enrolled(camp, who);
  const [first, second, third] = [camp.start, addDays(camp.start, 1), addDays(camp.start, 2)];
  const context = await phones.one({ timezone: 'America/Los_Angeles' });
  const page = await context.newPage();
  await page.goto(`${phones.api.url}/h5/progress/${id}`);
  await logIn(page, who);
  await page.getByText('还没开始，共 4 天').waitFor();
  await phones.api.moveClock(`${second}T12:00:00`);
  await checkInAt(camp, who, [`${first}T23:59:59.900`, `${second}T00:00:00.000`]);
  await phones.api.moveClock(`${second}T23:59:55`);
  await page.goto(`${phones.api.url}/h5/progress/${id}`);
  await page.getByText('第 2 天，共 4 天').waitFor();
  await dayCell(page, first).getByText('已打卡').waitFor();
  await dayCell(page, second).getByText('已打卡').waitFor();
  await page.getByRole('heading', { name: '再打 1 天就达标' }).waitFor();
  await page.getByText('还有 2 天可以打卡').waitFor();
  // Nobody touches the page; the day changes.
  await page.getByText('第 3 天，共 4 天').waitFor();
  await dayCell(page, third).getByText('今天，还没打卡').waitFor();
  await page.getByText('还有 2 天可以打卡').waitFor();
  await checkInAt(camp, who, [`${third}T00:00:01.000`]);
  await page.reload();
  await page.getByRole('heading', { name: '已经达标，太棒了！' }).waitFor();
  await page.getByText('数据更新于').waitFor();
  await context.close();
});

it('without a network the last state stays, with its time, over a restart of the page too', async () => {
  const [camp, who] = [await publishedCamp(phones.api), person()];
  await enrolled(camp, who);
  const context = await phones.one({ keepsPages: true });
  const page = await context.newPage();
  await page.goto(`${phones.api.url}/h5/mine`);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await logIn(page, who);
  await page.getByRole('link', { name: '看打卡进度' }).click();
  await page.getByRole('heading', { name: '打卡日历' }).waitFor();
  expect(await page.getByText('现在连不上网络').count()).toBe(0);
  await context.setOffline(true);
  await page.reload();
  await page.getByText(/现在连不上网络，下面是 \d+月\d+日 \d\d:\d\d 看到的内容/).waitFor();
  await page.getByText('打卡满 3 天，¥99.00 原路退回').waitFor();
  await context.setOffline(false);
  await page.getByText('现在连不上网络').waitFor({ state: 'hidden' });
  await context.close();
});
