import { Lines, TradeQueries } from '@yajin/payment';
import { addDays } from '@yajin/core';
import type { Camp } from '@yajin/contract';
import {
  decided,
  expectBooksToAgree,
  gatewayRefunds,
  member,
  openOrder,
  outTradeNo,
  pay,
  person,
  publishedCamp,
  records,
  statusOf,
} from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());
afterEach(() => api.control('POST', '/control/faults', { reset: true }));

async function membersOf(campId: number): Promise<number> {
  const [row] = await api.rows<{ count: number }>('SELECT count(*) FROM camp_member WHERE camp_id = $1', [
    campId,
  ]);
  return row?.count ?? 0;
}

describe('a payment is taken exactly once', () => {
  it('however many notifications of it arrive at the same moment', async () => {
    const camp = await publishedCamp(api);
    const who = person();
    const order = await openOrder(api, camp, who);
    await api.control('POST', '/control/faults', { duplicateNotifications: { value: 7, gapMs: 0 } });
    await pay(api, order, who);
    await eventually(async () => {
      const [note] = await api.rows<{ deliveries: number }>(
        'SELECT deliveries FROM pay_notification WHERE subject_no = $1',
        [outTradeNo(order)],
      );
      return note?.deliveries === 8;
    }, 'all eight deliveries');
    expect(await decided(api, order)).toMatchObject({ payStatus: 'success' });
    await api.quiet();
    const postings = await api.rows('SELECT 1 FROM pay_ledger WHERE source = $1', [
      `payment:${outTradeNo(order)}`,
    ]);
    expect(postings).toHaveLength(1);
    const notes = await api.rows<{ deliveries: number }>(
      'SELECT deliveries FROM pay_notification WHERE subject_no = $1',
      [outTradeNo(order)],
    );
    expect(notes).toHaveLength(1);
    expect(await membersOf(camp.id)).toBe(1);
  });

  it('when its notification races queries', async () => {
    const camp = await publishedCamp(api);
    const trades = api.app.get(TradeQueries);
    for (let round = 0; round < 5; round += 1) {
      const who = person();
      const order = await openOrder(api, camp, who);
      await api.control('POST', '/control/faults', { dropNotifications: { times: 1 } });
      await pay(api, order, who);
      const outcomes = await Promise.all([
        trades.check(outTradeNo(order)),
        api.control('POST', '/control/notifications/resend', { outTradeNo: outTradeNo(order) }),
        trades.check(outTradeNo(order)),
      ]);
      expect(outcomes[0]).not.toBeNull();
      await decided(api, order);
      const postings = await api.rows('SELECT 1 FROM pay_ledger WHERE source = $1', [
        `payment:${outTradeNo(order)}`,
      ]);
      expect(postings).toHaveLength(1);
    }
    await api.quiet();
    expect(await membersOf(camp.id)).toBe(5);
  });

  it('when its notification never comes and the waiting page asks', async () => {
    const camp = await publishedCamp(api);
    const who = person();
    const order = await openOrder(api, camp, who);
    await api.control('POST', '/control/faults', { dropNotifications: true });
    await pay(api, order, who);
    expect(await decided(api, order)).toMatchObject({ payStatus: 'success', bindStatus: 'completed' });
  });

  it('when its notification never comes and nobody asks: the sweeper does', async () => {
    const camp = await publishedCamp(api);
    const who = person();
    const order = await openOrder(api, camp, who);
    await api.control('POST', '/control/faults', { dropNotifications: true });
    await pay(api, order, who);
    api.pass(60_000);
    await eventually(async () => (await membersOf(camp.id)) === 1, 'the sweeper to find the payment', 15_000);
  });

  it('when the gateway accepted the trade but answered 500', async () => {
    const camp = await publishedCamp(api);
    const who = person();
    const placed = await api.call<Camp.CreatedPayment>('POST', '/api/h5/payments', {
      body: { campId: camp.id, planetUserId: who.planetUserId, planetNickname: who.nickname },
    });
    await api.control('POST', '/control/faults', { failAfter: { endpoints: ['create'], times: 1 } });
    const failed = await api.call('GET', `${placed.data.payUrl}?scene=native`);
    expect(failed.status).toBe(503);
    const again = await api.call<Camp.PaymentParams>('GET', `${placed.data.payUrl}?scene=native`);
    expect(again.data.qrcodeUrl).not.toBeNull();
    await pay(api, placed.data, who);
    await decided(api, placed.data);
    const trades = await api.rows('SELECT 1 FROM pay_attempt WHERE order_id = $1', [placed.data.orderId]);
    expect(trades).toHaveLength(1);
  });
});

