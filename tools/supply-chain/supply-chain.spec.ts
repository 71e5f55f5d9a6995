import fs from 'node:fs';
import path from 'node:path';
import { fromOsv, holes, unlooked, unreadable, type AdvisoryList, type OsvRecord } from './advisories.ts';
import { licenceFindings } from './licences.ts';
import { lockedPackages, type LockedPackage } from './packages.ts';

const TODAY = '2026-11-29';
const installed = (name: string, version: string, more: Partial<LockedPackage> = {}): LockedPackage => ({
  place: `node_modules/${name}`,
  name,
  version,
  license: 'MIT',
  shipped: true,
  ...more,
});
const list = (affected: string[], accepted: AdvisoryList['accepted'] = []): AdvisoryList => ({
  made: TODAY,
  from: 'a test',
  names: ['parser'],
  advisories: [{ id: 'GHSA-1', package: 'parser', severity: 'high', affected, summary: 'a hole' }],
  accepted,
});

describe('the lock file', () => {
  it('is read whole: nested packages, aliases, tools, and not what we wrote', () => {
    const lock = {
      packages: {
        '': { name: 'root' },
        'apps/a': { name: '@yajin/a' },
        'node_modules/@yajin/a': { link: true },
        'node_modules/one': { version: '1.0.0', license: 'ISC' },
        'node_modules/one/node_modules/@scope/two': { version: '2.0.0', license: ['MIT', 'Apache-2.0'] },
        'node_modules/alias': { name: 'three', version: '3.0.0', dev: true },
      },
    };
    expect(lockedPackages(JSON.stringify(lock))).toEqual([
      { place: 'node_modules/one', name: 'one', version: '1.0.0', license: 'ISC', shipped: true },
      {
        place: 'node_modules/one/node_modules/@scope/two',
        name: '@scope/two',
        version: '2.0.0',
        license: 'MIT OR Apache-2.0',
        shipped: true,
      },
      { place: 'node_modules/alias', name: 'three', version: '3.0.0', license: '', shipped: false },
    ]);
  });
});

describe('the bill of materials', () => {
  it('is built with the API and names every package that is shipped, its version, its hash and its licence', () => {
    const root = path.resolve(import.meta.dirname, '../..');
    const read = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8');
    const { bomFormat, components } = JSON.parse(read('apps/api/dist/sbom.cdx.json')) as {
      bomFormat: string;
      components: { name: string; purl: string; hashes?: unknown[]; licenses?: unknown[] }[];
    };
    expect(bomFormat).toBe('CycloneDX');
    const named = new Set(components.map(({ purl }) => decodeURIComponent(purl)));
    const shipped = lockedPackages(read('package-lock.json')).filter((each) => each.shipped);
    const missing = shipped.filter(({ name, version }) => !named.has(`pkg:npm/${name}@${version}`));
    expect(missing).toEqual([]);
    const others = components.filter(({ purl }) => !purl.startsWith('pkg:npm/%40yajin/'));
    expect(others.filter(({ hashes }) => !hashes?.length)).toEqual([]);
    // One names its terms in words of before SPDX, the other in a file only.
    const unnamed = others.filter(({ licenses }) => !licenses?.length).map(({ name }) => name);
    expect(unnamed).toEqual(['pause-stream', 'png-js']);
  });
});

