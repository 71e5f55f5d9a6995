import type { Page } from 'playwright-core';
import { person, type MadeCamp, type Person } from '@yajin/testing/factories';
import { memberFrom } from '@yajin/testing/identity';
import { sync } from '@yajin/testing/matching';
import { agree, fillIn, payAtCashier, Phones } from './phone.js';

let phones: Phones;
beforeAll(async () => {
  phones = await Phones.start();
});
afterAll(() => phones.stop());
afterEach(() => expect(phones.errors).toEqual([]));

/** Kept where somebody wants to look at them. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES'];
  if (!folder) return;
  const size = page.viewportSize();
  for (const [device, width, height] of [
    ['phone', 390, 844],
    ['desktop', 1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: `${folder}/${name}-${device}.png`, fullPage: true });
  }
  if (size) await page.setViewportSize(size);
}

async function enrol(camp: MadeCamp, who: Person): Promise<Page> {
  const page = await phones.open(`/enroll/${camp.id}`);
  await fillIn(page, who.planetUserId, who.nickname);
  await page.getByRole('button', { name: /^微信支付/ }).click();
  await payAtCashier(page, who.openid);
  return page;
}

/** The planet user posts on the first day, and it is read. */
async function post(camp: MadeCamp, who: Person, text: string): Promise<void> {
  await phones.api.moveClock(`${camp.start}T12:00:00`);
  await phones.api.control('POST', '/control/planet/posts', {
    checkinId: camp.checkinId,
    posts: [
      {
        userId: who.planetUserId,
        name: who.nickname,
        text,
        createTime: `${camp.start}T06:00:00.000+0800`,
      },
    ],
  });
  await sync(phones.api, camp);
}

it('a member who typed their id gets a code, puts it into a check-in, and reads that they are proved', async () => {
  const [camp, who] = [await phones.camp(), person()];
  const page = await enrol(camp, who);
  await page.getByRole('link', { name: '查看我的打卡进度' }).click();
  await page.getByRole('button', { name: '取验证码' }).click();
  const code = await page.getByText(/^YJ-\w{5}-\w{5}$/).innerText();
  await post(camp, who, `打卡 ${code}`);
  await page.reload();
  await page.getByText('已验证：星球 ID 是你本人。').waitFor();
  expect(await page.getByRole('button', { name: '取验证码' }).count()).toBe(0);
  await page.context().close();
});

it('whose planet id another payer uses reads why people look, proves it by the code, and the other reads what to do', async () => {
  const [camp, who] = [await phones.camp(), person()];
  const squatter = await enrol(camp, { ...person(), planetUserId: who.planetUserId, nickname: '占用者' });
  await squatter.getByRole('heading', { name: '报名成功' }).waitFor();

  const page = await enrol(camp, who);
  await page.getByRole('heading', { name: '押金已收到，身份待核实' }).waitFor();
  await page.getByText('已经有另一位付款人在用').waitFor();
  await page.getByText(who.planetUserId).waitFor();
  await picture(page, 'contested-order');
  await page.getByRole('link', { name: '去证明是我本人' }).click();
  await page.getByRole('heading', { name: '身份待核实' }).waitFor();
  await page.getByRole('button', { name: '取验证码' }).click();
  const code = await page.getByText(/^YJ-\w{5}-\w{5}$/).innerText();
  await picture(page, 'contested-progress');
  await page.goto(`${phones.api.url}/h5/mine`);
  await page.getByRole('link', { name: '身份待核实 ›' }).click();
  await post(camp, who, `打卡 ${code}`);
  await page.reload();
  await page.getByText('已验证：星球 ID 是你本人。').waitFor();
  await page.getByRole('img', { name: '已打卡 1 天，需要 3 天' }).waitFor();

  await squatter.getByRole('link', { name: '查看我的打卡进度' }).click();
  await squatter.getByText('已确认属于另一位会员').waitFor();
  await picture(squatter, 'displaced-progress');
  await squatter.getByRole('link', { name: '改填我自己的星球 ID' }).click();
  await squatter.getByText('已确认属于另一位会员').waitFor();
  await picture(squatter, 'displaced-order');
  await squatter.getByLabel('星球 ID').fill(person().planetUserId);
  await squatter.getByLabel('星球昵称').fill('占用者');
  await agree(squatter);
  await squatter.getByRole('button', { name: '完成绑定' }).click();
  await squatter.getByRole('heading', { name: '报名成功' }).waitFor();
  await page.context().close();
  await squatter.context().close();
});

it('who binds a payment by the fixed code to an id that another uses reads it, too, and later that it was given back', async () => {
  const [camp, who, other] = [await phones.camp(), person(), person()];
  await memberFrom(phones.api, camp, other);
  await phones.api.control('POST', '/control/fixed-qr-payment', {
    campId: camp.id,
    amountFen: 9900,
    openid: who.openid,
  });
  await phones.api.quiet();
  const page = await phones.open(`/h5/mine?camp=${camp.id}`);
  await page.getByRole('button', { name: '微信登录' }).click();
  await page.getByRole('button', { name: who.openid }).click();
  await page.getByRole('link', { name: /去填写星球信息/ }).click();
  await page.getByLabel('星球 ID').fill(other.planetUserId);
  await page.getByLabel('星球昵称').fill(who.nickname);
  await agree(page);
  await page.getByRole('button', { name: '完成绑定' }).click();
  await page.getByRole('heading', { name: '押金已收到，身份待核实' }).waitFor();
  await page.getByText('已经有另一位付款人在用').waitFor();
  const [member] = await phones.api.rows<{ id: number }>(
    `SELECT id FROM camp_member WHERE camp_id = $1 AND review = 'contested'`,
    [camp.id],
  );
  await phones.api.admin('POST', `/api/admin/members/${member!.id}/return-deposit`, { reason: '填错了' });
  await phones.api.quiet();
  await page.reload();
  await page.getByRole('heading', { name: '押金已全额退回' }).waitFor();
  await page.getByText('助教核实身份后，把这笔押金退还给你').waitFor();
  await picture(page, 'returned-order');
  await page.context().close();
});
