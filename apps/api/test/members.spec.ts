import { addDays } from '@yajin/core';
import type { Camp } from '@yajin/contract';
import { checkIns, member, person, publishedCamp } from '@yajin/testing/factories';
import { TestApi } from '@yajin/testing/api';
import {
  detail,
  finish,
  match,
  onlyMember,
  pendingOf,
  poster,
  refOf,
  scanner,
  sync,
  unmatch,
} from '@yajin/testing/matching';
import { audited, operator } from '@yajin/testing/operators';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const list = async (query: string): Promise<Camp.MemberPage> =>
  (await api.admin<Camp.MemberPage>('GET', `/api/admin/members?${query}`)).data;
const idsOf = async (query: string): Promise<number[]> => (await list(query)).list.map(({ id }) => id);
const candidates = async (id: number, keyword = ''): Promise<Camp.MatchCandidate[]> =>
  (
    await api.admin<Camp.MatchCandidates>(
      'GET',
      `/api/admin/members/${id}/candidates?keyword=${encodeURIComponent(keyword)}`,
    )
  ).data.list;

describe('the list of members', () => {
  it('is newest first, and shows where each one stands', async () => {
    const camp = await publishedCamp(api, { days: 4, requiredDays: 2 });
    const [keeper, quitter] = [person(), person()];
    await member(api, camp, keeper);
    await member(api, camp, quitter);
    const waiting = await scanner(api, camp);
    await checkIns(api, camp, keeper, 2);
    await checkIns(api, camp, quitter, 1);
    await api.moveClock(`${addDays(camp.start, 2)}T12:00:00`);
    await sync(api, camp);
    const { list: members, ...numbers } = await list(`campId=${camp.id}`);
    expect(numbers).toEqual({ total: 3, page: 1, pageSize: 20, totalPages: 1 });
    expect(members.map(({ id }) => id)).toEqual(members.map(({ id }) => id).toSorted((a, b) => b - a));
    expect(members).toEqual([
      expect.objectContaining({
        id: waiting,
        matchStatus: 'pending',
        matchedPlanetNickname: null,
        checkinRate: 0,
      }),
      expect.objectContaining({ checkinCount: 1, checkinRate: 33.33, eligibleForRefund: false }),
      expect.objectContaining({
        campName: expect.stringContaining('训练营'),
        filledPlanetUserId: keeper.planetUserId,
        matchedPlanetNickname: keeper.nickname,
        matchConfidence: 100,
        checkinCount: 2,
        checkinRate: 66.67,
        eligibleForRefund: true,
        payAmount: 99,
        refundStatus: null,
        joinedGroup: false,
      }),
    ]);
  });

  it('is narrowed by camp, status, eligibility and nicknames of every kind', async () => {
    const camp = await publishedCamp(api, { days: 4, requiredDays: 2 });
    const elsewhere = await scanner(api, await publishedCamp(api), { planetNickname: '云淡风轻' });
    const keeper = { ...person(), nickname: '木子李' };
    await member(api, camp, keeper);
    const failed = await scanner(api, camp, { planetNickname: '云淡风轻', wechatNickname: 'Echo_100%' });
    const waiting = await scanner(api, camp);
    await checkIns(api, camp, { ...keeper, nickname: '改名的木头' }, 2);
    await poster(api, camp, '路人甲');
    await sync(api, camp);
    const all = await idsOf(`campId=${camp.id}`);
    const kept = all.filter((id) => id !== failed && id !== waiting);
    expect(all).toHaveLength(3);
    expect(await idsOf(`campId=${camp.id}&matchStatus=failed`)).toEqual([failed]);
    expect(await idsOf(`campId=${camp.id}&matchStatus=pending`)).toEqual([waiting]);
    expect(await idsOf(`campId=${camp.id}&matchStatus=matched`)).toEqual(kept);
    expect(await idsOf(`campId=${camp.id}&eligibleForRefund=true`)).toEqual(kept);
    expect(await idsOf(`campId=${camp.id}&eligibleForRefund=false`)).toEqual([waiting, failed]);
    const search = (keyword: string): Promise<number[]> => idsOf(`keyword=${encodeURIComponent(keyword)}`);
    expect(await search('云淡')).toEqual([failed, elsewhere]);
    expect(await search('echo_100%')).toEqual([failed]);
    expect(await search('木头')).toEqual(kept);
    expect(await search('木子李')).toEqual(kept);
    expect(await search("'; DROP TABLE camp_member;--")).toEqual([]);
    expect(await idsOf(`campId=${camp.id}&keyword=`)).toEqual(all);
    expect(await idsOf(`campId=${camp.id}&page=2&pageSize=2`)).toEqual(all.slice(2));
    expect(await list(`campId=${camp.id}&page=9&pageSize=2`)).toMatchObject({
      list: [],
      total: 3,
      totalPages: 2,
    });
    expect((await api.admin('GET', '/api/admin/members?eligibleForRefund=yes')).status).toBe(400);
  });

  it('is found by the whole of a planet id or an order number, and by no part of either', async () => {
    const camp = await publishedCamp(api);
    const who = person();
    const order = await member(api, camp, who);
    await member(api, camp, person());
    const id = (await idsOf(`campId=${camp.id}`)).at(-1)!;
    expect(await idsOf(`keyword=${who.planetUserId}`)).toEqual([id]);
    expect(await idsOf(`keyword=${order.orderNo}`)).toEqual([id]);
    expect(await idsOf(`keyword=${who.planetUserId.slice(0, -1)}`)).toEqual([]);
    expect(await idsOf(`keyword=${order.orderNo.slice(0, -1)}`)).toEqual([]);
  });
});

