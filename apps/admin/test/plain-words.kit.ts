import type { Page } from 'playwright-core';

/** Chinese, or what it puts between words: an English page has neither of its own. */
export const CHINESE = /[\p{Script=Han}：；（）、，。「」]/u;

/** What is read out and never seen: names of buttons, fields, pictures and tables, and what stands beside them while one points. */
const NAMES = [
  'aria-label',
  'title',
  'placeholder',
  'alt',
  'aria-description',
  'aria-valuetext',
  'aria-roledescription',
];

/** What machines call things: `planet_user`, `camp.publish`, `NOT_ENOUGH`, `refundStatus`, `PAYMENT`, `bank-card`. */
const CODES = [
  /(?<![\w./:@-])[a-z]+(?:_[a-z0-9]+)+(?![\w/@-])/g,
  /(?<![\w./:@-])[A-Z]{2,}(?:_[A-Z0-9]+)+(?![\w/@-])/g,
  /(?<![\w./:@-])[a-z]{2,}(?:[A-Z][a-z]+)+(?![\w/@-])/g,
  /(?<![\w./:@-])[a-z]{3,}\.[a-z]{3,}(?:[A-Z]\w*|\.[a-z]+)*(?![\w/@-])/g,
  /(?<![\w./:@-])[A-Z]{5,}(?![\w/@-])/g,
  /(?<![\w./:@-])(?:wechat-v\d|bank-card|shouqianba)(?![\w/@-])/g,
];

/** What zsxq calls the cookie that an operator has to find. */
const GIVEN = new Set(['zsxq_access_token']);

/**
 * What a page says, seen or read out, that is no word of the reader's: codes in either language, and in Chinese names that are English. What
 * a program said literally stands in `samp`; what only repeats its own text in a title is the text's matter.
 */
export async function codesIn(page: Page, language: 'zh' | 'en'): Promise<string[]> {
  const { texts, names } = await page.evaluate((attributes) => {
    const texts: string[] = [document.title];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode())
      if (!node.parentElement?.closest('script, style, noscript, samp, kbd'))
        texts.push(node.textContent ?? '');
    const names: string[] = [];
    for (const name of attributes)
      for (const element of document.querySelectorAll(`[${name}]`)) {
        const said = element.getAttribute(name) ?? '';
        if (!element.closest('[aria-hidden=true]') && element.textContent.trim() !== said) names.push(said);
      }
    return { texts, names };
  }, NAMES);
  const codes = [...texts, ...names].flatMap((text) => CODES.flatMap((code) => text.match(code) ?? []));
  const english = names.filter(
    (name) => language === 'zh' && /[a-z]{3}/i.test(name) && !/\p{Script=Han}/u.test(name),
  );
  return [...new Set([...codes, ...english])]
    .filter((said) => !GIVEN.has(said))
    .map((said) => said.trim().slice(0, 100));
}
