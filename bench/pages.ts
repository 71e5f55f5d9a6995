/** Every page of the console and of the members, as a browser sees it, and how long the keys of the review page take. */
import fs from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import type pg from 'pg';
import { waitingRefunds } from '../libs/testing/src/waiting.ts';
import { findBrowser } from '../tools/check/browser.ts';
import { startDemo, type Demo } from '../tools/demo.ts';
import type { Postgres } from '../tools/postgres.ts';
import { withClient } from './databases.ts';
import { follow, interactions, observe, quiet, see, type Seen } from '../libs/testing/src/seen.ts';
import { median, type Amount } from './report.ts';

const DATABASE = 'bench_pages';
const WAITING = 1_000;
const MOST_SHIFT = 0.1;
/** What Google calls good: https://web.dev/articles/inp */
const MOST_INP_MS = 200;
const KEYS = 15;
/** A laptop of some years ago, beside the machine that this runs on. */
const SLOWER = 4;

const SIZES: Record<'desktop' | 'phone', BrowserContextOptions> = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
};
const ABOUT: BrowserContextOptions = {
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
  serviceWorkers: 'block',
};

const CONSOLE = [
  '/login',
  '/',
  '/camps',
  '/camps/new',
  '/camps/:camp',
  '/camps/:camp/edit',
  '/members',
  '/members?open=:member',
  '/checkins?camp=:camp',
  '/refunds/pending',
  '/refunds/records',
  '/refunds/unallocated',
  '/pay/orders',
  '/pay/orders?open=:order',
  '/pay/refunds',
  '/pay/suspense',
  '/pay/stops',
  '/pay/alerts',
  '/pay/work',
  '/pay/closes',
  '/pay/entries',
  '/pay/bills',
  '/pay/differences',
  '/pay/approvals',
  '/pay/course',
  '/pay/gym',
  '/pay/task',
  '/pay/work-order',
  '/reports?camp=:camp',
  '/account',
  '/system/users',
  '/system/config',
  '/system/logs',
  '/system/notifications',
  '/system/ledger',
  '/system/health',
  '/system/jobs',
];
const MEMBERS = [
  '/',
  '/?status=finished',
  '/camps/:camp',
  '/enroll/:camp',
  '/progress/:member',
  '/mine',
  '/orders/:order',
  '/my-data/:order',
  '/privacy',
];

type Say = (line: string) => void;
type Ids = Record<'camp' | 'member' | 'order', string>;

/** @param logs a folder of the caller's, for the demo's data */
export async function benchPages(server: Postgres, logs: string, say: Say): Promise<Amount[]> {
  const executablePath = findBrowser(say);
  if (executablePath === null) throw new Error('no Chromium is to be had');
  const folder = path.join(logs, 'pages');
  fs.mkdirSync(folder, { mode: 0o755 });
  await withClient(server.adminUrl, (admin) => admin.query(`CREATE DATABASE ${DATABASE}`));
  let stop: Demo['stop'] = () => Promise.resolve();
  let browser: Browser | null = null;
  try {
    const { url } = await startDemo(folder, { DATABASE_URL: server.url(DATABASE) }, (how) => (stop = how));
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
    const ids = await withClient(server.url(DATABASE), idsOf);
    const pages = await everyPage(browser, url, ids, say);
    await withClient(server.url(DATABASE), async (client) => {
      for (const statement of waitingRefunds(WAITING)) await client.query(statement);
      await client.query('ANALYZE');
    });
    return [...pages, ...(await review(browser, url))];
  } finally {
    await browser?.close();
    await stop();
  }
}

/** A member whose refund waits, so that every page of theirs has something in it. */
async function idsOf(client: pg.Client): Promise<Ids> {
  const { rows } = await client.query<Ids>(
    `SELECT m.camp_id AS camp, m.id AS member, o.order_no AS "order"
     FROM camp_member m JOIN camp c ON c.id = m.camp_id JOIN pay_order o ON o.id = m.order_id
     WHERE c.status = 'ongoing' ORDER BY m.checkin_count DESC, m.id LIMIT 1`,
  );
  if (!rows[0]) throw new Error('the demo has no members');
  return rows[0];
}

