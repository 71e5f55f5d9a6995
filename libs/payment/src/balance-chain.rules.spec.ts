import { chainOf } from './balance-chain.rules.js';
import type { Movement } from './gateway.js';

const NOON = Date.UTC(2026, 10, 20, 4);

describe('the chain of balances', () => {
  const chain = (...steps: [amount: number, balance: number | null, second?: number][]): Movement[] =>
    steps.map(([amountFen, balanceFen, second = 0], index) => ({
      ...{ kind: 'payment', said: '交易', at: new Date(NOON + second * 1000), flowNo: `${index}` },
      ...{ gatewayNo: null, ourNo: null, amountFen, balanceFen },
    }));

  it.each([
    ['in order', chain([10, 110], [-5, 105], [20, 125])],
    ['the latest first', chain([20, 125], [-5, 105], [10, 110])],
    ['two of one second changed over', chain([10, 110], [20, 125], [-5, 105])],
  ])('is whole %s, and says what the account held before and after', (_, movements) => {
    expect(chainOf(movements)).toEqual({ openingFen: 100, closingFen: 125, gaps: [] });
  });

  it.each([
    ['by their order', chain([10, 110], [-1, 109], [-10, 99], [1, 100]), 100],
    ['by their order, the latest first', chain([1, 100], [-10, 99], [-1, 109], [10, 110]), 100],
    ['by their time', chain([10, 110, 1], [-10, 100, 2]), 100],
    ['by their time, the latest first', chain([-10, 100, 2], [10, 110, 1]), 100],
    [
      'where two of its first second are changed over',
      chain([-5, 105], [10, 110], [-3, 102, 1], [-2, 100, 2]),
      100,
    ],
    ['by nothing', chain([-10, 100], [10, 110]), null],
  ])('of a day that ends as it began is known %s', (_, movements, heldFen) => {
    expect(chainOf(movements)).toEqual({ openingFen: heldFen, closingFen: heldFen, gaps: [] });
  });

  it('says where it is broken', () => {
    const gap = { flowNo: '2', expectedFen: 105, saidFen: 106 };
    expect(chainOf(chain([10, 110], [-5, 105], [20, 126]))).toEqual({
      ...{ openingFen: 100, closingFen: 126, gaps: [gap] },
    });
  });

  it('is said to be broken in the order of time, also where the latest stands first and nothing else tells', () => {
    const gaps = [{ flowNo: '0', expectedFen: 110, saidFen: 132 }];
    expect(chainOf(chain([1, 133, 1], [10, 110]))).toEqual({ openingFen: 100, closingFen: 133, gaps });
  });

  it.each([
    ['', chain([10, 110], [20, 125], [-5, 105], [1, 133, 1])],
    [', the latest first', chain([1, 133, 1], [-5, 105], [20, 125], [10, 110])],
  ])('is said to be broken once, however two of one second are changed over elsewhere%s', (_, movements) => {
    expect(chainOf(movements)).toMatchObject({
      ...{ openingFen: 100, closingFen: 133, gaps: [{ expectedFen: 125, saidFen: 132 }] },
    });
  });

  it.each([
    ['', chain([10, 110], [-10, 490], [10, 500]), 500],
    [' of a day that ends as it began', chain([10, 110], [-10, 100], [-10, 490], [10, 500]), 500],
  ])('is broken where movements that undo each other stand beside the rest%s', (_, movements, closingFen) => {
    expect(chainOf(movements)).toMatchObject({
      ...{ openingFen: 100, closingFen, gaps: [{ saidFen: 500 }] },
    });
  });

  it('is not looked at where balances are not said, or nothing moved', () => {
    const nothing = { openingFen: null, closingFen: null, gaps: [] };
    expect(chainOf(chain([10, 110], [-5, null]))).toEqual(nothing);
    expect(chainOf([])).toEqual(nothing);
  });
});
