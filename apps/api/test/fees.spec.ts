import { addDays, businessDate } from '@yajin/core';
import { Reconciliation } from '@yajin/payment';
import { attemptOf, api, paidOrder, useGateways } from './gateways.kit.js';

useGateways(undefined, true);

const feeOf = async (outTradeNo: string): Promise<unknown> =>
  (await api.rows('SELECT fee_fen, fee_from FROM pay_attempt WHERE out_trade_no = $1', [outTradeNo]))[0];

it('what a gateway keeps is known by its rate from the payment on, and by the bill once there is one', async () => {
  const unknown = await attemptOf(await paidOrder('bank-card'));
  expect(await feeOf(unknown)).toEqual({ fee_fen: null, fee_from: null });
  const saved = await api.admin('PUT', '/api/admin/config', { key: 'pay.feeRate.wechat-v3', value: '0.60' });
  expect(saved.status).toBe(200);
  const trade = await attemptOf(await paidOrder('wechat-v3'));
  // 0.60 % of 19.90 yuan.
  expect(await feeOf(trade)).toEqual({ fee_fen: 12, fee_from: 'rate' });
  const day = businessDate(api.clock.now());
  await api.moveClock(`${addDays(day, 1)}T11:00:00`);
  await api.app.get(Reconciliation).read('wechat-v3', day);
  expect(await feeOf(trade)).toMatchObject({ fee_from: 'bill' });
});

it('each day’s bill is asked for once, however often and by however many it is looked for', async () => {
  const fees = api.app.get(Reconciliation);
  await api.rows('DELETE FROM pay_bill');
  await Promise.all([fees.tick(), fees.tick(), fees.tick()]);
  expect(await api.rows('SELECT gateway FROM pay_bill ORDER BY gateway')).toEqual([
    { gateway: 'alipay' },
    { gateway: 'wechat-v2' },
    { gateway: 'wechat-v3' },
  ]);
});

it.each(['abc', '-1', '10.00', '0.123'])('a rate that is no percentage is refused: %s', async (value) => {
  const answer = await api.admin('PUT', '/api/admin/config', { key: 'pay.feeRate.wechat-v3', value });
  expect(answer.status).toBe(400);
});
