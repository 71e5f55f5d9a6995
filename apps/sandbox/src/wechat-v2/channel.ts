import { randomBytes } from 'node:crypto';
import type { Channel, Letter } from '../channel.js';
import { compactTime } from '../clock.js';
import { localTime } from '@yajin/core';
import { record, saidAmount } from '../money/delivery.js';
import { discountFen, settledFen } from '../money/coupon.js';
import { receivedAt } from '../money/refund.js';
import { findTrade } from '../money/trade.js';
import type { Delivery, Refund, Trade } from '../money/rows.js';
import { wechatTransactionId } from '../wechat/channel.js';
import type { World } from '../world.js';
import { readXml, seal, signature, writeXml, type Fields } from './xml.js';

/** Seconds between sends (https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_7). */
const WAITS_S = [15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600];

const REFUND_STATUS = {
  PROCESSING: 'PROCESSING',
  SUCCESS: 'SUCCESS',
  CLOSED: 'REFUNDCLOSE',
  ABNORMAL: 'CHANGE',
};

/** WeChat Pay API v2. */
export function wechatV2(world: World): Channel {
  return {
    title: '微信支付',
    transactionId: wechatTransactionId,
    announcePayment: (trade) => announcePayment(world, trade),
    announceRefund: (refund) => announceRefund(world, refund),
    letter: (delivery) => letter(world, delivery),
    took: (_status, body) => readXml(body)['return_code'] === 'SUCCESS',
    waits: WAITS_S.map((seconds) => seconds * 1000),
  };
}

/** A coupon of the merchant's that is not paid back to it: the payer pays less, and the merchant gets less. */
export function couponFields(trade: Trade): Fields {
  const discount = discountFen(trade);
  if (discount === 0) return {};
  const paid = String(trade.amount_fen - discount);
  return {
    cash_fee: paid,
    settlement_total_fee: paid,
    coupon_fee: String(discount),
    coupon_count: '1',
    coupon_type_0: 'NO_CASH',
    coupon_id_0: '10000',
    coupon_fee_0: String(discount),
  };
}

/** What of a refund leaves the merchant: all but the coupon's share, so that all refunds together give back all of it. In fen. */
export function settledRefund(world: World, refund: Refund): number {
  return settledFen(findTrade(world, refund.out_trade_no), refund.amount_fen, refund.coupon_fen);
}

export function paidFields(trade: Trade): Fields {
  return {
    openid: trade.openid ?? '',
    trade_type: trade.trade_type,
    bank_type: 'OTHERS',
    total_fee: String(trade.amount_fen),
    cash_fee: String(trade.amount_fen),
    fee_type: 'CNY',
    cash_fee_type: 'CNY',
    is_subscribe: 'N',
    ...couponFields(trade),
    transaction_id: trade.transaction_id ?? '',
    out_trade_no: trade.out_trade_no,
    attach: trade.attach,
    time_end: compactTime(new Date(trade.paid_at ?? 0)),
  };
}

export function account(world: World): Fields {
  const { appId, mchId } = world.identity;
  return { appid: appId, mch_id: mchId, nonce_str: randomBytes(16).toString('hex') };
}

export function refundStatus(refund: Refund): string {
  return REFUND_STATUS[refund.state];
}

export function refundTime(refund: Refund): string {
  return localTime(new Date(refund.settled_at ?? 0)).replace('T', ' ');
}

function announcePayment(world: World, trade: Trade): void {
  const subject = { outTradeNo: trade.out_trade_no };
  const { faults } = world;
  const said = {
    ...paidFields(trade),
    total_fee: String(saidAmount(world, subject, trade.amount_fen)),
    ...(faults.take('wrongPayer', subject) && { openid: 'oSBsomebody_else_entirely_00' }),
    ...(faults.take('wrongAppId', subject) && { appid: 'wx0000000000000000' }),
    ...(faults.take('wrongMchId', subject) && { mch_id: '1600000000' }),
  };
  record(world, 'wechat-v2', 'PAYMENT', subject, said, trade.notify_url);
}

function announceRefund(world: World, refund: Refund): void {
  if (!refund.notify_url || refund.state === 'PROCESSING') return;
  const subject = { outTradeNo: refund.out_trade_no, outRefundNo: refund.out_refund_no };
  const said = saidAmount(world, subject, refund.amount_fen);
  const info = {
    transaction_id: findTrade(world, refund.out_trade_no)?.transaction_id ?? '',
    out_trade_no: refund.out_trade_no,
    refund_id: refund.refund_id,
    out_refund_no: refund.out_refund_no,
    total_fee: String(refund.total_fen),
    refund_fee: String(said),
    settlement_refund_fee: String(said - refund.amount_fen + settledRefund(world, refund)),
    refund_status: refundStatus(refund),
    ...(refund.state === 'SUCCESS' && { success_time: refundTime(refund) }),
    refund_recv_accout: receivedAt(refund),
    refund_account: 'REFUND_SOURCE_RECHARGE_FUNDS',
    refund_request_source: 'API',
  };
  record(world, 'wechat-v2', 'REFUND', subject, info, refund.notify_url);
}

function letter(world: World, delivery: Delivery): Letter {
  const { key } = world.others.wechatV2;
  const subject = { outTradeNo: delivery.out_trade_no, outRefundNo: delivery.out_refund_no };
  const content = JSON.parse(delivery.resource) as Fields;
  const forged = world.faults.take('badSignature', subject) !== null;
  const headers = { 'Content-Type': 'text/xml', 'User-Agent': 'Mozilla/4.0' };
  if (delivery.event_type === 'REFUND') {
    const info = seal(writeXml(content, 'root'), forged ? 'another key' : key);
    const body = writeXml({ return_code: 'SUCCESS', ...account(world), req_info: info });
    return { body, headers };
  }
  const fields: Fields = { return_code: 'SUCCESS', result_code: 'SUCCESS', ...account(world), ...content };
  const type = tradeSignType(world, delivery.out_trade_no);
  fields['sign'] = signature(fields, forged ? 'another key' : key, type);
  const body = writeXml(fields);
  return { body: world.faults.take('unparsable', subject) ? body.slice(0, -7) : body, headers };
}

/** A trade's notification is signed as its order was. */
function tradeSignType(world: World, outTradeNo: string): string {
  return world.store.setting<string>(`signType:${outTradeNo}`) ?? 'MD5';
}