describe('a known hole', () => {
  it('is found in each copy of the package that has it, and in no other version', () => {
    const packages = [
      installed('parser', '1.4.9'),
      installed('parser', '1.5.0', { place: 'node_modules/a/node_modules/parser' }),
      installed('parser', '2.0.0-rc.1', { place: 'node_modules/b/node_modules/parser', shipped: false }),
      installed('parsers', '1.4.9'),
    ];
    expect(holes(list(['<1.5.0', '>=2.0.0-0 <2.0.1']), packages, TODAY)).toEqual([
      'node_modules/parser 1.4.9 (shipped): GHSA-1, high: a hole',
      'node_modules/b/node_modules/parser 2.0.0-rc.1 (a tool): GHSA-1, high: a hole',
    ]);
  });

  it('may be accepted for a time and with a reason, and no longer than it is there', () => {
    const accepted = (until: string) =>
      list(['<1.5.0'], [{ id: 'GHSA-1', package: 'parser', until, reason: 'never called' }]);
    expect(holes(accepted(TODAY), [installed('parser', '1.0.0')], TODAY)).toEqual([]);
    expect(holes(accepted('2026-11-28'), [installed('parser', '1.0.0')], TODAY)).toEqual([
      'node_modules/parser 1.0.0 (shipped): GHSA-1, high: a hole; accepted until 2026-11-28',
    ]);
    expect(holes(accepted(TODAY), [installed('parser', '1.5.0')], TODAY)).toEqual([
      'GHSA-1 is accepted for parser, but nothing installed has it',
    ]);
  });

  it('of a package that came in after the list was made would not be known, which is told', () => {
    const packages = [
      installed('parser', '1.0.0'),
      installed('newcomer', '1.0.0'),
      installed('newcomer', '2.0.0'),
    ];
    expect(unlooked(list(['<1.5.0']), packages)).toEqual([
      'newcomer came in after the list of known holes was made: make it anew (docs/security.md, Packages)',
    ]);
  });

  it('whose range nobody can read is no silence', () => {
    expect(unreadable(list(['<1.5.0', 'before June']))).toEqual([
      'GHSA-1 of parser: "before June" is no range',
    ]);
  });
});

describe('a record of OSV', () => {
  const record: OsvRecord = {
    id: 'GHSA-1',
    summary: 'a hole',
    database_specific: { severity: 'HIGH' },
    affected: [
      {
        package: { ecosystem: 'npm', name: 'parser' },
        ranges: [
          {
            type: 'SEMVER',
            events: [
              { introduced: '0' },
              { fixed: '1.5.0' },
              { introduced: '2.0.0' },
              { last_affected: '2.3.1' },
            ],
          },
          { type: 'GIT', events: [{ introduced: '0' }] },
        ],
      },
      {
        package: { ecosystem: 'npm', name: 'parser' },
        ranges: [{ type: 'SEMVER', events: [{ introduced: '3.0.0' }] }],
        versions: ['0.9.1-evil'],
      },
      { package: { ecosystem: 'PyPI', name: 'parser' }, versions: ['1.0'] },
      { package: { ecosystem: 'npm', name: 'stranger' }, versions: ['1.0.0'] },
    ],
  };
  const names = new Set(['parser']);

  it('becomes the ranges that it names, of npm’s packages that we install', () => {
    expect(fromOsv(record, names)).toEqual([
      {
        id: 'GHSA-1',
        package: 'parser',
        severity: 'high',
        affected: ['>=0.0.0-0 <1.5.0', '>=2.0.0 <=2.3.1', '>=3.0.0', '=0.9.1-evil'],
        summary: 'a hole',
      },
    ]);
  });

  it('that was withdrawn says nothing', () => {
    expect(fromOsv({ ...record, withdrawn: '2026-01-01T00:00:00Z' }, names)).toEqual([]);
  });
});

describe('a licence', () => {
  const agreed = (...packages: LockedPackage[]) =>
    licenceFindings(packages).filter((line) => !line.includes('needed by nothing'));

  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['(MIT AND Zlib)', true],
    ['MIT AND GPL-3.0-only', false],
    ['AGPL-3.0-or-later', false],
    ['MPL-2.0', false],
    ['SEE LICENSE IN LICENSE.txt', false],
    ['', false],
  ])('%s may be shipped: %s', (license, allowed) => {
    expect(agreed(installed('some', '1.0.0', { license })).length === 0).toBe(allowed);
  });

  it('of a tool may ask for its own source, and no more', () => {
    const tool = (license: string) => agreed(installed('some', '1.0.0', { license, shipped: false }));
    expect(tool('MPL-2.0')).toEqual([]);
    expect(tool('GPL-3.0-only')).toEqual([
      'node_modules/some: its licence "GPL-3.0-only" is not one that we use',
    ]);
  });

  it('is excepted to the letter, and an exception that nothing needs is told of', () => {
    expect(agreed(installed('png-js', '1.1.0', { license: '' }))).toEqual([]);
    expect(agreed(installed('png-js', '1.1.0', { license: 'GPL-3.0-only' }))).toHaveLength(1);
    expect(licenceFindings([])).toContain('the licence exception of ^png-js$ is needed by nothing');
  });
});
