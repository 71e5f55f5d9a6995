import { TITLES } from '../../api/src/pay/alert-titles.js';
import { consoleWords, type Said } from './console-words.js';
import { findings } from './console-words-use.js';
import { CHINESE } from './plain-words.kit.js';

const HAN = /\p{Script=Han}/u;
const { texts: all, nouns } = consoleWords();
/** A month is named by a day of the calendar's, not by a number. */
const texts = all.filter(({ at }) => at !== 'kit/checkin-calendar.tsx: month');

/** What a text says, of a number wherever it takes something: as a number, or as the page writes numbers. */
function saying(text: unknown, n: number): string {
  if (typeof text !== 'function') return String(text);
  const say = (given: unknown): string =>
    String((text as (...given: unknown[]) => unknown)(...Array.from({ length: text.length }, () => given)));
  try {
    return say(n);
  } catch {
    return say(String(n));
  }
}

const counting = texts.filter(({ en }) => typeof en === 'function');
for (const { en } of counting) saying(en, 2);

/** What may follow somebody's name or a sum, and looks like several of something. */
const NO_NOUNS = /^(s|is|was|has|goes|becomes|logs|ends|expires|this|its|ms)$/;

function severalOf(text: string, n: number): string[] {
  return [...text.matchAll(new RegExp(`\\b${n} ([a-z-]+)(?: ([a-z-]+))?`, 'g'))].flatMap(
    ([found, first = '', second]) =>
      [
        first,
        ...(second !== undefined && !/^(of|to|in|at|by|and|or|that|well|from|for)$|s$/.test(first)
          ? [second]
          : []),
      ].some((word) => /s$|^people$/.test(word) && !NO_NOUNS.test(word))
        ? [found]
        : [],
  );
}

it('reads the words of the whole console', () => {
  expect(texts.length).toBeGreaterThan(1_900);
  expect(nouns.size).toBeGreaterThan(10);
});

it.each(counting.map((said) => [said.at, said] as const))(
  'English counts one as one, and none or two as several: %s',
  (_, { en }) => {
    expect(severalOf(saying(en, 1), 1)).toEqual([]);
    for (const n of [0, 2])
      for (const one of nouns.keys()) expect(saying(en, n)).not.toMatch(new RegExp(`\\b${n} ${one}\\b`));
  },
);

it('finds a noun that is several after one', () => {
  expect(severalOf('Read 1 new check-ins of 1 day', 1)).toEqual(['1 new check-ins']);
  expect(severalOf('1 people', 1)).toEqual(['1 people']);
  expect(severalOf('1 day of membership was refunded', 1)).toEqual([]);
});

it('says everything in both languages', () => {
  const lacking = texts.filter(
    ({ zh, en }) => typeof zh !== typeof en || saying(zh, 2) === '' || saying(en, 2) === '',
  );
  expect(lacking.map(({ at }) => at)).toEqual([]);
});

it('fills every text in', () => {
  const open = ({ zh, en }: Said): boolean => /undefined|NaN|\[object/.test(saying(zh, 2) + saying(en, 2));
  expect(counting.filter(open).map(({ at }) => at)).toEqual([]);
});

/** The name of the language itself, and where members find something on their pages, which are Chinese alone. */
const CHINESE_BY_NAME = ['shell/frame.tsx: language', 'pages/members/personal-data.tsx: lead'];

it('has no Chinese in the English words', () => {
  const chinese = texts.filter(
    (said) => CHINESE.test(saying(said.en, 2)) && !CHINESE_BY_NAME.includes(said.at),
  );
  expect(chinese.map(({ at }) => at)).toEqual([]);
});

it('has no English in place of the Chinese words', () => {
  const english = texts.filter(({ zh }) => {
    const said = saying(zh, 2);
    return (
      !HAN.test(said) &&
      /[A-Za-z]{2,} [a-z]+|[a-z]{4,}/.test(said) &&
      !/^\/|\.(png|csv|txt)$|^English$/.test(said)
    );
  });
  expect(english.map(({ at }) => at)).toEqual([]);
});

it('keeps no text that nothing shows, and shows no Chinese that is not among the words', () => {
  expect(findings()).toEqual({ unused: [], stray: [] });
});

it('the console calls an alert in Chinese what the group’s robot says of it', () => {
  const at = (kind: string): string => `pages/pay/alerts/alert-words.ts: ${kind}`;
  const kinds = Object.keys(TITLES);
  expect(kinds.length).toBeGreaterThan(40);
  const said = kinds.map((kind) => [kind, all.find((text) => text.at === at(kind))?.zh]);
  expect(Object.fromEntries(said)).toEqual(TITLES);
});
