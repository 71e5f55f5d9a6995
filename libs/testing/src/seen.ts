/** What a browser tells of a page: how its parts moved, what it asked for, and how long a key took to be seen. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';

const REST_MS = 250;
const MOST_MS = 8_000;
const traffics = new WeakMap<Page, Traffic>();

export interface Seen {
  /** Cumulative layout shift: the worst sum of shifts within five seconds without a second's rest, https://web.dev/articles/cls */
  shift: number;
  /** What moved most, for whoever mends it. */
  moved: string;
  requests: number;
  /** Bytes over the network, headers and all, compressed as they were sent. */
  bytes: number;
}

interface Shift {
  at: number;
  value: number;
  moved: string;
}

/** For `addInitScript`: keeps each shift that nobody's key or click was the reason of, and each interaction's longest event. */
export function observe(): void {
  const kept = globalThis as unknown as { shifts: Shift[]; interactions: Map<number, number> };
  kept.shifts = [];
  kept.interactions = new Map();
  interface Moved extends PerformanceEntry {
    value: number;
    hadRecentInput: boolean;
    sources: { node: Node | null }[];
  }
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as Moved[]) {
      if (entry.hadRecentInput) continue;
      const nodes = entry.sources.map(({ node }) => {
        const element = node instanceof Element ? node : node?.parentElement;
        return element
          ? `${element.tagName.toLowerCase()}.${(element.getAttribute('class') ?? '').slice(0, 40)} ${(element.textContent ?? '').slice(0, 24)}`
          : '?';
      });
      kept.shifts.push({ at: entry.startTime, value: entry.value, moved: nodes.join(' | ') });
    }
  }).observe({ type: 'layout-shift', buffered: true });
  interface Timed extends PerformanceEntry {
    interactionId: number;
  }
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as Timed[]) {
      if (entry.interactionId === 0) continue;
      const before = kept.interactions.get(entry.interactionId) ?? 0;
      kept.interactions.set(entry.interactionId, Math.max(before, entry.duration));
    }
  }).observe({ type: 'event', buffered: true, durationThreshold: 16 } as PerformanceObserverInit);
}

/** Opens an address in a page that `observe` looks at, and waits until nothing is asked for any more. */
export async function see(page: Page, url: string): Promise<Seen> {
  const session = await page.context().newCDPSession(page);
  const counted = await count(session);
  follow(page);
  await page.goto(url);
  await page.getByRole('heading').first().waitFor();
  await quiet(page);
  await session.detach();
  return { ...(await shiftOf(page)), ...counted };
}

/** How a page that `observe` looks at has moved so far. */
export async function shiftOf(page: Page): Promise<Pick<Seen, 'shift' | 'moved'>> {
  const shifts = await page.evaluate(() => (globalThis as unknown as { shifts: Shift[] }).shifts);
  const worst = shifts.toSorted((a, b) => b.value - a.value)[0];
  return { shift: cumulative(shifts), moved: worst?.moved ?? '' };
}

/** Until nothing has been under way for a quarter of a second, and what came is drawn. A question that is kept open ends the wait, too. */
export async function quiet(page: Page): Promise<void> {
  const traffic = follow(page);
  const until = performance.now() + MOST_MS;
  while (performance.now() < until && (traffic.open > 0 || performance.now() - traffic.last < REST_MS))
    await sleep(20);
  await page.evaluate(
    () =>
      new Promise<void>((resolve) =>
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 100))),
      ),
  );
}

interface Traffic {
  open: number;
  /** When something began or ended. */
  last: number;
}

/** Before a page's first address, for `quiet`: Playwright says `networkidle` once a page. */
export function follow(page: Page): Traffic {
  const known = traffics.get(page);
  if (known) return known;
  const traffic: Traffic = { open: 0, last: performance.now() };
  const change = (by: number) => () =>
    Object.assign(traffic, { open: traffic.open + by, last: performance.now() });
  page.on('request', change(1));
  page.on('requestfinished', change(-1));
  page.on('requestfailed', change(-1));
  traffics.set(page, traffic);
  return traffic;
}

/** The durations of the interactions since the last look, in ms. One below 16 ms is not told by the browser, and is 16 here. */
export async function interactions(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const kept = globalThis as unknown as { interactions: Map<number, number> };
    const durations = [...kept.interactions.values()];
    kept.interactions.clear();
    return durations;
  });
}

async function count(session: CDPSession): Promise<{ requests: number; bytes: number }> {
  const counted = { requests: 0, bytes: 0 };
  await session.send('Network.enable');
  session.on('Network.requestWillBeSent', ({ request }) => {
    if (request.url.startsWith('http')) counted.requests += 1;
  });
  session.on('Network.loadingFinished', ({ encodedDataLength }) => (counted.bytes += encodedDataLength));
  return counted;
}

function cumulative(shifts: Shift[]): number {
  let worst = 0;
  let [began, last, sum] = [-Infinity, -Infinity, 0];
  for (const { at, value } of shifts) {
    if (at - last > 1_000 || at - began > 5_000) [began, sum] = [at, 0];
    last = at;
    sum += value;
    worst = Math.max(worst, sum);
  }
  return worst;
}
