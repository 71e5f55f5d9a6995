import { randomBytes } from 'node:crypto';
import { fen, localTime, yuanText } from '@yajin/core';
import type { Channel, Letter } from '../channel.js';
import { compactTime } from '../clock.js';
import { record, saidAmount } from '../money/delivery.js';
import { refundedFen } from '../money/refund.js';
import { findTrade } from '../money/trade.js';
import type { Delivery, Refund, Trade } from '../money/rows.js';
import { randomDigits } from '../random.js';
import type { World } from '../world.js';
import { couponOf, discountFen } from '../money/coupon.js';
import { isByHand } from '../money/by-hand.js';
import { formOf, gbk, utf8 } from './charset.js';
import { signForm, type Params } from './signing.js';

/** Minutes between sends (https://opendocs.alipay.com/open/203/105286). */
const WAITS_MINUTES = [4, 10, 10, 60, 120, 360, 900];

/** Alipay. */
export function alipay(world: World): Channel {
  return {
    title: '支付宝',
    transactionId: (paidAt) => `${compactTime(paidAt).slice(0, 8)}22001${randomDigits(15)}`,
    announcePayment: (trade) => announcePayment(world, trade),
    announceRefund: (refund) => announceRefund(world, refund),
    letter: (delivery) => letter(world, delivery),
    took: (_status, body) => body === 'success',
    waits: WAITS_MINUTES.map((minutes) => minutes * 60_000),
  };
}

export function yuan(amountFen: number): string {
  return yuanText(fen(amountFen));
}

export function time(at: number): string {
  return localTime(new Date(at)).replace('T', ' ');
}

/** What the payer paid and what the merchant gets: of a coupon of Alipay's all, of one of its own nothing. Yuan. */
export function paidParts(trade: Trade): Params {
  const paid = yuan(trade.amount_fen - (couponOf(trade)?.fen ?? 0));
  const receipt = yuan(trade.amount_fen - discountFen(trade));
  return { receipt_amount: receipt, buyer_pay_amount: paid, invoice_amount: paid, point_amount: '0.00' };
}

export function fundBills(trade: Trade, channel: 'fundChannel' | 'fund_channel'): Params[] {
  const coupon = couponOf(trade);
  const own = { amount: yuan(trade.amount_fen - (coupon?.fen ?? 0)), [channel]: 'ALIPAYACCOUNT' };
  const whose = coupon?.kind === 'cash' ? 'COUPON' : 'MDISCOUNT';
  return coupon ? [own, { amount: yuan(coupon.fen), [channel]: whose }] : [own];
}

function head(world: World, trade: Trade): Params {
  const { appId, sellerId } = world.others.alipay;
  const subject = { outTradeNo: trade.out_trade_no };
  return {
    notify_type: 'trade_status_sync',
    notify_id: `${compactTime(new Date())}222${randomBytes(12).toString('hex')}`,
    charset: world.faults.take('gbk', subject) === null ? utf8.name : gbk.name,
    version: '1.0',
    app_id: appId,
    auth_app_id: appId,
    seller_id: sellerId,
    out_trade_no: trade.out_trade_no,
    trade_no: trade.transaction_id ?? '',
    subject: trade.description,
    buyer_id: trade.openid ?? '',
    buyer_logon_id: '159****0000',
    seller_email: 'merchant@example.test',
    total_amount: yuan(trade.amount_fen),
    ...paidParts(trade),
    fund_bill_list: JSON.stringify(fundBills(trade, 'fundChannel')),
    ...(trade.attach && { passback_params: trade.attach }),
    gmt_create: time(trade.created_at),
    gmt_payment: time(trade.paid_at ?? 0),
  };
}

function announcePayment(world: World, trade: Trade): void {
  const { faults } = world;
  const subject = { outTradeNo: trade.out_trade_no };
  const said: Params = {
    ...head(world, trade),
    trade_status: 'TRADE_SUCCESS',
    total_amount: yuan(saidAmount(world, subject, trade.amount_fen)),
    ...(faults.take('wrongAppId', subject) && { app_id: '2021000000000000' }),
    ...(faults.take('wrongMchId', subject) && { seller_id: '2088000000000000' }),
  };
  record(world, 'alipay', 'TRADE_SUCCESS', subject, said, trade.notify_url);
}

/**
 * A refund is one more notification of its trade, to the trade's own address, with the sum of all refunds. One that was made by
 * hand has no number (captured).
 */
function announceRefund(world: World, refund: Refund): void {
  const trade = findTrade(world, refund.out_trade_no)!;
  if (refund.state !== 'SUCCESS') return;
  const subject = { outTradeNo: refund.out_trade_no, outRefundNo: refund.out_refund_no };
  const sum = refundedFen(world, refund.out_trade_no);
  const said: Params = {
    ...head(world, trade),
    trade_status: sum === trade.amount_fen ? 'TRADE_CLOSED' : 'TRADE_SUCCESS',
    refund_fee: yuan(sum),
    out_biz_no: isByHand(refund) ? '' : refund.out_refund_no,
    gmt_refund: `${time(refund.settled_at ?? 0)}.123`,
  };
  record(world, 'alipay', 'REFUND', subject, said, trade.notify_url);
}

function letter(world: World, delivery: Delivery): Letter {
  const subject = { outTradeNo: delivery.out_trade_no, outRefundNo: delivery.out_refund_no };
  const content = { ...(JSON.parse(delivery.resource) as Params), notify_time: time(Date.now()) };
  const broken = world.faults.take('unparsable', subject) !== null;
  const said: Params = { ...content, ...(broken && { trade_status: 'SOMETHING_NEW' }) };
  const forged = world.faults.take('badSignature', subject) ? { ...said, total_amount: '0.01' } : said;
  const charset = said['charset'] === gbk.name ? gbk : utf8;
  const sign = signForm(world, forged, (text) => charset.encode(text));
  const headers = { 'Content-Type': `application/x-www-form-urlencoded; charset=${charset.name}` };
  return { body: formOf({ ...said, sign_type: 'RSA2', sign }, charset), headers };
}
