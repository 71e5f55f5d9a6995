import { decisionFindings, lockFindings, textFindings, unusedExports } from './tidiness.ts';

describe('textFindings', () => {
  it.each([
    ['// TO' + 'DO later', 'something left to do'],
    ['it.on' + 'ly("x", () => 0);', 'a test left in focus or switched off'],
    ['describe.sk' + 'ip("x", () => 0);', 'a test left in focus or switched off'],
    ['// eslint-dis' + 'able-next-line', 'a check switched off'],
    ['<<<<' + '<<< HEAD', 'an unfinished merge'],
    ['const at = "/home/me/yajin/x";', 'a path of this machine'],
  ])('finds in %j %s', (line, meaning) => {
    expect(textFindings('a.ts', `fine\n${line}\n`, '/home/me/yajin')).toEqual([
      `a.ts:2: ${meaning}: ${line}`,
    ]);
  });

  it('leaves ordinary text and generated files alone', () => {
    expect(
      textFindings(
        'a.ts',
        'split("x"); // as soon as any, todos.only()\n/home/me/yajin2\n',
        '/home/me/yajin',
      ),
    ).toEqual([]);
    expect(textFindings('a.gen.ts', '// TO' + 'DO', '/')).toEqual([]);
  });
});

describe('decisionFindings', () => {
  it('wants of a decision that it says when it was taken, and lets it say by which it was replaced', () => {
    const decided = (status: string): string[] =>
      decisionFindings('docs/adr/0001-x.md', `# 1. X\n\n${status}\n\nWhy.\n`);
    expect(decided('Accepted, 2026-11-21.')).toEqual([]);
    expect(decided('Accepted, 2026-11-21. Replaced by [2](0002-y.md), 2026-11-28.')).toEqual([]);
    expect(decided('Why not.')).toHaveLength(1);
    expect(decisionFindings('docs/money.md', '# Money\n')).toEqual([]);
  });
});

describe('unusedExports', () => {
  const library = 'export function used() {}\nexport const forgotten = 1;\nexport class Own {}\nnew Own();\n';
  it('finds what a library exports and no other file names', () => {
    const texts = new Map([
      ['libs/a/src/one.ts', library],
      ['apps/b/src/two.ts', "import { used } from '@yajin/a';\nused();\n"],
    ]);
    expect(unusedExports(texts)).toEqual([
      'libs/a/src/one.ts: nobody uses the exported forgotten',
      'libs/a/src/one.ts: nobody uses the exported Own',
    ]);
  });
});

describe('lockFindings', () => {
  const lock = (packages: unknown) => lockFindings(JSON.stringify({ packages }));

  it('accepts a complete lock file that names no addresses', () => {
    const packages = {
      '': { dependencies: { a: '1' } },
      'libs/x': { dependencies: { a: '1', own: '1' } },
      'libs/x/node_modules/own': {},
      'node_modules/@yajin/x': { resolved: 'libs/x', link: true },
      'node_modules/a': { dependencies: { '@s/b': '1' }, optionalDependencies: { c: '1' } },
      'node_modules/a/node_modules/@s/b': { dependencies: { c: '1' } },
      'node_modules/c': {},
    };
    expect(lock(packages)).toEqual([]);
  });

  it('finds an address and a missing package of another kind of machine', () => {
    const packages = {
      'node_modules/a': {
        resolved: 'https://registry.example/a.tgz',
        optionalDependencies: { 'a-darwin': '1' },
      },
    };
    expect(lock(packages)).toEqual([
      'package-lock.json: node_modules/a names the address it came from',
      'package-lock.json: a-darwin, which node_modules/a needs, is missing; npm ci will refuse',
    ]);
  });
});
