import { randomUUID } from 'node:crypto';
import { fen } from '@yajin/core';
import { Inbox, isTestGateway, OrderNotPayable, paidBy, Payments, Refunds, type Order } from '@yajin/payment';
import {
  api,
  attemptOf,
  fault,
  gatewayOf,
  notesOf,
  paid,
  paidOrder,
  pay,
  place,
  present,
  refund,
  refundIs,
  send,
  statusOf,
  useGateways,
} from './gateways.kit.js';
import { eventually } from '@yajin/testing/api';

useGateways();

it.each(['wechat-v3', 'wechat-v2', 'shouqianba', 'bank-card'])(
  'a refund that %s closes has failed, and goes through under a new number',
  async (name) => {
    const order = await paidOrder(name);
    await fault({ refundResult: { value: 'CLOSED', times: 1 } });
    const { id } = await refund(order, 1990);
    expect((await refundIs(id, 'failed')).failCode).toBe('CLOSED');
    await api.db.transaction((manager) => api.app.get(Refunds).retry(manager, id));
    await refundIs(id, 'success');
    const sql = 'SELECT state FROM pay_refund_attempt WHERE refund_id = $1 ORDER BY state';
    expect(await api.rows(sql, [id])).toEqual([{ state: 'closed' }, { state: 'success' }]);
  },
);

describe('numbers', () => {
  it('that a line makes itself are the order’s and the first trade’s', async () => {
    const orderNo = `P${Date.now()}`;
    const order = await paidOrder('wechat-v2', { orderNo });
    expect(order.orderNo).toBe(orderNo);
    expect((await paidBy(api.db, order.id)).outTradeNo).toBe(orderNo);
    expect((await api.app.get(Payments).findByNo(api.db, orderNo))?.id).toBe(order.id);
    await expect(place('wechat-v2', { orderNo })).rejects.toThrow();
    for (const bad of ['x'.repeat(33), 'short', '带中文的号码'])
      await expect(place('wechat-v2', { orderNo: bad })).rejects.toThrow(RangeError);
  });

  it('of money that came too late fit their gateway, too', async () => {
    const order = await place('shouqianba');
    const outTradeNo = await present(order, 'shouqianba');
    const paidAt = order.expiresAt.getTime() + 1000;
    await fault({ payAfterExpiry: true });
    await api.control('POST', '/control/pay', { outTradeNo, paidAt });
    const found = await eventually(async () => {
      const sql = `SELECT a.out_refund_no FROM pay_refund r JOIN pay_refund_attempt a ON a.refund_id = r.id
        WHERE r.order_id = $1 AND r.status = 'success'`;
      return (await api.rows<{ out_refund_no: string }>(sql, [order.id]))[0];
    }, 'the late money to go back');
    expect(found.out_refund_no).toHaveLength(20);
  });
});

it('a payer who changes to another gateway leaves nothing to be paid at the first', async () => {
  const order = await place('bank-card');
  const first = await present(order, 'bank-card');
  await api.app.get(Payments).present(order.id, 'native', { id: null, ip: null }, 'wechat-v3');
  const second = await attemptOf(order);
  expect(second).not.toBe(first);
  expect(await gatewayOf('bank-card').queryTrade(first)).toMatchObject({ state: 'closed' });
  await expect(pay(first)).rejects.toThrow('订单已关闭');
  await pay(second);
  await paid(order);
  expect((await paidBy(api.db, order.id)).gateway).toBe('wechat-v3');
});

it('a scene that the gateway does not serve is refused, and spends no attempt', async () => {
  const order = await place('alipay');
  const asked = api.app.get(Payments).present(order.id, 'jsapi', { id: 'x', ip: null });
  await expect(asked).rejects.toMatchObject({ kind: 'refused', code: 'SCENE' });
  await pay(await present(order, 'alipay'));
  await paid(order);
});

it.each(['alipay', 'wechat-v2'])(
  'a refund that %s tells of and we never asked for is kept in quarantine',
  async (name) => {
    const order = await paidOrder(name);
    const { outTradeNo } = await paidBy(api.db, order.id);
    const outRefundNo = randomUUID();
    const notifyUrl = `${api.url}/api/webhook/plain/${name}`;
    const elsewhere = {
      outTradeNo,
      outRefundNo,
      amountFen: fen(7),
      totalFen: fen(1990),
      reason: '',
      notifyUrl,
    };
    await gatewayOf(name).refund(elsewhere);
    await eventually(async () => (await notesOf(outRefundNo)).length > 0, 'the notification');
    expect(await notesOf(outRefundNo)).toEqual([
      { state: 'quarantined', reason: 'unknown number', deliveries: 1 },
    ]);
  },
);

