/**
 * `npm run screenshots`: starts a demo of its own on free ports, with nobody in it but the demo's invented people, and makes the pictures
 * of the readme from it: docs/images/<name>.webp.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core';
import sharp from 'sharp';
import { findBrowser } from './check/browser.ts';
import { startDemo } from './demo.ts';
import { Ending } from './ending.ts';

const ROOT = path.dirname(import.meta.dirname);
const PLACE = path.join(ROOT, 'docs/images');
/** A picture that is larger has to become simpler: everybody who clones gets it. */
const MAX_BYTES = 150_000;
const PATIENCE_MS = 60_000;
const DESKTOP: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};
const ABOUT: BrowserContextOptions = {
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
  reducedMotion: 'reduce',
};

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yajin-screenshots-'));
let stopDemo: () => Promise<void> = () => Promise.resolve();
let browser: Browser | null = null;

async function clearUp(): Promise<void> {
  await browser?.close();
  await stopDemo();
  fs.rmSync(folder, { recursive: true, force: true });
}

/** A page of somebody who has just come. */
async function open(url: string, how: BrowserContextOptions): Promise<Page> {
  if (!browser) throw new Error('the browser is closed');
  const context = await browser.newContext({ ...ABOUT, ...how });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** @param shows what is there once all has been fetched */
async function take(page: Page, name: string, shows?: Locator): Promise<void> {
  await page.waitForLoadState('networkidle');
  await shows?.waitFor();
  await page.waitForFunction(() => document.querySelector('.ant-skeleton, .ant-spin-spinning') === null);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const file = path.join(PLACE, `${name}.webp`);
  await sharp(await page.screenshot())
    .webp({ quality: 80 })
    .toFile(file);
  const { size } = fs.statSync(file);
  if (size > MAX_BYTES) throw new Error(`${file} has ${size} bytes, more than ${MAX_BYTES}`);
  process.stdout.write(`${path.relative(ROOT, file)}  ${Math.round(size / 1000)} kB\n`);
}

async function takeConsole(url: string): Promise<void> {
  const page = await open(`${url}/admin/login`, DESKTOP);
  await page.getByLabel('用户名').fill('admin');
  await page.getByLabel('密码').fill('admin123');
  await page.getByRole('button', { name: /登\s*录/ }).click();
  await page.getByText('截至').waitFor();
  await page
    .getByRole('img', { name: /近 12 个月/ })
    .first()
    .waitFor();
  await take(page, 'console-overview');
  await page.goto(`${url}/admin/refunds/pending`);
  await page.getByRole('row').nth(1).click();
  await take(page, 'console-review', page.getByText('匹配依据'));
  await page.goto(`${url}/admin/pay/orders`);
  await page.getByRole('row').nth(2).click();
  await take(page, 'console-order', page.getByRole('dialog').getByText('经过'));
  await page.context().close();
}

async function takeMemberPages(url: string): Promise<void> {
  const page = await open(`${url}/h5/`, PHONE);
  await page.getByRole('link', { name: /押金/ }).first().click();
  await page.getByRole('heading').first().waitFor();
  await take(page, 'member-camp');
  await page.goto(`${url}/h5/mine`);
  await page.getByRole('button', { name: '微信登录' }).first().click();
  await page.getByRole('button', { name: /^o/ }).first().click();
  // Of a camp that is under way: one that has yet to begin has nothing to show.
  const running = page.locator('.card').filter({ hasText: '第二卷' });
  await running.getByRole('link', { name: '看打卡进度' }).click();
  await page.getByRole('heading', { name: '打卡日历' }).waitFor();
  await take(page, 'member-progress');
  await page.context().close();
}

async function main(): Promise<void> {
  const executablePath = findBrowser((line) => process.stdout.write(`${line}\n`));
  if (executablePath === null) throw new Error('no Chromium is to be had');
  fs.mkdirSync(PLACE, { recursive: true });
  // PostgreSQL may run as somebody else, out of this folder.
  fs.chmodSync(folder, 0o755);
  const { url } = await startDemo(folder, {}, (stop) => (stopDemo = stop));
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  await takeConsole(url);
  await takeMemberPages(url);
}

const ending = new Ending(clearUp);
main().then(
  () => ending.end(0),
  (error: unknown) => {
    if (!ending.hasBegun) process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    ending.end(1);
  },
);
