import type { Camp } from '@yajin/contract';
import type { Console } from '@yajin/contract/console';
import { member, openOrder, payByCode, person, publishedCamp } from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';
import { makeOffers, makePerson, place } from '../src/lines/gym/test/gym.kit.js';
import { CampOrders } from '../src/lines/camp/camp.orders.js';
import { GymOrders } from '../src/lines/gym/gym.orders.js';
import type { OrderDescriber } from '../src/system/index.js';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const get = async <Page>(path: string): Promise<Page> =>
  (await api.admin<Page>('GET', `/api/admin/${path}`)).data;
const orders = (query: string): Promise<Console.OrderPage> => get(`pay/orders?${query}`);
const called = async (name: string): Promise<string[]> =>
  (await orders(`keyword=${encodeURIComponent(name)}`)).list.map(({ orderNo }) => orderNo);

it('an order of a camp names its member, the camp and the payer, in lists and in its story', async () => {
  const [camp, who] = [await publishedCamp(api), person()];
  const { orderNo } = await member(api, camp, who);
  const [order] = (await orders('line=camp&pageSize=1')).list;
  const [{ id: memberId } = { id: 0 }] = await api.rows<{ id: number }>('SELECT id FROM camp_member');
  const party = {
    name: who.nickname,
    userId: who.planetUserId,
    memberId,
    about: expect.any(String) as string,
    aboutId: String(camp.id),
    payer: expect.stringMatching(/^.{8}$/) as string,
  };
  expect(order).toMatchObject({ orderNo, party });
  expect((await get<Console.OrderStory>(`pay/orders/${orderNo}`)).order).toEqual(order);
});

it('an order that nobody has paid yet names who enrolled, and no member or payer', async () => {
  const [camp, who] = [await publishedCamp(api), person()];
  const { orderNo } = await openOrder(api, camp, who);
  const { order } = await get<Console.OrderStory>(`pay/orders/${orderNo}`);
  expect(order.party).toMatchObject({ name: who.nickname, memberId: null, aboutId: String(camp.id) });
});

it('orders and refunds are found by any part of a nickname, however it is written, and by a whole planet id', async () => {
  const camp = await publishedCamp(api);
  const who = { ...person(), nickname: '深圳·Ｌｅｉ李雷' };
  const { orderNo, orderId } = await member(api, camp, who);
  await member(api, camp, { ...person(), nickname: '李四' });
  for (const name of ['李雷', 'lei', '圳', '深圳·Lei李雷', who.planetUserId])
    expect([name, await called(name)]).toEqual([name, [orderNo]]);
  for (const name of ['雷李', '李雷雷', '%', who.planetUserId.slice(0, -1)])
    expect([name, await called(name)]).toEqual([name, []]);
  expect(await called('李')).toHaveLength(2);
  expect((await orders(`line=gym&keyword=${encodeURIComponent('李')}`)).total).toBe(0);
  expect((await orders(`keyword=${encodeURIComponent('李')}&status=pending`)).total).toBe(0);
  // By which the planet knows them: it is the one that is shown.
  await api.rows(`UPDATE planet_user SET alias = '韩梅梅' WHERE planet_user_id = $1`, [who.planetUserId]);
  expect(await called('梅梅')).toEqual([orderNo]);
  await api.rows(
    `INSERT INTO pay_refund (source, line, order_id, out_trade_no, amount_fen, reason, status, check_at, created_at, gateway)
     SELECT 'camp_refund:0', 'camp', id, paid_with, 1, 'x', 'success', now(), now(), 'wechat-v3' FROM pay_order WHERE id = $1`,
    [orderId],
  );
  const found = await get<Console.PayRefundPage>(`pay/refunds?keyword=${encodeURIComponent('李雷')}`);
  expect(found.list).toEqual([
    expect.objectContaining({
      orderNo,
      party: expect.objectContaining({ name: '韩梅梅' }) as unknown,
    }),
  ]);
});

it('the orders of one payer are found by any of them, those of others are not', async () => {
  const [one, other, who] = [await publishedCamp(api), await publishedCamp(api), person()];
  const first = await member(api, one, who);
  const second = await member(api, other, who);
  const third = await member(api, one, person());
  const of = async (orderNo: string): Promise<string[]> =>
    (await orders(`payerOf=${orderNo}`)).list.map((order) => order.orderNo);
  expect(await of(first.orderNo)).toEqual([second.orderNo, first.orderNo]);
  expect(await of(third.orderNo)).toEqual([third.orderNo]);
  expect(await of('ord_nobody')).toEqual([]);
});

it('the ledger, entries by hand and differences name the member and the camp of their order, and nobody where there is none', async () => {
  const [camp, who] = [await publishedCamp(api), person()];
  const { orderNo } = await member(api, camp, who);
  const named = { name: who.nickname, aboutId: String(camp.id) };
  const ledger = await get<Camp.LedgerPage>(`ledger?orderNo=${orderNo}`);
  expect(ledger.list).toHaveLength(2);
  for (const entry of ledger.list)
    expect(entry).toMatchObject({
      campId: camp.id,
      campName: expect.any(String) as string,
      memberName: who.nickname,
    });
  const correction = { debit: 'deposit', credit: 'income', amount: 1, reason: '更正', evidence: '邮件' };
  const proposed = await api.admin<Console.PayEntry>('POST', '/api/admin/pay/entries', {
    orderNo,
    ...correction,
  });
  expect(proposed.data).toMatchObject({ orderNo, party: named });
  expect((await get<Console.PayEntryPage>('pay/entries')).list[0]).toEqual(proposed.data);
  await api.rows(`INSERT INTO pay_bill (gateway, day, state) VALUES ('wechat-v3', '2026-10-02', 'complete')`);
  await api.rows(
    `INSERT INTO pay_difference (gateway, day, key, kind, out_trade_no, ours_fen, theirs_fen, found_at)
     SELECT 'wechat-v3', '2026-10-02', 'payment_amount:' || no, 'payment_amount', no, 1, 2, now()
     FROM (SELECT 'nobodys' AS no UNION SELECT paid_with FROM pay_order WHERE order_no = $1) AS numbers ORDER BY no = 'nobodys'`,
    [orderNo],
  );
  expect((await get<Console.PayDifferencePage>('pay/differences')).list).toEqual([
    expect.objectContaining({ outTradeNo: 'nobodys', line: null, orderNo: null, party: null }),
    expect.objectContaining({ line: 'camp', orderNo, party: expect.objectContaining(named) as unknown }),
  ]);
});

