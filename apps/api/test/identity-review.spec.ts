import { randomUUID } from 'node:crypto';
import type { Camp } from '@yajin/contract';
import {
  checkIns,
  expectBooksToAgree,
  gatewayRefunds,
  member,
  person,
  publishedCamp,
  records,
  statusOf,
} from '@yajin/testing/factories';
import { balance, browser, contested, memberFrom, placeFrom, signatureOf } from '@yajin/testing/identity';
import { eventually, TestApi, type Answer } from '@yajin/testing/api';
import { detail, finish, pendingOf, sync } from '@yajin/testing/matching';
import { operator } from '@yajin/testing/operators';
import { Proofs } from '../src/lines/camp/member/proofs.js';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());
afterEach(() => expectBooksToAgree(api));

const settle = (id: number, favour: Camp.SettleReviewRequest['favour']) =>
  api.admin<Camp.SettledReview>('POST', `/api/admin/members/${id}/settle-review`, {
    favour,
    reason: '看过星球主页',
  });

const giveBack = async (id: number, key: string = randomUUID()): Promise<Answer<Camp.ReturnedDeposit>> =>
  api.call<Camp.ReturnedDeposit>('POST', `/api/admin/members/${id}/return-deposit`, {
    token: await api.adminToken(),
    headers: { 'idempotency-key': key },
    body: { reason: '填错了星球 ID' },
  });

const inReview = async (query: string): Promise<number[]> =>
  (await api.admin<Camp.MemberPage>('GET', `/api/admin/members?pageSize=100${query}`)).data.list.map(
    ({ id }) => id,
  );

it('members in review are listed by themselves, until it is settled', async () => {
  const { camp, holder, newcomer } = await contested(api);
  expect(await inReview(`&campId=${camp.id}&inReview=true`)).toEqual([newcomer.id]);
  expect(await inReview(`&campId=${camp.id}&inReview=false`)).toEqual([holder.id]);
  expect(await inReview('&inReview=true')).toContain(newcomer.id);
  expect((await api.admin('GET', '/api/admin/members?inReview=1')).status).toBe(400);
  await settle(newcomer.id, 'holder');
  expect(await inReview(`&campId=${camp.id}&inReview=true`)).toEqual([]);
});

it('a batch pays nobody whose typed id is disputed, before people have looked', async () => {
  const { camp, holder, newcomer, owner } = await contested(api, { days: 4, requiredDays: 1 });
  await checkIns(api, camp, owner, 2);
  await finish(api, camp);
  const [listed] = await pendingOf(api, camp);
  expect(listed).toMatchObject({ memberId: holder.id, identity: 'typed', identityDisputed: true });
  const body = { refundIds: [listed!.id], includeUnproved: true };
  const path = '/api/admin/refunds/batch-approve';
  const refused = await api.admin<Camp.BatchApproval>('POST', path, body);
  expect(refused.data.skippedDetails).toEqual([
    {
      refundId: listed!.id,
      reason: '星球 ID 有争议',
      reasonCode: 'refund_id_disputed',
      reasonParams: [],
    },
  ]);
  await giveBack(newcomer.id);
  expect((await pendingOf(api, camp))[0]).toMatchObject({ identityDisputed: false });
  expect((await api.admin<Camp.BatchApproval>('POST', path, body)).data.approved).toBe(1);
  await api.quiet();
});

