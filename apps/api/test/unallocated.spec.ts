import { addDays } from '@yajin/core';
import type { Camp } from '@yajin/contract';
import {
  checkIns,
  expectBooksToAgree,
  member,
  payByCode,
  pendingRefunds,
  person,
  publishedCamp,
  type MadeCamp,
  type Person,
} from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());
afterEach(() => expectBooksToAgree(api));

const list = async (query = ''): Promise<Camp.UnallocatedPayment[]> =>
  (await api.admin<Camp.UnallocatedPage>('GET', `/api/admin/unallocated?pageSize=100${query}`)).data.list;

/** A payment that fits no camp, once it is listed. */
async function strayed(
  camp: { id: number },
  who: Person,
  amountFen: number,
): Promise<Camp.UnallocatedPayment> {
  const known = new Set((await list()).map(({ id }) => id));
  await payByCode(api, camp, who, amountFen);
  return eventually(async () => (await list()).find(({ id }) => !known.has(id)), 'the payment to be listed');
}

const assign = (id: number, body: Camp.AssignUnallocatedRequest) =>
  api.admin<Camp.AssignedPayment>('POST', `/api/admin/unallocated/${id}/assign`, body);
const giveBack = (id: number) =>
  api.admin<Camp.RefundedUnallocated>('POST', `/api/admin/unallocated/${id}/refund`, {
    reason: '付错了金额',
  });

describe('money that fits no camp', () => {
  it('is listed with what is wrong with it, and raises an alert', async () => {
    const camp = await publishedCamp(api);
    const wrong = await strayed(camp, person(), 100);
    expect(wrong).toMatchObject({
      status: 'pending',
      amount: 1,
      campId: camp.id,
      reason: '金额与押金不符',
      reasonCode: 'wrong_amount',
    });
    expect(wrong.transactionId).toMatch(/^\d+$/);
    const unknown = await strayed({ id: 987_654_321 }, person(), 9900);
    expect(unknown).toMatchObject({
      campId: null,
      campName: null,
      reason: '找不到对应的训练营',
      reasonCode: 'no_camp',
    });
    expect(api.alerts).toContain('固定码收款未能归属，请人工处理');
    expect((await list('&status=refunded')).map(({ id }) => id)).not.toContain(wrong.id);
  });

  it('becomes the deposit of a member when a manager assigns it, whose check-ins count at once', async () => {
    const camp = await publishedCamp(api, { days: 3, requiredDays: 2 });
    const [who, other] = [person(), person()];
    const money = await strayed({ id: 987_654_321 }, who, 9900);
    await member(api, camp, other);
    await checkIns(api, camp, who, 2);
    await api.moveClock(`${addDays(camp.start, 2)}T12:00:00`);
    const body = { campId: camp.id, planetUserId: who.planetUserId, planetNickname: who.nickname };
    const assigned = await assign(money.id, body);
    expect(assigned).toMatchObject({
      code: 200,
      message: '归属成功',
      data: { status: 'assigned', campId: camp.id },
    });
    const refunds = await pendingRefunds(api, camp);
    expect(refunds).toMatchObject([
      { memberId: assigned.data.memberId, checkinCount: 2, matchMethod: 'manual', matchConfidence: 100 },
    ]);
    const ledger = await api.admin<Camp.LedgerPage>('GET', `/api/admin/ledger?campId=${camp.id}`);
    expect(ledger.data.list).toContainEqual(
      expect.objectContaining({ kind: '归属押金', kindCode: 'allocate' }),
    );
    const held = ledger.data.balances.find(({ account }) => account === 'deposit');
    // The other member's deposit was forfeited; the assigned one is owed back.
    expect(held).toEqual({ account: 'deposit', balance: -99 });
  });

  it('assigned without a planet user waits to be bound by its payer', async () => {
    const camp = await publishedCamp(api);
    const who = person();
    const money = await strayed({ id: 987_654_321 }, who, 9900);
    await assign(money.id, { campId: camp.id });
    const { code } = await api.control<{ code: string }>('POST', '/control/oauth-code', {
      openid: who.openid,
    });
    const session = await api.call<Camp.WechatSession>('POST', '/api/h5/auth/wechat', { body: { code } });
    const [ticket] = session.data.tickets;
    expect(ticket).toMatchObject({ campId: camp.id, bindStatus: 'pending' });
    const bound = await api.call<Camp.BoundPayment>('POST', '/api/h5/payments/bind', {
      ticket: ticket!.accessToken,
      body: { orderNo: ticket!.orderNo, planetUserId: who.planetUserId, planetNickname: who.nickname },
    });
    expect(bound).toMatchObject({ code: 200, data: { bindMethod: 'user_fill' } });
  });

  it('goes back to its payer in full, once', async () => {
    const money = await strayed({ id: 987_654_321 }, person(), 1234);
    const answers = await Promise.all([giveBack(money.id), giveBack(money.id)]);
    expect(answers.map(({ code }) => code).sort()).toEqual([200, 409]);
    const done = answers.find(({ code }) => code === 200)!;
    expect(done).toMatchObject({ message: '已提交退款', data: { id: money.id, status: 'refunding' } });
    await eventually(
      async () => (await list('&status=refunded')).some(({ id }) => id === money.id),
      'the money to arrive',
    );
    const records = await api.admin<Camp.RefundRecordPage>('GET', '/api/admin/refunds/records?pageSize=100');
    expect(records.data.list.find(({ id }) => id === done.data.refundId)).toMatchObject({
      refundAmount: 12.34,
      refundStatus: 'success',
      auditor: 'admin',
      reason: '付错了金额',
    });
  });

  it('is decided once: assigned and given back at the same moment, one of them wins', async () => {
    const camp = await publishedCamp(api);
    for (let round = 0; round < 5; round += 1) {
      const money = await strayed({ id: 987_654_321 }, person(), 9900);
      const answers = await Promise.all([assign(money.id, { campId: camp.id }), giveBack(money.id)]);
      expect(answers.map(({ code }) => code).sort()).toEqual([200, 409]);
    }
  });

  it('is not assigned to what it does not fit', async () => {
    const camp = await publishedCamp(api);
    const draft = await draftCamp(camp);
    const enrolled = person();
    await member(api, camp, enrolled);
    const money = await strayed({ id: 987_654_321 }, person(), 9900);
    expect((await assign(money.id, { campId: 987_654_321 })).status).toBe(404);
    expect((await assign(987_654_321, { campId: camp.id })).status).toBe(404);
    expect((await assign(money.id, { campId: draft })).code).toBe(1102);
    const cheap = await publishedCamp(api, { deposit: 9.9 });
    expect(await assign(money.id, { campId: cheap.id })).toMatchObject({
      code: 409,
      message: '金额与该训练营押金不符',
    });
    const taken = { campId: camp.id, planetUserId: enrolled.planetUserId, planetNickname: '冒名' };
    expect((await assign(money.id, taken)).code).toBe(1001);
    expect((await list('&status=pending')).map(({ id }) => id)).toContain(money.id);
  });
});

async function draftCamp(like: MadeCamp): Promise<number> {
  const made = await api.admin<Camp.CreatedCamp>('POST', '/api/admin/camps', {
    name: '草稿',
    posterUrl: 'https://cdn.example.com/poster.jpg',
    deposit: 99,
    startDate: like.start,
    endDate: like.end,
    requiredDays: 1,
    groupQrcodeUrl: 'https://cdn.example.com/group.jpg',
    planetProjectId: '1',
  });
  return made.data.id;
}
