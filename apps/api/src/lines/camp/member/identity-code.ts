import { randomInt } from 'node:crypto';

/** Without what is mistaken for something else when it is read or typed: 0 O, 1 I L, 2 Z, 5 S, 8 B, U V. 23^10 codes. */
const ALPHABET = '34679ACDEFGHJKMNPQRTWXY';
const HALF = 5;
/** More codes in one text than anybody has. */
const MOST = 20;
const SHOWN_INSTEAD = 'YJ-•••••-•••••';

/** The letters as people type them: in either case, half or full width. */
function typed(letters: string): string {
  const forms = Array.from(letters, (letter) => [letter, letter.toLowerCase()]).flat();
  return forms.map((form) => form + wide(form)).join('');
}

function wide(letter: string): string {
  return String.fromCharCode(letter.charCodeAt(0) + 0xfee0);
}

const DASH = '[-－–—]?';
const OTHER = `[${typed('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789')}]`;
const PART = `[${typed(ALPHABET)}]{${HALF}}`;
/** Every part has one length, so that a text is gone through once, whatever stands in it. */
const CODE = new RegExp(
  `(?<!${OTHER})[${typed('Y')}][${typed('J')}]${DASH}${PART}${DASH}${PART}(?!${OTHER})`,
  'gu',
);

export function newCode(): string {
  const part = (): string =>
    Array.from({ length: HALF }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return `YJ-${part()}-${part()}`;
}

/** The codes in a text, as they were given out; as many as `MOST`. */
export function codesIn(text: string): string[] {
  const found = new Set<string>();
  for (const [match] of text.matchAll(CODE)) {
    const letters = match
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, '');
    found.add(`YJ-${letters.slice(2, 2 + HALF)}-${letters.slice(2 + HALF)}`);
    if (found.size === MOST) break;
  }
  return [...found];
}

/** A text as others may see it. */
export function hideCodes(text: string): string {
  return text.replace(CODE, SHOWN_INSTEAD);
}

/** A nickname without the code that was put into it. */
export function withoutCodes(name: string): string {
  const bare = name.replace(CODE, '');
  return bare === name ? name : bare.trim();
}
