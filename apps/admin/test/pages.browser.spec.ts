import { statSync } from 'node:fs';
import { join } from 'node:path';
import { barriers } from '@yajin/testing/barriers';
import { observe, shiftOf } from '@yajin/testing/seen';
import { Console, DESKTOP, PHONE } from './console.js';
import { chineseIn, peoplesTexts } from './english.kit.js';
import { codesIn } from './plain-words.kit.js';
import { abnormalRefund, differingBill, fillLines, stopPayouts, suspendedMoney } from './pay.kit.js';

let console_: Console;
let abnormal = '';
let differing: Awaited<ReturnType<typeof differingBill>>;
beforeAll(async () => {
  console_ = await Console.start({ DEMO_DATA: 'on' }, true);
  await fillLines(console_.api);
  await suspendedMoney(console_.api);
  await stopPayouts(console_.api);
  abnormal = (await abnormalRefund(console_.api)).orderNo;
  differing = await differingBill(console_.api);
});
afterAll(() => console_.stop());

type Named =
  | 'alert'
  | 'camp'
  | 'member'
  | 'record'
  | 'order'
  | 'abnormal'
  | 'day'
  | 'booking'
  | 'bill'
  | 'month'
  | 'open'
  | 'resolved';

async function firstIds(): Promise<Record<Named, number | string>> {
  const [camp] = await console_.api.rows<{ id: number }>(
    `SELECT id FROM camp WHERE status = 'ongoing' ORDER BY id LIMIT 1`,
  );
  const [member] = await console_.api.rows<{ id: number }>(
    'SELECT id FROM camp_member WHERE camp_id = $1 LIMIT 1',
    [camp!.id],
  );
  const [record] = await console_.api.rows<{ id: number }>(
    `SELECT id FROM camp_refund ORDER BY id DESC LIMIT 1`,
  );
  const [order] = await console_.api.rows<{ order_no: string }>(
    `SELECT order_no FROM pay_order WHERE status = 'paid' LIMIT 1`,
  );
  const [alert] = await console_.api.rows<{ id: number }>('SELECT max(id) AS id FROM sys_alert');
  const [booking] = await console_.api.rows<{ id: string }>(
    `SELECT id FROM course_booking WHERE status = 'paid' LIMIT 1`,
  );
  const [last] = await console_.api.rows<{ day: string }>('SELECT max(day) AS day FROM pay_ledger');
  return {
    camp: camp!.id,
    member: member!.id,
    record: record!.id,
    order: order!.order_no,
    abnormal,
    booking: booking!.id,
    day: last!.day,
    alert: alert!.id,
    ...differing,
  };
}

const PAGES = [
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
  '/refunds/records?open=:record',
  '/refunds/unallocated',
  '/pay/orders?line=camp',
  '/pay/orders?keyword=x',
  '/pay/orders?open=:order',
  '/pay/refunds',
  '/pay/refunds?open=:abnormal',
  '/pay/suspense',
  '/pay/stops',
  '/pay/alerts',
  '/pay/alerts?open=:alert',
  '/pay/work',
  '/pay/closes',
  '/pay/closes?open=:day',
  '/pay/entries',
  '/pay/bills?month=:month',
  '/pay/bills?month=2001-01',
  '/pay/bills/:bill',
  '/pay/differences',
  '/pay/differences?open=:open',
  '/pay/differences?open=:resolved',
  '/pay/account',
  '/pay/account?tab=withdrawals',
  '/pay/account?open=:bill',
  '/pay/approvals',
  '/pay/course',
  '/pay/course?object=:booking',
  '/pay/course?tab=appointments',
  '/pay/course?tab=methods',
  '/pay/gym',
  '/pay/gym?object=1',
  '/pay/gym?tab=payments',
  '/pay/gym?tab=offers',
  '/pay/task',
  '/pay/task?object=1',
  '/pay/task?tab=transfers',
  '/pay/work-order',
  '/pay/work-order?object=3',
  '/pay/work-order?tab=refunds',
  '/pay/work-order?tab=types',
  '/reports?camp=:camp',
  '/account',
  '/system/users',
  '/system/config',
  '/system/logs',
  '/system/notifications',
  '/system/ledger',
  '/system/health',
  '/system/jobs',
  '/nowhere',
];

/** What Google calls good: https://web.dev/articles/cls */
const MOST_SHIFT = 0.1;

