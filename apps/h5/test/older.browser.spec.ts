import fs from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { person } from '@yajin/testing/factories';
import { growOld, NEWER, newerIn, newerStylesIn, oldStyles } from './older.kit.js';
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

const EXCUSED_STYLES = new Set([
  // The ring of whatever has the focus: where this is not known, it is the browser's own.
  ':focus-visible',
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

it('the built styles ask for nothing that iOS 14 or Chrome 87 does not have, but where there is something in its place', () => {
  const folder = path.join(DIST, 'assets');
  const sheets = fs.readdirSync(folder).filter((name) => name.endsWith('.css'));
  expect(sheets.length).toBeGreaterThan(1);
  const newer = sheets.flatMap((name) =>
    newerStylesIn(fs.readFileSync(path.join(folder, name), 'utf8'))
      .filter((style) => !EXCUSED_STYLES.has(style))
      .map((style) => `${name}: ${style}`),
  );
  expect(newer).toEqual([]);
});

it.each([
  ['a { display: flex; gap: 1px }', ['gap of flex']],
  ['a { display: grid; gap: 1px }', []],
  ['a { aspect-ratio: 1 }', ['aspect-ratio']],
  ['@supports (aspect-ratio: 1) { a { aspect-ratio: 1 } }', []],
  ['@supports not (aspect-ratio: 1) { a { overflow-x: clip } }', ['overflow-x: clip']],
  ['a { overflow-wrap: anywhere }', ['overflow-wrap: anywhere']],
  ['a { height: 100dvh }', ['1dvh']],
  ['a { height: 100vh; height: 100dvh }', []],
  ['a { appearance: none }', ['appearance']],
  ['a { -webkit-appearance: none; appearance: none }', []],
  ['a:is(b) { color: color-mix(in srgb, red, blue) }', [':is', 'color-mix()']],
])('of the style %s what is newer is found', (source, found) => {
  expect(newerStylesIn(source)).toEqual(found);
});

/** Where everything stands once its pictures are there. */
function places(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    await Promise.all([...document.images].map((image) => image.decode()));
    return [...document.querySelectorAll('main, main *, .foot')].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return `${element.tagName}.${element.getAttribute('class')} ${[x, y, width, height].map((one) => one.toFixed(1)).join(' ')}`;
    });
  });
}

/** What stands elsewhere where styles are read as the oldest browsers read them. */
async function movedWhereOld(page: Page): Promise<string[]> {
  const now = await places(page);
  expect(now.length).toBeGreaterThan(5);
  const sheets = await page.evaluate(() =>
    Promise.all(
      [...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')].map(async ({ href }) =>
        (await fetch(href)).text(),
      ),
    ),
  );
  await page.evaluate(
    (styles) => {
      for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]'))
        link.disabled = true;
      document.head.append(
        Object.assign(document.createElement('style'), { id: 'old', textContent: styles }),
      );
    },
    oldStyles(sheets.join('\n')),
  );
  const old = await places(page);
  await page.evaluate(() => {
    document.getElementById('old')?.remove();
    for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]'))
      link.disabled = false;
  });
  return old.flatMap((place, at) => (place === now[at] ? [] : `${now[at]} → ${place}`));
}

/** All of it, but for what the one who drives the browser needs in the page. */
const TAKEN_AWAY = NEWER.replace(/^Big\w+64Array\n/gm, '');

it('a browser without anything newer than iOS 14 and Chrome 87 enrols, pays, shows the progress, and draws each page alike', async () => {
  const name = '早起打卡营';
  const [camp, who] = [await phones.camp({ name }), person()];
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
  const looksAlike = async (): Promise<void> => expect(await movedWhereOld(page)).toEqual([]);
  await page.getByRole('heading', { name }).waitFor();
  await looksAlike();
  await page.goto(`${phones.api.url}/h5/camps/${camp.id}`);
  await page.getByRole('heading', { name: '押金怎么退' }).waitFor();
  await looksAlike();
  await page.getByRole('link', { name: '我要报名' }).click();
  await page.getByRole('checkbox', { disabled: false }).waitFor();
  await looksAlike();
  await fillIn(page, who.planetUserId, who.nickname);
  await page.getByRole('timer').waitFor();
  await looksAlike();
  await page.getByRole('button', { name: /^微信支付/ }).click();
  await payAtCashier(page, who.openid);
  await page.getByRole('heading', { name: '报名成功' }).waitFor();
  expect(await shows(page, '训练营群二维码')).toBe(true);
  await looksAlike();
  await page.getByRole('link', { name: '查看我的打卡进度' }).click();
  await page.getByRole('heading', { name: '打卡日历' }).waitFor();
  await page.getByRole('button', { name: '取验证码' }).click();
  await page.getByRole('button', { name: '复制验证码' }).waitFor();
  await looksAlike();
  await page.goto(`${phones.api.url}/h5/mine`);
  await page.getByRole('heading', { name }).waitFor();
  await looksAlike();
  await page.getByRole('link', { name: '个人信息' }).click();
  await page.getByRole('heading', { name: '我们保存的信息' }).waitFor();
  await page.goto(`${phones.api.url}/h5/privacy`);
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  await context.close();
});
