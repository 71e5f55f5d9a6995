import type { Camp } from '@yajin/contract';
import { person } from '@yajin/testing/factories';
import { agree, Phones } from './phone.js';

let phones: Phones;
beforeAll(async () => {
  phones = await Phones.start();
});
afterAll(() => phones.stop());
afterEach(() => expect(phones.errors).toEqual([]));

const consents = (campId: number) =>
  phones.api.rows<{ version: string; language: string }>(
    `SELECT s.version, s.language FROM camp_consent s JOIN camp_order o USING (order_id) WHERE o.camp_id = $1`,
    [campId],
  );

it('nobody is taken to agree: the box is empty, without it no order is placed, and what was agreed to is recorded', async () => {
  const [camp, who] = [await phones.camp(), person()];
  const page = await phones.open(`/h5/enroll/${camp.id}`);
  await page.getByLabel('星球 ID').fill(who.planetUserId);
  await page.getByLabel('星球昵称').fill(who.nickname);
  const box = page.getByRole('checkbox', { name: '我已阅读并同意' });
  expect(await box.isChecked()).toBe(false);
  await page.getByRole('button', { name: /^去支付押金/ }).click();
  await page.getByRole('alert').filter({ hasText: '请先阅读并同意' }).waitFor();
  expect(await box.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await phones.api.rows('SELECT 1 FROM camp_order WHERE camp_id = $1', [camp.id])).toEqual([]);

  // What was typed is still there after reading, in the language that was read; and nothing is ticked by that.
  await page.getByRole('link', { name: '《个人信息处理说明》' }).click();
  await page.getByRole('heading', { name: '你的权利' }).waitFor();
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Your rights' }).waitFor();
  await page.getByRole('link', { name: '返回' }).click();
  expect(await page.getByLabel('星球 ID').inputValue()).toBe(who.planetUserId);
  const english = page.getByRole('checkbox', { name: 'I have read and agree to the' });
  expect(await english.isChecked()).toBe(false);
  await english.check();
  await page.getByRole('button', { name: /^去支付押金/ }).click();
  await page.getByRole('button', { name: /^微信支付/ }).waitFor();
  const { version } = (await phones.api.call<Camp.PrivacyNotice>('GET', '/api/h5/privacy-notice')).data;
  expect(await consents(camp.id)).toEqual([{ version, language: 'en' }]);
  await page.getByRole('link', { name: '个人信息处理说明' }).click();
  await page.getByRole('heading', { name: 'Your rights' }).waitFor();
  await page.context().close();
});

it('a new version unticks the box and asks again', async () => {
  const [camp, who] = [await phones.camp(), person()];
  const page = await phones.open('/h5/');
  let outdated = true;
  await page.route('**/api/h5/privacy-notice*', async (route) => {
    if (!outdated) return route.continue();
    const body = (await (await route.fetch()).text()).replace(/"version":"[^"]+"/, '"version":"2020-01-01"');
    return route.fulfill({ body, contentType: 'application/json' });
  });
  await page.goto(`${phones.api.url}/h5/enroll/${camp.id}`);
  await page.getByLabel('星球 ID').fill(who.planetUserId);
  await page.getByLabel('星球昵称').fill(who.nickname);
  await agree(page);
  outdated = false;
  await page.getByRole('button', { name: /^去支付押金/ }).click();
  await page.getByRole('alert').filter({ hasText: '有了新的版本' }).waitFor();
  const box = page.getByRole('checkbox', { name: '我已阅读并同意' });
  await box.and(page.locator(':not(:checked)')).waitFor();
  expect(await consents(camp.id)).toEqual([]);
  await agree(page);
  await page.getByRole('button', { name: /^去支付押金/ }).click();
  await page.getByRole('button', { name: /^微信支付/ }).waitFor();
  expect(await consents(camp.id)).toHaveLength(1);
  await page.context().close();
});

it('without the notice nobody can agree, and that is said until it loads', async () => {
  const [camp, who] = [await phones.camp(), person()];
  const page = await phones.open('/h5/');
  await page.route('**/api/h5/privacy-notice*', (route) => route.abort());
  await page.goto(`${phones.api.url}/h5/enroll/${camp.id}`);
  await page.getByLabel('星球 ID').fill(who.planetUserId);
  await page.getByLabel('星球昵称').fill(who.nickname);
  await page.getByRole('button', { name: /^去支付押金/ }).click();
  await page.getByRole('alert').filter({ hasText: '还没有加载出来' }).waitFor();
  await page.unroute('**/api/h5/privacy-notice*');
  await page.getByRole('button', { name: /^去支付押金/ }).click();
  await agree(page);
  await page.getByRole('button', { name: /^去支付押金/ }).click();
  await page.getByRole('button', { name: /^微信支付/ }).waitFor();
  await page.context().close();
});
