import type { Page } from 'playwright-core';

/** A name of the time before such were refused: it gets out of whatever it stands in, and turns what follows around. */
export const TURNING = 'Ming\u2069\u202e99.00¥ 退已';

/**
 * What stands in a page, amid names that turn a line around, and is drawn from right to left or before the name that it follows.
 * What is looked at: runs of digits and Latin letters outside of the name.
 */
export function turned(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.nodeValue ?? '';
      const left = (at: number): DOMRect => {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        return range.getBoundingClientRect();
      };
      const ours = text.replace(/Ming\u2069?\u202e99\.00¥ 退已/g, (name) => ' '.repeat(name.length));
      for (const { 0: run, index } of ours.matchAll(/[A-Za-z0-9.:-]{2,}/g)) {
        const [first, last] = [left(index), left(index + run.length - 1)];
        if (first.width > 0 && first.top === last.top && first.left > last.left)
          found.push(`${run} in ${text}`);
      }
    }
    return found;
  });
}
