import { sentence, type Sentence } from '@yajin/core';
import { COMMON_PASSWORDS } from './common-passwords.rules.js';

const SHORTEST = 10;

/** Known to everybody who has read our documentation: good for the demo, where nothing is real, and for nothing else. */
export const DEMO_PASSWORDS: readonly string[] = [
  'admin123',
  'manager123',
  'coach123',
  'volunteer123',
  'finance123',
];

/** What anybody would try here first (docs/operations.md lists them). The longer ones come first. */
const WORDS = [
  '知识星球',
  '训练营',
  '管理员',
  '押金',
  '密码',
  '微信',
  '退款',
  'shouqianba',
  'password',
  'deposit',
  'manager',
  'refund',
  'wechat',
  'alipay',
  'admin',
  'planet',
  'yajin',
  'xingqiu',
  'zsxq',
  'camp',
];
/** Letters that have to be left of a password without its words. */
const OWN_LETTERS = 4;

/** A text whose case, width and kind of letter are of no account, as usernames are compared. */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** What is wrong with a password that somebody chose for an account; null when nothing is. */
export function passwordProblem(password: string, username: string, demo: boolean): Sentence | null {
  if (DEMO_PASSWORDS.includes(password)) return demo ? null : sentence('password_of_demo');
  if (Array.from(password).length < SHORTEST) return sentence('too_short', SHORTEST);
  const plain = folded(password);
  if (plain === folded(username)) return sentence('password_is_name');
  if (COMMON_PASSWORDS.has(plain)) return sentence('password_common');
  return isOfWords(plain, folded(username)) ? sentence('password_of_words') : null;
}

/** Whether nearly nothing is left without the username, the words and what is no letter. */
function isOfWords(plain: string, username: string): boolean {
  const rest = [username, ...WORDS].reduce((text, word) => text.replaceAll(word, ' '), plain);
  return rest !== plain && rest.replace(/\P{L}/gu, '').length < OWN_LETTERS;
}
