import fc from 'fast-check';
import { fen, fenFromYuan, percent, sumFen, yuanFromFen, yuanText } from './fen.js';

describe('fen', () => {
  it.each([
    [19.9, 1990],
    [0.07, 7],
    [1234567.89, 123456789],
    [99, 9900],
    ['0.1', 10],
  ])('reads %s yuan as exactly %s fen', (yuan, expected) => {
    expect(fenFromYuan(yuan)).toBe(expected);
  });

  it.each([0.001, -1, 1e21, 1e-7, NaN, Infinity, '1e2', ' 1', '', '１', '1.', '.5'])('refuses %s', (yuan) => {
    expect(() => fenFromYuan(yuan)).toThrow(RangeError);
  });

  it('loses nothing between fen, yuan numbers and yuan text', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000_000_000 }), (amount) => {
        expect(fenFromYuan(yuanFromFen(fen(amount)))).toBe(amount);
        expect(fenFromYuan(yuanText(fen(amount)))).toBe(amount);
      }),
    );
  });

  it('refuses fractions and unsafe integers', () => {
    expect(() => fen(0.5)).toThrow(RangeError);
    expect(() => fen(2 ** 53)).toThrow(RangeError);
    expect(() => sumFen([fen(2 ** 53 - 1), fen(1)])).toThrow(RangeError);
  });

  it('rounds a percentage once, to two decimals', () => {
    expect(percent(98, 156)).toBe(62.82);
    expect(percent(1, 0)).toBe(0);
  });
});
