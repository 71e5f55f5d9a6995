/** Money is an integer number of fen (1/100 yuan), kept apart from other numbers by its type. */
export type Fen = number & { readonly __unit: 'fen' };

/** @throws RangeError when `value` is not a safe integer. */
export function fen(value: number | string | bigint): Fen {
  const amount = Number(value);
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not a whole number of fen: ${value}`);
  return amount as Fen;
}

/**
 * Reads yuan as written on the wire: a JSON number or a decimal string with at most two decimals.
 * Works on the decimal digits, so 19.9 is exactly 1990. Exponents, signs and blanks are refused.
 * @throws RangeError
 */
export function fenFromYuan(yuan: number | string): Fen {
  const match = /^(\d{1,13})(?:\.(\d{1,2}))?$/.exec(String(yuan));
  if (!match) throw new RangeError(`not an amount in yuan: ${yuan}`);
  return fen(`${match[1]}${(match[2] ?? '').padEnd(2, '0')}`);
}

/** Yuan as a JSON number. Exact to two decimals for every amount below 90 trillion yuan. */
export function yuanFromFen(amount: Fen): number {
  return Number(yuanText(amount));
}

/** Yuan with exactly two decimals, such as `19.90` or `-0.07`. */
export function yuanText(amount: Fen): string {
  const digits = String(Math.abs(amount)).padStart(3, '0');
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export function sumFen(amounts: Iterable<Fen>): Fen {
  let total = 0;
  for (const amount of amounts) total += amount;
  return fen(total);
}

/** `part` of `whole` in percent, rounded once to two decimals; 0 when there is no whole. */
export function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part * 10_000) / whole) / 100;
}
