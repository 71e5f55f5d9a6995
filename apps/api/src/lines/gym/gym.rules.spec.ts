import { whyNotTakenBack } from './gym.rules.js';

const today = '2026-03-10';
const member = { membership_until: null, course_lessons: 2, private_lessons: 0 };

it.each([
  ['2026-03-09', 1, false],
  ['2026-03-10', 1, true],
  ['2026-03-10', 2, false],
  ['2026-04-08', 30, true],
  ['2026-04-07', 30, false],
  ['2026-05-08', 30, true],
  [null, 1, false],
])('of a membership until %s, %i days can be taken back today: %s', (until, quantity, may) => {
  const refusal = whyNotTakenBack(
    { type: 'membership', quantity },
    { ...member, membership_until: until },
    today,
  );
  expect(refusal === null).toBe(may);
});

it.each([
  ['course', 2, true],
  ['course', 3, false],
  ['private', 1, false],
] as const)('of %s lessons, %i can be taken back: %s', (type, quantity, may) => {
  expect(whyNotTakenBack({ type, quantity }, member, today) === null).toBe(may);
});