describe('settling a review', () => {
  it('for the member gives them the planet user and its check-ins; whoever had it goes into review', async () => {
    const { camp, holder, newcomer, owner } = await contested(api, { days: 4, requiredDays: 2 });
    await checkIns(api, camp, owner, 2);
    await api.moveClock(`${camp.end}T01:00:00`);
    await sync(api, camp);
    expect((await detail(api, holder.id)).checkinInfo.count).toBe(2);
    expect((await settle(newcomer.id, 'member')).data).toEqual({
      memberId: newcomer.id,
      identityReview: null,
      matchStatus: 'matched',
      displacedMemberId: holder.id,
    });
    // Settled is settled, also for who clicks again.
    expect(await settle(newcomer.id, 'member')).toMatchObject({
      code: 409,
      message: '该会员没有待核实的身份',
    });
    expect(await detail(api, newcomer.id)).toMatchObject({
      matchInfo: { status: 'matched', method: 'manual', identityReview: null },
      checkinInfo: { count: 2 },
    });
    expect(await detail(api, holder.id)).toMatchObject({
      matchInfo: { status: 'pending', identityReview: 'displaced' },
      checkinInfo: { count: 0 },
    });
    await finish(api, camp);
    expect((await pendingOf(api, camp)).map(({ memberId }) => memberId)).toEqual([newcomer.id]);
    expect(await balance(api, camp, 'deposit')).toBe(-198);
    const [deed] = await api.auditEntries<{ username: string; after: object }>(
      `SELECT username, after FROM sys_audit WHERE action = 'member.settle' AND target_id = $1`,
      [String(newcomer.id)],
    );
    expect(deed).toMatchObject({
      username: 'admin',
      after: { favour: 'member', holderMemberId: holder.id, reason: '看过星球主页' },
    });
    // And back again, should it turn out to have been wrong.
    expect((await settle(holder.id, 'member')).data.displacedMemberId).toBe(newcomer.id);
    await api.quiet();
    expect((await pendingOf(api, camp)).map(({ memberId }) => memberId)).toEqual([holder.id]);
  });

  it('against the member lets them name their own planet id, and never this one', async () => {
    const { holder, newcomer, owner } = await contested(api);
    expect((await settle(newcomer.id, 'holder')).data).toMatchObject({
      matchStatus: 'pending',
      displacedMemberId: null,
    });
    expect((await detail(api, holder.id)).matchInfo).toMatchObject({
      status: 'matched',
      identityReview: null,
    });
    expect(await statusOf(api, newcomer.order)).toMatchObject({
      payStatus: 'success',
      bindStatus: 'pending',
      identityReview: null,
    });
    const bind = (planetUserId: string) =>
      api.call('POST', '/api/h5/payments/bind', {
        ticket: newcomer.order.accessToken,
        headers: { cookie: newcomer.cookie },
        body: { orderNo: newcomer.order.orderNo, planetUserId, planetNickname: '我自己' },
      });
    expect((await bind(owner.planetUserId)).status).toBe(403);
    expect((await bind(person().planetUserId)).code).toBe(200);
    expect((await detail(api, newcomer.id)).matchInfo.status).toBe('matched');
  });

  it('by two at once, of two members for the same planet user, leaves one with it', async () => {
    const { camp, newcomer, owner } = await contested(api);
    const third = await memberFrom(api, camp, { ...person(), planetUserId: owner.planetUserId });
    const { memberId } = await statusOf(api, third);
    const answers = await Promise.all([settle(newcomer.id, 'member'), settle(memberId!, 'member')]);
    expect(answers.map(({ code }) => code)).toContain(200);
    for (const { code } of answers) expect([200, 409]).toContain(code);
    const holders = await api.rows(
      'SELECT 1 FROM camp_member WHERE camp_id = $1 AND planet_user_ref IS NOT NULL',
      [camp.id],
    );
    expect(holders).toHaveLength(1);
    expect(await balance(api, camp, 'deposit')).toBe(-99 * 3);
  });

  it('for who was displaced answers, too, when the owner has been erased meanwhile, and when nobody is kept by that id', async () => {
    const displaced = async () => {
      const camp = await publishedCamp(api, { days: 4, requiredDays: 2 });
      const owner = person();
      const typist = await memberFrom(api, camp, { ...person(), planetUserId: owner.planetUserId });
      const order = await memberFrom(api, camp, owner, browser(), await signatureOf(api, camp, owner));
      const [row] = await api.rows<{ id: number }>('SELECT id FROM camp_member WHERE order_id = $1', [
        typist.orderId,
      ]);
      await checkIns(api, camp, owner, 1);
      await finish(api, camp);
      expect((await api.call('DELETE', '/api/h5/my-data', { ticket: order.accessToken })).code).toBe(200);
      return { camp, owner, id: row!.id };
    };
    const kept = await displaced();
    expect((await settle(kept.id, 'member')).code).toBe(200);
    expect((await detail(api, kept.id)).checkinInfo.count).toBe(1);
    // As it was left by an erasure of the time before.
    const lost = await displaced();
    await api.rows('DELETE FROM camp_checkin WHERE camp_id = $1', [lost.camp.id]);
    await api.rows('DELETE FROM planet_user WHERE planet_user_id = $1', [lost.owner.planetUserId]);
    expect((await detail(api, lost.id)).matchInfo.identityReview).toBe('displaced');
    expect(await settle(lost.id, 'member')).toMatchObject({
      status: 409,
      message: '该会员没有填写星球 ID，请人工匹配',
    });
    expect((await settle(lost.id, 'holder')).code).toBe(200);
  });

  it('is for managers, with a reason, of members in review', async () => {
    const { newcomer, holder, camp } = await contested(api);
    const coach = await operator(api, 'coach');
    await api.rows(`INSERT INTO camp_staff (camp_id, user_id, duty) VALUES ($1, $2, 'coach')`, [
      camp.id,
      coach.id,
    ]);
    const path = `/api/admin/members/${newcomer.id}`;
    const ask = (at: string, body: object, token: string) =>
      api.call('POST', `${path}${at}`, { token, body });
    expect((await ask('/settle-review', { favour: 'member', reason: '是' }, coach.token)).status).toBe(403);
    expect((await ask('/return-deposit', { reason: '是' }, coach.token)).status).toBe(403);
    const admin = await api.adminToken();
    expect((await ask('/settle-review', { favour: 'both', reason: '是' }, admin)).status).toBe(400);
    expect((await ask('/settle-review', { favour: 'member', reason: ' ' }, admin)).status).toBe(400);
    expect((await ask('/return-deposit', {}, admin)).status).toBe(400);
    expect((await settle(holder.id, 'member')).status).toBe(409);
    expect((await giveBack(holder.id)).status).toBe(409);
    expect((await settle(987_654_321, 'member')).status).toBe(404);
    expect((await giveBack(987_654_321)).status).toBe(404);
  });
});