describe('a member', () => {
  it('is shown with all there is to know', async () => {
    const camp = await publishedCamp(api, { days: 4, requiredDays: 2 });
    const who = person();
    const order = await member(api, camp, who);
    await checkIns(api, camp, who, 2);
    await finish(api, camp);
    const id = await onlyMember(api, camp);
    const [refund] = await pendingOf(api, camp);
    expect(await detail(api, id)).toMatchObject({
      id,
      campId: camp.id,
      filledInfo: { planetNickname: who.nickname, planetUserId: who.planetUserId, wechatNickname: null },
      matchInfo: {
        status: 'matched',
        confidence: 100,
        method: 'dynamic_qrcode',
        matchedPlanetUser: { planetUserId: who.planetUserId, planetNickname: who.nickname },
        nicknameMismatch: false,
        findings: [{ code: 'same_id' }, { code: 'name_same' }, { code: 'days_checked_in', params: [2] }],
      },
      groupInfo: { joined: false, joinedAt: null },
      checkinInfo: {
        count: 2,
        rate: 50,
        requiredDays: 2,
        eligible: true,
        startDate: camp.start,
        dates: [camp.start, addDays(camp.start, 1)],
      },
      paymentInfo: {
        orderId: order.orderId,
        orderNo: order.orderNo,
        amount: 99,
        status: 'success',
        bindStatus: 'completed',
        bindMethod: 'dynamic_qrcode',
        identity: 'typed',
      },
      refundInfo: {
        refundId: refund?.id,
        refundAmount: 99,
        auditStatus: 'pending',
        refundStatus: 'pending',
        reason: null,
      },
    });
  });

  it('with a typed id of somebody by another name is marked, until a person has matched by hand', async () => {
    const camp = await publishedCamp(api, { days: 4, requiredDays: 1 });
    const who = person();
    await member(api, camp, who);
    await checkIns(api, camp, { ...who, nickname: '完全不同的人' }, 2);
    await finish(api, camp);
    const id = await onlyMember(api, camp);
    expect((await detail(api, id)).matchInfo.nicknameMismatch).toBe(true);
    expect(await pendingOf(api, camp)).toEqual([expect.objectContaining({ nicknameMismatch: true })]);
    await match(api, id, await refOf(api, who));
    expect((await detail(api, id)).matchInfo).toMatchObject({ method: 'manual', nicknameMismatch: false });
    expect(await pendingOf(api, camp)).toEqual([
      expect.objectContaining({ nicknameMismatch: false, matchMethod: 'manual' }),
    ]);
  });

  it('that does not exist is 404, in words', async () => {
    for (const path of ['', '/candidates']) {
      const answer = await api.admin('GET', `/api/admin/members/987654321${path}`);
      expect(answer).toMatchObject({ status: 404, message: '资源不存在' });
    }
    expect((await match(api, 987_654_321, 501)).status).toBe(404);
    expect((await unmatch(api, 987_654_321)).status).toBe(404);
    expect((await api.admin('PUT', '/api/admin/members/987654321/join-group')).status).toBe(404);
  });
});

