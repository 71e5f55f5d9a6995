/**
 * The table of OWASP ASVS in docs/security.md: each requirement of levels 1 and 2 with the tests that show it, or with the
 * reason why none does. It is made from asvs.yaml; what the requirements are called there is in our words, their text is at
 * https://github.com/OWASP/ASVS (v5.0.0).
 */
import ts from 'typescript';
import { parse } from 'yaml';

const STATUSES = ['shown', 'by design', 'operator', 'not applicable', 'not met'] as const;
type Status = (typeof STATUSES)[number];

export interface Requirement {
  id: string;
  /** What it asks for, in a few words. */
  what: string;
  status: Status;
  /** `path/of/a.spec.ts › title`, the title with those of the describes around it where it is not clear without. */
  tests?: string[];
  /** Why no test shows it, or what the tests leave open. */
  note?: string;
}

export interface Chapter {
  chapter: string;
  requirements: Requirement[];
}

/** @throws Error for what is no entry */
export function readChapters(yaml: string): Chapter[] {
  const chapters = parse(yaml) as Chapter[];
  for (const each of chapters.flatMap(({ requirements }) => requirements)) {
    const { id, what, status, tests = [], note } = each;
    if (!id || !what || !STATUSES.includes(status)) throw new Error(`no entry: ${JSON.stringify(each)}`);
    if (status === 'shown' && tests.length === 0) throw new Error(`${id} is shown by no test`);
    if (status !== 'shown' && !note) throw new Error(`${id} gives no reason`);
  }
  return chapters;
}

/** @param levels a line each: the id and its level */
export function missingOrTwice(chapters: Chapter[], levels: string): string[] {
  const wanted = new Set(levels.match(/^V\S+/gm));
  const given = chapters.flatMap(({ requirements }) => requirements.map(({ id }) => id));
  return [
    ...[...wanted].filter((id) => !given.includes(id)).map((id) => `${id} is missing`),
    ...given.filter((id) => !wanted.has(id)).map((id) => `${id} is no requirement of levels 1 and 2`),
    ...given.filter((id, at) => given.indexOf(id) !== at).map((id) => `${id} is there twice`),
  ];
}

/** @param read the text of a file below the root, null where there is none */
export function missingTests(chapters: Chapter[], read: (file: string) => string | null): string[] {
  const known = new Map<string, Set<string> | null>();
  const titlesIn = (file: string): Set<string> | null => {
    const text = known.has(file) ? null : read(file);
    if (!known.has(file)) known.set(file, text === null ? null : titlesOf(text));
    return known.get(file) ?? null;
  };
  return chapters.flatMap(({ requirements }) =>
    requirements.flatMap(({ id, tests = [] }) =>
      tests.flatMap((test) => {
        const at = test.indexOf(SEPARATOR);
        const titles = titlesIn(test.slice(0, at));
        if (!titles) return [`${id}: there is no ${test.slice(0, at)}`];
        return titles.has(test.slice(at + SEPARATOR.length)) ? [] : [`${id}: there is no test ${test}`];
      }),
    ),
  );
}

const SEPARATOR = ' › ';

/** What the tests of a file are called as written, each alone and after the titles around it; skipped ones are none. */
export function titlesOf(text: string): Set<string> {
  const titles = new Set<string>();
  const visit = (node: ts.Node, around: string[]): void => {
    const title = titleOf(node);
    if (title === SKIPPED) return;
    const inside = title === null ? around : [...around, title];
    if (title !== null) inside.forEach((_, at) => titles.add(inside.slice(at).join(SEPARATOR)));
    ts.forEachChild(node, (child) => visit(child, inside));
  };
  visit(ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, true), []);
  return titles;
}

const SKIPPED = '';

function titleOf(node: ts.Node): string | null {
  if (!ts.isCallExpression(node)) return null;
  const [, calls] = /^(?:it|test|describe)\b((?:\.\w+)*)/.exec(node.expression.getText()) ?? [];
  const [first] = node.arguments;
  if (calls === undefined || !first) return null;
  if (/skip|todo/.test(calls)) return SKIPPED;
  // Of `it.each([…])('title', …)` the second call has the title.
  if (ts.isStringLiteralLike(first)) return first.text;
  return ts.isTemplateExpression(first) ? first.getText().slice(1, -1) : null;
}

/** The counts and, a chapter each, the tables. */
export function asvsTables(chapters: Chapter[], levels: string): string {
  const all = chapters.flatMap(({ requirements }) => requirements);
  const counts = STATUSES.map(
    (status) => `${all.filter((each) => each.status === status).length} ${status}`,
  ).join(', ');
  const levelOf = new Map(
    levels
      .trim()
      .split('\n')
      .map((line) => line.split(' ') as [string, string]),
  );
  const tables = chapters.map(({ chapter, requirements }) => {
    const rows = requirements.map(({ id, what, status, tests = [], note }) => {
      const shown = tests.map((test) => test.replace(/^.*\/(?=[^/]*\.spec\.ts › )/, ''));
      return row([
        `${id} (${levelOf.get(id)})`,
        what,
        status,
        [...shown, ...(note ? [note] : [])].join('<br>'),
      ]);
    });
    return [`### ${chapter}`, '', row(HEAD), row(HEAD.map(() => '---')), ...rows].join('\n');
  });
  return [`Of ${all.length} requirements: ${counts}.`, ...tables].join('\n\n');
}

const HEAD = ['Requirement (level)', 'What', 'Status', 'Test or reason'];
const row = (cells: string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '∣').replace(/\s+/g, ' ')).join(' | ')} |`;

const [BEGIN, END] = ['<!-- ASVS: begin -->', '<!-- ASVS: end -->'];

/** The document with its tables as they are now. @throws Error when it has no place for them */
export function withTables(document: string, tables: string): string {
  const [from, to] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`no place between ${BEGIN} and ${END}`);
  return `${document.slice(0, from)}${BEGIN}\n\n${tables}\n\n${document.slice(to)}`;
}
