/**
 * `node tools/proofs.ts [--write]`, after a whole `npm test`: holds docs/camp-proofs.md and docs/line-proofs.md against what the
 * tests showed in that run, or writes them anew.
 */
import fs from 'node:fs';
import path from 'node:path';
import { format } from 'prettier';
import { LINE_RULES } from './check/line-rules.ts';
import {
  objections,
  passedTests,
  provenBy,
  table,
  type Proof,
  type Section,
  type Subject,
} from './check/proofs.ts';

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
  const { courseDocument } = await import('@yajin/contract/course');
  const { gymDocument } = await import('@yajin/contract/gym');
  const { taskDocument } = await import('@yajin/contract/task');
  const { workOrderDocument } = await import('@yajin/contract/work-order');
  const { consoleDocument } = await import('@yajin/contract/console');
  const documents = {
    course: courseDocument,
    gym: gymDocument,
    task: taskDocument,
    'work-order': workOrderDocument,
    console: consoleDocument,
  };
  return Object.entries(documents).flatMap(([name, { info, paths }]): Section[] => [
    { title: `${info.title}: endpoints`, head: ['Endpoint'], subjects: endpoints(paths, `${name}:`) },
    ...(LINE_RULES[name]
      ? [
          {
            title: `${info.title}: rules`,
            head: ['Line', 'Rule'],
            subjects: LINE_RULES[name].map(([rule]) => ({ key: `${name} ${rule}`, cells: [name, rule] })),
          },
        ]
      : []),
  ]);
}

/** The rules that the tests of a line's folder prove by their names. */
function provenRules(passed: Proof[]): Proof[] {
  return Object.entries(LINE_RULES).flatMap(([line, rules]) => {
    const own = passed.filter(
      ({ file, shows }) => shows === '' && file.startsWith(`apps/api/src/lines/${line}/`),
    );
    return rules.flatMap(([rule, words]) =>
      own.filter(({ test }) => test.includes(words)).map((each) => ({ ...each, shows: `${line} ${rule}` })),
    );
  });
}

/** What is wrong with the tables after the run whose notes lie ready. */
export async function checkProofs(): Promise<string[]> {
  const proven = proofs();
  const wrong = await Promise.all(
    TABLES.map(async ({ file, sections }) => {
      const written = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
      return objections(written, await sections(), proven);
    }),
  );
  return wrong.flat();
}

function proofs(): Map<string, string[]> {
  const notes = fs.existsSync(NOTES) ? fs.readFileSync(NOTES, 'utf8').split('\n').filter(Boolean) : [];
  const report = JSON.parse(fs.readFileSync(REPORT, 'utf8')) as Parameters<typeof passedTests>[0];
  const shown = notes.map((line) => JSON.parse(line) as Proof).filter(({ file }) => !GENERATED.test(file));
  const passed = passedTests(report, ROOT);
  return provenBy(shown, [...passed, ...provenRules(passed)]);
}

async function main(): Promise<void> {
  if (process.argv.includes('--write')) {
    const proven = proofs();
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
