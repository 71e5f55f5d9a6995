/**
 * `node tools/security.ts [--write]`: holds docs/security.md against tools/security/asvs.yaml, and that against the list of
 * requirements and the tests it names; or writes the tables anew.
 */
import fs from 'node:fs';
import path from 'node:path';
import { format } from 'prettier';
import { asvsTables, missingOrTwice, missingTests, readChapters, withTables } from './security/asvs.ts';

const ROOT = path.dirname(import.meta.dirname);
const DOCUMENT = path.join(ROOT, 'docs/security.md');

function read(file: string): string | null {
  const at = path.join(ROOT, file);
  return fs.existsSync(at) ? fs.readFileSync(at, 'utf8') : null;
}

const chapters = readChapters(read('tools/security/asvs.yaml') ?? '');
const levels = read('tools/security/levels.txt') ?? '';
const wrong = [...missingOrTwice(chapters, levels), ...missingTests(chapters, read)];
const written = fs.readFileSync(DOCUMENT, 'utf8');
const current = await format(withTables(written, asvsTables(chapters, levels)), {
  parser: 'markdown',
  printWidth: 110,
});
if (process.argv.includes('--write')) fs.writeFileSync(DOCUMENT, current);
else if (written !== current) wrong.push('docs/security.md is not current: node tools/security.ts --write');
for (const line of wrong) process.stdout.write(`${line}\n`);
process.exitCode = wrong.length > 0 ? 1 : 0;
