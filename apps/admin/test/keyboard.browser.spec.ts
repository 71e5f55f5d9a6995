import type { Page } from 'playwright-core';
import { finishedCamp, records } from '@yajin/testing/factories';
import { eventually } from '@yajin/testing/api';
import { Console } from './console.js';

/** Whoever reviews hundreds of refunds does not reach for a mouse: nothing here clicks. */

let console_: Console;
let page: Page;
beforeAll(async () => {
  console_ = await Console.start();
});
afterAll(() => console_.stop());
afterEach(() => expect(console_.errors).toEqual([]));

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Tabs on until the focus is on what is called so. */
async function tabTo(name: RegExp): Promise<void> {
  for (let count = 0; count < 80; count += 1) {
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      const label = element?.closest('label')?.textContent;
      return element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? '';
    });
    if (name.test(at)) return;
    await press('Tab');
  }
  throw new Error(`the focus never comes to ${String(name)}`);
}

/** What opens something on the page where refunds are reviewed; K with the command key. */
const OPENING = ['a', 'r', '?', 'k'];

const current = (): Promise<string | null> => page.locator('[aria-current="true"]').getAttribute('id');

it('refunds are approved, rejected, and approved in a batch by keyboard alone, from the login on', async () => {
  const { camp } = await finishedCamp(console_.api, 5);
  const ended = async (status: string): Promise<number> =>
    (await records(console_.api, camp)).filter(({ refundStatus }) => refundStatus === status).length;
  page = await console_.open('/login', { as: null });
  await page.locator('#username:focus, input:focus').first().waitFor();
  await page.keyboard.type('admin');
  await press('Tab');
  await page.keyboard.type('admin123');
  await press('Enter');
  await page.getByRole('heading', { name: '概览' }).waitFor();
  await press('Control+k');
  await page.locator('[role="combobox"]:focus').waitFor();
  await page.keyboard.type('待审核');
  await page.getByRole('option', { name: /退款 › 待审核/ }).waitFor();
  await press('Enter');
  await page.getByText('5 人待审核').waitFor();

  await press('?');
  await page.getByRole('dialog', { name: '快捷键' }).waitFor();
  await press('Escape');
  await page.getByRole('dialog', { name: '快捷键' }).waitFor({ state: 'hidden' });

  const first = await current();
  await press('j');
  expect(await current()).not.toBe(first);
  await press('k');
  expect(await current()).toBe(first);

  await press('a');
  await page.getByRole('dialog', { name: /通过退款/ }).waitFor();
  await press('Enter');
  await page.getByText('4 人待审核').waitFor();
  await eventually(async () => (await ended('success')) === 1, 'the first refund');

  await press('r');
  await page.getByRole('dialog', { name: /拒绝退款/ }).waitFor();
  await press('ArrowDown', 'Enter');
  await page.getByText('3 人待审核').waitFor();
  expect(await ended('rejected')).toBe(1);
  expect((await records(console_.api, camp)).map(({ reason }) => reason)).toContain('打卡内容不符合要求');

  await press('x', 'j', 'x');
  await page.getByText('已选 2 人').waitFor();
  await tabTo(/^批量通过$/);
  await press('Enter');
  const dialog = page.getByRole('dialog', { name: '批量通过退款' });
  await dialog.getByText('包括身份未验证的 2 人').waitFor();
  await tabTo(/^包括身份未验证的 2 人/);
  await press('Space');
  await dialog.getByRole('button', { name: '确认退款 2 人' }).waitFor();
  await tabTo(/^确认退款 2 人/);
  await press('Enter');
  await eventually(async () => (await ended('success')) === 3, 'the batch');
  await page.getByText('1 人待审核').waitFor();
});

it('A puts the cursor where a doubtful refund asks for words, though nothing may move, and not a letter is lost', async () => {
  const { camp } = await finishedCamp(console_.api, 1);
  await console_.api.rows('UPDATE camp_refund SET match_confidence = 60 WHERE camp_id = $1', [camp.id]);
  page = await console_.open(`/refunds/pending?camp=${camp.id}`);
  await page.getByRole('button', { name: /^通过/ }).waitFor();
  // A letter that an input method takes opens nothing, as others tell of it and as macOS Safari does.
  const opened = await page.evaluate(async (keys) => {
    const counts: number[] = [];
    for (const code of [{ isComposing: true }, { keyCode: 229 }])
      for (const key of keys) {
        window.dispatchEvent(new KeyboardEvent('keydown', { key, metaKey: key === 'k', ...code }));
        await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
        counts.push(document.querySelectorAll('[role="dialog"]').length);
      }
    return counts;
  }, OPENING);
  expect(opened).toEqual(Array(2 * OPENING.length).fill(0));
  await press('a');
  const dialog = page.getByRole('dialog', { name: /通过退款/ });
  await dialog.locator('input:focus').waitFor();
  await page.keyboard.type('头像一致 and more');
  expect(await dialog.getByLabel('审核备注').inputValue()).toBe('头像一致 and more');

  // The Enter that takes a candidate is kept from the form, as macOS Safari tells of it; the next one is not.
  const went = await dialog.getByLabel('审核备注').evaluate((field) => {
    const enter = { key: 'Enter', bubbles: true, cancelable: true };
    return [{ ...enter, keyCode: 229 }, enter].map((init) =>
      field.dispatchEvent(new KeyboardEvent('keydown', init)),
    );
  });
  expect(went).toEqual([false, true]);
  await press('Enter');
  await page.getByText('没有待审核的退款').waitFor();
});