describe('money that counts for nothing goes back in full, by itself', () => {
  it('a second payment for one member', async () => {
    const camp = await publishedCamp(api);
    const who = person();
    const [first, second] = [await openOrder(api, camp, who), await openOrder(api, camp, who)];
    await Promise.all([pay(api, first, who), pay(api, second, who)]);
    const statuses = [await decided(api, first), await decided(api, second)];
    expect(statuses.map((status) => status.payStatus).sort()).not.toEqual(['success', 'success']);
    await eventually(async () => {
      const list = await records(api, camp);
      return list.length === 1 && list[0]?.refundStatus === 'success' && list[0];
    }, 'the automatic refund');
    expect((await records(api, camp))[0]).toMatchObject({
      auditStatus: 'approved',
      auditor: 'system',
      reason: '重复报名，自动退款',
      memberId: null,
    });
    expect(await membersOf(camp.id)).toBe(1);
    const third = await api.call('POST', '/api/h5/payments', {
      body: { campId: camp.id, planetUserId: who.planetUserId, planetNickname: who.nickname },
    });
    expect(third.code).toBe(1001);
    await expectBooksToAgree(api);
  });

  it('a payment that arrives after its order was closed', async () => {
    const camp = await publishedCamp(api, { startsIn: 30 });
    const who = person();
    const order = await openOrder(api, camp, who);
    const later = new Date(api.clock.now().getTime() + 31 * 60_000 + 8 * 3_600_000)
      .toISOString()
      .slice(0, 19);
    await api.moveClock(later);
    expect((await statusOf(api, order)).payStatus).toBe('closed');
    await api.control('POST', '/control/faults', { payAfterClose: true, payAfterExpiry: true });
    await pay(api, order, who);
    await eventually(
      async () => (await statusOf(api, order)).payStatus === 'refunded',
      'the automatic refund',
    );
    expect(await gatewayRefunds(api, order)).toEqual([
      expect.objectContaining({ amountFen: 9900, state: 'SUCCESS', requests: 1 }),
    ]);
    expect((await records(api, camp))[0]).toMatchObject({ auditor: 'system', reason: '超时支付，自动退款' });
    expect(await membersOf(camp.id)).toBe(0);
    await expectBooksToAgree(api);
  });
});

describe('the gateway says when a payment was made', () => {
  it('23:59:58 counts, though it is heard of after midnight, when the camp has started', async () => {
    const camp = await publishedCamp(api, { startsIn: 2 });
    const who = person();
    const eve = addDays(camp.start, -1);
    await api.moveClock(`${eve}T23:50:00`);
    const order = await openOrder(api, camp, who);
    await api.control('POST', '/control/faults', { dropNotifications: true, failBefore: ['query', 'close'] });
    await pay(api, order, who, `${eve}T23:59:58+08:00`);
    await api.moveClock(`${camp.start}T00:00:10`);
    expect((await statusOf(api, order)).payStatus).toBe('pending');
    await api.control('POST', '/control/faults', { reset: true });
    await api.control('POST', '/control/notifications/resend', { outTradeNo: outTradeNo(order) });
    expect(await decided(api, order)).toMatchObject({ payStatus: 'success', payTime: `${eve}T23:59:58` });
    expect(await membersOf(camp.id)).toBe(1);
  });
});

describe('a payer who changes the way to pay', () => {
  it('gets a new number only after the old one is closed at the gateway', async () => {
    const camp = await publishedCamp(api);
    const who = person();
    const order = await openOrder(api, camp, who, 'native');
    const h5 = await api.call<Camp.PaymentParams>('GET', `${order.payUrl}?scene=h5`);
    expect(h5.data).toMatchObject({ qrcodeUrl: null, payParams: null });
    expect(h5.data.h5Url).toMatch(/^http/);
    const trades = await api.control<{ outTradeNo: string; state: string }[]>('GET', '/control/trades');
    const attempts = await api.rows<{ out_trade_no: string; state: string }>(
      'SELECT out_trade_no, state FROM pay_attempt WHERE order_id = $1 ORDER BY created_at, state',
      [order.orderId],
    );
    expect(attempts.map((attempt) => attempt.state).sort()).toEqual(['closed', 'open']);
    expect(trades.find((trade) => trade.outTradeNo === outTradeNo(order))?.state).toBe('CLOSED');
  });

  it('keeps the old number when the gateway does not say that it is closed', async () => {
    const camp = await publishedCamp(api);
    const order = await openOrder(api, camp, person(), 'native');
    await api.control('POST', '/control/faults', { failAfter: { endpoints: ['close'], times: 1 } });
    const refused = await api.call('GET', `${order.payUrl}?scene=h5`);
    expect(refused.status).toBe(503);
    const attempts = await api.rows('SELECT 1 FROM pay_attempt WHERE order_id = $1', [order.orderId]);
    expect(attempts).toHaveLength(1);
  });

  it('is told so when the old number was paid meanwhile', async () => {
    const camp = await publishedCamp(api);
    const who = person();
    const order = await openOrder(api, camp, who, 'native');
    await api.control('POST', '/control/faults', { dropNotifications: true });
    await pay(api, order, who);
    const refused = await api.call('GET', `${order.payUrl}?scene=h5`);
    expect(refused).toMatchObject({ status: 409, message: '订单已支付' });
    expect(await decided(api, order)).toMatchObject({ payStatus: 'success' });
  });
});

