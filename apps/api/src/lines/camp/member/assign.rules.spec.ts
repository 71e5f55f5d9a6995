import fc from 'fast-check';
import { assign, type Outcome } from './assign.rules.js';
import { readCandidate, readClaim, scoreOf, type Candidate, type Claim } from './match.rules.js';
import { plausiblePairs } from './plausible.rules.js';

/** Few letters and names, so that equal, similar and decorated ones meet all the time. */
const word = fc.stringMatching(/^[小明红阿a]{0,5}$/);
const name = fc.oneof(
  { weight: 5, arbitrary: word },
  fc
    .tuple(word, fc.constantFrom('第3期', '同学', '-北京', ' 🌸', '_2', 'ＡＢ'))
    .map(([first, rest]) => first + rest),
  fc.constantFrom('小明', '小明同学', '阿明明', '小红红红', 'Amy Chen', 'amy chen', '🌸🌸', '', ' '),
);
const planetId = fc.constantFrom('884', '885', '886', '887');

const candidates: fc.Arbitrary<Candidate[]> = fc
  .array(fc.record({ name, alias: fc.oneof(fc.constant(''), name), days: fc.nat(3) }), { maxLength: 7 })
  .map((all) => all.map((one, n) => ({ ...one, id: 501 + n, planetUserId: String(884 + n) })));

const claims: fc.Arbitrary<Claim[]> = fc
  .array(
    fc.record({
      planetUserId: fc.option(planetId, { freq: 6 }).map((id) => id),
      planetNickname: fc.option(name, { freq: 6 }),
      wechatNickname: fc.option(name, { freq: 2 }),
      refused: fc.array(fc.integer({ min: 501, max: 508 }), { maxLength: 2 }),
    }),
    { maxLength: 7 },
  )
  .map((all) => all.map((one, n) => ({ ...one, memberId: 1001 + n })));

interface Scored {
  memberId: number;
  candidateId: number;
  points: number;
}

/** Every pair there may be, without an index. */
function everyPair(members: Claim[], users: Candidate[]): Scored[] {
  return members.flatMap((claim) =>
    users
      .filter((candidate) => !claim.refused.includes(candidate.id))
      .map((candidate) => ({
        memberId: claim.memberId,
        candidateId: candidate.id,
        points: scoreOf(readClaim(claim), readCandidate(candidate)).points,
      }))
      .filter(({ points }) => points > 0),
  );
}

const matches = (outcomes: Outcome[]): Outcome[] =>
  outcomes.filter(({ candidateId }) => candidateId !== null);
const byMember = (a: Outcome, b: Outcome): number => a.memberId - b.memberId;

function check(property: (members: Claim[], users: Candidate[]) => void): void {
  fc.assert(fc.property(claims, candidates, property), { numRuns: 3000 });
}

