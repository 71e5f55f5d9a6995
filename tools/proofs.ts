/**
 * `node tools/proofs.ts [--write]`, after a whole `npm test`: holds docs/camp-proofs.md and docs/line-proofs.md against what the
 * tests showed in that run, or writes them anew.
 */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ApiDocument } from '@yajin/contract';
import { format } from 'prettier';
import {
  objections,
  passedTests,
  provenBy,
  table,
  type Proof,
  type Section,
  type Subject,
} from './check/proofs.ts';
import { builtLines } from './lines.ts';

const ROOT = path.dirname(import.meta.dirname);
/** Where a run leaves its notes. */
export const NOTES = path.join(ROOT, 'node_modules/.cache/proofs.jsonl');
export const REPORT = path.join(ROOT, 'node_modules/.cache/proofs-report.json');

/** What they meet is chance, or says nothing of what an endpoint is for. */
const GENERATED = /(?:[/-](?:fuzz|roles)|abuse-routes)\.spec\.ts$/;

const NOTICE =
  '<!-- Generated from the tests by `node tools/proofs.ts --write` after a whole `npm test`, which checks it. -->';

interface Table {
  file: string;
  head: string;
  sections: () => Promise<Section[]>;
}

const TABLES: Table[] = [
  {
    file: path.join(ROOT, 'docs/camp-proofs.md'),
    head: `${NOTICE}

# What proves the camp API

For each endpoint a test that got its documented answer, for each business code a test that met it, and for each flow and
scene of the contract a test that plays it. Where several do, the first by name is given. Every answer in these tests is held
against the OpenAPI document.

`,
    sections: campSections,
  },
  {
    file: path.join(ROOT, 'docs/line-proofs.md'),
    head: `${NOTICE}

# What proves the small lines’ APIs

For each endpoint of the four documents, and of the payments area of the console, a test that got its documented answer; for each rule
of the documents a test of its name. Every answer in these tests is held against the line's OpenAPI document.

`,
    sections: lineSections,
  },
];

const FLOWS: [string, string][] = [
  ['§11.1', 'Flow: enrolment and payment'],
  ['§11.2', 'Flow: refund review'],
  ['§11.3', 'Flow: check-in sync'],
  ['§12.1', 'Scene: dynamic QR code'],
  ['§12.2', 'Scene: fixed QR code'],
  ['§12.3', 'Scene: batch refund review'],
];

type Paths = Record<string, Record<string, { operationId: string }>>;

function endpoints(paths: Paths, prefix = ''): Subject[] {
  return Object.entries(paths).flatMap(([at, item]) =>
    Object.entries(item).map(([method, { operationId }]) => ({
      key: `${prefix}${operationId}`,
      cells: [`${method.toUpperCase()} ${at}`],
    })),
  );
}

async function campSections(): Promise<Section[]> {
  // Only what was built can be loaded.
  const { campDocument, campErrors } = await import('@yajin/contract');
  const codes = Object.entries(campErrors).filter(([code]) => Number(code) >= 1000);
  return [
    { title: 'Endpoints', head: ['Endpoint'], subjects: endpoints(campDocument.paths) },
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

async function lineSections(): Promise<Section[]> {
  const { consoleDocument } = await import('@yajin/contract/console');
  const hosted = (await builtLines()).filter(({ tokenKey }) => tokenKey !== null);
  const documents = [
    ...hosted.map(({ name, document }) => ({ name, document: document as ApiDocument })),
    { name: 'console', document: consoleDocument },
  ];
  const sections = documents.map(async ({ name, document: { info, paths } }): Promise<Section[]> => {
    const rules = await rulesOf(name);
    const subjects = rules.map(([rule]) => ({ key: `${name} ${rule}`, cells: [name, rule] }));
    return [
      { title: `${info.title}: endpoints`, head: ['Endpoint'], subjects: endpoints(paths, `${name}:`) },
      ...(rules.length > 0 ? [{ title: `${info.title}: rules`, head: ['Line', 'Rule'], subjects }] : []),
    ];
  });
  return (await Promise.all(sections)).flat();
}

type Rule = [rule: string, test: string];

/** What a line's folder says of its document; none where it says nothing. */
async function rulesOf(line: string): Promise<Rule[]> {
  const file = path.join(ROOT, 'apps/api/src/lines', line, 'test/rules.ts');
  if (!fs.existsSync(file)) return [];
  return ((await import(pathToFileURL(file).href)) as { RULES: Rule[] }).RULES;
}

/** The rules that the tests of a line's folder prove by their names. */
async function provenRules(passed: Proof[]): Promise<Proof[]> {
  const proven = (await builtLines()).map(async ({ name }) => {
    const folder = `apps/api/src/lines/${name}/`;
    const own = passed.filter(({ file, shows }) => shows === '' && file.startsWith(folder));
    return (await rulesOf(name)).flatMap(([rule, words]) =>
      own.filter(({ test }) => test.includes(words)).map((each) => ({ ...each, shows: `${name} ${rule}` })),
    );
  });
  return (await Promise.all(proven)).flat();
}

/** What is wrong with the tables after the run whose notes lie ready. */
export async function checkProofs(): Promise<string[]> {
  const proven = await proofs();
  const wrong = await Promise.all(
    TABLES.map(async ({ file, sections }) => {
      const written = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
      return objections(written, await sections(), proven);
    }),
  );
  return wrong.flat();
}

async function proofs(): Promise<Map<string, string[]>> {
  const notes = fs.existsSync(NOTES) ? fs.readFileSync(NOTES, 'utf8').split('\n').filter(Boolean) : [];
  const report = JSON.parse(fs.readFileSync(REPORT, 'utf8')) as Parameters<typeof passedTests>[0];
  const shown = notes.map((line) => JSON.parse(line) as Proof).filter(({ file }) => !GENERATED.test(file));
  const passed = passedTests(report, ROOT);
  return provenBy(shown, [...passed, ...(await provenRules(passed))]);
}

async function main(): Promise<void> {
  if (process.argv.includes('--write')) {
    const proven = await proofs();
    for (const { file, head, sections } of TABLES) {
      const text = head + table(await sections(), proven);
      fs.writeFileSync(file, await format(text, { parser: 'markdown', printWidth: 110 }));
    }
    return;
  }
  const wrong = await checkProofs();
  for (const line of wrong) process.stderr.write(`${line}\n`);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}

if (import.meta.main) await main();
