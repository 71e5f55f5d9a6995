import fs from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { Accepted, difference, TOLERATED_PIXELS } from './pictures.js';
import { open, shoot, Site, type App } from './site.js';

const accepted = new Accepted(path.join(import.meta.dirname, 'accepted'));
/** Set by `npm run looks:accept`: what is seen becomes what is expected. */
const accepting = process.env['LOOKS'] === 'accept';
/** For whoever wants to see what has changed. */
const changed = new Accepted(path.join(import.meta.dirname, '../../node_modules/.cache/looks'));

const ORDER = 'ord_00000000-0000-4000-8000-000000000012';
const APPS: Record<App, { pages: Record<string, string>; sizes: [width: number, height: number][] }> = {
  admin: {
    pages: {
      overview: '/admin/',
      camps: '/admin/camps',
      members: '/admin/members',
      'pending-refunds': '/admin/refunds/pending',
      orders: '/admin/pay/orders?line=camp',
      nowhere: '/admin/nowhere',
    },
    sizes: [
      [1440, 900],
      [390, 844],
    ],
  },
  h5: {
    pages: {
      camps: '/h5/',
      camp: '/h5/camps/1',
      enrol: '/h5/enroll/1?for=another',
      order: `/h5/orders/${ORDER}`,
      progress: '/h5/progress/1001',
      mine: '/h5/mine',
    },
    sizes: [
      [390, 844],
      [320, 568],
    ],
  },
};

const THEMES = ['light', 'dark'] as const;
/** So long a slow machine may take, and so many looks in a row must be the same where nothing is known yet. */
const WHOLE_WITHIN_MS = 30_000;
const DRAWN_WITHIN_MS = 10_000;
const STILL_LOOKS = 10;
const LOOK_MS = 100;

let site: Site;
let machine: { browser: string; text: string };
const outlines: Record<string, string[]> = {};

beforeAll(async () => {
  site = await Site.start();
  machine = await site.machine();
  changed.clear();
  if (accepting) accepted.write('machine', machine);
});
afterAll(async () => {
  if (accepting) {
    accepted.write('outlines', Object.fromEntries(Object.entries(outlines).sort()));
    accepted.keepOnly(Object.keys(outlines).flatMap((name) => THEMES.map((theme) => `${name}-${theme}`)));
  }
  await site.stop();
});

/** Light and dark of a page as it stands. @returns what is not as it was accepted */
async function look(
  page: Page,
  name: string,
  { whole, pixels }: { whole: boolean; pixels: boolean },
): Promise<string[]> {
  const known = accepted.read('outlines')[name];
  const outline = await outlineOf(page, accepting ? undefined : known);
  outlines[name] = outline;
  const found: string[] = [];
  if (!accepting && JSON.stringify(known) !== JSON.stringify(outline)) {
    changed.write(name, { accepted: known ?? null, seen: outline });
    found.push(`${name}: says something else than it did`);
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wide > 0) found.push(`${name}: ${wide} px too wide`);
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme });
    const shot = `${name}-${colorScheme}`;
    const seen = await drawnPage(page, whole, accepting || !pixels ? null : accepted.picture(shot));
    if (accepting || pixels) found.push(...compare(shot, seen));
  }
  return found;
}

/** What a page says once it is whole: parts of it are loaded after it stands. @param known what it is to say */
async function outlineOf(page: Page, known: unknown): Promise<string[]> {
  const deadline = performance.now() + WHOLE_WITHIN_MS;
  for (let before = '', still = 0; ;) {
    const outline = await page.locator('body').ariaSnapshot();
    const lines = outline.split('\n');
    still = outline === before ? still + 1 : 0;
    const whole =
      known === undefined ? still >= STILL_LOOKS : JSON.stringify(lines) === JSON.stringify(known);
    if (whole || performance.now() > deadline) return lines;
    before = outline;
    await page.waitForTimeout(LOOK_MS);
  }
}

