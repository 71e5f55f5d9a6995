import type { Camp } from '@yajin/contract';
import {
  checkIns,
  decided,
  expectBooksToAgree,
  member,
  openOrder,
  pay,
  pendingRefunds,
  person,
  publishedCamp,
  statusOf,
} from '@yajin/testing/factories';
import type { MadeCamp, Person } from '@yajin/testing/factories';
import { Proofs } from '../src/lines/camp/member/proofs.js';
import { detail, finish, onlyMember, pendingOf, poster, scanner, sync } from '@yajin/testing/matching';
import { TestApi } from '@yajin/testing/api';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

/** A paid order that came by the personal link an operator handed out. */
async function memberByLink(camp: MadeCamp, who: Person): Promise<Camp.CreatedPayment> {
  const links = await api.admin<Camp.PersonalLinks>('POST', `/api/admin/camps/${camp.id}/links`, {
    planetUserIds: [who.planetUserId],
  });
  const sig = new URL(links.data.list[0]!.url).searchParams.get('sig');
  const placed = await api.call<Camp.CreatedPayment>('POST', '/api/h5/payments', {
    body: { campId: camp.id, planetUserId: who.planetUserId, planetNickname: who.nickname, sig },
  });
  await api.call('GET', `${placed.data.payUrl}?scene=native`);
  await pay(api, placed.data, who);
  await decided(api, placed.data);
  return placed.data;
}

describe('approving in a batch', () => {
  it('takes typed ids as ever without the new field, and leaves them out when told to, naming why', async () => {
    const camp = await publishedCamp(api, { days: 4, requiredDays: 2 });
    const [typed, signed] = [person(), person()];
    const order = await openOrder(api, camp, typed);
    await pay(api, order, typed);
    await decided(api, order);
    await memberByLink(camp, signed);
    for (const who of [typed, signed]) await checkIns(api, camp, who, 2);
    const listed = await pendingRefunds(api, camp);
    const by = Object.fromEntries(listed.map((row) => [row.planetNickname, row]));
    expect(by[typed.nickname]).toMatchObject({ identity: 'typed', matchConfidence: 100 });
    expect(by[signed.nickname]).toMatchObject({ identity: 'signed', matchConfidence: 100 });
    const refundIds = listed.map(({ id }) => id);
    const path = '/api/admin/refunds/batch-approve';
    const careful = await api.admin<Camp.BatchApproval>('POST', path, { refundIds, includeUnproved: false });
    expect(careful.data).toMatchObject({
      approved: 1,
      skippedDetails: [{ refundId: by[typed.nickname]!.id, reason: '身份未验证' }],
    });
    const asEver = await api.admin<Camp.BatchApproval>('POST', path, { refundIds: [by[typed.nickname]!.id] });
    expect(asEver.data).toMatchObject({ approved: 1, skipped: 0 });
    const wrong = await api.admin('POST', path, { refundIds, includeUnproved: 'no' });
    expect(wrong.status).toBe(400);
  });
});

it('WeChat’s default name matches nobody by name', async () => {
  const camp = await publishedCamp(api);
  await poster(api, camp, '微信用户');
  const id = await scanner(api, camp, { planetNickname: '微信用户', wechatNickname: '微信用户' });
  await api.moveClock(`${camp.start}T12:00:00`);
  await sync(api, camp);
  expect(await onlyMember(api, camp)).toBe(id);
  expect((await detail(api, id)).matchInfo).toMatchObject({ status: 'failed', identity: null });
});

describe('a code', () => {
  const codeOf = async (order: Camp.CreatedPayment) => {
    const { memberId } = await statusOf(api, order);
    const path = `/api/h5/progress/${memberId}`;
    const asked = await api.call<Camp.IdentityCode>('POST', `${path}/identity-code`, {
      ticket: order.accessToken,
    });
    const page = async () =>
      (await api.call<Camp.MemberProgress>('GET', path, { ticket: order.accessToken })).data;
    return { memberId: memberId!, path, asked, page };
  };
  const post = (camp: MadeCamp, who: Person, text: string, nickname = who.nickname) =>
    api.control('POST', '/control/planet/posts', {
      checkinId: camp.checkinId,
      posts: [
        { userId: who.planetUserId, name: nickname, text, createTime: `${camp.start}T06:00:00.000+0800` },
      ],
    });

  it('proves a typed id only where its own planet user shows it, once, and is shown to nobody', async () => {
    const camp = await publishedCamp(api);
    const [who, thief] = [person(), person()];
    const order = await member(api, camp, who);
    const { memberId, path, asked, page } = await codeOf(order);
    expect(asked.data.planetUserId).toBe(who.planetUserId);
    expect((await codeOf(order)).asked.data).toEqual(asked.data);
    const { code } = asked.data;
    await api.moveClock(`${camp.start}T12:00:00`);
    // Copied by somebody else, it is worth nothing, and costs the member nothing.
    await post(camp, thief, `打卡 ${code}`);
    await sync(api, camp);
    expect((await page()).identity).toBe('typed');
    await post(camp, who, `早起 ${code.toLowerCase()} 第一天`);
    await sync(api, camp);
    expect(await page()).toMatchObject({ identity: 'proved', checkinCount: 1 });
    expect((await detail(api, memberId)).matchInfo).toMatchObject({ identity: 'proved', status: 'matched' });
    const seen = await api.rows<{ content: string }>('SELECT content FROM camp_checkin WHERE camp_id = $1', [
      camp.id,
    ]);
    expect(JSON.stringify(seen)).not.toContain(code.slice(3));
    expect(seen.map(({ content }) => content)).toContain('早起 YJ-•••••-••••• 第一天');
    const again = await api.call('POST', `${path}/identity-code`, { ticket: order.accessToken });
    expect(again.code).toBe(409);
    const stranger = await member(api, await publishedCamp(api), person());
    const foreign = await api.call('POST', `${path}/identity-code`, { ticket: stranger.accessToken });
    expect(foreign.status).toBe(403);
    const audited = await api.auditEntries(
      `SELECT 1 FROM sys_audit WHERE action = 'member.prove' AND target_id = $1`,
      [String(memberId)],
    );
    expect(audited).toHaveLength(1);
  });

  it('works in the nickname, which loses it, and not after seven days', async () => {
    const camp = await publishedCamp(api);
    const [who, late] = [person(), person()];
    const [first, second] = [await member(api, camp, who), await member(api, camp, late)];
    const { asked, page } = await codeOf(first);
    const { asked: expired, page: latePage } = await codeOf(second);
    await api.rows(`UPDATE camp_identity_code SET expires_at = now() WHERE code = $1`, [expired.data.code]);
    await api.moveClock(`${camp.start}T12:00:00`);
    await post(camp, who, '第一天', `${who.nickname} ${asked.data.code}`);
    await post(camp, late, expired.data.code);
    await sync(api, camp);
    expect(await page()).toMatchObject({ identity: 'proved', planetNickname: who.nickname });
    expect((await latePage()).identity).toBe('typed');
    expect((await codeOf(second)).asked.data.code).not.toBe(expired.data.code);
  });
});

