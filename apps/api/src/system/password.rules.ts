import { COMMON_PASSWORDS } from './common-passwords.rules.js';

const SHORTEST = 10;

/** Known to everybody who has read our documentation: good for the demo, where nothing is real, and for nothing else. */
export const DEMO_PASSWORDS: readonly string[] = ['admin123', 'manager123', 'coach123', 'volunteer123'];

/** A text whose case, width and kind of letter are of no account, as usernames are compared. */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** What is wrong with a password that somebody chose for an account, in Chinese; null when nothing is. */
export function passwordProblem(password: string, username: string, demo: boolean): string | null {
  if (DEMO_PASSWORDS.includes(password)) return demo ? null : '这是演示密码，请换一个';
  if (Array.from(password).length < SHORTEST) return `至少 ${SHORTEST} 个字符`;
  const plain = folded(password);
  if (plain === folded(username)) return '不能与用户名相同';
  return COMMON_PASSWORDS.has(plain) ? '这个密码太常见，请换一个' : null;
}
