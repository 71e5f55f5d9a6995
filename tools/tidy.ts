/** The checks that no tool has: prints what is untidy in the checkout, and fails if anything is. */
import fs from 'node:fs';
import path from 'node:path';
import { decisionFindings, lockFindings, textFindings, unusedExports } from './check/tidiness.ts';

const ROOT = path.dirname(import.meta.dirname);
const SKIPPED = new Set(['node_modules', 'dist', '.git', '.nx', 'coverage']);
const TEXT = /\.(ts|tsx|js|mjs|cjs|json|md|yaml|yml|css|html|sh|sql)$|^\.ci\/|Dockerfile/;
const VAGUE = new Set(['shared', 'common', 'utils', 'util', 'helpers', 'misc']);

function filesBelow(folder: string): string[] {
  return fs.readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const at = path.posix.join(folder, entry.name);
    if (SKIPPED.has(entry.name) || entry.name.startsWith('.data')) return [];
    if (entry.isDirectory()) return filesBelow(at);
    return entry.isFile() && TEXT.test(at) ? [at] : [];
  });
}

const files = filesBelow('.').filter((file) => file !== 'package-lock.json');
const texts = new Map(files.map((file) => [file, fs.readFileSync(path.join(ROOT, file), 'utf8')]));
const findings = [
  ...[...texts].flatMap(([file, text]) => [
    ...textFindings(file, text, ROOT),
    ...decisionFindings(file, text),
  ]),
  ...files
    .filter((file) => file.split('/').some((part) => VAGUE.has(part)))
    .map((file) => `${file}: a folder must say what it is for`),
  ...unusedExports(texts),
  ...lockFindings(fs.readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')),
];
for (const finding of findings) process.stdout.write(`${finding}\n`);
process.exitCode = findings.length > 0 ? 1 : 0;
