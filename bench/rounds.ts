/** Product and floor taking turns. */
import { shownRate, type Result, type Round } from './report.ts';

type Turn = () => Promise<number>;

export interface Comparison {
  what: string;
  rounds: number;
  goal: number | null;
  /** Each measures once and tells how many a second. */
  product: Turn;
  floor: Turn;
}

/** The first turn of each is not counted. */
export async function compare(
  { what, rounds, goal, product, floor }: Comparison,
  say: (line: string) => void,
): Promise<Result> {
  const measured: Round[] = [];
  await pair(1, product, floor);
  for (let at = 0; at < rounds; at++) {
    measured.push(await pair(at, product, floor));
    say(`  ${what}, round ${at + 1} of ${rounds}: ${shownRound(measured.at(-1))}`);
  }
  return { what, rounds: measured, goal };
}

/** Each side goes first every other time. */
export async function pair(at: number, product: Turn, floor: Turn): Promise<Round> {
  if (at % 2 === 0) {
    const first = await product();
    return { product: first, floor: await floor() };
  }
  const first = await floor();
  return { product: await product(), floor: first };
}

export function shownRound(measured: Round | undefined): string {
  return measured ? `${shownRate(measured.product)} and ${shownRate(measured.floor)} a second` : '';
}
