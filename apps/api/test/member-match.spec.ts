import type { Camp } from '@yajin/contract';
import {
  checkIns,
  expectBooksToAgree,
  member,
  person,
  publishedCamp,
  statusOf,
  type MadeCamp,
} from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';
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
import { audited } from '@yajin/testing/operators';
import { waitingAt } from '@yajin/testing/gates';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const members = async (camp: MadeCamp): Promise<Camp.MemberSummary[]> =>
  (await api.admin<Camp.MemberPage>('GET', `/api/admin/members?campId=${camp.id}`)).data.list;

async function income(camp: MadeCamp): Promise<number> {
  await api.quiet();
  const ledger = await api.admin<Camp.LedgerPage>('GET', `/api/admin/ledger?campId=${camp.id}`);
  return 0 - (ledger.data.balances.find(({ account }) => account === 'income')?.balance ?? 0);
}

describe('matching by hand', () => {
  it('binds whose seven days are over, and the member joins the list of a finished camp', async () => {
    const camp = await publishedCamp(api, { startsIn: 10, days: 4, requiredDays: 2 });
    const id = await scanner(api, camp);
    const who = await poster(api, camp, '拾光者', 3);
    await finish(api, camp);
    expect((await detail(api, id)).paymentInfo.bindStatus).toBe('expired');
    expect(await income(camp)).toBe(99);
    const answer = await match(api, id, await refOf(api, who));
    expect(answer).toMatchObject({
      message: '匹配成功',
      data: {
        memberId: id,
        matchStatus: 'matched',
        matchConfidence: 100,
        matchMethod: 'manual',
        matchedPlanetUser: { planetUserId: who.planetUserId, planetNickname: '拾光者' },
      },
    });
    expect((await detail(api, id)).paymentInfo).toMatchObject({
      bindStatus: 'completed',
      bindMethod: 'manual',
    });
    expect(await pendingOf(api, camp)).toEqual([
      expect.objectContaining({ memberId: id, matchMethod: 'manual', matchConfidence: 100, checkinCount: 3 }),
    ]);
    expect(await income(camp)).toBe(0);
    expect(await audited(api, 'member', id)).toEqual([
      expect.objectContaining({
        action: 'member.match',
        username: 'admin',
        before: expect.objectContaining({ matchStatus: 'pending', planetUserRef: null }),
        after: expect.objectContaining({ matchStatus: 'matched', matchMethod: 'manual', checkinCount: 3 }),
      }),
    ]);
  });

  it('helps whom smart match has failed, and a second click answers the same and leaves no trace', async () => {
    const camp = await publishedCamp(api);
    const id = await scanner(api, camp, { planetNickname: '奔跑吧' });
    const who = await poster(api, camp, '钱多多');
    await sync(api, camp);
    expect((await detail(api, id)).matchInfo.status).toBe('failed');
    const ref = await refOf(api, who);
    const [first, second] = [await match(api, id, ref), await match(api, id, ref)];
    expect(first.code).toBe(200);
    expect(second.data).toEqual(first.data);
    expect(await audited(api, 'member', id)).toHaveLength(1);
    const [third, fourth] = await Promise.all([match(api, id, ref), match(api, id, ref)]);
    expect([third.data, fourth.data]).toEqual([first.data, first.data]);
  });

  it('knows only planet users of this camp', async () => {
    const [camp, other] = [await publishedCamp(api), await publishedCamp(api)];
    const id = await scanner(api, camp);
    const stranger = await poster(api, other, '别营的人');
    await sync(api, other);
    const answer = await match(api, id, await refOf(api, stranger));
    expect(answer).toMatchObject({ status: 404, message: '该星球用户不在本营' });
    expect((await match(api, id, 987_654_321)).status).toBe(404);
    expect((await detail(api, id)).matchInfo.status).toBe('pending');
  });

  it('accepts the id that the member filled in before it has any check-in', async () => {
    const camp = await publishedCamp(api);
    const who = person();
    await member(api, camp, who);
    const id = await onlyMember(api, camp);
    await unmatch(api, id);
    expect((await match(api, id, await refOf(api, who))).code).toBe(200);
  });

  it('does not take a planet user from another member (409)', async () => {
    const camp = await publishedCamp(api);
    const who = person();
    await member(api, camp, who);
    await checkIns(api, camp, who, 1);
    await sync(api, camp);
    const id = await scanner(api, camp);
    const answer = await match(api, id, await refOf(api, who));
    expect(answer).toMatchObject({ status: 409, message: '该星球用户已匹配给本营其他会员' });
    expect((await detail(api, id)).matchInfo.status).toBe('pending');
    expect(await audited(api, 'member', id)).toEqual([]);
  });

  it('by two operators at once, of two members to one planet user, succeeds once', async () => {
    const camp = await publishedCamp(api);
    const who = await poster(api, camp, '会飞的鱼');
    await sync(api, camp);
    const ref = await refOf(api, who);
    for (let round = 0; round < 5; round += 1) {
      const pair = [await scanner(api, camp), await scanner(api, camp)];
      const answers = await Promise.all(pair.map((id) => match(api, id, ref)));
      expect(answers.map(({ code }) => code).toSorted()).toEqual([200, 409]);
      const winner = pair[answers.findIndex(({ code }) => code === 200)] ?? 0;
      expect((await detail(api, winner)).matchInfo.status).toBe('matched');
      await unmatch(api, winner);
    }
  });

  it('waits for a smart match under way, and respects what it gave away', async () => {
    const camp = await publishedCamp(api);
    const [mine, theirs] = [await scanner(api, camp), await scanner(api, camp)];
    const who = await poster(api, camp, '空山新雨');
    await sync(api, camp);
    const ref = await refOf(api, who);
    const runner = api.db.createQueryRunner();
    await runner.startTransaction();
    await runner.query('SELECT 1 FROM camp WHERE id = $1 FOR UPDATE', [camp.id]);
    await runner.query(
      `UPDATE camp_member SET match_status = 'matched', match_method = 'smart_match', planet_user_ref = $2 WHERE id = $1`,
      [theirs, ref],
    );
    let answered = false;
    const answer = match(api, mine, ref).finally(() => (answered = true));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(answered).toBe(false);
    await runner.commitTransaction();
    await runner.release();
    expect((await answer).status).toBe(409);
  });
});

