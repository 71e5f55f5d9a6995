import { payAtCashier, fillIn, Phones } from './phone.js';
import { person } from '../../api/test/factories.js';
import { sync } from '../../api/test/matching.js';

let phones: Phones;
beforeAll(async () => {
  phones = await Phones.start();
}, 60_000);
afterAll(() => phones.stop());
afterEach(() => expect(phones.errors).toEqual([]));

it('a member who typed their id gets a code, puts it into a check-in, and reads that they are proved', async () => {
  const [camp, who] = [await phones.camp(), person()];
  const page = await phones.open(`/enroll/${camp.id}`);
  await fillIn(page, who.planetUserId, who.nickname);
  await page.getByRole('button', { name: /^微信支付/ }).click();
  await payAtCashier(page, who.openid);
  await page.getByRole('link', { name: '查看我的打卡进度' }).click();
  await page.getByRole('button', { name: '取验证码' }).click();
  const code = await page.getByText(/^YJ-\w{5}-\w{5}$/).innerText();
  await phones.api.moveClock(`${camp.start}T12:00:00`);
  await phones.api.control('POST', '/control/planet/posts', {
    checkinId: camp.checkinId,
    posts: [
      {
        userId: who.planetUserId,
        name: who.nickname,
        text: `打卡 ${code}`,
        createTime: `${camp.start}T06:00:00.000+0800`,
      },
    ],
  });
  await sync(phones.api, camp);
  await page.reload();
  await page.getByText('已验证：星球 ID 是你本人。').waitFor();
  expect(await page.getByRole('button', { name: '取验证码' }).count()).toBe(0);
  await page.context().close();
});
