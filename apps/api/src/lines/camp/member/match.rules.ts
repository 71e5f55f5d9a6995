import { sentence, type Sentence } from '@yajin/core';
import { likeness, MIN_RATIO, readNickname, type Likeness, type Nickname } from './nickname.rules.js';

/** What a member told us of itself. */
export interface Claim {
  memberId: number;
  planetUserId: string | null;
  planetNickname: string | null;
  wechatNickname: string | null;
  /** Planet users (ids of our table) that a manager took away from this member. */
  refused: readonly number[];
}

/** A planet user who checked in. */
export interface Candidate {
  /** Id of our table. */
  id: number;
  planetUserId: string;
  name: string;
  alias: string;
  /** Days checked in. It decides nothing but which of two equal scores comes first. */
  days: number;
}

export interface Score {
  /** 0–100; 0 for somebody else, otherwise at least `REVIEW`. */
  points: number;
  /** Why, in Chinese, for operators. */
  evidence: Sentence[];
}

/** From here on a match may be approved in batch. */
export const CONFIDENT = 80;
/** From here on a match is made, for a person to review; below it people match. */
export const REVIEW = 50;

const EXACT_ID = 100;
const PLANET_POINTS = { same: 95, plain: 92, bare: 84, head: 82, shortHead: 72 };
/** WeChat lets anybody change the nickname at any time: alone, it never suffices for a batch. */
const WECHAT_POINTS = { same: 74, plain: 72, bare: 66, head: 62, shortHead: 56 };
/** A similar name gets from `REVIEW` up to so many points more, by how similar it is. */
const SIMILAR_SPAN = { planet: 28, wechat: 14 };
const BOTH_AGREE = 8;
const BUT_OTHER_NAME = 10;

/** A claim or a candidate with its names read once. */
export interface ReadClaim {
  claim: Claim;
  planet: Nickname | null;
  wechat: Nickname | null;
}

export interface ReadCandidate {
  candidate: Candidate;
  names: { kind: 'name' | 'alias'; nickname: Nickname }[];
}

export function readClaim(claim: Claim): ReadClaim {
  return {
    claim,
    planet: readNickname(claim.planetNickname),
    wechat: readNickname(claim.wechatNickname),
  };
}

export function readCandidate(candidate: Candidate): ReadCandidate {
  const name = readNickname(candidate.name);
  const alias = readNickname(candidate.alias);
  return {
    candidate,
    names: [
      ...(name ? [{ kind: 'name' as const, nickname: name }] : []),
      ...(alias && alias.exact !== name?.exact ? [{ kind: 'alias' as const, nickname: alias }] : []),
    ],
  };
}

/** How surely the claim is this candidate's, whoever else there is. */
export function scoreOf({ claim, planet, wechat }: ReadClaim, { candidate, names }: ReadCandidate): Score {
  const sameId = claim.planetUserId !== null && claim.planetUserId === candidate.planetUserId;
  const byPlanet = best(planet, names, PLANET_POINTS, SIMILAR_SPAN.planet, 'planet');
  const byWechat = best(wechat, names, WECHAT_POINTS, SIMILAR_SPAN.wechat, 'wechat');
  const nameDiffers = planet !== null && names.length > 0 && !byPlanet;
  const points = sameId
    ? EXACT_ID
    : namePoints(byPlanet, byWechat, nameDiffers, planet?.bare !== wechat?.bare);
  const evidence = [
    ...(sameId ? [sentence('same_id')] : []),
    ...(byPlanet ? [byPlanet.reason] : []),
    ...(byWechat ? [byWechat.reason] : []),
    ...(nameDiffers && points > 0 ? [sentence('other_name')] : []),
    ...(candidate.days > 0 ? [sentence('days_checked_in', candidate.days)] : []),
  ];
  return { points, evidence };
}

interface Found {
  points: number;
  reason: Sentence;
}

/** @param independent whether the two nicknames the member filled in are two pieces of evidence, not one twice */
function namePoints(
  byPlanet: Found | null,
  byWechat: Found | null,
  nameDiffers: boolean,
  independent: boolean,
): number {
  const [planet, wechat] = [byPlanet?.points ?? 0, byWechat?.points ?? 0];
  if (planet > 0 && wechat > 0) {
    return Math.min(EXACT_ID - 1, Math.max(planet, wechat) + (independent ? BOTH_AGREE : 0));
  }
  const points = Math.max(planet, wechat - (nameDiffers ? BUT_OTHER_NAME : 0));
  return points >= REVIEW ? points : 0;
}

function best(
  filled: Nickname | null,
  names: ReadCandidate['names'],
  table: typeof PLANET_POINTS,
  span: number,
  typed: 'planet' | 'wechat',
): Found | null {
  if (!filled) return null;
  const found = names.flatMap(({ kind, nickname }): Found[] => {
    const like = likeness(filled, nickname);
    if (!like) return [];
    const reason = describe(like, `${typed}_${kind}`);
    if (like.kind !== 'similar') return [{ points: table[like.kind], reason }];
    return [{ points: REVIEW + Math.floor(similarShare(like.ratio) * span), reason }];
  });
  return found.reduce<Found | null>((a, b) => (a && a.points >= b.points ? a : b), null);
}

/** 0 at the least similarity that counts, 1 at equality. */
function similarShare(ratio: number): number {
  return (ratio - MIN_RATIO) / (1 - MIN_RATIO);
}

/** @param whose which of the names that were typed is like which of the planet's, such as `wechat_alias` */
function describe(like: Likeness, whose: string): Sentence {
  switch (like.kind) {
    case 'same':
      return sentence('name_same', whose);
    case 'plain':
      return sentence('name_plain', whose);
    case 'bare':
      return sentence('name_bare', whose);
    case 'head':
    case 'shortHead':
      return sentence('name_head', whose);
    case 'similar':
      return sentence('name_similar', whose, Math.round(like.ratio * 100));
  }
}
