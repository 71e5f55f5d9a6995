import { REVIEW, type Candidate, type Claim } from './match.rules.js';
import { readNickname } from './nickname.rules.js';
import { plausiblePairs, type Pair } from './plausible.rules.js';

export interface Outcome {
  memberId: number;
  /** The planet user (id of our table) to match; null leaves the member to people. */
  candidateId: number | null;
  /** At least `REVIEW` for a match, below it for none. */
  confidence: number;
}

/** A rival this close to the best makes it doubtful. In points. */
const NEAR = 8;
/** At best the confidence beside a near rival, and so much more for every point it is behind. */
const DOUBTFUL = { from: 60, perPoint: 2 };
/** Who cannot be told apart from somebody else. */
const UNDECIDED = REVIEW - 5;
const CERTAIN = 100;

/**
 * Gives each claim at most one candidate and each candidate at most one claim, the best pair first. What cannot be
 * told apart is held back, and so is every lesser pair of those it concerns: a worse pair never takes what a better
 * one may still need. The outcome depends on no order of the input, and a second run over what is left changes nothing.
 */
export function assign(claims: Claim[], candidates: Candidate[]): Outcome[] {
  const { pairs } = plausiblePairs(claims, candidates);
  const board = new Board(pairs);
  for (const pair of pairs.toSorted(byRank)) board.decide(pair);
  return claims.map(({ memberId }) => board.outcomeOf(memberId));
}

/** The best first; a total order. */
function byRank(a: Pair, b: Pair): number {
  return (
    b.points - a.points ||
    b.candidate.days - a.candidate.days ||
    a.candidate.id - b.candidate.id ||
    a.claim.memberId - b.claim.memberId
  );
}

/** Where every member and every candidate stands while the pairs are gone through. */
class Board {
  private readonly ofMember: Map<number, Pair[]>;
  private readonly ofCandidate: Map<number, Pair[]>;
  private readonly outcomes = new Map<number, Outcome>();
  private readonly taken = new Set<number>();
  private readonly heldCandidates = new Set<number>();

  constructor(pairs: Pair[]) {
    this.ofMember = Map.groupBy(pairs, ({ claim }) => claim.memberId);
    this.ofCandidate = Map.groupBy(pairs, ({ candidate }) => candidate.id);
  }

  outcomeOf(memberId: number): Outcome {
    return this.outcomes.get(memberId) ?? { memberId, candidateId: null, confidence: 0 };
  }

  decide(pair: Pair): void {
    const { memberId } = pair.claim;
    if (this.matched(pair)) return;
    const held = this.outcomes.has(memberId) || this.heldCandidates.has(pair.candidate.id);
    const confidence = held ? UNDECIDED : this.confidenceIn(pair);
    if (confidence >= REVIEW) {
      this.taken.add(pair.candidate.id);
      this.outcomes.set(memberId, { memberId, candidateId: pair.candidate.id, confidence });
      return;
    }
    this.heldCandidates.add(pair.candidate.id);
    this.outcomes.set(memberId, { memberId, candidateId: null, confidence });
  }

  private matched({ claim, candidate }: Pair): boolean {
    return this.taken.has(candidate.id) || this.outcomeOf(claim.memberId).candidateId !== null;
  }

  private confidenceIn(pair: Pair): number {
    const rivals = [
      ...(this.ofMember.get(pair.claim.memberId) ?? []),
      ...(this.ofCandidate.get(pair.candidate.id) ?? []),
    ].filter((rival) => rival !== pair && !this.matched(rival));
    const behind = Math.min(...rivals.map((rival) => pair.points - rival.points));
    // A planet id is nobody else's: only another claim to the same one is a rival.
    if (pair.points === CERTAIN && behind > 0) return CERTAIN;
    if (rivals.some((rival) => indistinct(pair, rival))) return UNDECIDED;
    if (behind >= NEAR) return pair.points;
    return Math.min(pair.points, DOUBTFUL.from + DOUBTFUL.perPoint * behind);
  }
}

/** Equal points, and not even different names with different diligence to tell them by. */
function indistinct(pair: Pair, rival: Pair): boolean {
  if (pair.points !== rival.points) return false;
  const [one, other] = [pair.candidate, rival.candidate];
  return one.days === other.days || readNickname(one.name)?.plain === readNickname(other.name)?.plain;
}
