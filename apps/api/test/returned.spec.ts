import { randomUUID } from 'node:crypto';
import { fen } from '@yajin/core';
import { balances, paidBy, TradeQueries, type Order } from '@yajin/payment';
import { api, fault, gatewayOf, notesOf, paidOrder, refund, refundIs, useGateways } from './gateways.kit.js';
import { eventually } from '@yajin/testing/api';

useGateways();

interface Row {
  source: string;
  amount_fen: number;
  status: string;
}

const refunds = (order: Order): Promise<Row[]> =>
  api.rows<Row>('SELECT source, amount_fen, status FROM pay_refund WHERE order_id = $1 ORDER BY id', [
    order.id,
  ]);

async function byHand(order: Order, amountFen: number): Promise<string> {
  const { outTradeNo } = await paidBy(api.db, order.id);
  await api.control('POST', '/control/refunds/by-hand', { outTradeNo, amountFen });
  return outTradeNo;
}

const noticed = (order: Order, count = 1) =>
  eventually(async () => (await refunds(order)).length === count, 'what went back to be noticed');

describe('a refund that somebody made by hand in Alipay’s console', () => {
  it('of all that was paid is noticed, booked once, and told', async () => {
    const order = await paidOrder('alipay', { subject: 'by-hand-all' });
    const outTradeNo = await byHand(order, 1990);
    await noticed(order);
    expect(await refunds(order)).toEqual([
      { source: `returned:${outTradeNo}`, amount_fen: 1990, status: 'success' },
    ]);
    await api.app.get(TradeQueries).check(outTradeNo);
    expect(await refunds(order)).toHaveLength(1);
    expect([...(await balances(api.db, 'plain', 'by-hand-all')).values()]).toEqual([0, 0]);
    expect(api.alerts).toContain('一笔付款已由网关自行退回');
  });

  it('of a part is noticed by its sum, and the rest can still be refunded, to the fen', async () => {
    const order = await paidOrder('alipay', { subject: 'by-hand-part' });
    const outTradeNo = await byHand(order, 700);
    await noticed(order);
    await byHand(order, 90);
    await noticed(order, 2);
    expect(await refunds(order)).toEqual([
      { source: `returned:${outTradeNo}:700`, amount_fen: 700, status: 'success' },
      { source: `returned:${outTradeNo}:790`, amount_fen: 90, status: 'success' },
    ]);
    const { id } = await refund(order, 1200);
    await refundIs(id, 'success');
    await expect(refund(order, 1)).rejects.toThrow();
    expect([...(await balances(api.db, 'plain', 'by-hand-part')).values()]).toEqual([0, 0]);
  });

  it('whose notification is lost is noticed when the trade is asked about', async () => {
    const order = await paidOrder('alipay');
    await fault({ dropNotifications: true });
    const outTradeNo = await byHand(order, 1990);
    expect(await refunds(order)).toEqual([]);
    await api.app.get(TradeQueries).check(outTradeNo);
    expect(await refunds(order)).toMatchObject([{ source: `returned:${outTradeNo}`, status: 'success' }]);
  });

  it('under a number that is none of ours is booked, and a person is told of the number', async () => {
    const order = await paidOrder('alipay', { subject: 'by-other-number' });
    const { outTradeNo } = await paidBy(api.db, order.id);
    const outRefundNo = randomUUID();
    await gatewayOf('alipay').refund({
      outTradeNo,
      outRefundNo,
      amountFen: fen(700),
      totalFen: fen(1990),
      reason: '',
      notifyUrl: '',
    });
    await noticed(order);
    expect(await refunds(order)).toMatchObject([{ amount_fen: 700, status: 'success' }]);
    expect(await notesOf(outRefundNo)).toMatchObject([{ state: 'quarantined', reason: 'unknown number' }]);
  });

  it('while a refund of ours is under way is not lost: a person is told', async () => {
    const order = await paidOrder('alipay');
    await fault({ failBefore: { endpoints: ['refund'], times: 50 } });
    const { id } = await refund(order, 1200);
    await eventually(
      async () =>
        (await api.rows(`SELECT 1 FROM pay_refund_attempt WHERE refund_id = $1 AND state = 'sending'`, [id]))
          .length === 1,
      'the refund to be under way',
    );
    await byHand(order, 700);
    await eventually(
      async () => api.alerts.some((title) => title.includes('本系统的退款仍在途')),
      'the alert',
    );
    expect(await refunds(order)).toHaveLength(1);
  });

  it('of more than is free is not booked, and a person is told', async () => {
    const order = await paidOrder('alipay');
    const { outTradeNo } = await paidBy(api.db, order.id);
    await api.rows('UPDATE pay_attempt SET moved_fen = 1990 WHERE out_trade_no = $1', [outTradeNo]);
    await byHand(order, 700);
    await eventually(
      async () => api.alerts.some((title) => title.startsWith('网关已退回一笔付款的部分款项')),
      'the alert',
    );
    expect(await refunds(order)).toEqual([]);
    await api.rows('UPDATE pay_attempt SET moved_fen = 0 WHERE out_trade_no = $1', [outTradeNo]);
  });
});

it('a revoke in Shouqianba’s console is noticed when the order is asked about, and one of a part, too', async () => {
  const order = await paidOrder('shouqianba', { subject: 'revoked' });
  const outTradeNo = await byHand(order, 700);
  await api.app.get(TradeQueries).check(outTradeNo);
  await byHand(order, 1290);
  await api.app.get(TradeQueries).check(outTradeNo);
  expect(await refunds(order)).toMatchObject([
    { amount_fen: 700, status: 'success' },
    { amount_fen: 1290, status: 'success' },
  ]);
  expect([...(await balances(api.db, 'plain', 'revoked')).values()]).toEqual([0, 0]);
});
