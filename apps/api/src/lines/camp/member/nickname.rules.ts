import { foldText } from '@yajin/core';

/** A nickname as it is compared: as typed, and with more and more of what people add to names taken away. */
export interface Nickname {
  exact: string;
  /** Letters and digits only, in one width and case. */
  plain: string;
  /** Without what says nothing about the person: 「第3期」, 「03-」, a trailing 「同学」. */
  bare: string;
  /** What stands before the first separator, as in 「小鱼儿-北京-产品」; null when there is none. */
  head: string | null;
}

/** How alike two nicknames are, the closest kind first. */
export type Likeness =
  { kind: 'same' | 'plain' | 'bare' | 'head' | 'shortHead' } | { kind: 'similar'; ratio: number };

/** Below this share of equal characters, two names have nothing to do with each other. */
export const MIN_RATIO = 0.6;

const HIDDEN = /[\p{Cf}\u{FE00}-\u{FE0F}\u20E3]/gu;
const EMOJI = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}/gu;
const NOT_OF_A_NAME = /[^\p{L}\p{N}]+/gu;
/** Blanks separate only beside Chinese: `Amy Chen` is one name, 「小鱼儿 北京」 is a name and more. */
const SEPARATOR =
  /[-_|/\\·•—–~:,、;()[\]【】「」『』《》<>{}@#+]+|(?<=^\d{1,4})\.|(?<=\p{Script=Han})\s+|\s+(?=\p{Script=Han})/u;

const NUMBER = '(?:第[一二三四五六七八九十百\\d]{1,4}|\\d{1,4})';
const GROUP = '[期季营班组队批]';
const PREFIX = new RegExp(`^(?:${NUMBER}(?:${GROUP}|号)|no\\d{1,4})`, 'u');
const SUFFIX = new RegExp(`(?:${NUMBER}${GROUP}(?:学员|营员|班长|组长)?|同学|学员|营员|打卡中?)$`, 'u');
/** A part that is nothing but such an addition. */
const ADDITION = new RegExp(
  `^(?:${NUMBER}(?:${GROUP}|号|天)?|[一二三四五六七八九十]{1,3}${GROUP}|(?:no|day)\\d{1,4}|同学|学员|营员|打卡)$`,
  'u',
);
/** A name of two letters is no name any more when one of them is taken off. */
const SHORTEST = 2;
const LONG_HEAD = { chinese: 3, other: 6 };

/** What WeChat calls everybody who gave it no name: it says nothing of anybody, whatever is added to it. */
const NO_NAME = new Set(['微信用户', 'wechatuser']);

/** Whether a text that was folded and squeezed to letters and digits is nobody's name. */
export function isNobodysName(plain: string): boolean {
  return NO_NAME.has(plain);
}

/** @returns null for a text that names nobody: without anything in it, or WeChat's default */
export function readNickname(text: string | null): Nickname | null {
  const exact = text?.trim() ?? '';
  if (exact === '') return null;
  const folded = foldText(exact).replace(HIDDEN, '');
  // A name of nothing but emoji is still a name.
  const plain = squeeze(folded) || folded.replace(/\s+/gu, '') || exact;
  const parts = partsOf(folded);
  const head = parts.length > 1 ? (parts[0] ?? null) : null;
  const bare = parts.join('') || plain;
  if (isNobodysName(plain) || isNobodysName(bare)) return null;
  return { exact, plain, bare, head };
}

function squeeze(text: string): string {
  return text.replace(NOT_OF_A_NAME, '');
}

function partsOf(folded: string): string[] {
  const parts = folded
    .replace(EMOJI, ' ')
    .split(SEPARATOR)
    .map(squeeze)
    .filter((part) => part !== '');
  const named = parts.filter(
    (part, index) => !(ADDITION.test(part) && (index === 0 || !/^\d+$/u.test(part))),
  );
  return (named.length > 0 ? named : parts).map(undecorated);
}

function undecorated(part: string): string {
  for (const pattern of [PREFIX, SUFFIX, SUFFIX]) {
    const rest = part.replace(pattern, '');
    if (lengthOf(rest) >= SHORTEST) part = rest;
  }
  return part;
}

/** @returns null when they have nothing to do with each other */
export function likeness(a: Nickname, b: Nickname): Likeness | null {
  if (a.exact === b.exact) return { kind: 'same' };
  if (a.plain === b.plain) return { kind: 'plain' };
  if (a.bare === b.bare) return { kind: 'bare' };
  const head = sharedHead(a, b);
  if (head !== null) return { kind: isLong(head) ? 'head' : 'shortHead' };
  // `amy1990` and `amy1991` are neighbours, not one person.
  if (differentNumbers(a.plain, b.plain)) return null;
  // A long addition in common does not make two names similar.
  const heads = a.head !== null && b.head !== null ? similarity(a.head, b.head) : 1;
  const ratio = Math.min(similarity(a.bare, b.bare), heads);
  return ratio >= MIN_RATIO ? { kind: 'similar', ratio } : null;
}

/** One has only the name, the other puts a place or a trade behind it; two different additions tell two people apart. */
function sharedHead(a: Nickname, b: Nickname): string | null {
  if (a.head !== null && b.head === null && a.head === b.bare) return a.head;
  if (b.head !== null && a.head === null && b.head === a.bare) return b.head;
  return null;
}

function isLong(head: string): boolean {
  const least = /\p{Script=Han}/u.test(head) ? LONG_HEAD.chinese : LONG_HEAD.other;
  return lengthOf(head) >= least;
}

function differentNumbers(a: string, b: string): boolean {
  const [first, second] = [a.replace(/\D+/gu, ''), b.replace(/\D+/gu, '')];
  return first !== '' && second !== '' && first !== second;
}

/** 1 less the edit distance (Levenshtein) per character of the longer one: 1 for equal texts, 0 for unlike ones. */
function similarity(a: string, b: string): number {
  const [first, second] = [Array.from(a), Array.from(b)];
  const longer = Math.max(first.length, second.length);
  if (Math.min(first.length, second.length) < MIN_RATIO * longer) return 0;
  return 1 - distance(first, second) / longer;
}

function distance(a: string[], b: string[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, char] of a.entries()) {
    const next = [i + 1];
    for (const [j, other] of b.entries()) {
      const replaced = (row[j] ?? 0) + (char === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The pairs of neighbouring characters, the edges included; a repeated one is counted, so that none is lost. */
export function bigrams(text: string): string[] {
  const chars = ['\u0002', ...Array.from(text), '\u0003'];
  const times = new Map<string, number>();
  return chars.slice(1).map((char, index) => {
    const pair = `${chars[index]}${char}`;
    const nth = (times.get(pair) ?? 0) + 1;
    times.set(pair, nth);
    return nth === 1 ? pair : `${pair}${nth}`;
  });
}

/**
 * How many bigrams two texts must share to be alike by `MIN_RATIO`, since one edit changes two of them at most.
 * @param lengths how many bigrams each has; Infinity when one is too short for the other
 */
export function bigramsToShare(...lengths: [number, number]): number {
  // One bigram more than there are characters.
  const [shorter, longer] = [Math.min(...lengths) - 1, Math.max(...lengths) - 1];
  if (shorter < MIN_RATIO * longer) return Infinity;
  const edits = Math.floor((1 - MIN_RATIO) * longer + 1e-9);
  return longer + 1 - 2 * edits;
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}
