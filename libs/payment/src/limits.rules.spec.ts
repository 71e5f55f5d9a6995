import { judge, type Limits } from './limits.rules.js';

const none: Limits = { singleFen: null, dayFen: null, kinds: new Set() };

it('nothing is above a limit that there is not', () => {
  expect(judge(none, 'manual', [1, 10 ** 11], 10 ** 12)).toEqual({
    exceeded: [null, null],
    doneFen: 10 ** 12 + 10 ** 11 + 1,
  });
});

it('a sum is above a limit only beyond it, and what waits does not count for the day', () => {
  const limits = { ...none, singleFen: 100, dayFen: 150 };
  expect(judge(limits, 'deposit', [100, 101, 50, 1], 0)).toEqual({
    exceeded: [null, 'single', null, 'day'],
    doneFen: 150,
  });
  expect(judge(limits, 'deposit', [60, 40], 100)).toEqual({ exceeded: ['day', null], doneFen: 140 });
});

it('a kind that nobody decides about alone waits whatever its sum', () => {
  const limits = { ...none, singleFen: 100, kinds: new Set(['transfer']) };
  expect(judge(limits, 'transfer', [1, 200], 0).exceeded).toEqual(['kind', 'kind']);
  expect(judge(limits, 'manual', [1, 200], 0).exceeded).toEqual([null, 'single']);
});
