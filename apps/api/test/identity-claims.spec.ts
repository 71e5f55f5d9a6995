import type { Camp } from '@yajin/contract';
import {
  checkIns,
  decided,
  expectBooksToAgree,
  type MadeCamp,
  member,
  pay,
  payByCode,
  person,
  type Person,
  publishedCamp,
  records,
  statusOf,
  wechatLogin,
} from '@yajin/testing/factories';
import {
  balance,
  browser,
  contested,
  memberFrom,
  openFrom,
  placeFrom,
  signatureOf,
} from '@yajin/testing/identity';
import { eventually, TestApi } from '@yajin/testing/api';
import { detail, finish, scanner, sync } from '@yajin/testing/matching';
import { DataSource } from 'typeorm';
import { Joining } from '../src/lines/camp/member/joining.js';
import { Proofs } from '../src/lines/camp/member/proofs.js';

/** A planet id is public: whether it has enrolled is for those to know who did it, and nobody is locked out by it. */

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());
afterEach(() => expectBooksToAgree(api));

/** A browser of somebody's own in which they have logged in with WeChat. */
async function loggedIn(who: Person): Promise<{ cookie: string; tickets: Camp.OrderTicket[] }> {
  const { cookie, tickets } = await wechatLogin(api, who);
  return { cookie: `${browser()}; ${cookie}`, tickets };
}

const stateOf = (camp: MadeCamp) =>
  api.rows<{ holds: boolean; review: string | null; count: number }>(
    `SELECT planet_user_ref IS NOT NULL AS holds, review, count(*)::int AS count FROM camp_member WHERE camp_id = $1
     GROUP BY 1, 2 ORDER BY holds DESC, review`,
    [camp.id],
  );