describe('a new match of whom is on the refund list', () => {
  async function listed(): Promise<{
    camp: MadeCamp;
    id: number;
    refund: number;
    other: number;
    idle: number;
  }> {
    const camp = await publishedCamp(api, { days: 5, requiredDays: 2, deposit: 30 });
    const who = person();
    await member(api, camp, who);
    await checkIns(api, camp, who, 3);
    const [other, idle] = [
      await poster(api, camp, '更勤快的人', 4),
      await poster(api, camp, '只来一天的人', 1),
    ];
    await finish(api, camp);
    const [refund] = await pendingOf(api, camp);
    return {
      camp,
      id: await onlyMember(api, camp),
      refund: refund?.id ?? 0,
      other: await refOf(api, other),
      idle: await refOf(api, idle),
    };
  }

  it('opens a new record on the new grounds; the old one is rejected by the system', async () => {
    const { camp, id, refund, other } = await listed();
    expect((await match(api, id, other)).code).toBe(200);
    const [again] = await pendingOf(api, camp);
    expect(again).toMatchObject({ memberId: id, matchMethod: 'manual', checkinCount: 4 });
    expect(again?.id).not.toBe(refund);
    const records = await api.admin<Camp.RefundRecordPage>(
      'GET',
      `/api/admin/refunds/records?campId=${camp.id}`,
    );
    expect(records.data.list.find((record) => record.id === refund)).toMatchObject({
      auditStatus: 'rejected',
      refundStatus: 'rejected',
      auditor: 'system',
      reason: '匹配变更',
      reasonCode: 'match_changed',
    });
    expect(await income(camp)).toBe(0);
    expect((await members(camp))[0]).toMatchObject({ refundStatus: 'pending' });
  });

  it('takes it off the list when the new one did not check in enough, and the books follow', async () => {
    const { camp, id, idle } = await listed();
    expect((await match(api, id, idle)).code).toBe(200);
    expect(await pendingOf(api, camp)).toEqual([]);
    expect((await detail(api, id)).refundInfo).toMatchObject({ auditStatus: 'rejected', reason: '匹配变更' });
    expect(await income(camp)).toBe(30);
    await expectBooksToAgree(api);
  });

  it('is too late once the refund is approved (1302), for an unmatch too', async () => {
    const { camp, id, refund, other } = await listed();
    expect((await api.admin('POST', `/api/admin/refunds/${refund}/approve`)).code).toBe(200);
    const before = await detail(api, id);
    expect((await match(api, id, other)).code).toBe(1302);
    expect((await unmatch(api, id)).code).toBe(1302);
    await api.quiet();
    const { matchInfo } = await detail(api, id);
    expect(matchInfo).toEqual(before.matchInfo);
    expect(await pendingOf(api, camp)).toEqual([]);
    await expectBooksToAgree(api);
  });

  it('does not meet news of the money in a deadlock: the news waits for the member and holds no record meanwhile', async () => {
    const { id, refund } = await listed();
    const runner = api.db.createQueryRunner();
    await runner.startTransaction();
    try {
      await runner.query('SELECT 1 FROM camp_member WHERE id = $1 FOR UPDATE', [id]);
      expect((await api.admin('POST', `/api/admin/refunds/${refund}/approve`)).code).toBe(200);
      // The news of the refund waits for the member.
      await waitingAt(api, 'camp_member');
      const held = await runner.query('SELECT id FROM camp_refund WHERE member_id = $1 FOR UPDATE NOWAIT', [
        id,
      ]);
      expect(held).toEqual([{ id: refund }]);
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
    // News that has waited for too long comes again after a pause.
    await eventually(
      async () => (await detail(api, id)).refundInfo?.refundStatus === 'success',
      'the news of the refund',
    );
  });

  it('and an approval at the same moment: one of them wins, the other is 1302', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { camp, id, refund, idle } = await listed();
      const [matched, approved] = await Promise.all([
        match(api, id, idle),
        api.admin('POST', `/api/admin/refunds/${refund}/approve`),
      ]);
      expect([matched.code, approved.code].toSorted((a, b) => a - b)).toEqual([200, 1302]);
      await api.quiet();
      const { refundInfo, matchInfo } = await detail(api, id);
      expect(refundInfo?.auditStatus).toBe(approved.code === 200 ? 'approved' : 'rejected');
      expect(matchInfo.method).toBe(matched.code === 200 ? 'manual' : 'dynamic_qrcode');
      expect(await pendingOf(api, camp)).toEqual([]);
    }
    await expectBooksToAgree(api);
  });
});

