/** `npm run looks:accept`: how the kits and the main pages look now is how they are to look. See docs/testing.md. */
import path from 'node:path';
import { findBrowser } from './check/browser.ts';
import { run } from './check/process.ts';

const ROOT = path.dirname(import.meta.dirname);
const browser = findBrowser((line) => process.stdout.write(`${line}\n`));
if (!browser) throw new Error('no Chromium is to be had');
process.env['NX_DAEMON'] = 'false';
// The pages need no database: an address that is never asked keeps one from being started.
const environment = {
  BROWSER_PATH: browser,
  LOOKS: 'accept',
  TEST_DATABASE_URL: 'postgres://none.invalid/none',
};
const built = await run(['nx', 'run-many', '-t', 'build', 'gallery'], { folder: ROOT });
const { code } =
  built.code === 0 ? await run(['jest', 'tools/looks/'], { folder: ROOT, environment }) : built;
process.exitCode = code;
