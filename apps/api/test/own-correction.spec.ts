import type { Camp } from '@yajin/contract';
import { decided, member, person, publishedCamp, type MadeCamp, type Person } from '@yajin/testing/factories';
import { TestApi } from '@yajin/testing/api';
import { browser } from '@yajin/testing/identity';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

async function enrolled(camp: MadeCamp, who: Person) {
  const order = await member(api, camp, who);
  return { ticket: order.accessToken, memberId: (await decided(api, order)).memberId! };
}
type Mine = Awaited<ReturnType<typeof enrolled>>;
const correct = ({ ticket, memberId }: Mine, to: Person) =>
  api.call<Camp.CorrectedPlanetId>('PUT', `/api/h5/progress/${memberId}/planet-id`, {
    ticket,
    headers: { cookie: browser() },
    body: { planetUserId: to.planetUserId, planetNickname: to.nickname },
  });
const progress = async ({ ticket, memberId }: Mine): Promise<Camp.MemberProgress> =>
  (await api.call<Camp.MemberProgress>('GET', `/api/h5/progress/${memberId}`, { ticket })).data;
const check = async ({ ticket, memberId }: Mine): Promise<Camp.CheckedPlanetId> =>
  (await api.call<Camp.CheckedPlanetId>('GET', `/api/h5/progress/${memberId}/planet-id`, { ticket })).data;

describe('before the camp begins a member', () => {
  it('hears whether zsxq knows the id that they typed, and by what name, and not when zsxq is silent', async () => {
    const [camp, who, typo] = [await publishedCamp(api), person(), person()];
    await api.control('POST', '/control/planet/users', {
      checkinId: camp.checkinId,
      users: [{ userId: who.planetUserId, name: '早起的鸟' }],
    });
    const mine = await enrolled(camp, typo);
    const unknown = { planetUserId: typo.planetUserId, known: false, nickname: null };
    await api.control('POST', '/control/planet/cookie', { state: 'throttled' });
    expect((await check(mine)).known).toBeNull();
    await api.control('POST', '/control/planet/cookie', { state: 'valid' });
    expect(await check(mine)).toEqual(unknown);
    // Which is kept for a while: zsxq is not asked again.
    await api.control('POST', '/control/planet/cookie', { state: 'throttled' });
    expect(await check(mine)).toEqual(unknown);
    await api.control('POST', '/control/planet/cookie', { state: 'valid' });
    expect((await correct(mine, who)).data).toMatchObject({
      planetUserId: who.planetUserId,
      identityReview: null,
    });
    expect(await check(mine)).toEqual({ planetUserId: who.planetUserId, known: true, nickname: '早起的鸟' });
  });

  it('is held to the nickname that they gave first: the name that they were told of since is evidence of nothing', async () => {
    const [camp, who, other] = [await publishedCamp(api), person(), person()];
    const users = [who, other].map(({ planetUserId }) => ({ userId: planetUserId, name: '早起的鸟' }));
    await api.control('POST', '/control/planet/users', { checkinId: camp.checkinId, users });
    const mismatch = async (mine: Mine, to: Person): Promise<boolean> => {
      // What zsxq says comes after the first nickname, and is typed by the second correction, of the same id.
      expect((await correct(mine, to)).code).toBe(200);
      const { nickname } = await check(mine);
      expect((await correct(mine, { ...to, nickname: nickname! })).code).toBe(200);
      const path = `/api/admin/members/${mine.memberId}`;
      return (await api.admin<Camp.MemberDetail>('GET', path)).data.matchInfo.nicknameMismatch;
    };
    expect(await mismatch(await enrolled(camp, person()), who)).toBe(true);
    expect(await mismatch(await enrolled(camp, { ...person(), nickname: '早起的鸟' }), other)).toBe(false);
  });

  it('puts it right three times, with an entry in the log, and no more', async () => {
    const camp = await publishedCamp(api);
    const mine = await enrolled(camp, person());
    const last = person();
    for (const to of [person(), person(), last]) expect((await correct(mine, to)).code).toBe(200);
    expect((await correct(mine, person())).code).toBe(409);
    expect(await progress(mine)).toMatchObject({
      planetUserId: last.planetUserId,
      planetIdCorrectable: false,
    });
    const log = await api.admin<Camp.AuditLogPage>(
      'GET',
      '/api/admin/logs?action=member.correct_id&pageSize=5',
    );
    expect(log.data.list.filter(({ targetId }) => targetId === String(mine.memberId))).toHaveLength(3);
    expect(log.data.list[0]).toMatchObject({ after: { planetUserId: last.planetUserId } });
  });

  it('who names another’s goes to people, and the other is not disturbed; of two at once one has it', async () => {
    const [camp, owner, free] = [await publishedCamp(api), person(), person()];
    const theirs = await enrolled(camp, owner);
    const [one, two, three] = [
      await enrolled(camp, person()),
      await enrolled(camp, person()),
      await enrolled(camp, person()),
    ];
    expect((await correct(three, owner)).data.identityReview).toBe('contested');
    expect(await progress(theirs)).toMatchObject({ planetUserId: owner.planetUserId, identityReview: null });
    const both = await Promise.all([correct(one, free), correct(two, free)]);
    expect(both.map(({ data }) => data.identityReview).sort()).toEqual(['contested', null]);
    // And out of it again, by oneself.
    expect((await correct(three, person())).data.identityReview).toBeNull();
  });

  it('is no longer that once it has begun: nothing changes', async () => {
    const [camp, who] = [await publishedCamp(api), person()];
    const mine = await enrolled(camp, who);
    await api.moveClock(`${camp.start}T00:00:00`);
    expect((await correct(mine, person())).code).toBe(409);
    expect(await progress(mine)).toMatchObject({
      planetUserId: who.planetUserId,
      planetIdCorrectable: false,
    });
    expect((await check(mine)).known).toBeNull();
    const other = await enrolled(await publishedCamp(api), person());
    const stranger = await api.call('PUT', `/api/h5/progress/${mine.memberId}/planet-id`, {
      ticket: other.ticket,
      body: { planetUserId: '1234567', planetNickname: 'x' },
    });
    expect(stranger.code).toBe(403);
  });
});
