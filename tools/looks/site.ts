/** The built pages in a real browser without a server: every answer is an invented one, and it is always the same moment. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type Page, type Route } from 'playwright-core';
import invented from './answers.json' with { type: 'json' };

const ROOT = path.join(import.meta.dirname, '../..');
const NOW = new Date('2026-11-29T19:02:40Z');
const ORIGIN = 'http://looks.invalid';
const PATIENCE_MS = 60_000;
const POSTER =
  '<svg xmlns="http://www.w3.org/2000/svg" width="750" height="422"><rect width="750" height="422" fill="#0f766e"/></svg>';

export type App = 'admin' | 'h5';
const ANSWERS: Record<string, unknown> = invented.answers;
/** The body of an answer, by `GET /path`. */
export const answers: Record<string, object> = Object.fromEntries(
  Object.entries(ANSWERS).map(([key, data]) => [
    key,
    { code: 200, message: '成功', data, timestamp: Math.floor(NOW.getTime() / 1000) },
  ]),
);

interface Shape {
  width: number;
  height: number;
  /** In place of the pages themselves, the gallery of their kit. */
  gallery?: boolean;
}

export class Site {
  /** What threw, and what nobody answers: nothing may. */
  readonly troubles: string[] = [];

  private constructor(private readonly browser: Browser) {}

  static async start(): Promise<Site> {
    const executablePath = process.env['BROWSER_PATH'];
    if (!executablePath) throw new Error('BROWSER_PATH is not set: run through npm test');
    const args = ['--no-sandbox', '--disable-dev-shm-usage'];
    return new Site(await chromium.launch({ executablePath, args }));
  }

  async stop(): Promise<void> {
    await this.browser.close();
  }

  async one(app: App, { gallery = false, ...viewport }: Shape): Promise<Page> {
    const context = await this.browser.newContext({
      viewport,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
      serviceWorkers: 'block',
    });
    context.setDefaultTimeout(PATIENCE_MS);
    context.on('weberror', (error) => this.troubles.push(String(error.error())));
    await context.clock.setFixedTime(NOW);
    await context.route(`${ORIGIN}/**`, (route) => this.answer(route, app, gallery));
    await context.addInitScript((kept) => {
      // A page before its first address keeps nothing.
      if (!location.protocol.startsWith('http')) return;
      for (const [name, value] of Object.entries(kept)) localStorage.setItem(name, JSON.stringify(value));
    }, invented.storage[app]);
    return context.newPage();
  }

  /** What draws here: of the same browser with the same fonts, a text has the same pixels. */
  async machine(): Promise<{ browser: string; text: string }> {
    const page = await this.browser.newPage({ viewport: { width: 600, height: 200 } });
    await page.setContent(
      `<body style="font: 14px system-ui, sans-serif">押金 ¥1,234.50 Refund <b>早起打卡 Bold</b><h1>训练营 gap</h1><code>tk_0O1l</code>`,
    );
    const text = createHash('sha256')
      .update(await page.screenshot())
      .digest('hex');
    await page.close();
    return { browser: this.browser.version(), text };
  }

  private async answer(route: Route, app: App, gallery: boolean): Promise<void> {
    const request = route.request();
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/api/')) {
      const key = `${request.method()} ${pathname}`;
      if (key in answers) return route.fulfill({ json: answers[key] });
      this.troubles.push(`nobody answers ${key}`);
      return route.fulfill({ status: 404, json: { code: 404, message: key, data: null } });
    }
    if (pathname.startsWith('/uploads/'))
      return route.fulfill({ contentType: 'image/svg+xml', body: POSTER });
    const folder = path.join(ROOT, 'apps', app, gallery ? 'gallery/dist' : 'dist');
    const file = path.join(folder, gallery ? pathname : pathname.replace(`/${app}/`, '/'));
    const there = fs.existsSync(file) && fs.statSync(file).isFile();
    return route.fulfill({ path: there ? file : path.join(folder, 'index.html') });
  }
}

/** Opens an address and waits until nothing changes any more. */
export async function open(page: Page, at: string): Promise<void> {
  await page.goto(ORIGIN + at);
  await page.locator('main, h1').first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

export function shoot(page: Page, fullPage: boolean): Promise<Buffer> {
  return page.screenshot({ fullPage, animations: 'disabled', caret: 'hide' });
}
