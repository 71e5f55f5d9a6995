/** Between the kernel's words and those of Alipay's trade API. Pure. */
import { fenFromYuan, localTime, yuanText, type Fen } from '@yajin/core';

import {
  GatewayError,
  type GatewayErrorKind,
  type PaidTrade,
  type RefundReport,
  type RefundRequest,
  type Trade,
  type TradeRequest,
} from '../../gateway.js';
import { cutBytes, shanghaiInstant } from '../common.js';
import { Malformed, optionalText, textAt, type Json } from '../json.js';

export const METHOD = {
  native: 'alipay.trade.precreate',
  h5: 'alipay.trade.wap.pay',
  page: 'alipay.trade.page.pay',
} as const;

const PRODUCT = {
  native: 'FACE_TO_FACE_PAYMENT',
  h5: 'QUICK_WAP_WAY',
  page: 'FAST_INSTANT_TRADE_PAY',
} as const;

/** "256", of which a Chinese character counts as more than one in older documents: bytes are on the safe side. */
const MAX_SUBJECT_BYTES = 256;
const MAX_REASON_BYTES = 256;

export function tradeBody(request: TradeRequest, scene: keyof typeof METHOD, sellerId: string): Json {
  return {
    out_trade_no: request.outTradeNo,
    total_amount: yuanText(request.amountFen),
    // A few signs are refused in a subject.
    subject: cutBytes(request.description.replace(/[/=&]/g, ' '), MAX_SUBJECT_BYTES),
    product_code: PRODUCT[scene],
    time_expire: localTime(request.expiresAt).replace('T', ' '),
    ...(scene === 'native' && { seller_id: sellerId }),
  };
}

export function refundBody(request: RefundRequest): Json {
  return {
    out_trade_no: request.outTradeNo,
    out_request_no: request.outRefundNo,
    refund_amount: yuanText(request.amountFen),
    ...(request.reason && { refund_reason: cutBytes(request.reason, MAX_REASON_BYTES) }),
  };
}