describe('whoever types a planet id that has enrolled', () => {
  it('gets the answer of any other id, word for word, unless it was done in their browser or by their WeChat', async () => {
    const camp = await publishedCamp(api);
    const [who, nobody] = [person(), person()];
    const own = browser();
    await memberFrom(api, camp, who, own);
    const strange = browser();
    const [taken, free] = [
      await placeFrom(api, camp, { ...who, nickname: '猜' }, strange),
      await placeFrom(api, camp, { ...nobody, nickname: '猜' }, strange),
    ];
    const shape = ({ status, code, message, data }: typeof taken) => ({
      status,
      code,
      message,
      data: Object.entries(data).map(([name, value]) => [name, typeof value]),
      amount: data.amount,
    });
    expect(shape(taken)).toEqual(shape(free));
    expect(taken.code).toBe(200);
    // Whoever shows no cookie learns nothing about whoever does.
    expect((await placeFrom(api, camp, who, '')).code).toBe(200);
    expect((await placeFrom(api, camp, who, 'yajin_browser=none')).code).toBe(200);
    expect((await placeFrom(api, camp, who, (await loggedIn(nobody)).cookie)).code).toBe(200);
    expect((await placeFrom(api, camp, who, own)).code).toBe(1001);
    expect((await placeFrom(api, camp, who, (await loggedIn(who)).cookie)).code).toBe(1001);
    const kept = await api.rows<{ browser: string }>('SELECT browser FROM camp_order WHERE camp_id = $1', [
      camp.id,
    ]);
    expect(JSON.stringify(kept)).not.toContain(own.split('=')[1]);
  });

  it('is told by a personal link, whose owner may know, once the id is surely somebody’s', async () => {
    const camp = await publishedCamp(api);
    const who = person();
    const sig = await signatureOf(api, camp, who);
    await memberFrom(api, camp, { ...person(), planetUserId: who.planetUserId });
    const order = await openFrom(api, camp, who, browser(), sig);
    await pay(api, order, who);
    await decided(api, order);
    expect((await placeFrom(api, camp, who, browser(), sig)).code).toBe(1001);
    expect((await placeFrom(api, camp, who, browser())).code).toBe(200);
  });

  it('goes to people once they have paid: whoever has it is not disturbed, and neither deposit is lost', async () => {
    const { camp, holder, newcomer, owner } = await contested(api, { days: 4, requiredDays: 1 });
    expect(await statusOf(api, newcomer.order)).toMatchObject({
      payStatus: 'success',
      bindStatus: 'completed',
      showQrcode: true,
      identityReview: 'contested',
    });
    expect(await statusOf(api, holder.order)).toMatchObject({
      bindStatus: 'completed',
      identityReview: null,
    });
    const { matchInfo } = await detail(api, newcomer.id);
    expect(matchInfo).toMatchObject({ status: 'pending', identity: null, identityReview: 'contested' });
    expect(matchInfo.identityClaims).toMatchObject([
      { memberId: holder.id, identity: 'typed', identityReview: null, holds: true },
    ]);
    expect((await detail(api, holder.id)).matchInfo.identityClaims).toMatchObject([
      { memberId: newcomer.id, identityReview: 'contested', holds: false },
    ]);
    expect(api.alerts).toContain('两位会员用同一个星球 ID 报名，请核实');
    expect(await balance(api, camp, 'deposit')).toBe(-198);
    // Known to be enrolled in this browser, and told nothing in another.
    expect((await placeFrom(api, camp, owner, newcomer.cookie)).code).toBe(1001);
    await checkIns(api, camp, person(), 1);
    await finish(api, camp);
    // The typist has checked in on no day; at the other people have not looked yet.
    expect(await balance(api, camp, 'income')).toBe(-99);
    expect(await balance(api, camp, 'deposit')).toBe(-99);
  });

  it('goes to people also while nobody has it, but another waits for it', async () => {
    const { camp, holder, newcomer, owner } = await contested(api);
    await api.admin('POST', `/api/admin/members/${holder.id}/unmatch`, { reason: '冒用' });
    const third = await memberFrom(api, camp, { ...person(), planetUserId: owner.planetUserId });
    expect(await statusOf(api, third)).toMatchObject({ identityReview: 'contested' });
    const paid = await scanner(api, camp);
    const [order] = await api.rows<{ id: number }>('SELECT order_id AS id FROM camp_member WHERE id = $1', [
      paid,
    ]);
    const said = { planetUserId: owner.planetUserId, planetNickname: '猜' };
    await api.app
      .get(DataSource)
      .transaction((manager) =>
        api.app.get(Joining).bind(manager, order!.id, said, { browser: null, openid: null }),
      );
    expect((await detail(api, paid)).matchInfo.identityReview).toBe('contested');
    const path = `/api/admin/members/${newcomer.id}/settle-review`;
    const settled = await api.admin('POST', path, { favour: 'member', reason: '本人' });
    expect(settled.data).toMatchObject({ matchStatus: 'matched', displacedMemberId: null });
    expect(await stateOf(camp)).toEqual([
      { holds: true, review: null, count: 1 },
      { holds: false, review: 'contested', count: 2 },
      { holds: false, review: null, count: 1 },
    ]);
  });

  it('takes it over by showing their code, as from anybody who only typed it', async () => {
    const { camp, holder, newcomer, owner } = await contested(api);
    const { code } = await api.app.get(Proofs).issue(newcomer.id);
    await api.moveClock(`${camp.start}T12:00:00`);
    await api.control('POST', '/control/planet/posts', {
      checkinId: camp.checkinId,
      posts: [
        {
          userId: owner.planetUserId,
          name: owner.nickname,
          text: `打卡 ${code}`,
          createTime: `${camp.start}T06:00:00.000+0800`,
        },
      ],
    });
    await sync(api, camp);
    expect((await detail(api, newcomer.id)).matchInfo).toMatchObject({
      identity: 'proved',
      status: 'matched',
    });
    expect((await detail(api, newcomer.id)).checkinInfo.count).toBe(1);
    expect(await statusOf(api, holder.order)).toMatchObject({
      bindStatus: 'pending',
      identityReview: 'displaced',
    });
  });

  it('goes to people, too, where the id is proved, and as a rival where a personal link says it is theirs', async () => {
    const { camp, holder, owner } = await contested(api);
    await api.rows('UPDATE camp_member SET proved_ref = planet_user_ref WHERE id = $1', [holder.id]);
    const third = await memberFrom(api, camp, { ...person(), planetUserId: owner.planetUserId });
    expect((await statusOf(api, third)).identityReview).toBe('contested');
    expect((await detail(api, holder.id)).matchInfo).toMatchObject({ identity: 'proved', status: 'matched' });

    const linked = person();
    const sig = await signatureOf(api, camp, linked);
    const friend = { ...person(), planetUserId: linked.planetUserId };
    const orders = [
      await openFrom(api, camp, linked, browser(), sig),
      await openFrom(api, camp, friend, browser(), sig),
    ];
    await Promise.all([pay(api, orders[0]!, linked), pay(api, orders[1]!, friend)]);
    const states = [await decided(api, orders[0]!), await decided(api, orders[1]!)];
    expect(states.map(({ identityReview }) => identityReview ?? 'holds').toSorted()).toEqual([
      'holds',
      'rival',
    ]);
    expect(states.map(({ payStatus }) => payStatus)).toEqual(['success', 'success']);
  });
});

