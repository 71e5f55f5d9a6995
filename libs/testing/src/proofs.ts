import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';

/** One line a fact: which test showed what. `tools/proofs.ts` makes the table of them. */
export interface Proof {
  file: string;
  test: string;
  /** An operation that answered 200, or a business code that was answered. */
  shows: string;
}

const written = new Set<string>();

/** Notes what the running test has seen the API do; outside of `npm test` it does nothing. */
export function prove(shows: string): void {
  const target = process.env['PROOFS_FILE'];
  const { currentTestName: test, testPath } = expect.getState();
  if (!target || !test || !testPath) return;
  const proof: Proof = { file: relative(process.cwd(), testPath), test, shows };
  const line = `${JSON.stringify(proof)}\n`;
  if (written.has(line)) return;
  written.add(line);
  appendFileSync(target, line);
}

/** Every business code in an answer: its own, and those that say why a refund or a sync failed. */
export function codesIn(body: unknown): number[] {
  if (Array.isArray(body)) return body.flatMap(codesIn);
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([name, value]) =>
    (name === 'code' || name === 'failCode') && typeof value === 'number' && value >= 1000
      ? [value]
      : codesIn(value),
  );
}
