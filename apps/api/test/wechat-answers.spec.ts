import { fen } from '@yajin/core';
import { TradeQueries, Refunds } from '@yajin/payment';
import type { Camp } from '@yajin/contract';
import {
  decided,
  expectBooksToAgree,
  finishedCamp,
  gatewayRefunds,
  openOrder,
  outTradeNo,
  pay,
  person,
  placedOrder,
  publishedCamp,
  records,
  statusOf,
  type MadeCamp,
} from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());
beforeEach(() => api.control('POST', '/control/settings', { unsignedRefusals: 'all' }));
afterEach(() => api.control('POST', '/control/faults', { reset: true }));

const fault = (faults: Record<string, unknown>): Promise<unknown> =>
  api.control('POST', '/control/faults', faults);
const approve = (refundIds: number[]): Promise<unknown> =>
  api.admin('POST', '/api/admin/refunds/batch-approve', { refundIds });

function settled(camp: MadeCamp, count: number): Promise<Camp.RefundRecord[]> {
  return eventually(async () => {
    const found = (await records(api, camp)).filter((record) => record.refundStatus === 'success');
    return found.length === count && found;
  }, `${count} refunds to arrive`);
}

const params = (order: Camp.CreatedPayment, scene: string): ReturnType<typeof api.call<Camp.PaymentParams>> =>
  api.call<Camp.PaymentParams>('GET', `${order.payUrl}?scene=${scene}`);

it('an unsigned NOT_ENOUGH pauses and alerts, and the refund arrives by itself after a top-up', async () => {
  const { camp, refundIds, orders } = await finishedCamp(api, 2);
  await fault({ notEnough: true });
  await approve(refundIds);
  await eventually(
    async () => (await records(api, camp)).some(({ failCode }) => failCode === 1303),
    'the first to be declined',
  );
  await api.quiet();
  expect(api.alerts).toContain('商户余额不足，退款已暂停');
  expect(await api.rows('SELECT code FROM pay_refund_pause WHERE until > $1', [api.clock.wall()])).toEqual([
    { code: 'NOT_ENOUGH' },
  ]);
  await fault({ reset: true });
  api.pass(10 * 60_000);
  await settled(camp, 2);
  for (const order of orders)
    expect(await gatewayRefunds(api, order)).toEqual([expect.objectContaining({ state: 'SUCCESS' })]);
  await expectBooksToAgree(api);
});

it('an unsigned ORDERPAID on close is a payment', async () => {
  const camp = await publishedCamp(api);
  const who = person();
  const order = await openOrder(api, camp, who, 'native');
  await fault({ dropNotifications: true });
  await pay(api, order, who);
  expect(await params(order, 'h5')).toMatchObject({ status: 409, message: '订单已支付' });
  expect(await decided(api, order)).toMatchObject({ payStatus: 'success', bindStatus: 'completed' });
});

it('an unsigned 429 is a throttle: the refund keeps its number and goes out a little later', async () => {
  const { camp, refundIds, orders } = await finishedCamp(api, 1);
  await fault({ frequencyLimited: { endpoints: ['refund'], times: 1 } });
  await approve(refundIds);
  await eventually(async () => (await records(api, camp))[0]?.refundStatus === 'processing', 'the first try');
  await api.hurry();
  const [record] = await settled(camp, 1);
  expect(record).toMatchObject({ failCode: null, retryCount: 0 });
  expect(await gatewayRefunds(api, orders[0]!)).toEqual([expect.objectContaining({ requests: 1 })]);
});

it('a lost refund that the gateway says without a signature not to know is sent again under its number', async () => {
  const { camp, refundIds, orders } = await finishedCamp(api, 1);
  await fault({ failBefore: { endpoints: ['refund'], times: 1 } });
  await approve(refundIds);
  await eventually(async () => (await records(api, camp))[0]?.refundStatus === 'processing', 'the first try');
  const numbers = (): Promise<unknown[]> =>
    api.rows('SELECT out_refund_no FROM pay_refund_attempt ORDER BY created_at');
  const before = await numbers();
  await api.hurry();
  await settled(camp, 1);
  expect(await numbers()).toEqual(before);
  expect(await gatewayRefunds(api, orders[0]!)).toHaveLength(1);
});

