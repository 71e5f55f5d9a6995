import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { API, BROWSER, UNIT } from './sizes.ts';

const specs = execFileSync('git', ['ls-files', 'apps/**/*.spec.ts*', 'libs/**/*.spec.ts*'], {
  encoding: 'utf8',
})
  .trim()
  .split('\n');

function sizesOf(file: string): string[] {
  const sizes = { unit: UNIT, api: API, browser: BROWSER };
  return Object.entries(sizes).flatMap(([size, pattern]) =>
    new RegExp(`^${pattern}`).test(path.resolve(file)) ? [size] : [],
  );
}

it('every test of an app or a library is run by exactly one of the commands for a size', () => {
  expect(specs.length).toBeGreaterThan(100);
  expect(specs.filter((file) => sizesOf(file).length !== 1)).toEqual([]);
});

it.each([
  ['apps/api/src/lines/camp/camp/camp.rules.spec.ts', 'unit'],
  ['apps/h5/test/enrol.rules.spec.ts', 'unit'],
  ['libs/ui/test/format.spec.ts', 'unit'],
  ['apps/admin/test/kit.ui.spec.tsx', 'unit'],
  ['apps/api/test/once.spec.ts', 'api'],
  ['apps/api/src/pay/test/pay.spec.ts', 'api'],
  ['apps/admin/test/pay.browser.spec.ts', 'browser'],
])('%s is of the size %s', (file, size) => {
  expect(sizesOf(file)).toEqual([size]);
});
