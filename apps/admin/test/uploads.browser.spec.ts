import { addDays } from '@yajin/core';
import type { Page } from 'playwright-core';
import { member, person, publishedCamp, type MadeCamp, type Person } from '@yajin/testing/factories';
import { Console } from './console.js';

/** zsxq turns everybody away; a camp is filled and closed by files. */

const SIZES = [
  ['desktop', { width: 1280, height: 800 }],
  ['phone', { width: 390, height: 844 }],
] as const;

let console_: Console;
beforeAll(async () => {
  console_ = await Console.start();
  await console_.api.control('POST', '/control/settings', { planetRefusedPercent: 100 });
});
afterAll(() => console_.stop());
afterEach(() => expect(console_.errors).toEqual([]));

async function overCamp(): Promise<{ camp: MadeCamp; keeper: Person }> {
  const camp = await publishedCamp(console_.api, { days: 3, requiredDays: 2, deposit: 50 });
  const keeper = person();
  await member(console_.api, camp, keeper);
  await member(console_.api, camp, person());
  await console_.api.moveClock(`${camp.end}T03:10:00`);
  return { camp, keeper };
}

function file(lines: string[]): { name: string; mimeType: string; buffer: Buffer } {
  const text = ['昵称,日期', ...lines].join('\n');
  return { name: '第三期打卡.csv', mimeType: 'text/csv', buffer: Buffer.from(text) };
}

/** Kept where somebody wants to look at them. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}

describe.each(SIZES)('on a %s', (device, size) => {
  it('a file is shown for what it would do, imported, undone, and closes the camp', async () => {
    const { camp, keeper } = await overCamp();
    const page = await console_.open(`/checkins?camp=${camp.id}`, { size });
    const dialog = page.getByRole('dialog', { name: '导入打卡文件' });
    await page.getByRole('button', { name: '立即同步本营' }).click();
    await page.getByText(/原因：.*不支持非官方工具访问/).waitFor();
    await picture(page, `refused-${device}`);

    await page.getByRole('button', { name: '导入打卡文件' }).click();
    await picture(page, `choose-${device}`);
    await dialog
      .locator('input[type=file]')
      .setInputFiles(file([`${keeper.nickname},${camp.start}`, `没有这个人,${camp.start}`]));
    await dialog.getByText('没有已匹配的会员用这个昵称').waitFor();
    await picture(page, `preview-${device}`);
    await dialog.getByRole('button', { name: '导入 1 条打卡', exact: true }).click();
    await page.getByText('已导入 1 条打卡').waitFor();
    await dialog.waitFor({ state: 'hidden' });

    await page.getByRole('button', { name: '撤销' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '撤销' }).click();
    await page.getByText('已撤销导入').first().waitFor();

    await page.getByRole('button', { name: '导入打卡文件' }).click();
    const days = [0, 1].map((day) => `${keeper.nickname},${addDays(camp.start, day)}`);
    await dialog.locator('input[type=file]').setInputFiles(file(days));
    await dialog.getByLabel('这是本营的全部打卡，据此结营').check();
    await picture(page, `closing-${device}`);
    await dialog.getByRole('button', { name: '导入 2 条打卡并结营' }).click();
    await page.getByText('已导入 2 条打卡').waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide).toBeLessThanOrEqual(0);

    await console_.api.moveClock(`${camp.end}T03:30:00`);
    await page.reload();
    await page.getByText('据此结营').first().waitFor();
    expect(await page.getByRole('button', { name: '撤销' }).isDisabled()).toBe(true);
    await page.waitForLoadState('networkidle');
    await picture(page, `closed-${device}`);
    await page.goto(`${console_.api.url}/admin/refunds/pending?camp=${camp.id}`);
    await page.getByText(keeper.nickname).first().waitFor();
    await page.context().close();
  });

  it('a file that cannot be read says why', async () => {
    const { camp } = await overCamp();
    const page = await console_.open(`/checkins?camp=${camp.id}`, { size });
    await page.getByRole('button', { name: '导入打卡文件' }).click();
    const dialog = page.getByRole('dialog', { name: '导入打卡文件' });
    const buffer = Buffer.from('昵称\n小林');
    await dialog.locator('input[type=file]').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer });
    await dialog.getByText(/第一行没有“日期”列/).waitFor();
    await page.context().close();
  });
});
