import { createHmac } from 'node:crypto';
import { fen, yuanText } from '@yajin/core';
import type { Channel, Letter } from '../channel.js';
import { compactTime } from '../clock.js';
import { record, saidAmount } from '../money/delivery.js';
import type { Delivery, Refund, Trade } from '../money/rows.js';
import { randomDigits } from '../random.js';
import type { World } from '../world.js';

// The generic signed webhook, as the acquirer's side writes it. Written apart from the adapters on purpose.

export type Fields = Record<string, string>;

const WAITS_S = [5, 30, 120, 600, 3600, 6 * 3600];

/** An acquirer of bank cards. */
export function bankCard(world: World): Channel {
  return {
    title: '银行卡支付',
    transactionId: (paidAt) => `${compactTime(paidAt)}${randomDigits(10)}`,
    announcePayment: (trade) => announcePayment(world, trade),
    announceRefund: (refund) => announceRefund(world, refund),
    letter: (delivery) => letter(world, delivery),
    took: (status) => status === 200,
    waits: WAITS_S.map((seconds) => seconds * 1000),
  };
}

/** Sorted pairs of what is not empty; HMAC-SHA256, hexadecimal. */
export function signature(fields: Fields, key: string): string {
  const names = Object.keys(fields).filter((name) => name !== 'signature' && fields[name] !== '');
  const text = names.sort().map((name) => `${name}=${fields[name]}`);
  return createHmac('sha256', key).update(text.join('&')).digest('hex');
}

export function yuan(amountFen: number): string {
  return yuanText(fen(amountFen));
}

function announcePayment(world: World, trade: Trade): void {
  const subject = { outTradeNo: trade.out_trade_no };
  const said: Fields = {
    ...paidFields(trade),
    merchant: world.faults.take('wrongMchId', subject) ? 'bank_of_others' : world.others.bankCard.merchant,
    amount: yuan(saidAmount(world, subject, trade.amount_fen)),
  };
  record(world, 'bank-card', 'PAYMENT', subject, said, trade.notify_url);
}

export function paidFields(trade: Trade): Fields {
  return {
    order_id: trade.out_trade_no,
    transaction_id: trade.transaction_id ?? '',
    status: 'success',
    amount: yuan(trade.amount_fen),
    paid_at: new Date(trade.paid_at ?? 0).toISOString(),
    payer: trade.openid ?? '',
  };
}

function announceRefund(world: World, refund: Refund): void {
  if (!refund.notify_url || refund.state === 'PROCESSING' || refund.state === 'ABNORMAL') return;
  const subject = { outTradeNo: refund.out_trade_no, outRefundNo: refund.out_refund_no };
  const said: Fields = {
    ...refundFields(refund),
    merchant: world.faults.take('wrongMchId', subject) ? 'bank_of_others' : world.others.bankCard.merchant,
    amount: yuan(saidAmount(world, subject, refund.amount_fen)),
  };
  record(world, 'bank-card', 'REFUND', subject, said, refund.notify_url);
}

const REFUND_STATUS = {
  PROCESSING: 'processing',
  ABNORMAL: 'processing',
  SUCCESS: 'refunded',
  CLOSED: 'failed',
};

export function refundFields(refund: Refund): Fields {
  return {
    order_id: refund.out_trade_no,
    refund_id: refund.out_refund_no,
    transaction_id: refund.refund_id,
    status: REFUND_STATUS[refund.state],
    amount: yuan(refund.amount_fen),
    ...(refund.state === 'SUCCESS' && { refunded_at: new Date(refund.settled_at ?? 0).toISOString() }),
  };
}

/** The amount goes out as a JSON number, as the contract of the webhook shows it. */
function letter(world: World, delivery: Delivery): Letter {
  const subject = { outTradeNo: delivery.out_trade_no, outRefundNo: delivery.out_refund_no };
  const content = JSON.parse(delivery.resource) as Fields;
  const said = world.faults.take('unparsable', subject) ? { ...content, transaction_id: '' } : content;
  const key = world.faults.take('badSignature', subject) ? 'another key' : world.others.bankCard.key;
  const { amount, ...others } = said;
  const fields = JSON.stringify({ ...others, signature: signature(said, key) });
  const body = `{"amount":${amount},${fields.slice(1)}`;
  return { body, headers: { 'Content-Type': 'application/json; charset=utf-8' } };
}
