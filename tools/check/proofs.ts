/**
 * The table of what is proved by which test (docs/camp-proofs.md), made from what the tests of the API saw it do. A row
 * names the first test that showed it; in each later run that very test must show it again.
 */

/** A line of what the API under test noted: in which test the API did what. */
export interface Proof {
  file: string;
  test: string;
  /** An operation id, a business code, or a flow or scene such as `§11.1`. */
  shows: string;
}

/** Something that needs a proof. */
export interface Subject {
  /** What the tests show: see `Proof.shows`. */
  key: string;
  /** How the table calls it. */
  cells: string[];
}

export interface Section {
  title: string;
  head: string[];
  subjects: Subject[];
}

interface JestReport {
  testResults: { name: string; assertionResults: { fullName: string; status: string }[] }[];
}

/** The tests that passed, as `file` and `test`, with the flows and scenes that their names speak of. */
export function passedTests(report: JestReport, root: string): Proof[] {
  return report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'passed')
      .flatMap(({ fullName }) => {
        const file = name.replace(`${root}/`, '');
        const spoken = fullName.match(/§\d+\.\d+/g) ?? [];
        return ['', ...spoken].map((shows) => ({ file, test: fullName, shows }));
      }),
  );
}

/** What counts: seen by a test that passed. */
export function provenBy(notes: Proof[], passed: Proof[]): Map<string, string[]> {
  const good = new Set(passed.map((each) => place(each)));
  const all = [
    ...passed.filter(({ shows }) => shows !== ''),
    ...notes.filter((note) => good.has(place(note))),
  ];
  const proven = new Map<string, Set<string>>();
  for (const proof of all) {
    const places = proven.get(proof.shows) ?? new Set();
    proven.set(proof.shows, places.add(place(proof)));
  }
  return new Map([...proven].map(([key, places]) => [key, [...places].sort()]));
}

/** The table with, for each subject, the first of its tests. @throws Error naming the subjects without any */
export function table(sections: Section[], proven: Map<string, string[]>): string {
  const missing = sections
    .flatMap(({ subjects }) => subjects)
    .filter(({ key }) => !proven.has(key))
    .map(({ cells }) => cells.join(' '));
  if (missing.length > 0) throw new Error(`No passed test shows:\n  ${missing.join('\n  ')}`);
  const parts = sections.map(({ title, head, subjects }) => {
    const lines = subjects.map(({ key, cells }) => row([...cells, proven.get(key)?.[0] ?? '']));
    return [
      `## ${title}`,
      '',
      row([...head, 'Test']),
      row([...head, ''].map(() => '---')),
      ...lines,
      '',
    ].join('\n');
  });
  return parts.join('\n');
}

/** What is wrong with a written table, in the light of a run; nothing when each row's own test showed it again. */
export function objections(written: string, sections: Section[], proven: Map<string, string[]>): string[] {
  const rows = written.split('\n').filter((line) => line.startsWith('|'));
  return sections.flatMap(({ subjects }) =>
    subjects.flatMap(({ key, cells }) => {
      const found = rows.map(cellsOf).find((each) => cells.every((cell, index) => each[index] === cell));
      if (!found) return [`${cells.join(' ')} is not in the table`];
      const test = found[cells.length] ?? '';
      if (proven.get(key)?.includes(test)) return [];
      return [`${cells.join(' ')} was not shown by: ${test}`];
    }),
  );
}

const place = ({ file, test }: Proof): string => clean(`${file.split('/').at(-1)} › ${test}`);
const clean = (text: string): string => text.replaceAll('|', '∣').replace(/\s+/g, ' ').trim();
const row = (cells: string[]): string => `| ${cells.join(' | ')} |`;
const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
