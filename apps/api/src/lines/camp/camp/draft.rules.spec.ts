import { checkPeriod } from './camp.rules.js';
import { draftOf, neededOf, type Given } from './draft.rules.js';

const WHOLE = {
  name: '早起',
  posterUrl: 'https://cdn.example.com/p.png',
  groupQrcodeUrl: 'https://cdn.example.com/q.png',
  deposit: 99,
  startDate: '2026-12-01',
  endDate: '2026-12-08',
  requiredDays: 5,
  planetProjectId: '42',
} satisfies Given;
const NEEDS = Object.keys(WHOLE) as (keyof typeof WHOLE)[];

it('a draft with everything is what was given, and lacks nothing', () => {
  expect(draftOf(WHOLE, '2026-11-30')).toEqual({ values: WHOLE, missing: [] });
});

it('whatever is missing of a draft, alone or with anything else, is named, and dates and days fit each other', () => {
  for (let chosen = 0; chosen < 2 ** NEEDS.length; chosen += 1) {
    const missing = NEEDS.filter((_, bit) => chosen & (1 << bit));
    const given: Given = { ...WHOLE };
    for (const need of missing) given[need] = null;
    const draft = draftOf(given, '2026-11-30');
    expect(draft.missing).toEqual(missing);
    for (const need of NEEDS) if (!missing.includes(need)) expect(draft.values[need]).toBe(WHOLE[need]);
    expect(() => checkPeriod(draft.values)).not.toThrow();
  }
});

it('an empty text is missing, and what is not needed is nobody’s business here', () => {
  expect(draftOf({ ...WHOLE, name: '', planetProjectId: '' }, '2026-11-30').missing).toEqual([
    'name',
    'planetProjectId',
  ]);
  expect(neededOf({ name: 'x', deposit: null, ...{ rules: ['y'] } })).toEqual({ name: 'x', deposit: null });
});
