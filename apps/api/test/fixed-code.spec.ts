import { addDays } from '@yajin/core';
import type { Camp } from '@yajin/contract';
import {
  checkIns,
  expectBooksToAgree,
  payByCode,
  pendingRefunds,
  person,
  type Person,
  publishedCamp,
  wechatLogin,
} from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const signIn = (who: Person) => wechatLogin(api, who);

/** The payer's ticket, once the payment has been heard of. */
function ticketOf(who: Person): Promise<Camp.OrderTicket> {
  return eventually(async () => (await signIn(who)).tickets[0], 'the paid order');
}

function bind(ticket: Camp.OrderTicket, who: Person, headers: Record<string, string> = {}) {
  return api.call<Camp.BoundPayment>('POST', '/api/h5/payments/bind', {
    ticket: ticket.accessToken,
    headers,
    body: { orderNo: ticket.orderNo, planetUserId: who.planetUserId, planetNickname: who.nickname },
  });
}

describe('§12.2 a payment by the fixed code', () => {
  it.each(['wrongAmount', 'wrongMchId'])(
    'is booked as the gateway says when asked, whatever its notification says (%s)',
    async (fault) => {
      const camp = await publishedCamp(api);
      const who = person();
      await api.control('POST', '/control/faults', { [fault]: { times: 1 } });
      await payByCode(api, camp, who);
      expect(await ticketOf(who)).toMatchObject({ campId: camp.id, bindStatus: 'pending' });
      await expectBooksToAgree(api);
    },
  );

  it('is bound by its payer, who then sees the group code and gets the deposit back', async () => {
    const camp = await publishedCamp(api, { days: 4, requiredDays: 2 });
    const who = person();
    await payByCode(api, camp, who);
    const ticket = await ticketOf(who);
    expect(ticket).toMatchObject({ campId: camp.id, memberId: null, bindStatus: 'pending' });
    const path = `/api/h5/payments/${ticket.orderNo}`;
    const waiting = await api.call<Camp.PaymentStatus>('GET', `${path}/status`, {
      ticket: ticket.accessToken,
    });
    expect(waiting.data).toMatchObject({
      payStatus: 'success',
      bindStatus: 'pending',
      memberId: null,
      showQrcode: false,
    });
    expect(waiting.data.bindUrl).toBe('/api/h5/payments/bind');
    const early = await api.call('GET', `${path}/qrcode`, { ticket: ticket.accessToken });
    expect(early.code).toBe(1004);
    const bound = await bind(ticket, who);
    expect(bound.data).toMatchObject({ bindStatus: 'completed', bindMethod: 'user_fill', showQrcode: true });
    expect((await api.call('GET', `${path}/qrcode`, { ticket: ticket.accessToken })).code).toBe(200);
    await checkIns(api, camp, who, 2);
    const [refund] = await pendingRefunds(api, camp);
    expect(refund).toMatchObject({ matchMethod: 'user_fill', matchConfidence: 100, checkinCount: 2 });
    await expectBooksToAgree(api);
  });

  it('cannot be bound twice (1002), nor to a planet user who has enrolled (1001)', async () => {
    const camp = await publishedCamp(api);
    const [first, second] = [person(), person()];
    await payByCode(api, camp, first);
    await payByCode(api, camp, second);
    const ticket = await ticketOf(first);
    expect((await bind(ticket, first)).code).toBe(200);
    expect((await bind(ticket, first)).code).toBe(1002);
    expect((await bind(await ticketOf(second), first)).code).toBe(1001);
  });

  it('is bound once when two planet users race for it, and one planet user once when two orders do', async () => {
    const camp = await publishedCamp(api);
    const [payer, other] = [person(), person()];
    await payByCode(api, camp, payer);
    await payByCode(api, camp, other);
    const [ticket, rival] = [await ticketOf(payer), await ticketOf(other)];
    const race = await Promise.all([bind(ticket, payer), bind(ticket, person()), bind(rival, payer)]);
    const codes = race.map((answer) => answer.code);
    expect(codes.filter((code) => code === 200).length).toBeGreaterThanOrEqual(1);
    const bound = await api.rows<{ planet_user_ref: number }>(
      'SELECT planet_user_ref FROM camp_member WHERE camp_id = $1 AND planet_user_ref IS NOT NULL',
      [camp.id],
    );
    expect(new Set(bound.map((row) => row.planet_user_ref)).size).toBe(bound.length);
    expect(bound).toHaveLength(codes.filter((code) => code === 200).length);
  });

  it('cannot be bound after seven days (1003)', async () => {
    const camp = await publishedCamp(api, { startsIn: 20 });
    const who = person();
    await payByCode(api, camp, who);
    const ticket = await ticketOf(who);
    await api.moveClock(`${addDays(camp.start, -10)}T12:00:00`);
    expect((await bind(ticket, who)).code).toBe(1003);
  });

  it('cannot be bound by a browser that has proved to be somebody else', async () => {
    const camp = await publishedCamp(api);
    const [payer, thief] = [person(), person()];
    await payByCode(api, camp, payer);
    const ticket = await ticketOf(payer);
    const { cookie } = await signIn(thief);
    expect((await bind(ticket, thief, { cookie })).status).toBe(403);
  });

  it('of a wrong amount is kept as unallocated: no member, no deposit, nothing lost', async () => {
    const camp = await publishedCamp(api);
    const who = person();
    await payByCode(api, camp, who, 1);
    await eventually(
      async () =>
        (await api.rows('SELECT 1 FROM camp_unallocated WHERE camp_id = $1', [camp.id])).length === 1,
      'the payment to be kept',
    );
    expect(await api.rows('SELECT 1 FROM camp_member WHERE camp_id = $1', [camp.id])).toEqual([]);
    const ledger = await api.admin<Camp.LedgerPage>('GET', `/api/admin/ledger?campId=${camp.id}`);
    expect(ledger.data.balances).toEqual([
      { account: 'clearing', balance: 0.01 },
      { account: 'unallocated', balance: -0.01 },
    ]);
  });
});
