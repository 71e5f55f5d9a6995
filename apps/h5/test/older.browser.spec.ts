import fs from 'node:fs';
import path from 'node:path';
import { person } from '@yajin/testing/factories';
import { growOld, NEWER, newerIn } from './older.kit.js';
import { fillIn, payAtCashier, Phones, shows } from './phone.js';

const DIST = path.join(__dirname, '../dist');

let phones: Phones;
beforeAll(async () => {
  phones = await Phones.start();
});
afterAll(() => phones.stop());
afterEach(() => expect(phones.errors).toEqual([]));

/** Ours, or asked for by whoever calls it. */
const EXCUSED = new Set([
  // What was filled in is taken: a method of the pages' own.
  '.take()',
  // React tries it, and goes on where there is none.
  '.startViewTransition()',
]);

it('the built pages are written in what iOS 14 and Chrome 87 read, and call nothing that these do not have', () => {
  const scripts = [
    ...fs.readdirSync(path.join(DIST, 'assets')).map((name) => path.join('assets', name)),
    'sw.js',
  ].filter((name) => name.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(10);
  const newer = scripts.flatMap((name) =>
    newerIn(fs.readFileSync(path.join(DIST, name), 'utf8'))
      .filter((api) => !EXCUSED.has(api))
      .map((api) => `${name}: ${api}`),
  );
  expect(newer).toEqual([]);
});

it.each([
  ['class A { static {} }', 'syntax: '],
  ['await 1;', 'syntax: '],
  ['[1].at(-1);', '.at()'],
  ['URL.canParse("a");', '.canParse()'],
  ['AbortSignal.any([]);', '.any()'],
  ['crypto.randomUUID();', '.randomUUID()'],
  ['structuredClone({});', 'structuredClone'],
  ['new BroadcastChannel("a");', 'BroadcastChannel'],
  ['/(?<=a)b/;', 'pattern '],
])('%s is found to be newer', (source, found) => {
  expect(newerIn(source)).toEqual([expect.stringContaining(found)]);
});

it('what is asked for first, and what is old under the same name, is let through', () => {
  expect(
    newerIn(
      'typeof structuredClone === "function" && structuredClone({}); JSON.parse("1"); Promise.any([]);',
    ),
  ).toEqual([]);
});

/** All of it, but for what the one who drives the browser needs in the page. */
const TAKEN_AWAY = NEWER.replace(/^Big\w+64Array\n/gm, '');

it('a browser without anything newer than iOS 14 and Chrome 87 enrols, pays, and shows the progress', async () => {
  const [camp, who] = [await phones.camp({ name: '早起打卡营' }), person()];
  const context = await phones.one();
  await context.addInitScript(
    `if (location.pathname.startsWith('/h5/')) (${growOld.toString()})(${JSON.stringify(TAKEN_AWAY)});`,
  );
  const page = await context.newPage();
  await page.goto(`${phones.api.url}/h5/`);
  expect(await page.evaluate(() => ['at' in [], 'structuredClone' in window, 'canParse' in URL])).toEqual([
    false,
    false,
    false,
  ]);
  await page.goto(`${phones.api.url}/h5/camps/${camp.id}`);
  await page.getByRole('link', { name: '我要报名' }).click();
  await fillIn(page, who.planetUserId, who.nickname);
  await page.getByRole('timer').waitFor();
  await page.getByRole('button', { name: /^微信支付/ }).click();
  await payAtCashier(page, who.openid);
  await page.getByRole('heading', { name: '报名成功' }).waitFor();
  expect(await shows(page, '训练营群二维码')).toBe(true);
  await page.getByRole('link', { name: '查看我的打卡进度' }).click();
  await page.getByRole('heading', { name: '打卡日历' }).waitFor();
  await page.getByRole('button', { name: '取验证码' }).click();
  await page.getByRole('button', { name: '复制验证码' }).waitFor();
  await page.goto(`${phones.api.url}/h5/mine`);
  await page.getByRole('link', { name: '个人信息' }).click();
  await page.getByRole('heading', { name: '我们保存的信息' }).waitFor();
  await page.goto(`${phones.api.url}/h5/privacy`);
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  await context.close();
});
