import { objections, passedTests, provenBy, table, type Section } from './proofs.ts';

const sections: Section[] = [
  { title: 'Endpoints', head: ['Endpoint'], subjects: [{ key: 'login', cells: ['POST /login'] }] },
  { title: 'Flows', head: ['Flow', 'Name'], subjects: [{ key: '§11.1', cells: ['§11.1', '报名'] }] },
];
const report = (status: string) => ({
  testResults: [
    {
      name: '/root/apps/api/test/a.spec.ts',
      assertionResults: [
        { fullName: 'logs | in', status },
        { fullName: '§11.1 enrols', status: 'passed' },
      ],
    },
  ],
});
const notes = [{ file: 'apps/api/test/a.spec.ts', test: 'logs | in', shows: 'login' }];
const proven = (status = 'passed') => provenBy(notes, passedTests(report(status), '/root'));

test('a table names for each subject a test that passed', () => {
  const text = table(sections, proven());
  expect(text).toContain('| POST /login | a.spec.ts › logs ∣ in |');
  expect(text).toContain('| §11.1 | 报名 | a.spec.ts › §11.1 enrols |');
  expect(objections(text, sections, proven())).toEqual([]);
});

test('what no passed test shows cannot be in the table', () => {
  expect(() => table(sections, proven('failed'))).toThrow('POST /login');
});

test('a row whose test no longer shows it is an objection, and so is a missing row', () => {
  const text = table(sections, proven());
  expect(objections(text, sections, proven('failed'))).toEqual([
    'POST /login was not shown by: a.spec.ts › logs ∣ in',
  ]);
  expect(objections('', sections, proven())).toHaveLength(2);
});