describe('what a ticket opens', () => {
  it('its own order only, and nothing but the status before payment', async () => {
    const camp = await publishedCamp(api);
    const paid = await member(api, camp, person());
    const unpaid = await openOrder(api, camp, person());
    const path = (order: Camp.CreatedPayment): string => `/api/h5/payments/${order.orderNo}/qrcode`;
    expect((await api.call('GET', path(paid), { ticket: paid.accessToken })).code).toBe(200);
    expect((await api.call('GET', path(paid), { ticket: unpaid.accessToken })).status).toBe(403);
    expect(
      (await api.call('GET', '/api/h5/payments/ord_none/qrcode', { ticket: unpaid.accessToken })).status,
    ).toBe(403);
    expect((await api.call('GET', path(paid))).status).toBe(401);
    expect(
      (await api.call('GET', path(paid), { ticket: 'tk_00000000-0000-4000-8000-000000000000' })).status,
    ).toBe(401);
    expect((await api.call('GET', path(unpaid), { ticket: unpaid.accessToken })).status).toBe(403);
  });
});

it('a payment of another sum is booked in suspense as what it is, once, and its order is over', async () => {
  const camp = await publishedCamp(api);
  const who = person();
  const order = await openOrder(api, camp, who);
  // As if another sum had been agreed on than the gateway collected.
  await api.rows('UPDATE pay_attempt SET amount_fen = amount_fen + 1 WHERE order_id = $1', [order.orderId]);
  const before = api.alerts.length;
  await pay(api, order, who);
  await eventually(
    async () =>
      (await api.rows('SELECT 1 FROM pay_suspense WHERE order_id = $1', [order.orderId])).length > 0,
    'the suspense',
  );
  const trades = api.app.get(TradeQueries);
  for (let asked = 0; asked < 3; asked += 1)
    expect((await trades.check(outTradeNo(order))).applied).toMatchObject({ outcome: 'known' });
  expect(api.alerts.slice(before).filter((title) => title === '有一笔款项需人工归属或退回')).toHaveLength(1);
  await api.quiet();
  expect(
    await api.rows(
      `SELECT o.status, a.held_in, a.amount_fen = o.amount_fen AS whole, s.reason FROM pay_order o JOIN pay_attempt a ON a.order_id = o.id
       JOIN pay_suspense s ON s.order_id = o.id WHERE o.id = $1`,
      [order.orderId],
    ),
  ).toEqual([{ status: 'closed', held_in: 'suspense', whole: true, reason: 'wrong_amount' }]);
  expect(await api.rows('SELECT debit, credit FROM pay_ledger WHERE order_id = $1', [order.orderId])).toEqual(
    [{ debit: 'clearing', credit: 'suspense' }],
  );
});

it('a payment and a refund that their line could not take note of are told to it again', async () => {
  const camp = await publishedCamp(api, { startsIn: 30 });
  const who = person();
  const [order, second] = [await openOrder(api, camp, who), await openOrder(api, camp, who)];
  const line = api.app.get(Lines).get('camp');
  const paid = jest.spyOn(line, 'paid').mockRejectedValueOnce(new Error('not now'));
  await pay(api, order, who);
  expect((await eventually(async () => decided(api, order), 'the member')).payStatus).toBe('success');
  expect(paid.mock.calls.length).toBeGreaterThan(1);
  paid.mockRestore();
  await api.quiet();
  expect(
    await api.rows('SELECT 1 FROM pay_order WHERE id = $1 AND deliver_at IS NOT NULL', [order.orderId]),
  ).toEqual([]);
  const refunded = jest.spyOn(line, 'refunded').mockRejectedValueOnce(new Error('not now'));
  await pay(api, second, who);
  await eventually(
    async () => (await records(api, camp))[0]?.refundStatus === 'success',
    'the automatic refund',
  );
  expect(refunded.mock.calls.length).toBeGreaterThan(1);
  refunded.mockRestore();
});