it('an order of the gym names its member and what they bought', async () => {
  await makeOffers(api);
  // So that no payment has an offer's number.
  await api.rows(`SELECT setval(pg_get_serial_sequence('gym_payment', 'id'), 1000)`);
  const who = await makePerson(api);
  await place(api, who);
  const [order] = (await orders('line=gym')).list;
  const [offer] = await api.rows<{ id: number }>(`SELECT id FROM gym_offer WHERE name = '月卡'`);
  expect(order?.party).toEqual({
    name: '测试会员',
    userId: who.user,
    memberId: who.member.id,
    about: '月卡',
    aboutId: String(offer!.id),
    payer: null,
  });
  expect(await called('试会')).toEqual([order?.orderNo]);
  expect(await called(who.user)).toEqual([order?.orderNo]);
});

it('money that fits no camp names the member that its payer is elsewhere, and is found by their nickname', async () => {
  const [camp, who] = [await publishedCamp(api), person()];
  const { orderNo } = await member(api, camp, who);
  await payByCode(api, camp, who, 100);
  const nickname = encodeURIComponent(who.nickname);
  const [money] = await eventually(async () => {
    const { list } = await get<Camp.UnallocatedPage>(`unallocated?keyword=${nickname}`);
    return list.length > 0 && list;
  }, 'the money to be found');
  const [{ id } = { id: 0 }] = await api.rows<{ id: number }>(
    'SELECT m.id FROM camp_member m JOIN pay_order o ON o.id = m.order_id WHERE o.order_no = $1',
    [orderNo],
  );
  expect(money).toMatchObject({
    amount: 1,
    member: null,
    payerMember: { id, name: who.nickname, campId: camp.id },
  });
  const by = async (keyword: string): Promise<number> =>
    (await get<Camp.UnallocatedPage>(`unallocated?keyword=${encodeURIComponent(keyword)}`)).total;
  expect(await by(money?.orderNo ?? '')).toBe(1);
  expect(await by(money?.transactionId ?? '')).toBe(1);
  expect(await by('没有这个人')).toBe(0);
});

it('a page of orders of many lines asks each line once, however many orders there are', async () => {
  const asked = [CampOrders, GymOrders].map((each) =>
    jest.spyOn(api.app.get<OrderDescriber>(each), 'describe'),
  );
  const page = await orders('pageSize=100');
  expect(page.list.length).toBeGreaterThan(5);
  for (const describe of asked) {
    expect(describe).toHaveBeenCalledTimes(1);
    describe.mockRestore();
  }
});

it('a name that more than five hundred orders have is found in part, and that is said', async () => {
  const [camp, who] = [await publishedCamp(api), person()];
  const { orderId } = await openOrder(api, camp, { ...who, nickname: '小明' });
  await api.rows(
    `INSERT INTO pay_order (id, order_no, line, subject, amount_fen, description, expires_at, created_at)
     SELECT 9000000 + n, 'ord_many' || n, line, subject, amount_fen, description, expires_at, created_at
     FROM pay_order, generate_series(1, 501) n WHERE id = $1`,
    [orderId],
  );
  await api.rows(
    `INSERT INTO camp_order (order_id, camp_id, planet_nickname, created_at)
     SELECT 9000000 + n, $1, '小明' || n, now() FROM generate_series(1, 501) n`,
    [camp.id],
  );
  const named = encodeURIComponent('小明');
  expect(await orders(`keyword=${named}`)).toMatchObject({ more: true, total: 500 });
  expect(await get<Camp.UnallocatedPage>(`unallocated?keyword=${named}`)).toMatchObject({ more: true });
  expect(await orders(`keyword=${encodeURIComponent('小明500')}`)).toMatchObject({ more: false, total: 1 });
  // Five hundred are not more than are looked at.
  await api.rows('DELETE FROM camp_order WHERE order_id > 9000500');
  expect(await orders(`keyword=${named}`)).toMatchObject({ more: false, total: 500 });
  expect(await get<Camp.UnallocatedPage>(`unallocated?keyword=${named}`)).toMatchObject({ more: false });
});

it('a member is found by their name however many of the planet are called so and are nobody’s member', async () => {
  await api.rows(
    `INSERT INTO planet_user (planet_user_id, name, updated_at)
     SELECT 'stranger' || n, '小红' || n, now() FROM generate_series(1, 600) n`,
  );
  const [camp, who] = [await publishedCamp(api), person()];
  const { orderNo } = await member(api, camp, who);
  await api.rows(`UPDATE planet_user SET alias = '小红' WHERE planet_user_id = $1`, [who.planetUserId]);
  expect(await called('小红')).toEqual([orderNo]);
});
