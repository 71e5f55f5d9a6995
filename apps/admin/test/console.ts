import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { mountPages } from '../../api/src/pages.js';
import { TestApi } from '@yajin/testing/api';

/** Longer than any page takes on two busy cores. */
const PATIENCE_MS = 60_000;

export interface Size {
  width: number;
  height: number;
}

export const DESKTOP: Size = { width: 1440, height: 900 };
export const PHONE: Size = { width: 375, height: 812 };

/** The built console in a real browser, on the real API. */
export class Console {
  private constructor(
    readonly api: TestApi,
    private readonly browser: Browser,
  ) {}

  static async start(overrides: Record<string, string> = {}, dayFiles = false): Promise<Console> {
    const api = await TestApi.start(
      overrides,
      (app) =>
        mountPages(app, [
          { prefix: '/admin/', folder: path.join(__dirname, '../dist') },
          // The console shows them in a frame.
          { prefix: '/h5/', folder: path.join(__dirname, '../../h5/dist') },
        ]),
      { dayFiles },
    );
    const executablePath = process.env['BROWSER_PATH'];
    if (!executablePath) throw new Error('BROWSER_PATH is not set: run through npm test');
    const browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
    });
    return new Console(api, browser);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.api.stop();
  }

  /** A browser of somebody's own, at a page; logged in unless `as` is null. */
  async open(
    at: string,
    { as = { username: 'admin', password: 'admin123' }, size = DESKTOP, dark = false }: OpenOptions = {},
  ): Promise<Page> {
    const context: BrowserContext = await this.browser.newContext({
      viewport: size,
      colorScheme: dark ? 'dark' : 'light',
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.errors.push(String(error)));
    if (as) {
      const { username, password } = as;
      const body = { username, password };
      const login = await this.api.call<object>('POST', '/api/admin/auth/login', { body });
      await page.goto(`${this.api.url}/admin/login`);
      await page.evaluate((session) => {
        window.localStorage.setItem('yajin.session', JSON.stringify(session));
      }, login.data);
    }
    await page.goto(`${this.api.url}/admin${at}`);
    return page;
  }

  /** What threw in any page: nothing may. */
  readonly errors: string[] = [];
}

interface OpenOptions {
  as?: { username: string; password: string } | null;
  size?: Size;
  dark?: boolean;
}
