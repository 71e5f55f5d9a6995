import type { Camp } from '@yajin/contract';
import { member, payByCode, person } from '@yajin/testing/factories';
import { eventually } from '@yajin/testing/api';
import type { Page } from 'playwright-core';
import { agree, fillIn, Phones } from './phone.js';

let phones: Phones;
beforeAll(async () => {
  phones = await Phones.start();
});
afterAll(() => phones.stop());
afterEach(() => expect(phones.errors).toEqual([]));

const orderOf = (campId: number) =>
  phones.api.rows<{ identity: string | null; planet_user_id: string | null }>(
    'SELECT identity, planet_user_id FROM camp_order WHERE camp_id = $1 ORDER BY order_id DESC LIMIT 1',
    [campId],
  );

/** Logs in with WeChat and opens the payment that waits to be bound. */
async function toBind(camp: { id: number }, openid: string): Promise<Page> {
  const page = await phones.open(`/enroll/${camp.id}`);
  await page.getByRole('link', { name: '去绑定' }).click();
  await page.getByRole('button', { name: '微信登录' }).click();
  await page.getByRole('button', { name: openid }).click();
  await page.getByRole('link', { name: /去填写星球信息/ }).click();
  return page;
}

it('a forged personal link says that it proves nobody, leaves its id to be corrected, and enrols as anybody does', async () => {
  const [camp, owner, who] = [await phones.camp(), person(), person()];
  const page = await phones.open(`/enroll/${camp.id}?planetUserId=${owner.planetUserId}&sig=forged`);
  await page.getByRole('alert').filter({ hasText: '这个专属链接不完整，或者被改动过' }).waitFor();
  expect(await page.getByText('来自你的专属链接').count()).toBe(0);
  const id = page.getByLabel('星球 ID');
  expect(await id.inputValue()).toBe(owner.planetUserId);
  expect(await id.getAttribute('readonly')).toBeNull();
  await fillIn(page, who.planetUserId, who.nickname);
  await page.getByRole('button', { name: /^微信支付/ }).waitFor();
  expect(await orderOf(camp.id)).toEqual([{ identity: 'typed', planet_user_id: who.planetUserId }]);

  const links = await phones.api.admin<Camp.PersonalLinks>('POST', `/api/admin/camps/${camp.id}/links`, {
    planetUserIds: [owner.planetUserId],
  });
  const right = new URL(links.data.list[0]!.url);
  const own = await phones.open(right.pathname + right.search);
  await own.getByText('来自你的专属链接，不用填写。').waitFor();
  expect(await own.getByText('被改动过').count()).toBe(0);
  // The right signature, over somebody else's id.
  right.searchParams.set('planetUserId', who.planetUserId);
  await own.goto(phones.api.url + right.pathname + right.search);
  await own.getByText('被改动过').waitFor();
  await page.context().close();
  await own.context().close();
});

it('binding to an id that one has enrolled with already says one true thing, beside the field, and another id binds', async () => {
  const [camp, who] = [await phones.camp(), person()];
  await member(phones.api, camp, who);
  await payByCode(phones.api, camp, who);
  await eventually(
    async () =>
      (await phones.api.rows('SELECT 1 FROM camp_order WHERE camp_id = $1', [camp.id])).length === 2,
    'the second payment to be known',
  );
  const page = await toBind(camp, who.openid);
  await page.getByLabel('星球 ID').fill(who.planetUserId);
  await page.getByLabel('星球昵称').fill(who.nickname);
  await agree(page);
  await page.getByRole('button', { name: '完成绑定' }).click();
  const said = page.getByRole('alert');
  await said.filter({ hasText: '你已经用这个星球 ID 报过名了' }).waitFor();
  expect(await said.count()).toBe(1);
  expect(await page.getByLabel('星球 ID').getAttribute('aria-invalid')).toBe('true');

  const friend = person();
  await page.getByLabel('星球 ID').fill(friend.planetUserId);
  await page.getByLabel('星球昵称').fill(friend.nickname);
  await page.getByRole('button', { name: '完成绑定' }).click();
  await page.getByRole('heading', { name: '报名成功' }).waitFor();
  await page.context().close();
});

it('a planet id is checked against the planet before the camp begins, is put right by the member, and not afterwards', async () => {
  const [camp, who] = [await phones.camp(), person()];
  const wrong = { ...who, planetUserId: '99999000001' };
  await phones.api.control('POST', '/control/planet/users', {
    checkinId: camp.checkinId,
    users: [{ userId: who.planetUserId, name: who.nickname }],
  });
  await member(phones.api, camp, wrong);
  const page = await phones.open('/h5/mine');
  await page.getByRole('button', { name: '微信登录' }).click();
  await page.getByRole('button', { name: who.openid }).click();
  await page.getByRole('link', { name: /看打卡进度/ }).click();
  await page.getByText('知识星球里没有这个 ID').waitFor();
  await page.getByRole('button', { name: '填错了，改一下' }).click();
  // The button is gone: the focus goes on to what came in its place.
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('planetUserId');
  await page.getByLabel('星球 ID').fill(who.planetUserId);
  await page.getByRole('button', { name: '改成这个 ID' }).click();
  await page.getByText(`这个 ID 在知识星球的昵称是「${who.nickname}」`).waitFor();
  expect(await orderOf(camp.id)).toEqual([{ identity: 'typed', planet_user_id: who.planetUserId }]);
  await phones.api.moveClock(`${camp.start}T00:00:10`);
  await page.reload();
  await page.getByText('打卡日历').waitFor();
  // What was kept of before is shown first, then what is now.
  await page.getByText('填错了，改一下').waitFor({ state: 'detached' });
  await page.context().close();
});