describe('of many who pay for one planet id at once', () => {
  it('one has it, each other payer goes to people, and a payer’s second payment goes back', async () => {
    const camp = await publishedCamp(api);
    const who = person();
    const payers = Array.from({ length: 6 }, () => ({ ...person(), planetUserId: who.planetUserId }));
    // The last pays twice.
    const paying = [...payers, payers[5]!];
    const orders: Camp.CreatedPayment[] = [];
    for (const payer of paying) orders.push(await openFrom(api, camp, payer, browser()));
    await Promise.all(paying.map((payer, index) => pay(api, orders[index]!, payer)));
    for (const order of orders) await decided(api, order);
    expect(await stateOf(camp)).toEqual([
      { holds: true, review: null, count: 1 },
      { holds: false, review: 'contested', count: 5 },
    ]);
    await eventually(
      async () => (await records(api, camp)).some(({ refundStatus }) => refundStatus === 'success'),
      'the second payment to go back',
    );
    expect(await records(api, camp)).toHaveLength(1);
    expect(await balance(api, camp, 'deposit')).toBe(-99 * 6);
    expect(await balance(api, camp, 'income')).toBe(0);
  });

  it('the link’s owner has it, however many typed it, and nobody’s deposit is lost', async () => {
    const camp = await publishedCamp(api);
    const who = person();
    const sig = await signatureOf(api, camp, who);
    const typists = Array.from({ length: 3 }, () => ({ ...person(), planetUserId: who.planetUserId }));
    const orders = [await openFrom(api, camp, who, browser(), sig)];
    for (const typist of typists) orders.push(await openFrom(api, camp, typist, browser()));
    await Promise.all([who, ...typists].map((payer, index) => pay(api, orders[index]!, payer)));
    for (const order of orders) await decided(api, order);
    expect((await statusOf(api, orders[0]!)).identityReview).toBeNull();
    const states = await stateOf(camp);
    expect(states.filter(({ holds }) => holds)).toEqual([{ holds: true, review: null, count: 1 }]);
    expect(states.reduce((sum, { count }) => sum + count, 0)).toBe(4);
    expect(await balance(api, camp, 'deposit')).toBe(-99 * 4);
  });
});

it('the same payer again, from whatever browser, is a duplicate and goes back, also while people look', async () => {
  const { camp, owner, newcomer } = await contested(api);
  const again = await openFrom(api, camp, owner, browser());
  await pay(api, again, owner);
  expect(['refunding', 'refunded']).toContain((await decided(api, again)).payStatus);
  await eventually(
    async () => (await statusOf(api, again)).payStatus === 'refunded',
    'the second payment to go back',
  );
  expect((await statusOf(api, newcomer.order)).payStatus).toBe('success');
  expect(await stateOf(camp)).toEqual([
    { holds: true, review: null, count: 1 },
    { holds: false, review: 'contested', count: 1 },
  ]);
});

