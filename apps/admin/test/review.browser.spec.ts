import type { Page } from 'playwright-core';
import type { Camp } from '@yajin/web';
import { checkIns, records, statusOf } from '@yajin/testing/factories';
import { campOfAllLanes } from '@yajin/testing/lanes';
import { contested } from '@yajin/testing/identity';
import { eventually } from '@yajin/testing/api';
import { finish } from '@yajin/testing/matching';
import { Console } from './console.js';

/** Two members named one planet id: an operator finds them, settles it, or gives the deposit back. */

const SIZES = [
  ['desktop', { width: 1440, height: 900 }],
  ['phone', { width: 390, height: 844 }],
] as const;

const LANES = { 可直接通过: 'ready', 昵称不一致或身份未证实: 'check', 低置信度: 'low' };

/** How often the list beside it says of somebody that their link was signed. */
const signedTags = (page: Page): Promise<number> =>
  page.getByRole('list', { name: '待审核退款' }).getByText('专属链接', { exact: true }).count();

let console_: Console;
beforeAll(async () => {
  console_ = await Console.start();
});
afterAll(() => console_.stop());
afterEach(() => expect(console_.errors).toEqual([]));

async function pendingIn(query: string): Promise<Camp.PendingRefundPage> {
  return (await console_.api.admin<Camp.PendingRefundPage>('GET', `/api/admin/refunds/pending?${query}`))
    .data;
}