describe('giving a deposit in review back', () => {
  it('happens once, by the way of every refund, however often it is asked for', async () => {
    const { camp, newcomer } = await contested(api);
    const key = randomUUID();
    const answers = await Promise.all([
      giveBack(newcomer.id, key),
      giveBack(newcomer.id, key),
      giveBack(newcomer.id),
      giveBack(newcomer.id),
    ]);
    const codes = answers.map(({ code }) => code);
    expect(codes.filter((code) => code === 200).length).toBeGreaterThanOrEqual(1);
    for (const code of codes) expect([200, 409]).toContain(code);
    const given = answers.filter(({ code }) => code === 200).map(({ data }) => data.refundId);
    expect(new Set(given).size).toBe(1);
    await eventually(
      async () => (await statusOf(api, newcomer.order)).payStatus === 'refunded',
      'the deposit to arrive',
    );
    expect(await gatewayRefunds(api, newcomer.order)).toHaveLength(1);
    expect(await records(api, camp)).toMatchObject([
      {
        id: given[0],
        memberId: newcomer.id,
        auditStatus: 'approved',
        refundStatus: 'success',
        auditor: 'admin',
        reason: '填错了星球 ID',
        refundAmount: 99,
      },
    ]);
    expect(await balance(api, camp, 'deposit')).toBe(-99);
    expect((await detail(api, newcomer.id)).matchInfo.identityReview).toBe('returned');
    expect(await inReview(`&campId=${camp.id}&inReview=true`)).toEqual([]);
    const deeds = await api.auditEntries(
      `SELECT 1 FROM sys_audit WHERE action = 'member.give_back' AND target_id = $1`,
      [String(newcomer.id)],
    );
    expect(deeds).toHaveLength(1);
  });

  it('ends their part in the camp: nothing is bound, shown or proved any more, and they may enrol anew', async () => {
    const { camp, newcomer, owner, holder } = await contested(api);
    const { code } = await api.app.get(Proofs).issue(newcomer.id);
    expect((await giveBack(newcomer.id)).code).toBe(200);
    const ticket = newcomer.order.accessToken;
    const path = `/api/h5/payments/${newcomer.order.orderNo}`;
    expect((await api.call('GET', `${path}/qrcode`, { ticket })).code).toBe(1005);
    const body = {
      orderNo: newcomer.order.orderNo,
      planetUserId: person().planetUserId,
      planetNickname: '我',
    };
    expect((await api.call('POST', '/api/h5/payments/bind', { ticket, body })).code).toBe(1005);
    expect((await placeFrom(api, camp, owner, newcomer.cookie)).code).toBe(200);
    await api.moveClock(`${camp.start}T12:00:00`);
    await api.control('POST', '/control/planet/posts', {
      checkinId: camp.checkinId,
      posts: [
        {
          userId: owner.planetUserId,
          name: owner.nickname,
          text: code,
          createTime: `${camp.start}T06:00:00.000+0800`,
        },
      ],
    });
    await sync(api, camp);
    expect((await detail(api, newcomer.id)).matchInfo).toMatchObject({
      status: 'pending',
      identityReview: 'returned',
    });
    expect((await detail(api, holder.id)).matchInfo.status).toBe('matched');
    await finish(api, camp);
    expect(await pendingOf(api, camp)).toEqual([]);
    expect(await balance(api, camp, 'income')).toBe(-99);
  });

  it('and settling at the same moment: one of them wins', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { camp, newcomer } = await contested(api);
      const answers = await Promise.all([giveBack(newcomer.id), settle(newcomer.id, 'member')]);
      expect(answers.map(({ code }) => code).toSorted((a, b) => a - b)).toEqual([200, 409]);
      await api.quiet();
      const returned = answers[0].code === 200;
      expect(await balance(api, camp, 'deposit')).toBe(returned ? -99 : -198);
      expect((await detail(api, newcomer.id)).matchInfo.status).toBe(returned ? 'pending' : 'matched');
    }
  });

  it('owes again what was income already, since they had missed the goal before they lost the id', async () => {
    const { camp, holder, newcomer } = await contested(api, { days: 3, requiredDays: 2 });
    await checkIns(api, camp, person(), 1);
    await finish(api, camp);
    expect(await balance(api, camp, 'income')).toBe(-99);
    expect((await settle(newcomer.id, 'member')).code).toBe(200);
    await api.quiet();
    // Whoever got it has checked in no more than whoever lost it.
    expect(await balance(api, camp, 'income')).toBe(-198);
    expect((await giveBack(holder.id)).code).toBe(200);
    await eventually(
      async () => (await statusOf(api, holder.order)).payStatus === 'refunded',
      'the deposit to arrive',
    );
    expect(await balance(api, camp, 'income')).toBe(-99);
    expect(await balance(api, camp, 'deposit')).toBe(0);
  });
});

it('nobody erases their data while people look who they are', async () => {
  const { camp, newcomer } = await contested(api);
  await checkIns(api, camp, person(), 1);
  await finish(api, camp);
  const ticket = newcomer.order.accessToken;
  expect(await api.call('DELETE', '/api/h5/my-data', { ticket })).toMatchObject({
    status: 409,
    message: '身份等待核实，完成后才能删除个人信息',
  });
  await giveBack(newcomer.id);
  await eventually(
    async () => (await statusOf(api, newcomer.order)).payStatus === 'refunded',
    'the deposit to arrive',
  );
  expect((await api.call('DELETE', '/api/h5/my-data', { ticket })).code).toBe(200);
});

it('a member in no review has no claims beside them', async () => {
  const camp = await publishedCamp(api);
  const order = await member(api, camp, person());
  const { memberId } = await statusOf(api, order);
  expect((await detail(api, memberId!)).matchInfo.identityClaims).toEqual([]);
});