describe('binding a payment by the fixed code', () => {
  /** Somebody who paid by the fixed code, and can bind it. */
  async function payer(camp: MadeCamp): Promise<{ who: Person; cookie: string; ticket: Camp.OrderTicket }> {
    const who = person();
    await payByCode(api, camp, who);
    return eventually(async () => {
      const { cookie, tickets } = await loggedIn(who);
      const ticket = tickets.find(({ campId }) => campId === camp.id);
      return ticket && { who, cookie, ticket };
    }, 'the payment');
  }
  const bind = (
    { cookie, ticket }: { cookie: string; ticket: Camp.OrderTicket },
    to: Person,
  ): ReturnType<typeof api.call<Camp.BoundPayment>> =>
    api.call<Camp.BoundPayment>('POST', '/api/h5/payments/bind', {
      ticket: ticket.accessToken,
      headers: { cookie },
      body: { orderNo: ticket.orderNo, planetUserId: to.planetUserId, planetNickname: to.nickname },
    });

  it('to an id that has enrolled answers as to any other, and people look; only its own payer is told (1001)', async () => {
    const camp = await publishedCamp(api);
    const enrolled = person();
    await memberFrom(api, camp, enrolled);
    const [one, other] = [await payer(camp), await payer(camp)];
    const [taken, free] = [await bind(one, enrolled), await bind(other, other.who)];
    const shape = ({ status, message, data }: typeof taken) => ({
      status,
      message,
      data: { ...data, orderNo: '', memberId: typeof data.memberId },
    });
    expect(shape(taken)).toEqual(shape(free));
    const states = await api.rows(
      `SELECT m.review, m.match_status, o.bind_status FROM camp_member m JOIN camp_order o ON o.order_id = m.order_id
       WHERE m.id = ANY ($1) ORDER BY m.id = $2 DESC`,
      [[taken.data.memberId, free.data.memberId], taken.data.memberId],
    );
    expect(states).toEqual([
      { review: 'contested', match_status: 'pending', bind_status: 'completed' },
      { review: null, match_status: 'matched', bind_status: 'completed' },
    ]);
    // One payment asks once: ids cannot be tried out.
    expect((await bind(one, person())).code).toBe(1002);
    await payByCode(api, camp, enrolled);
    const own = await eventually(async () => {
      const { cookie, tickets } = await loggedIn(enrolled);
      const ticket = tickets.find(({ campId, bindStatus }) => campId === camp.id && bindStatus === 'pending');
      return ticket && { cookie, ticket };
    }, 'the second payment');
    expect((await bind(own, enrolled)).code).toBe(1001);
    expect((await bind(own, person())).code).toBe(200);
  });

  it('and an enrolment by form at the same moment: one has it, the others go to people', async () => {
    const camp = await publishedCamp(api);
    const who = person();
    const typist = { ...person(), planetUserId: who.planetUserId };
    const scanners = [await payer(camp), await payer(camp), await payer(camp)];
    const order = await openFrom(api, camp, typist, browser());
    const answers = await Promise.all([
      ...scanners.map((one) => bind(one, who)),
      pay(api, order, typist).then(() => decided(api, order)),
    ]);
    expect(answers.slice(0, 3).map((answer) => ('code' in answer ? answer.code : 0))).toEqual([
      200, 200, 200,
    ]);
    expect(await stateOf(camp)).toEqual([
      { holds: true, review: null, count: 1 },
      { holds: false, review: 'contested', count: 3 },
    ]);
    expect(await balance(api, camp, 'deposit')).toBe(-99 * 4);
  });
});

it('the smart match gives nobody in review to whom they look like', async () => {
  const { camp, newcomer, owner } = await contested(api);
  const id = await scanner(api, camp, { planetNickname: owner.nickname });
  await api.moveClock(`${camp.start}T12:00:00`);
  await api.control('POST', '/control/planet/posts', {
    checkinId: camp.checkinId,
    posts: [
      {
        userId: person().planetUserId,
        name: owner.nickname,
        text: '第一天',
        createTime: `${camp.start}T06:00:00.000+0800`,
      },
    ],
  });
  await sync(api, camp);
  expect((await detail(api, newcomer.id)).matchInfo).toMatchObject({
    status: 'pending',
    identityReview: 'contested',
  });
  expect((await detail(api, id)).matchInfo.status).toBe('matched');
});

it('orders of the time before browsers were kept tell nobody but their payer', async () => {
  const camp = await publishedCamp(api);
  const who = person();
  await member(api, camp, who);
  await api.rows('UPDATE camp_order SET browser = NULL WHERE camp_id = $1', [camp.id]);
  expect((await placeFrom(api, camp, who, '')).code).toBe(200);
  expect((await placeFrom(api, camp, who, (await loggedIn(who)).cookie)).code).toBe(1001);
});