describe('smart match', () => {
  it('gives no planet user to two members, and nobody what a manager took away', () => {
    let met = 0;
    check((members, users) => {
      const given = matches(assign(members, users));
      met += given.length;
      expect(new Set(given.map(({ candidateId }) => candidateId)).size).toBe(given.length);
      for (const { memberId, candidateId } of given) {
        const claim = members.find((member) => member.memberId === memberId);
        expect(claim?.refused).not.toContain(candidateId);
      }
    });
    expect(met).toBeGreaterThan(1000);
  });

  it('passes over no better pair: who would fit a matched one better has something at least as good', () => {
    check((members, users) => {
      const pairs = everyPair(members, users);
      const given = matches(assign(members, users));
      const pointsOf = (memberId: number, candidateId: number | null): number =>
        pairs.find((pair) => pair.memberId === memberId && pair.candidateId === candidateId)?.points ?? 0;
      for (const { memberId, candidateId } of given) {
        const points = pointsOf(memberId, candidateId);
        for (const other of pairs.filter((pair) => pair.points > points)) {
          if (other.memberId === memberId) {
            const owner = given.find((match) => match.candidateId === other.candidateId);
            expect(pointsOf(owner?.memberId ?? 0, other.candidateId)).toBeGreaterThanOrEqual(other.points);
          } else if (other.candidateId === candidateId) {
            const own = given.find((match) => match.memberId === other.memberId);
            expect(pointsOf(other.memberId, own?.candidateId ?? null)).toBeGreaterThanOrEqual(other.points);
          }
        }
      }
    });
  });

  it('matches whoever fit each other clearly better than anybody else, with the full score', () => {
    let clear = 0;
    check((members, users) => {
      const pairs = everyPair(members, users);
      const outcomes = assign(members, users);
      for (const pair of pairs) {
        const rivals = pairs.filter(
          (other) =>
            other !== pair && (other.memberId === pair.memberId || other.candidateId === pair.candidateId),
        );
        if (rivals.some(({ points }) => points > pair.points - 8)) continue;
        clear += 1;
        expect(outcomes).toContainEqual({
          memberId: pair.memberId,
          candidateId: pair.candidateId,
          confidence: pair.points,
        });
      }
    });
    expect(clear).toBeGreaterThan(1000);
  });

  it('depends on no order', () => {
    const shuffled = claims.chain((members) =>
      candidates.chain((users) =>
        fc.record({
          members: fc.constant(members),
          users: fc.constant(users),
          otherMembers: fc.shuffledSubarray(members, { minLength: members.length }),
          otherUsers: fc.shuffledSubarray(users, { minLength: users.length }),
        }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ({ members, users, otherMembers, otherUsers }) => {
        const one = assign(members, users).toSorted(byMember);
        expect(assign(otherMembers, otherUsers).toSorted(byMember)).toEqual(one);
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps confidence within 0–100: at least 50 for a match and never above its score, below 50 for none', () => {
    check((members, users) => {
      const pairs = everyPair(members, users);
      for (const { memberId, candidateId, confidence } of assign(members, users)) {
        const pair = pairs.find((one) => one.memberId === memberId && one.candidateId === candidateId);
        expect(Number.isInteger(confidence)).toBe(true);
        if (candidateId === null) {
          expect(confidence).toBeGreaterThanOrEqual(0);
          expect(confidence).toBeLessThan(50);
        } else {
          expect(confidence).toBeGreaterThanOrEqual(50);
          expect(confidence).toBeLessThanOrEqual(pair?.points ?? 0);
        }
      }
    });
  });

  it('changes nothing when run again on what it left', () => {
    let left = 0;
    check((members, users) => {
      const first = assign(members, users);
      const open = new Map(
        first.filter(({ candidateId }) => candidateId === null).map((one) => [one.memberId, one]),
      );
      const taken = new Set(first.map(({ candidateId }) => candidateId));
      const again = assign(
        members.filter(({ memberId }) => open.has(memberId)),
        users.filter(({ id }) => !taken.has(id)),
      );
      left += again.length;
      for (const outcome of again) {
        expect(outcome.candidateId).toBeNull();
        expect(outcome.confidence).toBe(open.get(outcome.memberId)?.confidence);
      }
    });
    expect(left).toBeGreaterThan(1000);
  });

  it('scores every pair worth a thought: its index loses none', () => {
    check((members, users) => {
      const indexed = plausiblePairs(members, users).pairs.map(({ claim, candidate, points }) => ({
        memberId: claim.memberId,
        candidateId: candidate.id,
        points,
      }));
      const order = (a: Scored, b: Scored): number =>
        a.memberId - b.memberId || a.candidateId - b.candidateId;
      expect(indexed.toSorted(order)).toEqual(everyPair(members, users).toSorted(order));
    });
  });
});

describe('who cannot be told apart', () => {
  const user = (id: number, changes: Partial<Candidate> = {}): Candidate => ({
    id,
    planetUserId: String(id),
    name: '早起的小鱼',
    alias: '',
    days: 5,
    ...changes,
  });
  const claim = (memberId: number, planetNickname: string, changes: Partial<Claim> = {}): Claim => ({
    memberId,
    planetUserId: null,
    planetNickname,
    wechatNickname: null,
    refused: [],
    ...changes,
  });

  it('two planet users of one name are left to people, however diligent one of them is', () => {
    expect(assign([claim(1, '早起的小鱼')], [user(1), user(2, { days: 20 })])).toEqual([
      { memberId: 1, candidateId: null, confidence: 45 },
    ]);
  });

  it('two members of one name are left to people', () => {
    const outcomes = assign([claim(1, '早起的小鱼'), claim(2, '早起的小鱼')], [user(1)]);
    expect(outcomes.map(({ candidateId }) => candidateId)).toEqual([null, null]);
  });

  it('names that differ in case only are told apart, but for review', () => {
    const users = [user(1, { name: 'Amy Chen' }), user(2, { name: 'amy chen' })];
    const [outcome] = assign([claim(1, 'Amy Chen')], users);
    expect(outcome?.candidateId).toBe(1);
    expect(outcome?.confidence).toBeGreaterThanOrEqual(50);
    expect(outcome?.confidence).toBeLessThan(80);
  });

  it('of two equally similar names the more diligent is proposed, for review', () => {
    const users = [user(1, { name: '早起的小鸟', days: 2 }), user(2, { name: '早起的大鱼', days: 9 })];
    expect(assign([claim(1, '早起的小鱼')], users)).toEqual([
      { memberId: 1, candidateId: 2, confidence: 60 },
    ]);
  });

  it('what one of them might need goes to nobody else', () => {
    const users = [user(1), user(2)];
    const outcomes = assign([claim(1, '早起的小鱼'), claim(2, '早起的小鱼第2期')], users);
    expect(outcomes.map(({ candidateId }) => candidateId)).toEqual([null, null]);
  });

  it('an exact planet id decides, unless two claim it', () => {
    const id = { planetUserId: '1' };
    expect(assign([claim(1, '早起的小鱼', id)], [user(1), user(2)])).toEqual([
      { memberId: 1, candidateId: 1, confidence: 100 },
    ]);
    const both = assign([claim(1, '甲', id), claim(2, '乙', id)], [user(1, { name: '丙' })]);
    expect(both.map(({ candidateId }) => candidateId)).toEqual([null, null]);
  });
});

it('a hundred members among 50,000 planet users take few comparisons', () => {
  let seed = 7;
  const dice = (sides: number): number => (seed = (seed * 48_271) % 2_147_483_647) % sides;
  /** A few hundred characters, some of them far more common than others. */
  const letter = (): string => String.fromCodePoint(0x4e00 + Math.min(dice(600), dice(600)) * 13);
  const nickname = (): string =>
    Array.from({ length: 2 + dice(4) }, letter).join('') +
    (['', '', '同学', '-北京', '第3期', ' 🌸'][dice(6)] ?? '');
  const users = Array.from({ length: 50_000 }, (_, n) => ({
    id: n + 1,
    planetUserId: String(n),
    name: nickname(),
    alias: n % 10 ? '' : nickname(),
    days: n % 21,
  }));
  const members = Array.from({ length: 100 }, (_, n) => ({
    memberId: n + 1,
    planetUserId: null,
    planetNickname: users[n * 97]?.name ?? '',
    wechatNickname: nickname(),
    refused: [],
  }));
  const { scored, pairs } = plausiblePairs(members, users);
  expect(pairs.length).toBeGreaterThanOrEqual(100);
  expect(scored).toBeLessThan(0.03 * members.length * users.length);
});
