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
 * fewer of them are.
 */
export function chainOf(movements: readonly Movement[]): Chain {
  const links = movements.flatMap(({ at, flowNo, amountFen, balanceFen }) =>
    balanceFen === null ? [] : [{ at, flowNo, before: balanceFen - amountFen, after: balanceFen }],
  );
  const [first] = links;
  const last = links.at(-1);
  if (first === undefined || last === undefined || links.length < movements.length)
    return { openingFen: null, closingFen: null, gaps: [] };
  const counts = new Map<number, number>();
  for (const { before, after } of links) {
    counts.set(before, (counts.get(before) ?? 0) + 1);
    counts.set(after, (counts.get(after) ?? 0) - 1);
  }
  const openings = [...counts].filter(([, count]) => count > 0);
  const closings = [...counts].filter(([, count]) => count < 0);
  const joined = areJoined(links);
  if (openings.length === 0 && joined) {
    const heldFen = startOfRound(links, first, last);
    return { openingFen: heldFen, closingFen: heldFen, gaps: [] };
  }
  const [[openingFen, times] = [0, 0], ...moreOpenings] = openings;
  const [[closingFen] = [0]] = closings;
  if (times === 1 && moreOpenings.length === 0 && joined) return { openingFen, closingFen, gaps: [] };
  const backwards = links.toReversed();
  const [forth, back] = [breaksOf(links), breaksOf(backwards)];
  return back.length < forth.length
    ? { openingFen: last.before, closingFen: first.after, gaps: back }
    : { openingFen: first.before, closingFen: last.after, gaps: forth };
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
function startOfRound(links: readonly Link[], first: Link, last: Link): number | null {
  const backwards = links.toReversed();
  const forth = breaksOf(backwards).length - breaksOf(links).length || last.at.getTime() - first.at.getTime();
  if (forth === 0) return null;
  const order = forth > 0 ? links : backwards;
  return order.toSorted((one, other) => one.at.getTime() - other.at.getTime())[0]?.before ?? null;
}

function breaksOf(links: readonly Link[]): Gap[] {
  return links.flatMap(({ flowNo, before }, index) => {
    const expectedFen = links[index - 1]?.after ?? before;
    return expectedFen === before ? [] : [{ flowNo, expectedFen, saidFen: before }];
  });
}