/** Kept where somebody wants to look at them. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}

describe.each(SIZES)('on a %s', (device, size) => {
  it('a member in review is found from the overview, and settled for them with a reason', async () => {
    const { camp, newcomer, holder, owner } = await contested(console_.api);
    const page = await console_.open('/', { size });
    await page.getByRole('link', { name: /身份待核实的会员/ }).click();
    await page.getByText('星球 ID 有争议').first().waitFor();
    await picture(page, `review-list-${device}`);
    await page.goto(`${console_.api.url}/admin/members?campId=${camp.id}&inReview=true&open=${newcomer.id}`);
    const drawer = page.getByRole('dialog').first();
    await drawer.getByText('已有另一位付款人在用').waitFor();
    await drawer.getByRole('button', { name: new RegExp(`#${holder.id}`) }).waitFor();
    await picture(page, `review-drawer-${device}`);
    await drawer.getByRole('button', { name: '核实身份' }).click();
    const dialog = page.getByRole('dialog', { name: '核实身份' });
    await dialog.getByText(`星球 ID ${owner.planetUserId} 是谁？`).waitFor();
    // Nothing is sent without a choice and a reason.
    await dialog.getByRole('button', { name: '确认核实结果' }).click();
    await dialog.getByText('请选择').waitFor();
    await dialog.getByText('请填写原因').waitFor();
    await dialog.getByRole('radio', { name: '不是这位会员' }).check();
    await dialog.getByText('他 7 天内可以重新填写').waitFor();
    await dialog.getByRole('radio', { name: '是这位会员', exact: true }).check();
    await dialog.getByText(/现在的持有人 .* 转为待核实/).waitFor();
    await dialog.getByLabel('核实依据').fill('看过星球主页');
    await picture(page, `review-settle-${device}`);
    await dialog.getByRole('button', { name: '确认核实结果' }).click();
    await page.getByText('核实完成').first().waitFor();
    await dialog.waitFor({ state: 'hidden' });
    await drawer.getByRole('button', { name: '核实身份' }).waitFor({ state: 'hidden' });
    await drawer.getByText('还有会员用这个星球 ID 付了押金').waitFor();
    await drawer.getByRole('button', { name: new RegExp(`#${holder.id}`) }).click();
    await page.getByText('已确认属于另一位会员').waitFor();
    await picture(page, `review-displaced-${device}`);
    await page.context().close();
  });

  it('a deposit in review is given back once, however often the button is clicked', async () => {
    const { camp, newcomer } = await contested(console_.api);
    const page = await console_.open(`/members?open=${newcomer.id}`, { size });
    await page.getByRole('button', { name: '退还押金' }).click();
    const dialog = page.getByRole('dialog', { name: '退还押金' });
    await dialog.getByRole('button', { name: '确认退还 ¥99.00' }).click();
    await dialog.getByText('请填写原因').waitFor();
    await dialog.getByLabel('退还原因').fill('填错了星球 ID');
    await picture(page, `review-give-back-${device}`);
    await dialog.getByRole('button', { name: '确认退还 ¥99.00' }).evaluate((button: HTMLElement) => {
      button.click();
      button.click();
    });
    await page.getByText('已提交退款，处理中').first().waitFor();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('核实后押金已退还').waitFor();
    expect(await page.getByRole('button', { name: '退还押金' }).count()).toBe(0);
    await picture(page, `review-returned-${device}`);
    await eventually(
      async () => (await statusOf(console_.api, newcomer.order)).payStatus === 'refunded',
      'the deposit to arrive',
    );
    expect(await records(console_.api, camp)).toHaveLength(1);
    await page.context().close();
  });

  it('refunds to review stand in three lanes, with a card, a filter and a count each that are what the batch then does', async () => {
    const { camp } = await campOfAllLanes(console_.api);
    const page = await console_.open('/', { size });
    for (const [name, lane] of Object.entries(LANES)) {
      const { total } = await pendingIn(`lane=${lane}`);
      const card = page.getByRole('link', { name: `待审核退款：${name}` });
      expect(await card.textContent()).toMatch(new RegExp(`${total}›$`));
      expect(await card.getAttribute('href')).toBe(`/admin/refunds/pending?lane=${lane}`);
    }
    await page.getByRole('link', { name: '待审核退款：可直接通过' }).click();
    await page.getByRole('button', { name: '可直接通过', pressed: true }).waitFor();
    await page.goto(`${console_.api.url}/admin/refunds/pending?camp=${camp.id}&lane=ready`);
    await page.getByText('2 人待审核，合计 ¥198.00').waitFor();
    const lanes = page.getByRole('group', { name: '审核通道' });
    await picture(page, `review-lanes-${device}`);
    await lanes.getByRole('button', { name: '全部 5' }).click();
    await page.getByText('5 人待审核，合计 ¥495.00').waitFor();
    for (const [name, count] of [
      ['可直接通过', 2],
      ['昵称不一致或身份未证实', 2],
      ['低置信度', 1],
    ])
      await lanes.getByRole('button', { name: `${name} ${count}` }).waitFor();
    await page.getByRole('button', { name: '选择全部符合条件（5）' }).click();
    await page.getByRole('button', { name: '批量通过' }).click();
    // What the lane counts is what the batch is about to do.
    await page.getByRole('button', { name: '确认退款 2 人 · ¥198.00' }).click();
    await lanes.getByRole('button', { name: '可直接通过 0' }).waitFor();
    await page.getByText('3 人待审核，合计 ¥297.00').waitFor();
    await page.context().close();
  });

  it('what a decision rests on does not contradict itself: an open link is not a personal one, and one state has one name', async () => {
    const { camp, list } = await campOfAllLanes(console_.api);
    const typed = list.find(
      ({ identity, lane, nicknameMismatch }) => identity === 'typed' && lane === 'check' && !nicknameMismatch,
    )!;
    const other = list.find(({ nicknameMismatch }) => nicknameMismatch)!;
    const signed = list.find(({ identity }) => identity === 'signed')!;
    const page = await console_.open(`/refunds/pending?camp=${camp.id}&id=${typed.id}`, { size });
    await page.getByText('报名链接', { exact: true }).first().waitFor();
    await page.getByText('会员手填', { exact: true }).first().waitFor();
    expect(await page.getByText('专属链接', { exact: true }).count()).toBe(
      device === 'phone' ? 0 : await signedTags(page),
    );
    await picture(page, `review-open-link-${device}`);
    await page.goto(`${console_.api.url}/admin/refunds/pending?camp=${camp.id}&id=${other.id}`);
    await page.getByRole('cell', { name: /不一致/ }).waitFor();
    await page.goto(`${console_.api.url}/admin/refunds/pending?camp=${camp.id}&id=${signed.id}`);
    await page.getByText('签名链接（不可伪造）').waitFor();
    for (const at of [`/members?campId=${camp.id}`, `/refunds/records?camp=${camp.id}`]) {
      await page.goto(`${console_.api.url}/admin${at}`);
      await page.getByText('待审核', { exact: true }).first().waitFor();
      expect(await page.getByText('待退款', { exact: true }).count()).toBe(0);
    }
    await page.context().close();
  });

  it('a refund of whose id is disputed says so, and no batch takes it', async () => {
    const { camp, owner } = await contested(console_.api, { days: 4, requiredDays: 1 });
    await checkIns(console_.api, camp, owner, 2);
    await finish(console_.api, camp);
    const page = await console_.open(`/refunds/pending?camp=${camp.id}`, { size });
    await page.getByText('星球 ID 有争议').first().waitFor();
    await page
      .getByRole('button', { name: new RegExp(owner.nickname) })
      .first()
      .click();
    await page.getByText('还有会员用这个星球 ID 付了押金').waitFor();
    await picture(page, `review-evidence-${device}`);
    await page.goto(`${console_.api.url}/admin/refunds/pending?camp=${camp.id}`);
    await page.getByRole('button', { name: /^选择全部符合条件/ }).click();
    await page.getByRole('button', { name: '批量通过' }).click();
    const dialog = page.getByRole('dialog', { name: '批量通过' });
    await dialog.getByText('星球 ID 有争议，需先核实').waitFor();
    await picture(page, `review-batch-${device}`);
    expect(await dialog.getByRole('button', { name: '没有可以通过的记录' }).isDisabled()).toBe(true);
    await page.context().close();
  });
});
