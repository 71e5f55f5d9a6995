import { fen } from '@yajin/core';
import { InvalidNotification, isTestGateway, testGateway } from '../src/index.js';
import { testGateway as wechat } from './wechat-v3.kit.js';

const AT = new Date('2026-11-21T12:00:00+08:00');
const gateway = testGateway({ production: false });

it('test payments are refused in production', () => {
  expect(() => testGateway({ production: true })).toThrow('not for production');
});

it.each([7, 1990, 123_456_789])('a confirmation pays %i fen', (amount) => {
  const body = gateway.confirmation('P202510201234567890', fen(amount), AT);
  expect(gateway.readNotification({}, body)).toMatchObject({
    eventId: 'payment:P202510201234567890',
    content: {
      kind: 'payment',
      foreign: null,
      trade: { outTradeNo: 'P202510201234567890', amountFen: amount, paidAt: AT },
    },
  });
});

it('a confirmation that is forged, changed or made by another process is refused', () => {
  const body = gateway.confirmation('P1', fen(100), AT);
  const elsewhere = testGateway({ production: false }).confirmation('P1', fen(100), AT);
  const changed = Buffer.from(body.toString().replace('100', '999'));
  for (const forged of [changed, elsewhere, Buffer.from('{}'), Buffer.from('null'), Buffer.alloc(0)])
    expect(() => gateway.readNotification({}, forged)).toThrow(InvalidNotification);
});

it('a refund is done at once', async () => {
  const refund = {
    outTradeNo: 'P1',
    outRefundNo: 'R1',
    amountFen: fen(7),
    totalFen: fen(100),
    reason: '',
    notifyUrl: '',
  };
  expect(await gateway.refund(refund)).toMatchObject({ state: 'success', amountFen: 7, outRefundNo: 'R1' });
});

it('is told apart from real ones', () => {
  expect(isTestGateway(gateway)).toBe(true);
  expect(isTestGateway(wechat())).toBe(false);
});
