import fs from 'node:fs';
import path from 'node:path';
import { copied } from '../src/rules/contact.rules.js';

it.each([
  ['助教微信：yajin-help', 'yajin-help'],
  ['WeChat: yajin-help', 'yajin-help'],
  ['yajin-help', 'yajin-help'],
  ['https://work.weixin.qq.com/kfid/kfc1', 'https://work.weixin.qq.com/kfid/kfc1'],
  ['请加：', '请加：'],
])('of the contact %j what can be pasted is copied', (contact, pasted) => {
  expect(copied(contact)).toBe(pasted);
});

it('no page says to ask the coaches without saying where they are', () => {
  const folder = path.join(__dirname, '../src/pages');
  const alone = fs.readdirSync(folder).filter((name) => {
    if (!name.endsWith('.tsx') || name === 'told.tsx') return false;
    const source = fs.readFileSync(path.join(folder, name), 'utf8');
    return source.includes('联系助教') && !source.includes(`from './told.js'`);
  });
  expect(alone).toEqual([]);
});
