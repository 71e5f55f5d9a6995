import { asvsTables, missingOrTwice, missingTests, readChapters, titlesOf, withTables } from './asvs.ts';

const LEVELS = 'V1.1.1 2\nV1.1.2 1\n';
const entry = (id: string, rest: string): string => `\n    - { id: ${id}, what: a thing, ${rest} }`;
const chapters = (...entries: string[]) =>
  readChapters(`- chapter: V1 One\n  requirements:${entries.join('')}`);
const SHOWN = `status: shown, tests: ['a/b.spec.ts › a door › shuts']`;
const OPEN = `status: not met, note: 'nobody | has built it'`;

test('each requirement has to be there once, and no other', () => {
  expect(missingOrTwice(chapters(entry('V1.1.1', SHOWN), entry('V1.1.2', OPEN)), LEVELS)).toEqual([]);
  expect(
    missingOrTwice(chapters(entry('V1.1.1', SHOWN), entry('V1.1.1', OPEN), entry('V9.9.9', OPEN)), LEVELS),
  ).toEqual(['V1.1.2 is missing', 'V9.9.9 is no requirement of levels 1 and 2', 'V1.1.1 is there twice']);
});

test('what is shown names a test, and what is not a reason', () => {
  expect(() => chapters(entry('V1.1.1', 'status: shown'))).toThrow('V1.1.1 is shown by no test');
  expect(() => chapters(entry('V1.1.1', 'status: not met'))).toThrow('V1.1.1 gives no reason');
  expect(() => chapters(entry('V1.1.1', 'status: perhaps, note: x'))).toThrow('no entry');
});

test('a test that is named is there, and is not skipped', () => {
  const all = chapters(entry('V1.1.1', SHOWN));
  const source = (it: string): string => `describe('a door', () => { ${it}('shuts', () => {}); });`;
  expect(missingTests(all, () => source('it'))).toEqual([]);
  expect(missingTests(all, () => source(['it', 'skip'].join('.')))).toHaveLength(1);
  expect(missingTests(all, () => `// a door › shuts`)).toHaveLength(1);
  expect(missingTests(all, () => null)).toEqual(['V1.1.1: there is no a/b.spec.ts']);
});

test('titles are found as written, of tables of cases and of templates too', () => {
  const source =
    "describe.each(['a'])('%s', () => { it.each([[1, 'no title']])('is %i', () => {}); test(`${N} times`, () => {}); });";
  expect([...titlesOf(source)]).toEqual(['%s', '%s › is %i', 'is %i', '%s › ${N} times', '${N} times']);
});

test('the tables stand between their marks, count what there is, and keep to their cells', () => {
  const tables = asvsTables(chapters(entry('V1.1.1', SHOWN), entry('V1.1.2', OPEN)), LEVELS);
  expect(tables).toContain(
    'Of 2 requirements: 1 shown, 0 by design, 0 operator, 0 not applicable, 1 not met.',
  );
  expect(tables).toContain('| V1.1.1 (2) | a thing | shown | b.spec.ts › a door › shuts |');
  expect(tables).toContain('| V1.1.2 (1) | a thing | not met | nobody ∣ has built it |');
  const document = 'above\n<!-- ASVS: begin -->\nold\n<!-- ASVS: end -->\nbelow';
  expect(withTables(document, 'new')).toBe('above\n<!-- ASVS: begin -->\n\nnew\n\n<!-- ASVS: end -->\nbelow');
  expect(() => withTables('nothing', 'new')).toThrow('no place');
});