it.each([
  ['desktop', DESKTOP],
  ['phone', PHONE],
])(
  'on a %s, every page can be used by everybody in the light and in the dark, fits the screen, keeps its parts where they are, throws nothing, and is English in English',
  async (_, size) => {
    const ids = await firstIds();
    const page = await console_.open('/', { size });
    await page.addInitScript(observe);
    const troubles: string[] = [];
    const peoples = await peoplesTexts(console_.api);
    for (const path of PAGES) {
      const at = path.replace(/:(\w+)/g, (_all, name: Named) => String(ids[name]));
      await page.emulateMedia({ colorScheme: 'light' });
      await page.goto(`${console_.api.url}/admin${at}`);
      await page.getByRole('heading').first().waitFor();
      await page.waitForLoadState('networkidle');
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 0) troubles.push(`${path} is ${wide} px too wide`);
      const { shift, moved } = await shiftOf(page);
      if (shift > MOST_SHIFT) troubles.push(`${path} shifts by ${shift.toFixed(3)}: ${moved}`);
      troubles.push(...(await barriers(page)).map((barrier) => `${path} ${barrier}`));
      // The same page in the dark has other colours and nothing else.
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.locator('html[data-theme=dark]').waitFor();
      const unread = await barriers(page, ['color-contrast']);
      troubles.push(...unread.map((barrier) => `${path} in the dark ${barrier}`));
      if (size !== DESKTOP) continue;
      const codes = await codesIn(page, 'zh');
      troubles.push(...codes.map((said) => `${path} in Chinese says ${said}`));
      const chinese = await chineseIn(page, peoples);
      troubles.push(...chinese.map((text) => `${path} in English says ${text}`));
      const english = await codesIn(page, 'en');
      troubles.push(...english.map((said) => `${path} in English says ${said}`));
    }
    await page.context().close();
    expect(troubles).toEqual([]);
    expect(console_.errors).toEqual([]);
  },
);

function compressed(file: string): number {
  return statSync(join(__dirname, '../dist', `${file}.gz`)).size;
}

it('the console loads within its budget: 350 kB of compressed JavaScript before charts', async () => {
  const page = await console_.open('/login', { as: null });
  const scripts = new Set<string>();
  page.on('response', (response) => {
    const file = /\/admin\/(assets\/[^?]+\.js)$/.exec(response.url())?.[1];
    // What is drawn once the page stands does not keep anybody waiting.
    if (file && !/chart/.test(file)) scripts.add(file);
  });
  await page.reload({ waitUntil: 'networkidle' });
  await page.getByLabel('用户名').fill('admin');
  await page.getByLabel('密码', { exact: true }).fill('admin123');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('heading', { name: '概览' }).waitFor();
  await page.waitForLoadState('networkidle');
  const bytes = [...scripts].reduce((sum, file) => sum + compressed(file), 0);
  expect(bytes).toBeGreaterThan(200_000);
  expect(bytes).toBeLessThan(350_000);
  await page.context().close();
});

it('what draws charts is 60 kB of compressed JavaScript at most', async () => {
  const page = await console_.open('/');
  const loaded = new Set<string>();
  page.on('response', (response) => {
    const file = /\/admin\/(assets\/chart[^?]+\.js)$/.exec(response.url())?.[1];
    if (file) loaded.add(file);
  });
  await page.reload({ waitUntil: 'networkidle' });
  await page.getByRole('img', { name: /近 12 个月新增会员/ }).waitFor();
  const bytes = [...loaded].reduce((sum, file) => sum + compressed(file), 0);
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThan(60_000);
  await page.context().close();
});

it('what a phone is given to see first is a phone’s: no menu beside the page is ever drawn', async () => {
  for (const [size, drawn] of [
    [PHONE, false],
    [DESKTOP, true],
  ] as const) {
    const page = await console_.open('/members', { size });
    await page.addInitScript(() => {
      const kept = globalThis as unknown as { sider: boolean };
      kept.sider = false;
      new MutationObserver(() => {
        kept.sider ||= document.querySelector('.ant-layout-sider, table:not(.cards table)') !== null;
      }).observe(document, { childList: true, subtree: true });
    });
    await page.reload({ waitUntil: 'networkidle' });
    await page.getByRole('heading', { name: '会员' }).waitFor();
    expect(await page.evaluate(() => (globalThis as unknown as { sider: boolean }).sider)).toBe(drawn);
    await page.context().close();
  }
});
