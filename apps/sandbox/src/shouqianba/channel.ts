import { fen, yuanText } from '@yajin/core';
import type { Channel, Letter } from '../channel.js';
import { compactTime } from '../clock.js';
import { record, saidAmount } from '../money/delivery.js';
import type { Delivery, Refund, Trade } from '../money/rows.js';
import { randomDigits } from '../random.js';
import type { World } from '../world.js';
import { orderHead, payment, times } from './order.js';
import { signature, type Fields } from './signing.js';

const WAITS_S = [1, 5, 30, 600];

/** Shouqianba: its callbacks as the merchant's contract signs them, or its own notification. */
export function shouqianba(world: World): Channel {
  return {
    title: '收钱吧',
    transactionId: (paidAt) => `7895${compactTime(paidAt).slice(2, 8)}${randomDigits(10)}`,
    announcePayment: (trade) => announcePayment(world, trade),
    announceRefund: (refund) => announceRefund(world, refund),
    letter: (delivery) => letter(world, delivery),
    took: (_status, body) => body === 'success',
    waits: WAITS_S.map((seconds) => seconds * 1000),
  };
}

export function account(world: World): Fields {
  const { appId, merchantNo } = world.others.shouqianba;
  return { app_id: appId, merchant_no: merchantNo };
}

export function yuan(amountFen: number): string {
  return yuanText(fen(amountFen));
}

export function instant(at: number | null): string {
  return new Date(Math.floor((at ?? 0) / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}

function announcePayment(world: World, trade: Trade): void {
  const { faults } = world;
  const subject = { outTradeNo: trade.out_trade_no };
  if (world.preferences.shouqianbaNotify === 'own') {
    const data = {
      terminal_sn: world.others.shouqianba.terminalSn,
      ...orderHead(world, trade),
      ...payment(trade),
      ...times(world, trade),
    };
    record(world, 'shouqianba', 'OWN', subject, data, trade.notify_url);
    return;
  }
  const said: Fields = {
    ...account(world),
    order_no: trade.out_trade_no,
    trade_no: trade.transaction_id ?? '',
    transaction_id: `${trade.transaction_id}00`,
    status: 'paid',
    amount: yuan(saidAmount(world, subject, trade.amount_fen)),
    pay_time: instant(trade.paid_at),
    pay_method: 'WECHAT',
    payer_uid: trade.openid ?? '',
    reflect: trade.attach,
    ...(faults.take('wrongAppId', subject) && { app_id: '0000000000000000' }),
    ...(faults.take('wrongMchId', subject) && { merchant_no: '1680000000000' }),
  };
  record(world, 'shouqianba', 'PAYMENT', subject, said, trade.notify_url);
}

/** No document tells of one: it is the contract's. */
function announceRefund(world: World, refund: Refund): void {
  if (!refund.notify_url || (refund.state !== 'SUCCESS' && refund.state !== 'CLOSED')) return;
  if (world.preferences.shouqianbaNotify === 'own') return;
  const subject = { outTradeNo: refund.out_trade_no, outRefundNo: refund.out_refund_no };
  const said: Fields = {
    ...account(world),
    order_no: refund.out_trade_no,
    refund_no: refund.out_refund_no,
    trade_no: refund.refund_id,
    status: refund.state === 'SUCCESS' ? 'refunded' : 'failed',
    amount: yuan(saidAmount(world, subject, refund.amount_fen)),
    refund_time: instant(refund.settled_at),
    ...(world.faults.take('wrongMchId', subject) && { merchant_no: '1680000000000' }),
  };
  record(world, 'shouqianba', 'REFUND', subject, said, refund.notify_url);
}

function letter(world: World, delivery: Delivery): Letter {
  const subject = { outTradeNo: delivery.out_trade_no, outRefundNo: delivery.out_refund_no };
  // What is empty no signature covers, so it is not said.
  const said = Object.fromEntries(
    Object.entries(JSON.parse(delivery.resource) as Fields).filter(([, value]) => value !== ''),
  );
  const headers = { 'Content-Type': 'application/json; charset=utf-8' };
  if (delivery.event_type === 'OWN') return { body: JSON.stringify(said), headers };
  const broken = world.faults.take('unparsable', subject) ? { ...said, status: 'something new' } : said;
  const key = world.faults.take('badSignature', subject) ? 'another key' : world.others.shouqianba.secretKey;
  return { body: JSON.stringify({ ...broken, sign: signature(broken, key) }), headers };
}
