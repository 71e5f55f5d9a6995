import { changedFields } from '../src/pages/system/changes.js';

test('only what differs is shown, in the order in which it was recorded', () => {
  const before = { name: '早起', deposit: 99, rules: ['一'] };
  const after = { name: '早起', deposit: 199, rules: ['一', '二'] };
  expect(changedFields(before, after)).toEqual([
    { field: 'deposit', before: '99', after: '199' },
    { field: 'rules', before: '[\n  "一"\n]', after: '[\n  "一",\n  "二"\n]' },
  ]);
});

test('what is new has nothing before, what is gone nothing after', () => {
  expect(changedFields(null, { status: 'draft', none: null })).toEqual([
    { field: 'status', before: null, after: 'draft' },
  ]);
  expect(changedFields({ value: '••••' }, { value: null })).toEqual([
    { field: 'value', before: '••••', after: null },
  ]);
});

test('nothing is shown where nothing was recorded', () => {
  expect(changedFields(null, null)).toEqual([]);
});
