export interface Count {
  passed: number;
  failed: number;
}

interface JestReport {
  numPassedTests: number;
  numFailedTests: number;
  /** Files that could not even be loaded. */
  numRuntimeErrorTestSuites: number;
}

/**
 * Reads jest's JSON report. A run that ended badly never counts as a success, also without a report or when the report
 * names no failure.
 */
export function testsOf(report: string, exitCode: number): Count {
  const atLeast = exitCode === 0 ? 0 : 1;
  if (report === '') return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(report) as JestReport;
  return { passed: numPassedTests, failed: Math.max(numFailedTests + numRuntimeErrorTestSuites, atLeast) };
}