describe('a registration that got no clear answer holds up nothing', () => {
  it.each([
    ['the gateway never saw', { failBefore: ['create', 'close'] }, undefined],
    ['the gateway knows', { failAfter: ['create'], failBefore: ['close'] }, 'CLOSED'],
  ])('of a number that %s: the next scene works, though closing fails as well', async (_, faults, then) => {
    const camp = await publishedCamp(api);
    const who = person();
    const order = await placedOrder(api, camp, who);
    await fault(faults);
    expect((await params(order, 'native')).status).toBe(503);
    await fault({ reset: true, failBefore: ['close'] });
    expect((await params(order, 'h5')).data.h5Url).toMatch(/^http/);
    const states = (): Promise<{ state: string; watched: boolean }[]> =>
      api.rows(
        'SELECT state, query_at IS NOT NULL AS watched FROM pay_attempt WHERE order_id = $1 ORDER BY created_at, state',
        [order.orderId],
      );
    expect(await states()).toEqual([
      { state: 'closed', watched: true },
      { state: 'open', watched: true },
    ]);
    // What could not be closed then is closed as soon as the gateway answers.
    await fault({ reset: true });
    await api.hurry();
    expect(await states()).toContainEqual({ state: 'closed', watched: false });
    const trades = await api.control<{ outTradeNo: string; state: string }[]>('GET', '/control/trades');
    const first = trades.find((trade) => trade.outTradeNo === outTradeNo(order));
    expect(first?.state).toBe(then);
    const [open] = await api.rows<{ out_trade_no: string }>(
      `SELECT out_trade_no FROM pay_attempt WHERE order_id = $1 AND state = 'open'`,
      [order.orderId],
    );
    await api.control('POST', '/control/pay', { outTradeNo: open?.out_trade_no, openid: who.openid });
    expect(await decided(api, order)).toMatchObject({ payStatus: 'success' });
  });

  it('and its order ends when its time is up, though the gateway still answers 502', async () => {
    const camp = await publishedCamp(api, { startsIn: 30 });
    const order = await placedOrder(api, camp, person());
    await fault({ failBefore: true });
    expect((await params(order, 'native')).status).toBe(503);
    await api.moveClock(
      new Date(api.clock.now().getTime() + 31 * 60_000 + 8 * 3_600_000).toISOString().slice(0, 19),
    );
    await eventually(async () => (await statusOf(api, order)).payStatus === 'closed', 'the order to end');
  });

  it('while a number that its payer was given still waits for the gateway’s word', async () => {
    const camp = await publishedCamp(api);
    const order = await openOrder(api, camp, person(), 'native');
    await fault({ failBefore: ['close'] });
    expect((await params(order, 'h5')).status).toBe(503);
    const [attempt] = await api.rows<{ out_trade_no: string; state: string }>(
      'SELECT out_trade_no, state FROM pay_attempt WHERE order_id = $1',
      [order.orderId],
    );
    expect(attempt?.state).toBe('open');
    await fault({ reset: true });
    expect((await api.app.get(TradeQueries).check(outTradeNo(order))).state).toBe('open');
  });
});

it.each([
  ['an emoji of many parts', '👨‍👩‍👧‍👦'],
  ['a Chinese character', '押'],
  ['what JSON escapes', '"'],
  ['an emoji that is cut in two by the length', '😀'],
])('the longest nickname made of %s pays, and what goes along stays JSON', async (_, character) => {
  const camp = await publishedCamp(api, { name: '早起打卡训练营'.repeat(7) });
  const who = { ...person(), nickname: character.repeat(Math.floor(100 / [...character].length)) };
  const order = await openOrder(api, camp, who, 'native');
  const trades = await api.control<{ outTradeNo: string; attach: string; description: string }[]>(
    'GET',
    '/control/trades',
  );
  const trade = trades.find(({ outTradeNo: number }) => number === outTradeNo(order))!;
  const { planetNickname, ...rest } = JSON.parse(trade.attach) as Record<string, string>;
  expect(rest).toEqual({ campId: camp.id, planetUserId: who.planetUserId });
  expect(planetNickname).not.toBe('');
  expect(who.nickname.startsWith(planetNickname!)).toBe(true);
  await pay(api, order, who);
  expect(await decided(api, order)).toMatchObject({ payStatus: 'success' });
});

