/** How results are judged and shown. */

/** One round: how many a second by the product and by the floor, measured one right after the other. */
export interface Round {
  product: number;
  floor: number;
}

export interface Result {
  what: string;
  rounds: Round[];
  /** The least median of product ÷ floor; null where it only informs. */
  goal: number | null;
}

/** Something measured by itself, such as memory. */
export interface Amount {
  what: string;
  amount: number;
  unit: 'MiB' | 'rows/s' | 'min' | 'ms' | '';
  /** The most it may be; null where it only informs. */
  most: number | null;
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
}

export function missed(measured: Result | Amount): boolean {
  if ('amount' in measured) return measured.most !== null && !(measured.amount <= measured.most);
  const { rounds, goal } = measured;
  return goal !== null && !(median(ratios(rounds)) >= goal);
}

/** A table of the ratios, and below it one of the amounts. */
export function report(measured: (Result | Amount)[]): string {
  const results = measured.filter((one) => 'rounds' in one);
  const amounts = measured.filter((one) => 'amount' in one);
  const head = ['what', 'product/s', 'floor/s', 'ratio', 'min–max', 'goal', ''];
  return [
    ...(results.length > 0 ? [table([head, ...results.map(line)])] : []),
    ...(amounts.length > 0 ? [table([['what', 'measured', 'goal', ''], ...amounts.map(amountLine)])] : []),
  ].join('\n\n');
}

/** Slow things need a digit more. */
export function shownRate(perSecond: number): string {
  return perSecond < 100 ? perSecond.toFixed(1) : Math.round(perSecond).toLocaleString('en');
}

function table(lines: string[][]): string {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((cells) => cells[column]?.length ?? 0)),
  );
  const shown = (cells: string[]): string =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ');
  return lines.map((cells) => shown(cells).trimEnd()).join('\n');
}

function line(result: Result): string[] {
  const all = ratios(result.rounds);
  return [
    result.what,
    shownRate(median(result.rounds.map((round) => round.product))),
    shownRate(median(result.rounds.map((round) => round.floor))),
    median(all).toFixed(2),
    `${Math.min(...all).toFixed(2)}–${Math.max(...all).toFixed(2)}`,
    result.goal === null ? '' : `≥ ${result.goal}`,
    verdict(result, result.goal),
  ];
}

function amountLine(amount: Amount): string[] {
  return [
    amount.what,
    `${amount.unit === '' ? amount.amount : shownRate(amount.amount)} ${amount.unit}`.trim(),
    amount.most === null ? '' : `≤ ${amount.most}`,
    verdict(amount, amount.most),
  ];
}

function verdict(measured: Result | Amount, goal: number | null): string {
  if (goal === null) return '';
  return missed(measured) ? 'MISSED' : 'ok';
}

function ratios(rounds: Round[]): number[] {
  return rounds.map(({ product, floor }) => product / floor);
}