/** A page once it is drawn: a chart takes another frame or two. @param before what it is to look like */
async function drawnPage(page: Page, whole: boolean, before: Buffer | null): Promise<Buffer> {
  const deadline = performance.now() + DRAWN_WITHIN_MS;
  for (;;) {
    const seen = await shoot(page, whole);
    const is = before === null || difference(before, seen).pixels <= TOLERATED_PIXELS;
    if (is || performance.now() > deadline) return seen;
    await page.waitForTimeout(LOOK_MS);
  }
}

function compare(shot: string, seen: Buffer): string[] {
  const before = accepted.picture(shot);
  const { pixels, picture } = before ? difference(before, seen) : { pixels: Infinity, picture: null };
  if (pixels <= TOLERATED_PIXELS) return [];
  if (accepting) {
    accepted.keep(shot, seen);
    return [];
  }
  changed.keep(`${shot}-seen`, seen);
  if (picture) changed.keep(`${shot}-difference`, picture());
  return [`${shot}: ${before ? `${pixels} pixels differ` : 'was never accepted'}`];
}

it.each(Object.keys(APPS) as App[])(
  'the kit and the main pages of %s look as they were accepted, at two sizes, in the light and in the dark',
  async (app) => {
    const drawn = accepting ? machine : accepted.read('machine');
    const pixels = drawn['browser'] === machine.browser && drawn['text'] === machine.text;
    if (!pixels)
      process.stdout.write(
        `looks of ${app}: PIXELS ARE NOT COMPARED, as this machine draws otherwise than the one where the pictures were accepted ` +
          `(Chromium ${machine.browser}; there ${String(drawn['browser'])}; or other fonts): only what the pages say and whether they fit\n`,
      );
    const { pages, sizes } = APPS[app];
    const found = await Promise.all(
      sizes.map(async ([width, height]) => {
        const size = { width, height };
        const gallery = await site.one(app, { ...size, gallery: true });
        await open(gallery, '/');
        const seen = await look(gallery, `${app}-gallery-${width}`, { whole: true, pixels });
        await gallery.context().close();
        const page = await site.one(app, size);
        for (const [name, at] of Object.entries(pages)) {
          await page.emulateMedia({ colorScheme: 'light' });
          await open(page, at);
          seen.push(...(await look(page, `${app}-${name}-${width}`, { whole: false, pixels })));
        }
        await page.context().close();
        return seen;
      }),
    );
    // Pictures of them, and of the difference: node_modules/.cache/looks. If it is meant: npm run looks:accept.
    expect(found.flat()).toEqual([]);
    expect(site.troubles).toEqual([]);
  },
);

it('a page that is drawn twice is the same, and a change of one colour, one word or one distance is seen', async () => {
  const page = await site.one('admin', { width: 1440, height: 900, gallery: true });
  await open(page, '/');
  const tags = page.locator('#parts-state-tags');
  const before = await tags.screenshot();
  await open(page, '/');
  expect(difference(before, await tags.screenshot()).pixels).toBeLessThanOrEqual(TOLERATED_PIXELS);
  const unwanted = [
    '.ant-tag-green { color: #8a5300 !important }',
    '.ant-tag-green { font-size: 0 !important }',
    '.ant-tag-green { margin-inline-end: 3px !important }',
  ];
  for (const content of unwanted) {
    const style = await page.addStyleTag({ content });
    expect([content, difference(before, await tags.screenshot()).pixels > TOLERATED_PIXELS]).toEqual([
      content,
      true,
    ]);
    await style.evaluate((element) => element.parentNode!.removeChild(element));
  }
  expect(difference(before, await tags.screenshot()).pixels).toBeLessThanOrEqual(TOLERATED_PIXELS);
  await page.context().close();
});

it('the accepted pictures stay small: 5.5 MB in all', () => {
  const bytes = fs
    .readdirSync(accepted.folder)
    .map((file) => fs.statSync(path.join(accepted.folder, file)).size);
  expect(bytes.length).toBeGreaterThan(50);
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(5_500_000);
});
