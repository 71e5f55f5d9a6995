import fs from 'node:fs';
import path from 'node:path';

const API = path.join(__dirname, '../../api/src');
const words = fs.readFileSync(path.join(__dirname, '../src/pages/system/log-words.ts'), 'utf8');

function sources(): string[] {
  return fs
    .readdirSync(API, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.spec\.ts$|\/test\/|migrations\//.test(name))
    .map((name) => fs.readFileSync(path.join(API, name), 'utf8'));
}

/** What stands in the API's sources as the first group of a pattern, once each. */
function recorded(pattern: RegExp): string[] {
  return [
    ...new Set(sources().flatMap((text) => [...text.matchAll(pattern)].map(([, found = '']) => found))),
  ];
}

/** How often a key stands in the lists of words: once a language. */
const said = (key: string): number =>
  words.split(`\n    '${key}': `).length + words.split(`\n    ${key}: `).length - 2;

it.each(recorded(/\baction: '(\w+\.\w+)'/g))(
  'the log of operations has words in both languages for %s',
  (action) => {
    expect(said(action)).toBe(2);
  },
);

it.each(recorded(/\btarget: \['(\w+)'/g))(
  'the log of operations has words in both languages for a %s',
  (target) => {
    expect(said(target)).toBeGreaterThanOrEqual(2);
  },
);

/** What entries are written from: literals, constants, and functions that turn a row into one. */
const ENTRIES = [
  /\b(?:before|after): \{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}/g,
  /\bconst (?:before|after|facts) = \{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}/g,
  /\bfunction (?:matchOf|changing)\([^)]*\): \w+ \{\s*return \{([^{}]*)\}/g,
];

/** Names in a literal such as `{ orderNo, amount: 1, ...said }`, nested ones left out. */
function namesOf(literal: string): string[] {
  return literal
    .replace(/\{[^{}]*\}/g, '')
    .split(',')
    .flatMap((part) => /^\s*(\w+)\s*(?::|$)/.exec(part)?.[1] ?? []);
}

it('the log of operations has words in both languages for every field that an entry names', () => {
  const fields = fs.readFileSync(path.join(__dirname, '../src/pages/system/field-words.ts'), 'utf8');
  const literals = sources()
    .filter((text) => /\baudit/.test(text))
    .flatMap((text) => ENTRIES.flatMap((entry) => [...text.matchAll(entry)]))
    .flatMap(([, literal = '']) => namesOf(literal));
  expect(literals.length).toBeGreaterThan(50);
  const wordless = [...new Set(literals)].filter((name) => fields.split(`\n    ${name}: `).length !== 3);
  expect(wordless).toEqual([]);
});