describe('a code of Shouqianba, which lives for four minutes and whose number is good for one', () => {
  const numbers = async (order: Order) =>
    (
      await api.rows<{ out_trade_no: string }>(
        'SELECT out_trade_no FROM pay_attempt WHERE order_id = $1 ORDER BY created_at, out_trade_no',
        [order.id],
      )
    ).map((row) => row.out_trade_no);

  it('is followed by one under a new number once it has died, and the first can be paid no more', async () => {
    const order = await place('shouqianba');
    const first = await present(order, 'shouqianba');
    expect(await present(order, 'shouqianba')).toBe(first);
    api.pass(4 * 60_000);
    const second = await present(order, 'shouqianba');
    expect(second).not.toBe(first);
    await expect(pay(first)).rejects.toThrow('订单已关闭');
    await pay(second);
    await paid(order);
    expect(await numbers(order)).toHaveLength(2);
  });

  it('that was paid before it died pays its order, and no second one is made', async () => {
    const order = await place('shouqianba');
    const first = await present(order, 'shouqianba');
    await fault({ dropNotifications: true });
    await pay(first);
    api.pass(4 * 60_000);
    await expect(present(order, 'shouqianba')).rejects.toThrow(OrderNotPayable);
    await paid(order);
    expect(await numbers(order)).toEqual([first]);
  });

  it('whose registration went unanswered is followed by one under a new number, and the lost one is closed', async () => {
    const order = await place('shouqianba');
    await fault({ failAfter: { endpoints: ['create'], times: 1 } });
    await expect(present(order, 'shouqianba')).rejects.toMatchObject({ kind: 'unknown' });
    const [lost = ''] = await numbers(order);
    const second = await present(order, 'shouqianba');
    expect(second).not.toBe(lost);
    expect(await gatewayOf('shouqianba').queryTrade(lost)).toMatchObject({ state: 'closed' });
    await pay(second);
    await paid(order);
  });
});

describe('a hint', () => {
  const hint = (number: string) =>
    JSON.stringify({ client_sn: number, order_status: 'PAID', total_amount: '1' });

  it('is believed once the gateway confirms it', async () => {
    await api.control('POST', '/control/settings', { shouqianbaNotify: 'own' });
    const order = await paidOrder('shouqianba');
    await api.control('POST', '/control/settings', { shouqianbaNotify: 'signed' });
    const { outTradeNo } = await paidBy(api.db, order.id);
    expect(await notesOf(outTradeNo)).toEqual([{ state: 'applied', reason: null, deliveries: 1 }]);
  });

  it('of an order that is not paid, or is none of ours, changes nothing and is not kept', async () => {
    const order = await place('shouqianba');
    const outTradeNo = await present(order, 'shouqianba');
    expect(await send('shouqianba', hint(outTradeNo))).toBe(401);
    expect(await send('shouqianba', hint('SQ0000000000'))).toBe(401);
    expect(await statusOf(order)).toBe('pending');
    expect([...(await notesOf(outTradeNo)), ...(await notesOf('SQ0000000000'))]).toEqual([]);
  });

  it('that cannot be confirmed just now is asked to come again', async () => {
    const order = await place('shouqianba');
    const outTradeNo = await present(order, 'shouqianba');
    await fault({ dropNotifications: true, failBefore: ['query'] });
    await pay(outTradeNo);
    expect(await send('shouqianba', hint(outTradeNo))).toBe(503);
    await fault({ failBefore: false });
    // Once a minute the gateway is asked because of such a one.
    await api.rows(`UPDATE pay_order SET hinted_at = hinted_at - interval '61 seconds' WHERE id = $1`, [
      order.id,
    ]);
    expect(await send('shouqianba', hint(outTradeNo))).toBe(200);
    expect(await statusOf(order)).toBe('paid');
  });
});

it('a test payment is paid by its confirmation, refunded at once, and only in the demo', async () => {
  const gateway = gatewayOf('test');
  if (!isTestGateway(gateway)) throw new Error('not the test gateway');
  const order = await place('test', { orderNo: `P${Date.now()}9` });
  await present(order, 'test');
  const confirmation = gateway.confirmation(order.orderNo, order.amountFen, api.clock.now());
  const inbox = api.app.get(Inbox);
  expect(await inbox.receive('test', {}, confirmation)).toEqual({ outcome: 'applied', reason: null });
  expect(await inbox.receive('test', {}, confirmation)).toEqual({ outcome: 'known', reason: null });
  expect(await statusOf(order)).toBe('paid');
  const { id } = await refund(order, 1990);
  await refundIs(id, 'success');
});

it('a transfer’s callback that nobody asked for is kept in quarantine', async () => {
  const { transfers } = gatewayOf('shouqianba');
  const outTransferNo = randomUUID();
  const notifyUrl = `${api.url}/api/webhook/plain/shouqianba`;
  await transfers?.transfer({
    outTransferNo,
    amountFen: fen(8500),
    payeeId: 'user-1',
    remark: '',
    notifyUrl,
  });
  await eventually(async () => (await notesOf(outTransferNo)).length > 0, 'the callback');
  expect(await notesOf(outTransferNo)).toEqual([
    { state: 'quarantined', reason: 'unknown transfer', deliveries: 1 },
  ]);
});