async function everyPage(browser: Browser, url: string, ids: Ids, say: Say): Promise<Amount[]> {
  const line = (cells: (string | number)[]): string =>
    `| ${String(cells[0]).padEnd(34)} | ${cells
      .slice(1)
      .map((cell) => String(cell).padStart(8))
      .join(' | ')} |`;
  say(line(['page', 'shift', 'phone', 'requests', 'kB']));
  const worst = { desktop: 0, phone: 0 };
  for (const [prefix, list] of [
    ['/admin', CONSOLE],
    ['/h5', MEMBERS],
  ] as const) {
    for (const address of list) {
      const at = url + prefix + address.replace(/:(camp|member|order)/, (_all, name: keyof Ids) => ids[name]);
      const desktop = await fresh(browser, url, 'desktop', at);
      const phone = await fresh(browser, url, 'phone', at);
      worst.desktop = Math.max(worst.desktop, desktop.shift);
      worst.phone = Math.max(worst.phone, phone.shift);
      const [shown, kB] = [
        [desktop, phone].map(({ shift }) => shift.toFixed(3)),
        Math.round(desktop.bytes / 1000),
      ];
      say(line([prefix + address, ...shown, desktop.requests, kB]));
      for (const { shift, moved } of [desktop, phone]) if (shift > MOST_SHIFT) say(`    moved: ${moved}`);
    }
  }
  return (['desktop', 'phone'] as const).map((device) => ({
    what: `layout shift of the worst page, ${device}`,
    amount: Number(worst[device].toFixed(3)),
    unit: '',
    most: MOST_SHIFT,
  }));
}

/** A page as somebody sees it who has never been here, but is logged in. */
async function fresh(browser: Browser, url: string, device: keyof typeof SIZES, at: string): Promise<Seen> {
  const page = await open(browser, url, device, at.endsWith('/login'));
  const seen = await see(page, at);
  await page.context().close();
  return seen;
}

let session: string | null = null;

async function open(
  browser: Browser,
  url: string,
  device: keyof typeof SIZES,
  stranger = false,
): Promise<Page> {
  const context = await browser.newContext({ ...ABOUT, ...SIZES[device] });
  context.setDefaultTimeout(60_000);
  session ??= await logIn(url);
  await context.addInitScript(observe);
  if (!stranger) {
    await context.addInitScript((kept) => {
      if (location.protocol.startsWith('http')) localStorage.setItem('yajin.session', kept);
    }, session);
  }
  return context.newPage();
}

async function logIn(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/admin/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password: 'admin123' }),
  });
  const { data } = (await answer.json()) as { data: object };
  return JSON.stringify(data);
}

/** A hundred rows of a thousand, on a processor made slower: keys, a checkbox, and what they ask for. */
async function review(browser: Browser, url: string): Promise<Amount[]> {
  const page = await open(browser, url, 'desktop');
  let asked = 0;
  follow(page);
  page.on('request', (request) => (asked += request.url().includes('/api/') ? 1 : 0));
  await page.goto(`${url}/admin/refunds/pending?pageSize=100`);
  const boxes = page.getByRole('list', { name: '待审核退款' }).getByRole('checkbox');
  await boxes.nth(99).waitFor();
  await quiet(page);
  // The first of each loads what it needs.
  for (const key of ['j', 'x']) await page.keyboard.press(key);
  await quiet(page);
  asked = 0;
  await page.keyboard.press('j');
  await quiet(page);
  const amounts: Amount[] = [{ what: 'requests of J', amount: asked, unit: '', most: 1 }];
  const slow = await page.context().newCDPSession(page);
  await slow.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const acts: [string, (at: number) => Promise<void>][] = [
    ['J', () => page.keyboard.press('j')],
    ['X', () => page.keyboard.press('x')],
    ['a checkbox', (at) => boxes.nth(20 + at).click()],
  ];
  for (const [name, act] of acts) {
    await interactions(page);
    for (let at = 0; at < KEYS; at += 1) {
      await act(at);
      await quiet(page);
    }
    const durations = await interactions(page);
    const what = `${name} at 100 rows, processor ${SLOWER} times slower`;
    amounts.push({ what: `${what}: median`, amount: median(durations), unit: 'ms', most: MOST_INP_MS });
    amounts.push({ what: `${what}: worst`, amount: Math.max(...durations), unit: 'ms', most: null });
  }
  await slow.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  asked = 0;
  await page.getByRole('button', { name: /^选择(全部|前)/ }).click();
  await page.getByText(/已选 1,000 人/).waitFor();
  await quiet(page);
  amounts.push({ what: 'requests of selecting 1,000', amount: asked, unit: '', most: 3 });
  asked = 0;
  await page.getByRole('button', { name: '批量通过' }).click();
  await page.getByRole('button', { name: /^确认退款/ }).waitFor();
  await quiet(page);
  amounts.push({ what: 'requests of what a batch of 1,000 shows first', amount: asked, unit: '', most: 3 });
  await page.context().close();
  return amounts;
}
