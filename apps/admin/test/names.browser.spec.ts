import { finishedCamp, records } from '@yajin/testing/factories';
import { eventually } from '@yajin/testing/api';
import { TURNING, turned } from '@yajin/testing/turned';
import { Console } from './console.js';

let console_: Console;
beforeAll(async () => {
  console_ = await Console.start();
});
afterAll(() => console_.stop());

it('names of before that turn a line around leave what the console says beside them as it is', async () => {
  const { api } = console_;
  const { camp, refundIds } = await finishedCamp(api, 2);
  await api.admin('POST', `/api/admin/refunds/${refundIds[0]}/approve`, {});
  const done = await eventually(
    async () => (await records(api, camp)).find(({ refundStatus }) => refundStatus === 'success'),
    'a refund',
  );
  await api.rows('UPDATE camp SET name = $1', [TURNING]);
  await api.rows('UPDATE planet_user SET name = $1', [TURNING]);
  await api.rows('UPDATE camp_member SET filled_planet_nickname = $1, filled_wechat_nickname = $1', [
    TURNING,
  ]);
  const [{ id: memberId }] = (await api.rows<{ id: number }>('SELECT id FROM camp_member LIMIT 1')) as [
    { id: number },
  ];
  const page = await console_.open('/members');
  // First of all: what is turned around would be seen.
  await page.evaluate((name) => {
    document.body.insertAdjacentHTML('beforeend', `<p id="turned"><bdi>${name}</bdi> 12345</p>`);
  }, TURNING);
  expect(await turned(page)).toEqual([expect.stringContaining('12345 in')]);
  for (const at of [
    '/',
    '/members',
    `/members?open=${memberId}`,
    `/checkins?camp=${camp.id}`,
    `/refunds/pending?camp=${camp.id}`,
    `/refunds/pending?camp=${camp.id}&id=${refundIds[1]}`,
    `/refunds/records?open=${done.id}`,
    `/camps/${camp.id}`,
  ]) {
    await page.goto(`${console_.api.url}/admin${at}`);
    await page
      .getByText(TURNING)
      .or(page.getByText(TURNING.replace('\u2069', '')))
      .first()
      .waitFor();
    await page.waitForLoadState('networkidle');
    expect([at, await turned(page)]).toEqual([at, []]);
  }
  await page.goto(`${console_.api.url}/admin/refunds/pending?camp=${camp.id}&id=${refundIds[1]}`);
  await page.getByRole('button', { name: /^通过/ }).first().click();
  await page.getByRole('dialog').waitFor();
  expect(await turned(page)).toEqual([]);
  await page.context().close();
  expect(console_.errors).toEqual([]);
});

it('a nickname of a hundred characters pushes no column out of view; all of it is in the tooltip', async () => {
  const { api } = console_;
  const { camp } = await finishedCamp(api, 1);
  const long = '长'.repeat(100);
  await api.rows('UPDATE camp SET name = $1 WHERE id = $2', [long, camp.id]);
  await api.rows(
    'UPDATE camp_member SET filled_planet_nickname = $1, filled_wechat_nickname = $2 WHERE camp_id = $3',
    [long, '微'.repeat(100), camp.id],
  );
  const page = await console_.open('/members');
  await page.getByTitle(long).first().waitFor();
  const overflow = await page
    .locator('.ant-table-content')
    .evaluate((element) => element.scrollWidth - element.clientWidth);
  expect(overflow).toBe(0);
  expect(await page.getByTitle(`微信：${'微'.repeat(100)}`).count()).toBe(1);
  await page.getByTitle(long).first().click();
  const about = page.locator('.ant-drawer .facts').first();
  const box = await about.getByText(/^88455815/).boundingBox();
  expect(box?.height).toBeLessThan(60);
  await page.context().close();
});