describe('an unmatch', () => {
  it('frees a squatted id for its owner, and lets the member bind again, but not to that one', async () => {
    const camp = await publishedCamp(api);
    const [owner, squatter] = [person(), person()];
    const order = await member(api, camp, { ...squatter, planetUserId: owner.planetUserId });
    await checkIns(api, camp, owner, 2);
    await sync(api, camp);
    const id = await onlyMember(api, camp);
    const answer = await unmatch(api, id);
    expect(answer).toMatchObject({
      message: '已解除匹配',
      data: { memberId: id, matchStatus: 'pending', matchConfidence: 0, matchMethod: null },
    });
    const after = await detail(api, id);
    expect(after.matchInfo).toMatchObject({ status: 'pending', matchedPlanetUser: null, matchTime: null });
    expect(after.checkinInfo).toMatchObject({ count: 0, lastCheckinTime: null });
    expect(await audited(api, 'member', id)).toEqual([
      expect.objectContaining({
        action: 'member.unmatch',
        before: expect.objectContaining({ matchMethod: 'dynamic_qrcode', checkinCount: 2 }),
        after: expect.objectContaining({ matchStatus: 'pending', checkinCount: 0, reason: '冒用他人ID' }),
      }),
    ]);
    const bind = (planetUserId: string) =>
      api.call('POST', '/api/h5/payments/bind', {
        ticket: order.accessToken,
        body: { orderNo: order.orderNo, planetUserId, planetNickname: squatter.nickname },
      });
    expect(await statusOf(api, order)).toMatchObject({
      bindStatus: 'pending',
      bindUrl: '/api/h5/payments/bind',
    });
    expect(await bind(owner.planetUserId)).toMatchObject({
      status: 403,
      message: expect.stringContaining('解除匹配'),
    });
    await member(api, camp, owner);
    expect((await bind(squatter.planetUserId)).code).toBe(200);
    const found = await members(camp);
    expect(
      found.map(({ matchedPlanetNickname, checkinCount }) => [matchedPlanetNickname, checkinCount]),
    ).toEqual([
      [owner.nickname, 2],
      [null, 0],
    ]);
  });

  it('takes the member off the refund list, and the deposit becomes income', async () => {
    const camp = await publishedCamp(api, { days: 4, requiredDays: 2 });
    const who = person();
    await member(api, camp, who);
    await checkIns(api, camp, who, 2);
    await finish(api, camp);
    expect(await pendingOf(api, camp)).toHaveLength(1);
    await unmatch(api, await onlyMember(api, camp));
    expect(await pendingOf(api, camp)).toEqual([]);
    expect(await income(camp)).toBe(99);
    await expectBooksToAgree(api);
  });

  it('of nobody matched is 409, and needs a reason', async () => {
    const camp = await publishedCamp(api);
    const id = await scanner(api, camp);
    expect(await unmatch(api, id)).toMatchObject({ status: 409, message: '该会员尚未匹配星球用户' });
    const silent = await api.admin('POST', `/api/admin/members/${id}/unmatch`, { reason: ' ' });
    expect(silent.status).toBe(400);
  });

  it('twice at once happens once', async () => {
    const camp = await publishedCamp(api);
    await member(api, camp, person());
    const id = await onlyMember(api, camp);
    const answers = await Promise.all([unmatch(api, id), unmatch(api, id)]);
    expect(answers.map(({ code }) => code).toSorted()).toEqual([200, 409]);
    expect(await audited(api, 'member', id)).toHaveLength(1);
  });
});