describe('candidates', () => {
  it('are the camp’s planet users, the likeliest first, with reasons and whose they are', async () => {
    const camp = await publishedCamp(api);
    const taken = { ...person(), nickname: '星辰大海🌊' };
    await member(api, camp, taken);
    await checkIns(api, camp, taken, 1);
    const id = await scanner(api, camp, { planetNickname: '星辰大海', wechatNickname: '小海豚' });
    const [similar, wechat, busy, idle] = [
      await poster(api, camp, '星辰和大海', 1),
      await poster(api, camp, '小海豚', 1),
      await poster(api, camp, '路人甲', 5),
      await poster(api, camp, '路人乙', 1),
    ];
    await poster(api, await publishedCamp(api), '星辰大海');
    await sync(api, camp);
    const found = await candidates(id);
    expect(found.map(({ planetUserId }) => planetUserId)).toEqual(
      [taken, similar, wechat, busy, idle].map((who) => who.planetUserId),
    );
    const [owner] = (await idsOf(`campId=${camp.id}&matchStatus=matched`)).filter((one) => one !== id);
    expect(found[0]).toMatchObject({
      planetNickname: '星辰大海🌊',
      score: 92,
      evidence: ['星球昵称一致（不计大小写、空格和符号）', '已打卡 1 天'],
      matchedMemberId: owner,
    });
    expect(found[1]).toMatchObject({ evidence: ['星球昵称相似（80%）', '已打卡 1 天'] });
    expect(found[2]).toMatchObject({
      score: 64,
      evidence: ['微信昵称与星球昵称完全一致', '填写的星球昵称与其不一致', '已打卡 1 天'],
    });
    expect(found[3]).toMatchObject({
      score: 0,
      evidence: ['已打卡 5 天'],
      checkinCount: 5,
      matchedMemberId: null,
    });
    expect((await candidates(id, '路人')).map(({ planetNickname }) => planetNickname)).toEqual([
      '路人甲',
      '路人乙',
    ]);
    expect(await candidates(id, idle.planetUserId)).toHaveLength(1);
  });

  it('are fifty at most, and include who has the id that the member filled in', async () => {
    const camp = await publishedCamp(api);
    const who = person();
    const order = await member(api, camp, who);
    const id = await onlyMember(api, camp);
    expect(order.amount).toBe(99);
    await api.rows(
      `WITH made AS (INSERT INTO planet_user (planet_user_id, name, updated_at)
         SELECT 'many' || n, '群众' || n, now() FROM generate_series(1, 60) AS n RETURNING id)
       INSERT INTO camp_checkin (camp_id, topic_id, planet_user_ref, checkin_date, checkin_time, content, synced_at)
       SELECT $1, id::text, id, $2, now(), '打卡', now() FROM made`,
      [camp.id, camp.start],
    );
    const found = await candidates(id);
    expect(found).toHaveLength(50);
    expect(found[0]).toMatchObject({
      planetUserId: who.planetUserId,
      score: 100,
      evidence: ['星球ID完全一致'],
      checkinCount: 0,
      matchedMemberId: id,
    });
  });
});

describe('joining the group', () => {
  it('is marked with its first time', async () => {
    const camp = await publishedCamp(api);
    const id = await scanner(api, camp);
    const join = () => api.admin<Camp.JoinedMember>('PUT', `/api/admin/members/${id}/join-group`);
    const first = await join();
    expect(first).toMatchObject({ message: '标记成功', data: { memberId: id, joinedGroup: true } });
    await api.moveClock(`${camp.start}T12:00:00`);
    expect((await join()).data).toEqual(first.data);
    expect((await detail(api, id)).groupInfo).toEqual({ joined: true, joinedAt: first.data.joinedAt });
    expect((await audited(api, 'member', id)).map(({ action }) => action)).toEqual(['member.join_group']);
  });
});

describe('coaches and volunteers', () => {
  it('see and handle members of their own camps only', async () => {
    const [coach, volunteer] = [await operator(api, 'coach'), await operator(api, 'volunteer')];
    const own = await publishedCamp(api, { coachIds: [coach.id], volunteerIds: [volunteer.id] });
    const foreign = await publishedCamp(api);
    const [mine, theirs] = [await scanner(api, own), await scanner(api, foreign)];
    const [who, stranger] = [await poster(api, own, '自己营的人'), await poster(api, foreign, '别营的人')];
    await sync(api, own);
    await sync(api, foreign);
    const status = async (token: string, method: string, path: string, body?: unknown): Promise<number> =>
      (await api.call(method, `/api/admin/members${path}`, { token, ...(body ? { body } : {}) })).status;
    const reason = { reason: '不该发生' };
    for (const { token } of [coach, volunteer]) {
      const seen = await api.call<Camp.MemberPage>('GET', '/api/admin/members', { token });
      expect(seen.data).toMatchObject({ total: 1, list: [{ id: mine }] });
      const hidden = await api.call<Camp.MemberPage>('GET', `/api/admin/members?campId=${foreign.id}`, {
        token,
      });
      expect(hidden.data).toMatchObject({ total: 0, list: [] });
      expect(await status(token, 'GET', `/${mine}`)).toBe(200);
      expect(await status(token, 'GET', `/${theirs}`)).toBe(404);
      expect(await status(token, 'PUT', `/${mine}/join-group`)).toBe(200);
      expect(await status(token, 'PUT', `/${theirs}/join-group`)).toBe(404);
      expect(await status(token, 'POST', `/${mine}/unmatch`, reason)).toBe(403);
    }
    const [ownRef, foreignRef] = [await refOf(api, who), await refOf(api, stranger)];
    expect(await status(volunteer.token, 'GET', `/${mine}/candidates`)).toBe(403);
    expect(await status(volunteer.token, 'POST', `/${mine}/match`, { planetUserId: ownRef })).toBe(403);
    expect(await status(coach.token, 'GET', `/${mine}/candidates`)).toBe(200);
    expect(await status(coach.token, 'GET', `/${theirs}/candidates`)).toBe(404);
    expect(await status(coach.token, 'POST', `/${theirs}/match`, { planetUserId: foreignRef })).toBe(404);
    expect(await status(coach.token, 'POST', `/${mine}/match`, { planetUserId: ownRef })).toBe(200);
    expect((await detail(api, theirs)).groupInfo.joined).toBe(false);
    expect(await audited(api, 'member', mine)).toEqual([
      expect.objectContaining({ action: 'member.join_group', username: coach.username }),
      expect.objectContaining({ action: 'member.match', username: coach.username }),
    ]);
  });
});