describe('who proves an id that another only typed', () => {
  /** A member who has it by typing, and one who paid by the fixed code, names it too, and shows their code. */
  const rivals = async (days = 4) => {
    const camp = await publishedCamp(api, { days, requiredDays: 1 });
    const who = person();
    const typist = { ...person(), planetUserId: who.planetUserId, nickname: who.nickname };
    const first = await member(api, camp, typist);
    const { memberId: typistId } = await statusOf(api, first);
    const ownerId = await scanner(api, camp, { planetUserId: who.planetUserId });
    const { code } = await api.app.get(Proofs).issue(ownerId);
    const show = (text: string) =>
      api.control('POST', '/control/planet/posts', {
        checkinId: camp.checkinId,
        posts: [
          {
            userId: who.planetUserId,
            name: who.nickname,
            text,
            createTime: `${camp.start}T06:00:00.000+0800`,
          },
        ],
      });
    await api.moveClock(`${camp.start}T12:00:00`);
    return { camp, first, typistId: typistId!, ownerId, code, show };
  };

  it('takes it over: the typist goes to people, can bind their own, and keeps their deposit', async () => {
    const { camp, first, typistId, ownerId, code, show } = await rivals();
    await show(code);
    await Promise.all([sync(api, camp), api.app.get(Proofs).settle(), api.app.get(Proofs).settle()]);
    await api.app.get(Proofs).settle();
    expect((await detail(api, ownerId)).matchInfo).toMatchObject({ identity: 'proved', status: 'matched' });
    expect((await detail(api, typistId)).matchInfo).toMatchObject({
      identity: null,
      identityReview: 'displaced',
      status: 'pending',
    });
    expect(await statusOf(api, first)).toMatchObject({ bindStatus: 'pending', payStatus: 'success' });
    expect(api.alerts).toContain('会员的星球身份被他人验证取走，请核实');
    await finish(api, camp);
    expect((await pendingOf(api, camp)).map(({ memberId }) => memberId)).toEqual([ownerId]);
    const kept = await api.rows(
      `SELECT 1 FROM pay_ledger l JOIN camp_member m ON m.order_id = l.order_id WHERE m.id = $1 AND l.credit = 'income'`,
      [typistId],
    );
    expect(kept).toEqual([]);
    await expectBooksToAgree(api);
  });

  it('displaces nobody who has proved it, too: people look', async () => {
    const { camp, first, typistId, ownerId, code, show } = await rivals();
    const mine = await api.app.get(Proofs).issue(typistId);
    await show(`${mine.code} `);
    await sync(api, camp);
    await show(code);
    await sync(api, camp);
    expect((await detail(api, typistId)).matchInfo).toMatchObject({ identity: 'proved', status: 'matched' });
    expect((await detail(api, ownerId)).matchInfo).toMatchObject({ identity: null, identityReview: 'rival' });
    expect((await statusOf(api, first)).bindStatus).toBe('completed');
  });
});

it('our link takes an id over from who only typed it, and neither deposit goes anywhere by itself', async () => {
  const camp = await publishedCamp(api);
  const who = person();
  const typist = { ...person(), planetUserId: who.planetUserId };
  const first = await member(api, camp, typist);
  const second = await memberByLink(camp, who);
  expect(await statusOf(api, second)).toMatchObject({ payStatus: 'success', bindStatus: 'completed' });
  expect(await statusOf(api, first)).toMatchObject({ payStatus: 'success', bindStatus: 'pending' });
  const third = await api.call('POST', '/api/h5/payments', {
    body: { campId: camp.id, planetUserId: who.planetUserId, planetNickname: who.nickname },
  });
  expect(third.code).toBe(1001);
  await expectBooksToAgree(api);
});
