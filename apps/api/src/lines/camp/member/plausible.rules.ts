import type { Sentence } from '@yajin/core';
import {
  readCandidate,
  readClaim,
  scoreOf,
  type Candidate,
  type Claim,
  type ReadCandidate,
  type ReadClaim,
} from './match.rules.js';
import { bigrams, bigramsToShare, type Nickname } from './nickname.rules.js';

/** A claim that may be a candidate's, with a score of at least `REVIEW`. */
export interface Pair {
  claim: Claim;
  candidate: Candidate;
  points: number;
  evidence: Sentence[];
}

/**
 * Every pair worth a thought, out of far more that are not: only those with an id, a name, the head of a name or
 * enough bigrams in common are scored.
 */
export function plausiblePairs(claims: Claim[], candidates: Candidate[]): { pairs: Pair[]; scored: number } {
  const read = candidates.map(readCandidate);
  const index = new CandidateIndex(read);
  let scored = 0;
  const pairs = claims.flatMap((claim) => {
    const readable = readClaim(claim);
    const refused = new Set(claim.refused);
    return [...index.lookUp(readable)].flatMap((place): Pair[] => {
      const found = read[place];
      if (!found || refused.has(found.candidate.id)) return [];
      scored += 1;
      const { points, evidence } = scoreOf(readable, found);
      return points > 0 ? [{ claim, candidate: found.candidate, points, evidence }] : [];
    });
  });
  return { pairs, scored };
}

/** Finds candidates, by their place in the list, that a claim may resemble. */
class CandidateIndex {
  private readonly ids = new Map<string, number[]>();
  private readonly wholes = new Map<string, number[]>();
  /** The different bare names: who bears one, and how many bigrams it has. */
  private readonly bares: { places: number[]; size: number }[] = [];
  /** By bigram, the bare names that have it. */
  private readonly bigrams = new Map<string, number[]>();

  constructor(read: ReadCandidate[]) {
    const bares = new Map<string, number[]>();
    for (const [place, { candidate, names }] of read.entries()) {
      add(this.ids, candidate.planetUserId, place);
      for (const { nickname } of names) {
        for (const whole of wholesOf(nickname)) add(this.wholes, whole, place);
        add(bares, nickname.bare, place);
      }
    }
    for (const [text, places] of bares) {
      const pairs = bigrams(text);
      for (const pair of pairs) add(this.bigrams, pair, this.bares.length);
      this.bares.push({ places, size: pairs.length });
    }
  }

  lookUp({ claim, planet, wechat }: ReadClaim): Set<number> {
    const found = new Set(claim.planetUserId === null ? [] : this.ids.get(claim.planetUserId));
    for (const nickname of [planet, wechat]) {
      if (!nickname) continue;
      for (const whole of wholesOf(nickname)) {
        for (const place of this.wholes.get(whole) ?? []) found.add(place);
      }
      for (const place of this.alike(nickname.bare)) found.add(place);
    }
    return found;
  }

  private alike(bare: string): number[] {
    const pairs = bigrams(bare);
    const shared = new Map<number, number>();
    for (const pair of pairs) {
      for (const other of this.bigrams.get(pair) ?? []) shared.set(other, (shared.get(other) ?? 0) + 1);
    }
    return [...shared].flatMap(([other, count]) => {
      const { places, size } = this.bares[other] ?? { places: [], size: 0 };
      return count >= bigramsToShare(pairs.length, size) ? places : [];
    });
  }
}

/** What two names have in common when one is the other, the other's bare form or its head. */
function wholesOf({ exact, plain, bare, head }: Nickname): Set<string> {
  return new Set([exact, plain, bare, ...(head === null ? [] : [head])]);
}

function add(map: Map<string, number[]>, key: string, value: number): void {
  const values = map.get(key);
  if (!values) map.set(key, [value]);
  else if (values.at(-1) !== value) values.push(value);
}
