/** `npm run build`: builds everything, and makes the folder that runs in production of it. Starts nothing. */
import path from 'node:path';
import { build } from './build.ts';
import { makeProduction } from './production/tree.ts';

const ROOT = path.dirname(import.meta.dirname);
const TARGET = path.join(ROOT, 'dist/production');

try {
  build('@yajin/api,@yajin/admin,@yajin/h5,libs/*');
  makeProduction(ROOT, TARGET);
  process.stdout.write(
    `${path.relative(process.cwd(), TARGET)} runs by itself: npm run migrate, web and worker in it.\n`,
  );
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