it('R and Enter reject nothing: somebody has to choose why', async () => {
  const { camp } = await finishedCamp(console_.api, 1);
  page = await console_.open(`/refunds/pending?camp=${camp.id}`);
  await page.getByRole('button', { name: /^拒绝/ }).waitFor();
  const dialog = page.getByRole('dialog', { name: /拒绝退款/ });
  await press('r');
  await dialog.locator('input:focus').waitFor();
  await press('Enter');
  await dialog.getByText('请填写原因').waitFor();
  expect((await records(console_.api, camp)).map(({ auditStatus }) => auditStatus)).toEqual(['pending']);
  await press('ArrowDown', 'ArrowUp', 'Enter');
  await page.getByText('没有待审核的退款').waitFor();
  expect((await records(console_.api, camp)).map(({ reason }) => reason)).toEqual(['匹配的星球账号不是本人']);
});

describe('while a decision can be taken back', () => {
  const DIALOGS = '.ant-message, [role="dialog"]';
  beforeAll(() => console_.api.admin('PUT', '/api/admin/config', { key: 'refund.graceMinutes', value: '5' }));
  afterAll(() => console_.api.admin('PUT', '/api/admin/config', { key: 'refund.graceMinutes', value: '' }));

  it('the last one says when it takes effect and is undone by U, by its record or by its batch', async () => {
    const { camp } = await finishedCamp(console_.api, 3);
    const states = async (): Promise<string[]> =>
      (await records(console_.api, camp)).map(({ auditStatus }) => auditStatus).sort();
    page = await console_.open(`/refunds/pending?camp=${camp.id}`);
    await page.getByText('3 人待审核').waitFor();
    await press('a');
    await page
      .getByRole('dialog', { name: /通过退款/ })
      .getByText('开始退款后不能撤回')
      .waitFor();
    await page.locator('[role="dialog"] button:focus').waitFor();
    await press('Enter');
    const last = page.getByRole('region', { name: '刚才的审核' });
    await last.getByText(/^已通过 .*¥99\.00，.+ 退款$/).waitFor();
    await page.getByText('2 人待审核').waitFor();
    expect(await states()).toEqual(['approved', 'pending', 'pending']);
    await picture('undo-last');
    await press('u');
    await page.getByText('3 人待审核').waitFor();
    await last.waitFor({ state: 'hidden' });
    expect(await states()).toEqual(['pending', 'pending', 'pending']);

    await press('r');
    await page.locator('[role="dialog"] input:focus').waitFor();
    await press('Space', 'Enter');
    await last.getByText(/^已拒绝 .+ 生效$/).waitFor();
    const rejected = (await records(console_.api, camp)).find(
      ({ auditStatus }) => auditStatus === 'rejected',
    )!;
    await page.goto(`${console_.api.url}/admin/refunds/records?open=${rejected.id}`);
    const drawer = page.getByRole('dialog', { name: '退款详情' });
    await drawer.getByText(/生效，在此之前可以撤回$/).waitFor();
    await picture('undo-record');
    await drawer.getByRole('button', { name: '撤回' }).click();
    await drawer.getByRole('link', { name: '去审核' }).waitFor();

    await page.goto(`${console_.api.url}/admin/refunds/pending?camp=${camp.id}`);
    await page.getByRole('button', { name: /^选择全部符合条件/ }).click();
    await page.getByRole('button', { name: '批量通过' }).click();
    const dialog = page.getByRole('dialog', { name: '批量通过退款' });
    await dialog.getByText(/^包括身份未验证的/).click();
    await dialog.getByRole('button', { name: /^确认退款/ }).click();
    await page.getByRole('button', { name: '撤回全部 3 条' }).waitFor();
    await page.locator(DIALOGS).first().waitFor({ state: 'hidden' });
    await picture('undo-batch');
    await page.getByRole('button', { name: '撤回全部 3 条' }).click();
    await page.getByText('3 人待审核').waitFor();
    expect(await states()).toEqual(['pending', 'pending', 'pending']);
  });
});

/** Kept where somebody wants to look at them. */
async function picture(name: string): Promise<void> {
  const folder = process.env['PICTURES'];
  if (!folder) return;
  for (const [device, width, height] of [
    ['phone', 390, 844],
    ['desktop', 1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: `${folder}/${name}-${device}.png` });
  }
}
