import { testsOf } from './count.ts';

const report = (numPassedTests: number, numFailedTests: number, numRuntimeErrorTestSuites: number) =>
  JSON.stringify({ numPassedTests, numFailedTests, numRuntimeErrorTestSuites });

it.each([
  ['all passed', report(7, 0, 0), 0, { passed: 7, failed: 0 }],
  ['some failed', report(5, 2, 0), 1, { passed: 5, failed: 2 }],
  ['a file could not be loaded', report(5, 0, 1), 1, { passed: 5, failed: 1 }],
  ['a bad end without a named failure', report(5, 0, 0), 1, { passed: 5, failed: 1 }],
  ['no report', '', 0, { passed: 0, failed: 1 }],
])('%s', (_, text, code, count) => {
  expect(testsOf(text, code)).toEqual(count);
});
