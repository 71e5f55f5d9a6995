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

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
}

export function missed({ rounds, goal }: Result): boolean {
  return goal !== null && !(median(ratios(rounds)) >= goal);
}

export function table(results: Result[]): string {
  const head = ['what', 'product/s', 'floor/s', 'ratio', 'min–max', 'goal', ''];
  const lines = [head, ...results.map(line)];
  const widths = head.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
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
    Math.round(median(result.rounds.map((round) => round.product))).toLocaleString('en'),
    Math.round(median(result.rounds.map((round) => round.floor))).toLocaleString('en'),
    median(all).toFixed(2),
    `${Math.min(...all).toFixed(2)}–${Math.max(...all).toFixed(2)}`,
    result.goal === null ? '' : `≥ ${result.goal}`,
    result.goal === null ? '' : missed(result) ? 'MISSED' : 'ok',
  ];
}

function ratios(rounds: Round[]): number[] {
  return rounds.map(({ product, floor }) => product / floor);
}
