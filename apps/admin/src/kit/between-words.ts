import { words } from './text.js';

/** What stands between words, and around them. */
export const betweenWords = words(
  {
    named: (name: string, value: string) => `${name}：${value}`,
    aside: (note: string) => `（${note}）`,
    comma: '，',
    semicolon: '；',
    list: '、',
  },
  {
    named: (name: string, value: string) => `${name}: ${value}`,
    aside: (note: string) => ` (${note})`,
    comma: ', ',
    semicolon: '; ',
    list: ', ',
  },
);
