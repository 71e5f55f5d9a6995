import type { Camp } from '@yajin/contract';
import { member, person } from '@yajin/testing/factories';
import { eventually } from '@yajin/testing/api';
import { agree, fillIn, payAtCashier, Phones, shows } from './phone.js';

let phones: Phones;
beforeAll(async () => {
  phones = await Phones.start();
});
afterAll(() => phones.stop());
afterEach(() => expect(phones.errors).toEqual([]));

const ordersOf = (campId: number) =>
  phones.api.rows<{ identity: string; bind_method: string | null }>(
    'SELECT identity, bind_method FROM camp_order WHERE camp_id = $1',
    [campId],
  );

it('whoever has only the printed link enrols, pays, and sees the group code and their progress in a minute', async () => {
  const camp = await phones.camp();
  const who = person();
  const began = Date.now();
  const page = await phones.open(`/enroll/${camp.id}`);
  await fillIn(page, who.planetUserId, who.nickname);
  await page.getByRole('button', { name: '微信支付 ¥99.00' }).click();
  await page.waitForURL(`${phones.api.sandbox.url}/**`);
  await payAtCashier(page, who.openid);
  await page.getByRole('heading', { name: '报名成功' }).waitFor();
  expect(await shows(page, '训练营群二维码')).toBe(true);
  expect(Date.now() - began).toBeLessThan(60_000);
  await page.getByRole('link', { name: '查看我的打卡进度' }).click();
  await page.getByText('打卡满 3 天，¥99.00 原路退回').waitFor();
  await page.goto(`${phones.api.url}/enroll/${camp.id}`);
  await page.getByRole('heading', { name: '你已经报名了' }).waitFor();
  expect(await page.getByRole('button', { name: /支付/ }).count()).toBe(0);
  // An order whose payment this browser never heard of is not ordered anew, either.
  await page.evaluate(() => {
    const orders = localStorage.getItem('yajin.h5.orders')!;
    localStorage.setItem('yajin.h5.orders', orders.replace('"success"', '"pending"'));
  });
  await page.reload();
  await page.getByRole('heading', { name: '你已经报名了' }).waitFor();
  await page.context().close();
});

it('a personal link needs nothing filled in but what nobody knows yet, and binds its owner', async () => {
  const [camp, who] = [await phones.camp(), person()];
  const links = await phones.api.admin<Camp.PersonalLinks>('POST', `/api/admin/camps/${camp.id}/links`, {
    planetUserIds: [who.planetUserId],
  });
  const { pathname, search } = new URL(links.data.list[0]!.url);
  const page = await phones.open(pathname + search);
  const id = page.getByLabel('星球 ID');
  expect(await id.inputValue()).toBe(who.planetUserId);
  expect(await id.getAttribute('readonly')).not.toBeNull();
  await page.getByLabel('星球昵称').fill(who.nickname);
  await agree(page);
  await page.getByRole('button', { name: /^去支付押金/ }).click();
  await page.getByRole('button', { name: /^微信支付/ }).click();
  await payAtCashier(page);
  expect(await shows(page, '训练营群二维码')).toBe(true);
  expect(await ordersOf(camp.id)).toEqual([{ identity: 'signed', bind_method: 'dynamic_qrcode' }]);

  // Passed on to a friend, it can be left for one's own id.
  const friend = await phones.open(pathname + search);
  await friend.getByRole('link', { name: '填写我自己的星球 ID' }).click();
  await friend.getByRole('heading', { name: '填写星球信息' }).waitFor();
  expect(await friend.getByLabel('星球 ID').inputValue()).toBe('');
  await page.context().close();
  await friend.context().close();
});

it('who paid by the fixed code logs in, says who they are, and sees the group code', async () => {
  const [camp, who, other] = [await phones.camp(), person(), person()];
  await member(phones.api, camp, other);
  await phones.api.control('POST', '/control/fixed-qr-payment', {
    campId: camp.id,
    amountFen: 9900,
    openid: who.openid,
  });
  await eventually(async () => (await ordersOf(camp.id)).length === 2, 'the payment to be known');
  const page = await phones.open(`/enroll/${camp.id}`);
  await page.getByRole('link', { name: '去绑定' }).click();
  await page.getByRole('button', { name: '微信登录' }).click();
  await page.getByRole('button', { name: who.openid }).click();
  await page.getByRole('link', { name: /去填写星球信息/ }).click();
  expect(page.url()).not.toContain('code=');
  await page.getByLabel('星球 ID').fill('小明');
  await page.getByLabel('星球昵称').fill(who.nickname);
  await agree(page);
  await page.getByRole('button', { name: '完成绑定' }).click();
  await page.getByText('星球 ID 是一串数字').waitFor();
  expect(await page.getByLabel('星球 ID').getAttribute('aria-invalid')).toBe('true');
  await page.getByLabel('星球 ID').fill(who.planetUserId);
  await page.getByRole('button', { name: '完成绑定' }).click();
  expect(await shows(page, '训练营群二维码')).toBe(true);
  expect((await ordersOf(camp.id)).map((order) => order.bind_method).sort()).toEqual([
    'dynamic_qrcode',
    'user_fill',
  ]);
  await page.context().close();
});

