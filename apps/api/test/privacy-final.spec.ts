import type { Camp } from '@yajin/contract';
import {
  checkIns,
  decided,
  expectBooksToAgree,
  type GatewayTrade,
  member,
  openOrder,
  pay,
  payByCode,
  person,
  publishedCamp,
  wechatLogin,
} from '@yajin/testing/factories';
import { contested } from '@yajin/testing/identity';
import { eventually, TestApi } from '@yajin/testing/api';
import { atGate, waitingAt } from '@yajin/testing/gates';
import { finish, match, refOf, sync } from '@yajin/testing/matching';
import { hold } from '@yajin/testing/scan';
import { CampLine } from '../src/lines/camp/camp.line.js';
import { CampScanner } from '../src/lines/camp/camp.scanner.js';
import { TicketService } from '../src/lines/camp/h5/ticket.service.js';
import { Joining } from '../src/lines/camp/member/joining.js';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const read = (ticket: string) => api.call<Camp.MyData>('GET', '/api/h5/my-data', { ticket });
const erase = (ticket: string) => api.call<Camp.ErasedData>('DELETE', '/api/h5/my-data', { ticket });

/** A camp that is over, with a payer by the fixed code who never said who they are, and somebody who checked in. */
async function neverBound() {
  const camp = await publishedCamp(api, { days: 2, requiredDays: 1 });
  const [who, later] = [person(), person()];
  await checkIns(api, camp, later, 1);
  await payByCode(api, camp, who);
  await api.quiet();
  const trades = await api.control<GatewayTrade[]>('GET', '/control/trades');
  const { transactionId } = trades.find(({ openid }) => openid === who.openid)!;
  const claim = async () =>
    (
      await api.call<Camp.ClaimedPayment>('POST', '/api/h5/payments/claim', {
        body: { campId: camp.id, transactionId },
      })
    ).data;
  const { orderId, orderNo, accessToken } = await claim();
  await finish(api, camp);
  const bind = () =>
    api.call('POST', '/api/h5/payments/bind', {
      ticket: accessToken!,
      body: { orderNo, planetUserId: later.planetUserId, planetNickname: later.nickname },
    });
  return { camp, who, later, claim, bind, orderId, orderNo, ticket: accessToken! };
}

it('an order that was erased gets no ticket by the number of its payment, nor by a ticket of before anything bound', async () => {
  const { who, claim, bind, orderId, ticket } = await neverBound();
  expect((await erase(ticket)).code).toBe(200);
  expect(await claim()).toMatchObject({ status: 'bind_expired', accessToken: null });
  expect((await wechatLogin(api, who)).tickets).toEqual([]);
  expect(await api.app.get(TicketService).issue(api.owner, orderId)).toBeNull();
  expect((await bind()).code).toBe(401);
});

it('binding and erasing at once end in one of both: erased without a name, or bound and not erased', async () => {
  for (const bindsFirst of [true, false, true, false]) {
    const { bind, later, orderId, ticket } = await neverBound();
    const [bound, erased] = bindsFirst
      ? await Promise.all([bind(), erase(ticket)])
      : (await Promise.all([erase(ticket), bind()])).reverse();
    const [row] = await api.rows<{ erased: boolean; planet_nickname: string | null }>(
      'SELECT erased_at IS NOT NULL AS erased, planet_nickname FROM camp_order WHERE order_id = $1',
      [orderId],
    );
    expect([erased!.code === 200, bound!.code === 200]).toEqual(row!.erased ? [true, false] : [false, true]);
    expect(row!.planet_nickname).toBe(row!.erased ? null : later.nickname);
  }
  await expectBooksToAgree(api);
});

it('binding that began with a ticket before its order was erased writes nothing to it', async () => {
  const { later, orderId, ticket } = await neverBound();
  expect((await erase(ticket)).code).toBe(200);
  const said = { planetUserId: later.planetUserId, planetNickname: later.nickname };
  await expect(
    api.owner.transaction((manager) =>
      api.app.get(Joining).bind(manager, orderId, said, { browser: null, openid: null }),
    ),
  ).rejects.toMatchObject({ code: 1005 });
});

it('a ticket that is asked for while its order is being erased is none once it is, and neither waits for the other in a circle', async () => {
  const tickets = api.app.get(TicketService);
  const [stopped, begun] = [await neverBound(), await neverBound()];

  // Erasing has got as far as its last step when the ticket is asked for …
  const late = await atGate(
    api,
    ['SELECT 1 FROM camp_ticket WHERE order_id = $1 FOR UPDATE', stopped.orderId],
    async () => {
      const erased = erase(stopped.ticket);
      await waitingAt(api, 'DELETE FROM camp_ticket');
      const issued = tickets.issue(api.db, stopped.orderId);
      await waitingAt(api, 'INSERT INTO camp_ticket');
      return { begun: Promise.all([erased, issued]) };
    },
  );
  expect(late).toMatchObject([{ code: 200 }, null]);

  // … and here no further than the kernel's order.
  const early = await atGate(
    api,
    ['SELECT 1 FROM camp_order WHERE order_id = $1 FOR SHARE', begun.orderId],
    async () => {
      const erased = erase(begun.ticket);
      await waitingAt(api, 'UPDATE camp_order SET planet_user_id = NULL');
      expect(await tickets.issue(api.db, begun.orderId)).not.toBeNull();
      return { begun: erased };
    },
  );
  expect(early.code).toBe(200);
  expect(
    await api.rows('SELECT 1 FROM camp_ticket WHERE order_id = ANY ($1)', [[stopped.orderId, begun.orderId]]),
  ).toEqual([]);
});

