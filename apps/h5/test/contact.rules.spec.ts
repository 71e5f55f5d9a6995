import fs from 'node:fs';
import path from 'node:path';
import { asksCoaches, copied } from '../src/rules/contact.rules.js';

it.each([
  ['助教微信：yajin-help', 'yajin-help'],
  ['WeChat: yajin-help', 'yajin-help'],
  ['yajin-help', 'yajin-help'],
  ['https://work.weixin.qq.com/kfid/kfc1', 'https://work.weixin.qq.com/kfid/kfc1'],
  ['请加：', '请加：'],
])('of the contact %j what can be pasted is copied', (contact, pasted) => {
  expect(copied(contact)).toBe(pasted);
});

it.each([
  ['现在不能自己修改星球 ID 了，请联系助教', true],
  ['助教会来核实', false],
])('whether %j sends its reader to the coaches is known', (text, asks) => {
  expect(asksCoaches(text)).toBe(asks);
});

/** In a page's own text, not in a string that `Told` is handed. */
const IN_TEXT = />[^<>{}'"`]*(?:联系|找|请)助教/;
/** In words that `Told` would not know. */
const OTHERWISE = /['"`][^'"`\n]*[找请]助教/;

it('no page says to ask the coaches, nor what went wrong, without saying where they are', () => {
  const folder = path.join(__dirname, '../src/pages');
  const alone = fs.readdirSync(folder).filter((name) => {
    const source = fs.readFileSync(path.join(folder, name), 'utf8');
    if (OTHERWISE.test(source)) return true;
    if (source.includes('<Contact')) return false;
    return IN_TEXT.test(source) || (source.includes('{kindly(') && !source.includes('<Refusal'));
  });
  expect(alone).toEqual([]);
});