describe('a coupon payment’s books balance after a partial refund', () => {
  /** What an account holds of one order, in fen. */
  const held = async (order: Camp.CreatedPayment): Promise<Record<string, number>> => {
    const found = await api.rows<{ account: string; fen: string }>(
      `SELECT account, sum(fen) AS fen FROM (
         SELECT debit AS account, amount_fen AS fen FROM pay_ledger WHERE order_id = $1
         UNION ALL SELECT credit, -amount_fen FROM pay_ledger WHERE order_id = $1) AS sides GROUP BY account`,
      [order.orderId],
    );
    return Object.fromEntries(found.map((row) => [row.account, Number(row.fen)]));
  };
  const payWith = async (coupon: Record<string, unknown>, drop: boolean): Promise<Camp.CreatedPayment> => {
    const camp = await publishedCamp(api);
    const who = person();
    const order = await openOrder(api, camp, who);
    await fault({ dropNotifications: drop });
    await api.control('POST', '/control/pay', { orderNo: order.orderNo, openid: who.openid, coupon });
    expect(await decided(api, order)).toMatchObject({ payStatus: 'success' });
    return order;
  };
  const giveBack = async (order: Camp.CreatedPayment, amountFen: number): Promise<void> => {
    const before = (await gatewayRefunds(api, order)).length;
    await api.db.transaction((manager) =>
      api.app.get(Refunds).request(manager, {
        source: `coupon:${order.orderId}:${before}`,
        orderId: order.orderId,
        amountFen: fen(amountFen),
        reason: '部分退款',
      }),
    );
    await eventually(async () => {
      const all = await api.rows('SELECT 1 FROM pay_refund WHERE order_id = $1 AND status = $2', [
        order.orderId,
        'success',
      ]);
      return all.length === before + 1;
    }, 'the refund');
  };

  it.each([
    ['told by a notification', false],
    ['found by a query', true],
  ])('with a discount of the merchant’s own, which brings nothing to the gateway, %s', async (_, drop) => {
    const order = await payWith({ fen: 500, kind: 'nocash', funder: 'merchant' }, drop);
    expect(await held(order)).toEqual({ clearing: 9400, coupon: 500, deposit: -9900 });
    await expectBooksToAgree(api);
    await fault({ dropNotifications: false });
    await giveBack(order, 3333);
    // The gateway takes its share of the coupon back: 3333 · 500 / 9900, rounded down.
    expect(await held(order)).toEqual({ clearing: 9400 - 3165, coupon: 500 - 168, deposit: -6567 });
    await expectBooksToAgree(api);
    await giveBack(order, 6567);
    expect(await held(order)).toEqual({ clearing: 0, coupon: 0, deposit: 0 });
    await expectBooksToAgree(api);
  });

  it.each(['wechatpay', 'merchant'])('with money of %s, which reaches the gateway', async (funder) => {
    const order = await payWith({ fen: 500, kind: 'cash', funder }, false);
    expect(await held(order)).toEqual({ clearing: 9900, deposit: -9900 });
    await giveBack(order, 3333);
    expect(await held(order)).toEqual({ clearing: 6567, deposit: -6567 });
    await expectBooksToAgree(api);
  });

  it('and a coupon that pays all of it leaves nothing at the gateway', async () => {
    const order = await payWith({ fen: 9900 }, false);
    expect(await held(order)).toEqual({ coupon: 9900, deposit: -9900 });
    await giveBack(order, 9900);
    expect(await held(order)).toEqual({ coupon: 0, deposit: 0 });
  });
});
