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
