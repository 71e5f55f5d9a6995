import { randomUUID } from 'node:crypto';
import { fen } from '@yajin/core';
import { balances, paidBy, TradeQueries } from '@yajin/payment';
import {
  api,
  attemptOf,
  fault,
  gatewayOf,
  NAMES,
  notesOf,
  paid,
  paidOrder,
  pay,
  place,
  postings,
  present,
  refund,
  refundIs,
  SCENES,
  send,
  statusOf,
  useGateways,
} from './gateways.kit.js';
import { eventually } from '@yajin/testing/api';

useGateways();

describe.each(NAMES)('%s', (name) => {
  it.each([7, 1990, 123_456_789])(
    'takes %i fen and gives them back, and the books agree to the fen',
    async (amount) => {
      const order = await paidOrder(name, { amountFen: fen(amount), subject: `${name}:${amount}` });
      const { outTradeNo, gateway } = await paidBy(api.db, order.id);
      expect(gateway).toBe(name);
      const trades = await api.control<{ outTradeNo: string; amountFen: number }[]>('GET', '/control/trades');
      expect(trades.find((trade) => trade.outTradeNo === outTradeNo)?.amountFen).toBe(amount);
      const parts = amount > 7 ? [amount - 7, 7] : [7];
      for (const part of parts) {
        const { id } = await refund(order, part);
        expect((await refundIs(id, 'success')).amountFen).toBe(part);
      }
      const sums = await balances(api.db, 'plain', `${name}:${amount}`);
      expect([...sums.values()].every((sum) => sum === 0)).toBe(true);
      expect(sums.size).toBe(2);
      const numbers = await api.rows<{ out_refund_no: string }>(
        'SELECT out_refund_no FROM pay_refund_attempt a JOIN pay_refund r ON r.id = a.refund_id WHERE r.order_id = $1',
        [order.id],
      );
      expect(numbers).toHaveLength(parts.length);
      for (const { out_refund_no: number } of numbers)
        expect(number.length).toBeLessThanOrEqual(gatewayOf(name).numberLength.refund);
    },
  );

  it('a payment whose notification is lost is found by asking', async () => {
    await fault({ dropNotifications: true });
    const order = await place(name);
    const outTradeNo = await present(order, name);
    await pay(outTradeNo);
    expect((await api.app.get(TradeQueries).check(outTradeNo)).applied).toMatchObject({ outcome: 'applied' });
    expect(await statusOf(order)).toBe('paid');
  });

  it('a replayed notification changes nothing', async () => {
    const order = await paidOrder(name);
    const outTradeNo = await attemptOf(order);
    const before = await postings(order);
    await api.control('POST', '/control/notifications/resend', { outTradeNo });
    await eventually(async () => (await notesOf(outTradeNo))[0]?.deliveries === 2, 'the replay to arrive');
    expect(await postings(order)).toEqual(before);
    expect(await notesOf(outTradeNo)).toEqual([{ state: 'applied', reason: null, deliveries: 2 }]);
  });

  it('a notification signed by somebody else is refused and leaves nothing', async () => {
    await fault({ badSignature: { times: 1 }, duplicateNotifications: false });
    const order = await place(name);
    const outTradeNo = await present(order, name);
    await api.control('POST', '/control/settings', { notifySchedule: 'real' });
    await pay(outTradeNo);
    await eventually(async () => {
      const sends = await api.control<{ outTradeNo: string; lastResult: string | null }[]>(
        'GET',
        '/control/notifications',
      );
      return sends.find((sent) => sent.outTradeNo === outTradeNo)?.lastResult === '401';
    }, 'the refusal');
    expect(await statusOf(order)).toBe('pending');
    expect(await notesOf(outTradeNo)).toEqual([]);
    await api.control('POST', '/control/settings', { notifySchedule: 'fast' });
    await api.control('POST', '/control/notifications/resend', { outTradeNo });
    await paid(order);
  });

  it.each([
    ['another amount', 'wrongAmount', 'wrong amount'],
    ['another merchant', 'wrongMchId', '不符'],
  ])(
    'a notification of %s is kept in quarantine and pays nothing: what the gateway says when asked counts',
    async (_what, what, reason) => {
      await fault({ [what]: { times: 1 }, failBefore: { endpoints: ['query'] } });
      const order = await place(name);
      const outTradeNo = await present(order, name);
      await pay(outTradeNo);
      await eventually(async () => (await notesOf(outTradeNo)).length > 0, 'the notification');
      expect(await notesOf(outTradeNo)).toEqual([
        { state: 'quarantined', reason: expect.stringContaining(reason), deliveries: 1 },
      ]);
      expect(await statusOf(order)).toBe('pending');
      expect(await postings(order)).toEqual([]);
      await fault({ failBefore: false });
      api.pass(10 * 60_000);
      await paid(order);
    },
  );

  it('a payment of a number that is not ours is kept in quarantine', async () => {
    const outTradeNo = randomUUID().replaceAll('-', '');
    await gatewayOf(name).createTrade({
      outTradeNo,
      scene: SCENES[name] ?? 'native',
      amountFen: fen(100),
      description: '别人的订单',
      attach: '',
      expiresAt: new Date(Date.now() + 1_800_000),
      notifyUrl: `${api.url}/api/webhook/plain/${name}`,
      payerId: null,
      clientIp: '127.0.0.1',
      returnUrl: null,
    });
    await pay(outTradeNo);
    await eventually(async () => (await notesOf(outTradeNo)).length > 0, 'the notification');
    expect(await notesOf(outTradeNo)).toEqual([
      { state: 'quarantined', reason: 'unknown trade', deliveries: 1 },
    ]);
  });

  it.each(['', '{}', '<xml></xml>', '<!DOCTYPE x [<!ENTITY a "b">]><xml><a>&a;</a></xml>', 'a=1'])(
    'what is no notification at all (%j) is refused',
    async (body) => {
      const { count } = (await api.rows<{ count: number }>('SELECT count(*) FROM pay_notification'))[0] ?? {};
      for (const type of ['application/json', 'application/xml', 'application/x-www-form-urlencoded'])
        expect(await send(name, body, type)).toBe(401);
      expect((await api.rows<{ count: number }>('SELECT count(*) FROM pay_notification'))[0]?.count).toBe(
        count,
      );
    },
  );
});

it.each(['wechat-v2', 'wechat-v3'])(
  'a refund of %s that goes back to the merchant has not reached its payer, as the gateway says over the wire',
  async (name) => {
    const order = await paidOrder(name, { subject: `${name}:merchant` });
    await fault({ refundStuck: true });
    const { id } = await refund(order, 1990);
    const outTradeNo = await attemptOf(order);
    const sent = () =>
      api.rows<{ out_refund_no: string; state: string }>(
        'SELECT a.out_refund_no, a.state FROM pay_refund_attempt a WHERE a.refund_id = $1',
        [id],
      );
    await eventually(async () => (await sent())[0]?.state === 'accepted', 'the refund to be accepted');
    const outRefundNo = (await sent())[0]?.out_refund_no ?? '';
    await api.control('POST', '/control/refunds/settle', { outRefundNo, state: 'SUCCESS', toMerchant: true });
    expect((await refundIs(id, 'failed')).failCode).toBe('MERCHANT');
    expect((await sent())[0]?.state).toBe('merchant');
    expect(await gatewayOf(name).queryRefund({ outTradeNo, outRefundNo })).toMatchObject({ backAt: 'bank' });
  },
);
