import path from 'node:path';
import { toBuffer } from 'qrcode';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { Camp } from '@yajin/contract';
import { mountPages } from '../../api/src/pages.js';
import { publishedCamp, unique, type MadeCamp } from '@yajin/testing/factories';
import { TestApi } from '@yajin/testing/api';

/** Longer than any page takes on two busy cores. */
const PATIENCE_MS = 60_000;

export interface Size {
  width: number;
  height: number;
}

export const PHONE: Size = { width: 375, height: 812 };
export const SMALL_PHONE: Size = { width: 320, height: 568 };
const DESKTOP: Size = { width: 1280, height: 800 };

const AGENTS = {
  browser:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  wechat:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.61(0x18003d2a) NetType/WIFI Language/zh_CN',
  desktop:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
};

interface PhoneOptions {
  agent?: keyof typeof AGENTS;
  size?: Size;
  dark?: boolean;
  /** Whether the pages may keep themselves for when there is no network. */
  keepsPages?: boolean;
  timezone?: string;
}

/** The built member pages in a real browser, on the real API and sandbox. */
export class Phones {
  /** What threw in any page: nothing may. */
  readonly errors: string[] = [];

  private constructor(
    readonly api: TestApi,
    private readonly browser: Browser,
  ) {}

  static async start(overrides: Record<string, string> = {}): Promise<Phones> {
    const executablePath = process.env['BROWSER_PATH'];
    if (!executablePath) throw new Error('BROWSER_PATH is not set: run through npm test');
    const api = await TestApi.start(overrides, (app) =>
      mountPages(app, [{ prefix: '/h5/', folder: path.join(__dirname, '../dist'), from: ['/enroll/*'] }]),
    );
    const browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
    });
    return new Phones(api, browser);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.api.stop();
  }

  /** Somebody's own phone, with nothing kept on it and an address of its own. */
  async one({
    agent = 'browser',
    dark = false,
    timezone,
    ...rest
  }: PhoneOptions = {}): Promise<BrowserContext> {
    const context = await this.browser.newContext({
      viewport: rest.size ?? (agent === 'desktop' ? DESKTOP : PHONE),
      userAgent: AGENTS[agent],
      hasTouch: agent !== 'desktop',
      isMobile: agent !== 'desktop',
      colorScheme: dark ? 'dark' : 'light',
      locale: 'zh-CN',
      timezoneId: timezone ?? 'Asia/Shanghai',
      reducedMotion: 'reduce',
      serviceWorkers: rest.keepsPages ? 'allow' : 'block',
      extraHTTPHeaders: { 'x-forwarded-for': `10.9.${unique() % 250}.${unique() % 250}` },
    });
    context.setDefaultTimeout(PATIENCE_MS);
    context.on('weberror', (error) => this.errors.push(String(error.error())));
    return context;
  }

  /** A new phone at an address of ours, such as `/h5/mine`. */
  async open(at: string, options: PhoneOptions = {}): Promise<Page> {
    const page = await (await this.one(options)).newPage();
    await page.goto(this.api.url + at);
    return page;
  }

  /** A published camp with a poster and a group code that can be shown. */
  async camp(options: Parameters<typeof publishedCamp>[1] = {}): Promise<MadeCamp> {
    const picture = await this.picture();
    return publishedCamp(this.api, { posterUrl: picture, groupQrcodeUrl: picture, ...options });
  }

  private async picture(): Promise<string> {
    const body = new FormData();
    const bytes = await toBuffer('https://weixin.example.com/group');
    body.append('file', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'group.png');
    const token = await this.api.adminToken();
    return (await this.api.call<Camp.UploadedImage>('POST', '/api/admin/uploads', { token, body })).data.url;
  }
}

/** Fills in the open link's form and asks for the order. */
export async function fillIn(page: Page, planetUserId: string, nickname: string): Promise<void> {
  await page.getByLabel('星球 ID').fill(planetUserId);
  await page.getByLabel('星球昵称').fill(nickname);
  await agree(page);
  await page.getByRole('button', { name: /^去支付押金/ }).click();
}

/** Ticks that the privacy notice was read. */
export async function agree(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: /^我已阅读并同意/ }).check();
}

/** Pays on the sandbox's cashier, where the page has led. */
export async function payAtCashier(page: Page, openid?: string): Promise<void> {
  if (openid !== undefined) {
    await page.getByText('换个人付款').click();
    await page.getByLabel('openid').fill(openid);
  }
  await page.getByRole('button', { name: /^支付/ }).click();
}

/** Whether an image is really there, with its pixels. */
export async function shows(page: Page, alt: string): Promise<boolean> {
  const image = page.getByAltText(alt);
  await image.waitFor();
  return image.evaluate(async (element: HTMLImageElement) => {
    await element.decode();
    return element.naturalWidth > 0;
  });
}