it('nobody matches who was erased, neither an operator nor a smart match by a name that stands there again', async () => {
  const camp = await publishedCamp(api, { days: 2, requiredDays: 1 });
  const [who, other] = [person(), person()];
  const order = await member(api, camp, who);
  const { memberId } = (await read(order.accessToken)).data;
  await checkIns(api, camp, other, 1);
  await finish(api, camp);
  expect((await erase(order.accessToken)).code).toBe(200);
  expect(await match(api, memberId!, await refOf(api, other))).toMatchObject({
    code: 409,
    message: '该会员的个人信息已删除',
  });
  await api.rows(`UPDATE camp_member SET filled_planet_nickname = $2 WHERE id = $1`, [
    memberId,
    other.nickname,
  ]);
  await sync(api, camp);
  expect(
    await api.rows('SELECT match_status, planet_user_ref FROM camp_member WHERE id = $1', [memberId]),
  ).toEqual([{ match_status: 'failed', planet_user_ref: null }]);
});

it('erasing again takes out what came to stand there since, and says so in the log once', async () => {
  const { later, orderId, orderNo, ticket } = await neverBound();
  expect((await erase(ticket)).code).toBe(200);
  await api.rows('UPDATE camp_order SET planet_user_id = $2, planet_nickname = $3 WHERE order_id = $1', [
    orderId,
    later.planetUserId,
    later.nickname,
  ]);
  for (let times = 0; times < 2; times += 1)
    expect((await api.admin('DELETE', `/api/admin/personal-data/${orderNo}`)).code).toBe(200);
  expect(await hold(api, [later.nickname])).not.toContain('public.camp_order.planet_nickname');
  expect(
    await api.auditEntries(`SELECT 1 FROM sys_audit WHERE action = 'privacy.erase' AND target_id = $1`, [
      String(orderId),
    ]),
  ).toHaveLength(2);
});

it('an order that is paid and of which the camp was not told yet is not erased, and its payer becomes the member', async () => {
  const camp = await publishedCamp(api, { days: 4, requiredDays: 2 });
  const who = person();
  const order = await openOrder(api, camp, who);
  const told = jest.spyOn(api.app.get(CampLine), 'paid').mockRejectedValue(new Error('no database'));
  await pay(api, order, who);
  await eventually(async () => told.mock.calls.length > 0 || null, 'the camp to be told');
  expect(await erase(order.accessToken)).toMatchObject({
    code: 409,
    message: '付款尚未入账，完成后才能删除个人信息',
  });
  told.mockRestore();
  api.pass(10 * 60_000);
  await decided(api, order);
  expect((await read(order.accessToken)).data.planetUserId).toBe(who.planetUserId);
});

it('money for an order that names nobody any more waits for people, and makes nobody a member', async () => {
  const camp = await publishedCamp(api);
  const who = person();
  const order = await openOrder(api, camp, who);
  await api.rows('UPDATE camp_order SET planet_user_id = NULL WHERE order_id = $1', [order.orderId]);
  await pay(api, order, who);
  await eventually(
    async () =>
      (await api.rows('SELECT 1 FROM pay_suspense WHERE order_id = $1', [order.orderId])).length > 0 || null,
    'the suspense',
  );
  expect(await api.rows('SELECT 1 FROM camp_member WHERE order_id = $1', [order.orderId])).toEqual([]);
  expect(await api.rows(`SELECT 1 FROM planet_user WHERE planet_user_id = ''`)).toEqual([]);
  await expectBooksToAgree(api);
});

it('who has come to qualify stays until the refund is listed, so that their deposit is not lost by erasing', async () => {
  const { camp, bind, ticket } = await neverBound();
  // The listing is held up.
  const listing = jest
    .spyOn(api.app.get(CampScanner), 'listRefunds')
    .mockRejectedValue(new Error('no database'));
  expect((await bind()).code).toBe(200);
  expect(await erase(ticket)).toMatchObject({
    code: 409,
    message: '押金等待退还，完成后才能删除个人信息',
  });
  listing.mockRestore();
  await api.app.get(CampScanner).listRefunds(camp.id);
  expect((await erase(ticket)).message).toContain('退款尚未到账');
});

it('a member in review who got the deposit back erases before the camp is over, and again nothing is said to be open', async () => {
  const { newcomer } = await contested(api);
  const { accessToken, orderNo } = newcomer.order;
  const returned = await api.admin('POST', `/api/admin/members/${newcomer.id}/return-deposit`, {
    reason: '无法核实',
  });
  expect(returned.code).toBe(200);
  await eventually(async () => (await read(accessToken)).data.openReason === null || null, 'the refund');
  expect((await erase(accessToken)).code).toBe(200);
  expect((await api.admin('DELETE', `/api/admin/personal-data/${orderNo}`)).code).toBe(200);
  await expectBooksToAgree(api);
});
