/** What the balances of a day's statement say of what the account held before and after it. Pure. */
import type { Movement } from './gateway.js';

/** A balance that is not what it should be. */
interface Gap {
  flowNo: string;
  expectedFen: number;
  saidFen: number;
}

/** What the account held before and after, by the balances; null where they do not say. */
export interface Chain {
  openingFen: number | null;
  closingFen: number | null;
  gaps: Gap[];
}

interface Link {
  at: Date;
  flowNo: string;
  before: number;
  after: number;
}

/**
 * Follows the balances of a day, in whatever order its movements stand: each begins where another one ended, but for one at either end, and
 * from each the others are reached. Where that does not hold, the breaks are said in the statement's order, or in the opposite one, in which
 * fewer of them are, or else the time goes on.
 */
export function chainOf(movements: readonly Movement[]): Chain {
  const links = movements.flatMap(({ at, flowNo, amountFen, balanceFen }) =>
    balanceFen === null ? [] : [{ at, flowNo, before: balanceFen - amountFen, after: balanceFen }],
  );
  if (links.length === 0 || links.length < movements.length)
    return { openingFen: null, closingFen: null, gaps: [] };
  const ends = endsOf(links);
  if (ends === 'round') {
    const heldFen = startOfRound(links);
    return { openingFen: heldFen, closingFen: heldFen, gaps: [] };
  }
  if (ends !== 'broken') return { openingFen: ends.before, closingFen: ends.after, gaps: [] };
  return followed(directionOf(links) < 0 ? links.toReversed() : links);
}

/** Where links begin and end that are all one way; `round` where that is the same, and nobody can say where. */
function endsOf(links: readonly Link[]): Pick<Link, 'before' | 'after'> | 'round' | 'broken' {
  const counts = new Map<number, number>();
  for (const { before, after } of links) {
    counts.set(before, (counts.get(before) ?? 0) + 1);
    counts.set(after, (counts.get(after) ?? 0) - 1);
  }
  const [opening, ...moreOpenings] = [...counts].filter(([, count]) => count > 0);
  const [closing] = [...counts].filter(([, count]) => count < 0);
  if (!areJoined(links)) return 'broken';
  if (opening === undefined || closing === undefined) return 'round';
  return opening[1] === 1 && moreOpenings.length === 0 ? { before: opening[0], after: closing[0] } : 'broken';
}

/** Whether each balance is reached from any other: a round apart from the rest began and ended with a movement that is not there. */
function areJoined(links: readonly Link[]): boolean {
  const beside = new Map<number, number[]>();
  const put = (fen: number, other: number): void => {
    const others = beside.get(fen);
    if (others) others.push(other);
    else beside.set(fen, [other]);
  };
  for (const { before, after } of links) {
    put(before, after);
    put(after, before);
  }
  const [start] = beside.keys();
  const reached = new Set(start === undefined ? [] : [start]);
  // A set is walked through to the end, with what is added meanwhile.
  for (const fen of reached) for (const other of beside.get(fen) ?? []) reached.add(other);
  return reached.size === beside.size;
}

/** A day that ends with what it began with: the balances are a round, and only the order, or else the time, tells where it began. */
function startOfRound(links: readonly Link[]): number | null {
  const direction = directionOf(links);
  if (direction === 0) return null;
  const order = direction > 0 ? links : links.toReversed();
  return followed(order.toSorted((one, other) => one.at.getTime() - other.at.getTime())).openingFen;
}

/** More than 0 where the order is that of time, less where it is the opposite: what breaks less often, or else the time tells; 0: nothing does. */
function directionOf(links: readonly Link[]): number {
  const [first, last] = [links[0], links.at(-1)];
  const later = first && last ? last.at.getTime() - first.at.getTime() : 0;
  return followed(links.toReversed()).gaps.length - followed(links).gaps.length || later;
}

/** Links in the order of a list, but for those of one second, which are one step where they are one way. */
function followed(links: readonly Link[]): Chain {
  const steps = ofOneSecond(links).flatMap((group) => {
    const [first] = group;
    const ends = group.length > 1 ? endsOf(group) : 'broken';
    return first === undefined || typeof ends === 'string' ? group : [{ ...first, ...ends }];
  });
  const gaps = steps.flatMap(({ flowNo, before }, index) => {
    const expectedFen = steps[index - 1]?.after ?? before;
    return expectedFen === before ? [] : [{ flowNo, expectedFen, saidFen: before }];
  });
  return { openingFen: steps[0]?.before ?? null, closingFen: steps.at(-1)?.after ?? null, gaps };
}

function ofOneSecond(links: readonly Link[]): Link[][] {
  const groups: Link[][] = [];
  for (const link of links) {
    const group = groups.at(-1);
    if (group?.[0]?.at.getTime() === link.at.getTime()) group.push(link);
    else groups.push([link]);
  }
  return groups;
}
