import type { TestApi } from '@yajin/testing/api';
import type { Page } from 'playwright-core';
import { CHINESE } from './plain-words.kit.js';

/**
 * Columns of what people and other systems call themselves and their things, and of what they write. Why a refund of the kernel's or a
 * camp's is made may be the product's own words, which have a code.
 */
const PEOPLES = '(_|[.])(name|nickname|alias|title|note|description|text|content|rules|result|unit)$';
const GIVEN_REASONS = '[._]reason$';
const REASONS_WITH_CODES = '^(pay_refund|camp_refund|camp_unallocated)[.]';
/** What the sandbox's gateway says of an account that takes no money. */
const GATEWAY_SAYS = '用户账户异常';

/** Every text that somebody has typed or another system has told, the longest first. The product's own words are elsewhere. */
export async function peoplesTexts(api: TestApi): Promise<string[]> {
  const columns = await api.rows<{ table_name: string; column_name: string }>(
    `SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND data_type IN ('text', 'character varying', 'jsonb', 'ARRAY')
       AND (table_name || '.' || column_name ~ $1 OR (table_name || '.' || column_name ~ $2 AND table_name || '.' || column_name !~ $3))`,
    [PEOPLES, GIVEN_REASONS, REASONS_WITH_CODES],
  );
  const found = await Promise.all(
    columns.map(({ table_name: table, column_name: column }) =>
      api.rows<{ said: string }>(
        `SELECT DISTINCT ${column}::text AS said FROM ${table} WHERE ${column}::text ~ '[\\u4e00-\\u9fff：；（）、，。「」]'`,
      ),
    ),
  );
  const lines = found.flat().flatMap(({ said }) => said.split(/[\n"{}]+/));
  // Without the code in front of it, too, as pages show what a gateway said.
  const uncoded = lines.map((line) => line.replace(/^[A-Z][A-Z0-9_.]+ /, ''));
  return [...new Set([...lines, ...uncoded, GATEWAY_SAYS])]
    .filter((line) => CHINESE.test(line))
    .sort((a, b) => b.length - a.length);
}

/** Shows the page in English where it is, as another tab's choice does. @returns the Chinese in it that nobody typed */
export async function chineseIn(page: Page, peoples: string[]): Promise<string[]> {
  await page.evaluate(() => {
    const key = 'yajin.preferences';
    localStorage.setItem(key, JSON.stringify({ language: 'en', theme: 'system' }));
    window.dispatchEvent(new StorageEvent('storage', { key }));
  });
  await page.locator('html[lang=en]').waitFor();
  // A page that has only just come has its title a moment later; one that stays Chinese is told below.
  await page
    .waitForFunction(() => !/\p{Script=Han}/u.test(document.title), null, { timeout: 5_000 })
    .catch(() => undefined);
  const said = await page.evaluate(() => {
    const texts: string[] = [document.title];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (!node.parentElement?.closest('script, style, noscript')) texts.push(node.textContent ?? '');
    }
    for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description', 'aria-valuetext']) {
      for (const element of document.querySelectorAll(`[${name}]`))
        texts.push(element.getAttribute(name) ?? '');
    }
    localStorage.removeItem('yajin.preferences');
    return texts;
  });
  const left = said.filter((text) => CHINESE.test(without(peoples, text)));
  return [...new Set(left)].map((text) => text.trim().slice(0, 120));
}

function without(peoples: string[], text: string): string {
  return peoples.reduce((rest, each) => rest.replaceAll(each, ''), text.replace(/[\u2066-\u2069]/g, ''));
}
