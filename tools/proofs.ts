/**
 * `node tools/proofs.ts [--write]`, after a whole `npm test`: holds docs/camp-proofs.md against what the tests showed in that
 * run, or writes it anew.
 */
import fs from 'node:fs';
import path from 'node:path';
import { format } from 'prettier';
import { objections, passedTests, provenBy, table, type Proof, type Section } from './check/proofs.ts';

const ROOT = path.dirname(import.meta.dirname);
const TABLE = path.join(ROOT, 'docs/camp-proofs.md');
/** Where a run leaves its notes. */
export const NOTES = path.join(ROOT, 'node_modules/.cache/proofs.jsonl');
export const REPORT = path.join(ROOT, 'node_modules/.cache/proofs-report.json');

/** What they meet is chance, or says nothing of what an endpoint is for. */
const GENERATED = /\/(?:fuzz|roles)\.spec\.ts$/;

const HEAD = `<!-- Generated from the tests by \`node tools/proofs.ts --write\` after a whole \`npm test\`, which checks it. -->

# What proves the camp API

For each endpoint a test that got its documented answer, for each business code a test that met it, and for each flow and
scene of the contract a test that plays it. Where several do, the first by name is given. Every answer in these tests is held
against the OpenAPI document.

`;

const FLOWS: [string, string][] = [
  ['§11.1', 'Flow: enrolment and payment'],
  ['§11.2', 'Flow: refund review'],
  ['§11.3', 'Flow: check-in sync'],
  ['§12.1', 'Scene: dynamic QR code'],
  ['§12.2', 'Scene: fixed QR code'],
  ['§12.3', 'Scene: batch refund review'],
];

async function sections(): Promise<Section[]> {
  // Only what was built can be loaded.
  const { campDocument, campErrors } = await import('@yajin/contract');
  const endpoints = Object.entries(campDocument.paths).flatMap(([at, item]) =>
    Object.entries(item).map(([method, { operationId }]) => ({
      key: operationId,
      cells: [`${method.toUpperCase()} ${at}`],
    })),
  );
  const codes = Object.entries(campErrors).filter(([code]) => Number(code) >= 1000);
  return [
    { title: 'Endpoints', head: ['Endpoint'], subjects: endpoints },
    {
      title: 'Business codes',
      head: ['Code', 'Message'],
      subjects: codes.map(([code, { message }]) => ({ key: code, cells: [code, message] })),
    },
    {
      title: 'Flows and scenes',
      head: ['Section', 'What'],
      subjects: FLOWS.map(([section, what]) => ({ key: section, cells: [section, what] })),
    },
  ];
}

/** What is wrong with the table after the run whose notes lie ready. */
export async function checkProofs(): Promise<string[]> {
  const written = fs.existsSync(TABLE) ? fs.readFileSync(TABLE, 'utf8') : '';
  return objections(written, await sections(), proofs());
}

function proofs(): Map<string, string[]> {
  const notes = fs.existsSync(NOTES) ? fs.readFileSync(NOTES, 'utf8').split('\n').filter(Boolean) : [];
  const report = JSON.parse(fs.readFileSync(REPORT, 'utf8')) as Parameters<typeof passedTests>[0];
  const shown = notes.map((line) => JSON.parse(line) as Proof).filter(({ file }) => !GENERATED.test(file));
  return provenBy(shown, passedTests(report, ROOT));
}

async function main(): Promise<void> {
  if (process.argv.includes('--write')) {
    const text = HEAD + table(await sections(), proofs());
    fs.writeFileSync(TABLE, await format(text, { parser: 'markdown', printWidth: 110 }));
    return;
  }
  const wrong = await checkProofs();
  for (const line of wrong) process.stderr.write(`${line}\n`);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}

if (import.meta.main) await main();
