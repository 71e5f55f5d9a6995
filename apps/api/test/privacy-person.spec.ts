import type { Camp } from '@yajin/contract';
import {
  decided,
  expectBooksToAgree,
  finishedCamp,
  member,
  openOrder,
  pay,
  payerOf,
  person,
  type Person,
  publishedCamp,
  records,
  wechatLogin,
} from '@yajin/testing/factories';
import { allProved } from '@yajin/testing/identity';
import { eventually, TestApi } from '@yajin/testing/api';
import { hold } from '@yajin/testing/scan';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const read = (ticket: string, headers: Record<string, string> = {}) =>
  api.call<Camp.MyData>('GET', '/api/h5/my-data', { ticket, headers });
const eraseAll = (ticket: string, headers: Record<string, string> = {}) =>
  api.call<Camp.ErasedData>('DELETE', '/api/h5/my-data?scope=person', { ticket, headers });

/** A browser that WeChat says is theirs, as a header. */
async function browserOf(who: Pick<Person, 'openid'>): Promise<{ cookie: string }> {
  const { cookie } = await wechatLogin(api, who);
  return { cookie };
}

/** The same WeChat in two camps: one over with the deposit sent back, one that goes on. */
async function twoCamps() {
  const { camp, orders, refundIds } = await finishedCamp(api, 1);
  await allProved(api, camp);
  await api.admin('POST', `/api/admin/refunds/${refundIds[0]}/approve`, {});
  await eventually(
    async () => (await records(api, camp)).every(({ refundStatus }) => refundStatus === 'success') || null,
    'the refund',
  );
  await api.quiet();
  const over = orders[0]!;
  const { data } = await read(over.accessToken);
  const who = { ...person(), openid: await payerOf(api, over) };
  const going = await member(api, await publishedCamp(api), who);
  return { over, going, who, data };
}

it('a WeChat login opens what else the same WeChat paid; a ticket alone opens its own order', async () => {
  const { over, going, who } = await twoCamps();
  const alone = (await read(going.accessToken)).data;
  expect([alone.orderNo, alone.signedIn, alone.others]).toEqual([going.orderNo, false, []]);
  const { data } = await read(going.accessToken, await browserOf(who));
  expect([data.orderNo, data.signedIn]).toEqual([going.orderNo, true]);
  expect(data.others.map(({ orderNo }) => orderNo)).toEqual([over.orderNo]);
  expect(data.others[0]).toMatchObject({ openid: who.openid, openReason: null });
  expect(data.others[0]!.checkins).toHaveLength(2);
  expect(data.openReason).toBe('训练营尚未结算押金');
});

it('whoever has a victim pay their order, or types a victim’s planet id, sees and erases nothing of the victim', async () => {
  const victim = person();
  const theirs = await member(api, await publishedCamp(api), victim);
  // The attacker's order, paid by the victim, who scanned a code that was shown to them.
  const camp = await publishedCamp(api);
  const trap = await openOrder(api, camp, person());
  await pay(api, trap, victim);
  await decided(api, trap);
  // … and another one in the victim's name.
  const typed = await member(api, await publishedCamp(api), {
    ...person(),
    planetUserId: victim.planetUserId,
  });
  for (const { accessToken } of [trap, typed]) {
    const { data } = await read(accessToken);
    expect([data.openid, data.others]).toEqual([null, []]);
    const erased = await eraseAll(accessToken);
    expect(erased.data.orders.map(({ orderNo }) => orderNo)).toEqual([data.orderNo]);
  }
  expect((await read(typed.accessToken, await browserOf(victim))).code).toBe(403);
  expect((await eraseAll(typed.accessToken, await browserOf(victim))).code).toBe(403);
  expect((await read(theirs.accessToken)).data.planetUserId).toBe(victim.planetUserId);
});

it('erasing everything takes each order whose money is done, and says of the others why they stay', async () => {
  const { over, going, who, data: before } = await twoCamps();
  const headers = await browserOf(who);
  const { code, data } = await eraseAll(going.accessToken, headers);
  expect(code).toBe(200);
  expect(data).toEqual({
    orderNo: going.orderNo,
    erased: false,
    orders: [
      {
        orderNo: going.orderNo,
        campName: expect.any(String),
        erased: false,
        reason: '训练营尚未结算押金，完成后才能删除个人信息',
      },
      { orderNo: over.orderNo, campName: expect.any(String), erased: true, reason: null },
    ],
  });
  expect((await read(over.accessToken)).code).toBe(401);
  expect(await hold(api, [before.planetUserId!, before.planetNickname!])).toEqual([]);
  const left = (await read(going.accessToken, headers)).data;
  expect([left.openid, left.others]).toEqual([who.openid, []]);
  // A ticket alone, which whoever placed the order has, does not tell who paid it.
  expect((await read(going.accessToken)).data.openid).toBeNull();
  await expectBooksToAgree(api);
});

it('erasing everything twice at once, from either order, erases each once', async () => {
  const { over, going, who } = await twoCamps();
  const headers = await browserOf(who);
  const answers = await Promise.all([
    eraseAll(over.accessToken, headers),
    eraseAll(going.accessToken, headers),
    eraseAll(over.accessToken, headers),
  ]);
  expect(answers.map(({ code }) => code).filter((code) => code !== 200 && code !== 401)).toEqual([]);
  expect(
    await api.auditEntries(`SELECT 1 FROM sys_audit WHERE action = 'privacy.erase' AND target_id = $1`, [
      String(over.orderId),
    ]),
  ).toHaveLength(1);
  await expectBooksToAgree(api);
});

it('payers of the time before, whose ids stand there in clear, see their other orders too', async () => {
  const { over, going, who } = await twoCamps();
  await api.rows('UPDATE pay_order SET payer_id = $1, payer_index = NULL WHERE id = ANY ($2)', [
    who.openid,
    [over.orderId, going.orderId],
  ]);
  const { data } = await read(going.accessToken, await browserOf(who));
  expect(data.others.map(({ orderNo }) => orderNo)).toEqual([over.orderNo]);
});
