import { statSync } from 'node:fs';
import { join } from 'node:path';
import { PayerIds } from '@yajin/payment';
import type { Page } from 'playwright-core';
import { barriers } from '@yajin/testing/barriers';
import { decided, member, person } from '@yajin/testing/factories';
import { eventually } from '@yajin/testing/api';
import { fillIn, Phones, PHONE, SMALL_PHONE } from './phone.js';

let phones: Phones;
let at: Record<'camp' | 'member' | 'order' | 'unbound', string>;
const person1 = person();

beforeAll(async () => {
  phones = await Phones.start();
  const camp = await phones.camp({
    name: '21天早起打卡训练营·第四期（周末不休息）',
    description: '每天早上六点前打卡，\n坚持二十一天养成早起习惯。',
    rules: ['每天早上6:00前完成打卡', '打卡内容需包含起床时间', '连续3天未打卡视为放弃'],
    days: 21,
    requiredDays: 15,
  });
  const order = await member(phones.api, camp, person1);
  const { memberId } = await decided(phones.api, order);
  // The same payer, once more by the fixed code: waits to be bound.
  await phones.api.control('POST', '/control/fixed-qr-payment', {
    campId: (await phones.camp()).id,
    amountFen: 9900,
    openid: person1.openid,
  });
  const unbound = await eventually(
    async () =>
      (
        await phones.api.rows<{ order_no: string }>(
          `SELECT o.order_no FROM pay_order o JOIN camp_order c ON c.order_id = o.id
           WHERE o.payer_index = $1 AND c.outcome IS NOT NULL AND c.bind_status = 'pending'`,
          [phones.api.app.get(PayerIds).index(person1.openid)],
        )
      )[0],
    'the payment by the fixed code',
  );
  at = {
    camp: String(camp.id),
    member: String(memberId),
    order: order.orderNo,
    unbound: unbound.order_no,
  };
});
afterAll(() => phones.stop());

const PAGES = [
  '/h5/',
  '/h5/?status=finished',
  '/h5/camps/:camp',
  '/h5/enroll/:camp',
  '/h5/enroll/:camp?for=another',
  '/h5/enroll/:camp?for=another&planetUserId=884558154521829&sig=forged',
  '/h5/orders/:order',
  '/h5/orders/:unbound',
  '/h5/progress/:member',
  '/h5/mine',
  '/h5/mine?camp=:camp',
  '/h5/my-data/:order',
  '/h5/privacy',
  '/h5/orders/ord_of_somebody_else',
  '/h5/camps/987654321',
  '/h5/nowhere',
];

/** What is wider than the screen, what a thumb cannot hit, what keeps people out. */
async function troubles(page: Page): Promise<string[]> {
  const seen = await page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - window.innerWidth;
    const small = [...document.querySelectorAll<HTMLElement>('a, button, input, summary')]
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.height < 43.5 || box.width < 43.5))
      .map(({ element }) => `too small to hit: ${element.outerHTML.slice(0, 120)}`);
    return [...(wide > 0 ? [`${wide} px too wide`] : []), ...small];
  });
  const zoom = await page.locator('meta[name=viewport]').getAttribute('content');
  return [
    ...seen,
    ...(await barriers(page)),
    ...(/user-scalable|maximum-scale/.test(zoom ?? '') ? ['zoom is locked'] : []),
  ];
}

async function ready(page: Page): Promise<void> {
  // A long question about an order keeps the network busy.
  await page.getByRole('heading').first().waitFor();
  await page.getByLabel('正在加载').waitFor({ state: 'hidden' });
}

const SHAPES = [
  ['375×812', PHONE, 'light'],
  ['320×568, dark', SMALL_PHONE, 'dark'],
] as const;

it('every page fits the screen and the thumb, can be used by everybody, and throws nothing', async () => {
  const context = await phones.one();
  const page = await context.newPage();
  await page.goto(`${phones.api.url}/h5/mine`);
  await page.getByRole('button', { name: '微信登录' }).click();
  await page.getByRole('button', { name: person1.openid }).click();
  await page.getByRole('link', { name: '看打卡进度' }).waitFor();
  const found: string[] = [];
  const look = async (name: string): Promise<void> => {
    for (const [shape, size, colorScheme] of SHAPES) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      found.push(...(await troubles(page)).map((trouble) => `${name}, ${shape}: ${trouble}`));
    }
  };
  // First of all: a trouble would be seen.
  await page.evaluate(() => {
    document.body.insertAdjacentHTML(
      'beforeend',
      '<button style="width: 500px; height: 9px"><img /></button>',
    );
  });
  expect((await troubles(page)).length).toBeGreaterThanOrEqual(3);
  for (const path of PAGES) {
    const address = path.replace(/:(camp|member|order|unbound)/, (_all, name: keyof typeof at) => at[name]);
    await page.goto(phones.api.url + address);
    await ready(page);
    await look(path);
  }
  await page.goto(`${phones.api.url}/h5/enroll/${at.camp}?for=another`);
  await fillIn(page, 'abc', '');
  await page.getByText('星球 ID 是一串数字').waitFor();
  await look('enrol, filled in wrongly');
  await fillIn(page, '884558154521829', '小明同学');
  await page.getByRole('button', { name: /^微信支付/ }).waitFor();
  await look('pay');
  await page.goto(`${page.url()}?asked=1`);
  await page.getByRole('button', { name: '我已支付' }).waitFor();
  await look('asked');
  await page.getByRole('button', { name: '我已支付' }).click();
  await look('confirming');
  // Text twice as large.
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
  await look('confirming, large');
  for (const path of [`/h5/progress/${at.member}`, `/h5/orders/${at.unbound}`, `/h5/camps/${at.camp}`]) {
    await page.goto(phones.api.url + path);
    await page.addStyleTag({ content: 'html:root { font-size: 200% }' });
    await ready(page);
    await look(`${path}, large`);
  }
  await context.close();
  expect(found).toEqual([]);
  expect(phones.errors).toEqual([]);
});

it('the way to an order loads within its budget: 150 kB of compressed JavaScript', async () => {
  const context = await phones.one();
  const page = await context.newPage();
  const scripts = new Set<string>();
  page.on('response', (response) => {
    const file = /\/h5\/(assets\/[^?]+\.js)$/.exec(response.url())?.[1];
    if (file) scripts.add(file);
  });
  await page.goto(`${phones.api.url}/enroll/${at.camp}`);
  const { planetUserId, nickname } = person();
  await fillIn(page, planetUserId, nickname);
  await page.getByRole('button', { name: /^微信支付/ }).waitFor();
  await page.waitForLoadState('domcontentloaded');
  const bytes = [...scripts].reduce(
    (sum, file) => sum + statSync(join(__dirname, '../dist', `${file}.gz`)).size,
    0,
  );
  process.stdout.write(`the way to an order: ${Math.round(bytes / 1000)} kB of compressed JavaScript\n`);
  expect(bytes).toBeGreaterThan(60_000);
  expect(bytes).toBeLessThan(150_000);
  await context.close();
});