it('a wrong planet id is told beside the field and orders nothing', async () => {
  const camp = await phones.camp();
  const page = await phones.open(`/enroll/${camp.id}`);
  await fillIn(page, '小明同学', '小明');
  const id = page.getByLabel('星球 ID');
  await page.getByText('星球 ID 是一串数字').waitFor();
  expect(await id.getAttribute('aria-invalid')).toBe('true');
  expect(await id.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.getByText('星球 ID 在哪里？').click();
  await page.getByText('找不到的话，请联系助教').waitFor();
  expect(await ordersOf(camp.id)).toEqual([]);
  await page.context().close();
});

it('who has enrolled with a planet id in this browser is told so, and a stranger gets an order like anybody', async () => {
  const [camp, who] = [await phones.camp(), person()];
  const page = await phones.open(`/enroll/${camp.id}`);
  await fillIn(page, who.planetUserId, who.nickname);
  await page.getByRole('button', { name: /^微信支付/ }).click();
  await payAtCashier(page, who.openid);
  await page.getByRole('heading', { name: '报名成功' }).waitFor();
  await page.goto(`${phones.api.url}/enroll/${camp.id}?for=another`);
  await fillIn(page, who.planetUserId, who.nickname);
  await page.getByText('你已经用这个星球账号报过名了').waitFor();
  await page.getByRole('link', { name: '找回我的报名' }).click();
  await page.getByRole('button', { name: '微信登录' }).waitFor();
  expect(await ordersOf(camp.id)).toHaveLength(1);
  const stranger = await phones.open(`/enroll/${camp.id}`);
  await fillIn(stranger, who.planetUserId, '不是我');
  await stranger.getByRole('button', { name: /^微信支付/ }).waitFor();
  expect(await ordersOf(camp.id)).toHaveLength(2);
  await page.context().close();
  await stranger.context().close();
});

it('tapping twice, or again after a lost answer, makes one order', async () => {
  const [camp, who] = [await phones.camp(), person()];
  const page = await phones.open(`/enroll/${camp.id}`);
  let lost = 0;
  await page.route('**/api/h5/payments', async (route) => {
    // The order is placed, but the phone never hears of it.
    await route.fetch();
    lost += 1;
    await route.abort();
  });
  await fillIn(page, who.planetUserId, who.nickname);
  await page.getByText('网络好像断开了').waitFor();
  await page.unroute('**/api/h5/payments');
  await page.reload();
  await page.getByLabel('星球 ID').fill(who.planetUserId);
  await page.getByLabel('星球昵称').fill(who.nickname);
  await agree(page);
  await page.getByRole('button', { name: /^去支付押金/ }).evaluate((button: HTMLElement) => {
    button.click();
    button.click();
  });
  await page.getByRole('button', { name: /^微信支付/ }).waitFor();
  expect(lost).toBe(1);
  expect(await ordersOf(camp.id)).toHaveLength(1);
  await page.goto(`${phones.api.url}/enroll/${camp.id}`);
  await page.getByRole('link', { name: '继续支付' }).click();
  await page.getByRole('button', { name: /^微信支付/ }).waitFor();
  expect(await ordersOf(camp.id)).toHaveLength(1);
  await page.context().close();
});

it('too many questions are answered kindly, with how long to wait', async () => {
  const camp = await phones.camp();
  const address = '10.8.8.8';
  for (let turn = 0; turn < 10; turn += 1)
    await phones.api.call('POST', '/api/h5/payments', { body: {}, headers: { 'x-forwarded-for': address } });
  const context = await phones.one();
  await context.setExtraHTTPHeaders({ 'x-forwarded-for': address });
  const page = await context.newPage();
  await page.goto(`${phones.api.url}/enroll/${camp.id}`);
  const who = person();
  await fillIn(page, who.planetUserId, who.nickname);
  await page.getByText(/现在访问的人有点多，请等 \d+ 秒再试/).waitFor();
  expect(await page.getByLabel('星球 ID').inputValue()).toBe(who.planetUserId);
  await context.close();
});

it('a group code whose picture does not come leaves ways to get it', async () => {
  const [camp, who] = [await phones.camp(), person()];
  const page = await phones.open(`/enroll/${camp.id}`);
  await page.route('**/uploads/**', (route) => route.abort());
  await fillIn(page, who.planetUserId, who.nickname);
  await page.getByRole('button', { name: /^微信支付/ }).click();
  await payAtCashier(page, who.openid);
  await page.getByText('二维码图片没有加载出来').waitFor();
  const [detail] = await phones.api.rows<{ url: string }>(
    'SELECT group_qrcode_url AS url FROM camp WHERE id = $1',
    [camp.id],
  );
  expect(await page.getByRole('link', { name: '直接打开图片' }).getAttribute('href')).toBe(detail!.url);
  await page.unroute('**/uploads/**');
  await page.getByRole('button', { name: '重新加载' }).click();
  expect(await shows(page, '训练营群二维码')).toBe(true);
  await page.context().close();
});

it('the Enter that takes a candidate of an input method sends no form, as macOS Safari tells of it', async () => {
  const camp = await phones.camp();
  const page = await phones.open(`/enroll/${camp.id}`);
  const [taken, meant] = await page.getByLabel('星球昵称').evaluate((field) => {
    const enter = { key: 'Enter', bubbles: true, cancelable: true };
    return [{ ...enter, keyCode: 229 }, enter].map((init) =>
      field.dispatchEvent(new KeyboardEvent('keydown', init)),
    );
  });
  expect([taken, meant]).toEqual([false, true]);
  await page.context().close();
});