/** Yuan as a decimal text, read digit by digit. @throws Malformed, as all readers here do */
function yuanAt(json: Json, key: string): Fen {
  const text = textAt(json, key);
  try {
    const amount = fenFromYuan(text);
    if (amount > 0) return amount;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new Malformed(`金额 ${key} 不是两位小数以内的正数：${text.slice(0, 32)}`);
}

/** The sum of all refunds so far; null where nothing was refunded. @throws Malformed */
export function returnedAt(json: Json, key: string): Fen | null {
  const text = optionalText(json, key);
  return text === null || /^0*(\.0*)?$/.test(text) ? null : yuanAt(json, key);
}

/**
 * What a query says. TRADE_CLOSED is said of a trade that nobody paid as well as of one that was refunded in
 * full; only the latter has a time of payment.
 */
export function tradeFrom(json: Json): Trade {
  const outTradeNo = textAt(json, 'out_trade_no');
  const status = textAt(json, 'trade_status');
  switch (status) {
    case 'WAIT_BUYER_PAY':
      return { state: 'open', outTradeNo };
    case 'TRADE_SUCCESS':
    case 'TRADE_FINISHED':
      return paidFrom(json, 'send_pay_date', 'buyer_user_id');
    case 'TRADE_CLOSED':
      return optionalText(json, 'send_pay_date') === null
        ? { state: 'closed', outTradeNo }
        : allReturned(paidFrom(json, 'send_pay_date', 'buyer_user_id'));
    default:
      throw new Malformed(`未知的交易状态 ${status}`);
  }
}

function allReturned(trade: PaidTrade): PaidTrade {
  return { ...trade, returnedFen: trade.amountFen };
}

/** A paid trade as queries and notifications put it, under names of their own for its time and its payer. */
export function paidFrom(json: Json, timeField: string, payerField: string): PaidTrade {
  return {
    state: 'paid',
    outTradeNo: textAt(json, 'out_trade_no'),
    transactionId: textAt(json, 'trade_no'),
    amountFen: yuanAt(json, 'total_amount'),
    ...settledOf(json, 'receipt_amount', 'total_amount'),
    paidAt: shanghaiInstant(textAt(json, timeField), timeField),
    payerId: optionalText(json, 'buyer_open_id') ?? optionalText(json, payerField),
    // What an order was given along comes back in notifications only, so it is not used.
    attach: '',
  };
}

/**
 * What reaches the merchant of a payment (实收金额), or leaves them of a refund (本次商户实际退回金额), where that is less. Coupons of
 * Alipay's are paid to the merchant and are in it, those of the merchant's own are not, whatever they are called (MDISCOUNT, MCOUPON):
 * https://opendocs.alipay.com/open/02ekfh, https://opendocs.alipay.com/open/02ekfl. None of a refund is no sum that anybody documents.
 */
function settledOf(json: Json, part: string, whole: string): { settledFen?: Fen } {
  if (optionalText(json, part) === null || /^0+(\.0*)?$/.test(String(json[part]))) return {};
  const [settled, amount] = [yuanAt(json, part), yuanAt(json, whole)];
  if (settled > amount) throw new Malformed(`金额 ${part} 大于 ${whole}`);
  return settled === amount ? {} : { settledFen: settled };
}

/** A refund as its query tells it; null unless it has succeeded, for the gateway tells of no other state. */
export function refundFrom(json: Json): RefundReport | null {
  if (optionalText(json, 'refund_status') !== 'REFUND_SUCCESS') return null;
  const at = optionalText(json, 'gmt_refund_pay');
  return {
    state: 'success',
    outRefundNo: textAt(json, 'out_request_no'),
    outTradeNo: textAt(json, 'out_trade_no'),
    // Refunds have no number of the gateway's own: the trade's and ours name them together.
    gatewayRefundId: textAt(json, 'trade_no'),
    amountFen: yuanAt(json, 'refund_amount'),
    ...settledOf(json, 'send_back_fee', 'refund_amount'),
    succeededAt: at === null ? null : shanghaiInstant(at, 'gmt_refund_pay'),
  };
}

const ERROR_KINDS: ReadonlyMap<string, GatewayErrorKind> = new Map([
  ['ACQ.SELLER_BALANCE_NOT_ENOUGH', 'insufficient'],
  ['ACQ.TRADE_HAS_SUCCESS', 'paid'],
  ['ACQ.TRADE_HAS_PAID', 'paid'],
  ['ACQ.SYSTEM_ERROR', 'unknown'],
  ['aop.ACQ.SYSTEM_ERROR', 'unknown'],
  ['isv.app-call-limited', 'throttled'],
  ['isv.method-call-limited', 'throttled'],
]);

/** https://opendocs.alipay.com/common/02km9f: 20000 says that the service failed, 40005 that calls are limited. */
export function errorFrom(json: Json): GatewayError {
  const code = optionalText(json, 'code') ?? 'UNKNOWN';
  const detail = optionalText(json, 'sub_code') ?? code;
  const message = optionalText(json, 'sub_msg') ?? optionalText(json, 'msg') ?? detail;
  const known = ERROR_KINDS.get(detail);
  if (known !== undefined) return new GatewayError(known, detail, message);
  if (code === '40005') return new GatewayError('throttled', detail, message);
  const definite = ['40001', '40002', '40003', '40004', '40006', '20001'].includes(code);
  return new GatewayError(definite && !detail.startsWith('isp.') ? 'refused' : 'unknown', detail, message);
}

/** Says how a notification is addressed to somebody else, or null. */
export function foreignReason(json: Json, account: { appId: string; sellerId: string }): string | null {
  for (const [field, ours] of [
    ['app_id', account.appId],
    ['seller_id', account.sellerId],
  ] as const) {
    if (json[field] !== ours) return `${field} 不符：收到 ${optionalText(json, field) ?? '空'}，应为 ${ours}`;
  }
  return null;
}
