/** Between the kernel's words and those of WeChat Pay API v3. Pure. */
import { fen, localTime, sumFen, type Fen } from '@yajin/core';

import {
  GatewayError,
  type GatewayErrorKind,
  type RefundReport,
  type RefundRequest,
  type Trade,
  type TradeRequest,
} from '../../gateway.js';
import { cutBytes } from '../common.js';
import { backAt } from '../wechat-accounts.js';
import {
  fenAt,
  instantAt,
  isObject,
  Malformed,
  objectAt,
  optionalObject,
  optionalText,
  textAt,
  type Json,
} from '../json.js';
import { openidIn, payee, payer, subMerchant, type Account } from './wechat-v3.merchant.js';

// Bytes of UTF-8, not characters: "字符串规则校验失败，字节数 …，大于最大值 128" (captured).
const MAX_DESCRIPTION = 127;
const MAX_ATTACH = 128;
const MAX_REASON = 80;

/** Where the answer to a new trade carries the payer's token. */
export const TOKEN_FIELD = {
  jsapi: 'prepay_id',
  native: 'code_url',
  h5: 'h5_url',
} as const;

/** @throws GatewayError `refused` when the scene needs something the request lacks; nothing is sent. */
export function tradeBody(request: TradeRequest, account: Account): Json {
  return {
    ...payee(account),
    description: cutBytes(request.description, MAX_DESCRIPTION),
    out_trade_no: request.outTradeNo,
    time_expire: `${localTime(request.expiresAt)}+08:00`,
    // The gateway refuses an empty text where it takes none at all.
    ...(request.attach && { attach: cutBytes(request.attach, MAX_ATTACH) }),
    notify_url: request.notifyUrl,
    amount: { total: request.amountFen, currency: 'CNY' },
    ...sceneFields(request, account),
  };
}

function sceneFields(request: TradeRequest, account: Account): Json {
  switch (request.scene) {
    case 'jsapi':
      if (request.payerId === null) throw new GatewayError('refused', 'PARAM_ERROR', 'JSAPI 支付缺少 openid');
      return { payer: payer(account, request.payerId) };
    case 'h5':
      if (request.clientIp === null) throw new GatewayError('refused', 'PARAM_ERROR', 'H5 支付缺少用户 IP');
      return { scene_info: { payer_client_ip: request.clientIp, h5_info: { type: 'Wap' } } };
    case 'native':
    case 'page':
      return {};
  }
}

export function refundBody(request: RefundRequest, account: Account): Json {
  return {
    ...subMerchant(account),
    out_trade_no: request.outTradeNo,
    out_refund_no: request.outRefundNo,
    ...(request.reason && { reason: cutBytes(request.reason, MAX_REASON) }),
    notify_url: request.notifyUrl,
    amount: { refund: request.amountFen, total: request.totalFen, currency: 'CNY' },
  };
}

/**
 * What a transaction object says. REFUND means that it was paid, and refunded in part or whole.
 * PAYERROR is one failed try (documented for payment codes only, and not as final): the payer may try
 * again, so the trade counts as open until it is closed.
 * @throws Malformed
 */
export function tradeFrom(json: Json): Trade {
  const outTradeNo = textAt(json, 'out_trade_no');
  const state = textAt(json, 'trade_state');
  switch (state) {
    case 'SUCCESS':
    case 'REFUND': {
      const amount = objectAt(json, 'amount');
      requireCny(amount);
      return {
        state: 'paid',
        outTradeNo,
        transactionId: textAt(json, 'transaction_id'),
        amountFen: fenAt(amount, 'total'),
        ...settledOf(json, amount),
        paidAt: instantAt(json, 'success_time'),
        payerId: openidIn(json),
        attach: optionalText(json, 'attach') ?? '',
      };
    }
    case 'NOTPAY':
    case 'USERPAYING':
    case 'ACCEPT':
    case 'PAYERROR':
      return { state: 'open', outTradeNo };
    case 'CLOSED':
    case 'REVOKED':
      return { state: 'closed', outTradeNo };
    default:
      throw new Malformed(`未知的交易状态 ${state}`);
  }
}

/**
 * What a payment brings the merchant: `NOCASH` coupons (免充值) are a discount, `CASH` ones (充值) are money that is settled as the
 * payer's own: https://pay.weixin.qq.com/doc/v3/merchant/4012791861, `promotion_detail`.
 */
function settledOf(json: Json, amount: Json): { settledFen?: Fen } {
  const discounts = couponsOf(json).filter((coupon) => coupon['type'] === 'NOCASH');
  if (discounts.length === 0) return {};
  const total = fenAt(amount, 'total');
  const discount = sumFen(discounts.map((coupon) => fenAt(coupon, 'amount')));
  if (discount > total) throw new Malformed('优惠金额大于订单金额');
  return { settledFen: fen(total - discount) };
}

/** Whether what a payment or a refund brings the merchant cannot be told from this. */
export function hidesCoupon(json: Json): boolean {
  const amount = optionalObject(json, 'amount');
  const paidLess = amount['payer_total'] !== undefined && amount['payer_total'] !== amount['total'];
  return paidLess && (json['refund_status'] !== undefined || couponsOf(json).some(({ type }) => !type));
}

function couponsOf(json: Json): Json[] {
  const details = json['promotion_detail'];
  return Array.isArray(details) ? details.filter(isObject) : [];
}

/** A refund as answers (`status`) and notifications (`refund_status`) put it. @throws Malformed */
export function refundFrom(json: Json, statusField: 'status' | 'refund_status'): RefundReport {
  const amount = objectAt(json, 'amount');
  requireCny(amount);
  const state = refundState(textAt(json, statusField));
  return {
    state,
    outRefundNo: textAt(json, 'out_refund_no'),
    outTradeNo: textAt(json, 'out_trade_no'),
    gatewayRefundId: textAt(json, 'refund_id'),
    amountFen: fenAt(amount, 'refund'),
    ...settledRefund(amount),
    succeededAt: state === 'success' ? instantAt(json, 'success_time') : null,
    ...backAt(state, optionalText(json, 'user_received_account')),
  };
}

/** `settlement_refund` is what leaves the merchant: the rest of the refund undoes a coupon. Notifications leave it out. */
function settledRefund(amount: Json): { settledFen?: Fen } {
  const [settled, refund] = [amount['settlement_refund'], fenAt(amount, 'refund')];
  if (settled === undefined || settled === refund) return {};
  if (typeof settled !== 'number' || !Number.isSafeInteger(settled) || settled < 0 || settled > refund)
    throw new Malformed('应结退款金额无效');
  return { settledFen: fen(settled) };
}

function refundState(status: string): RefundReport['state'] {
  switch (status) {
    case 'SUCCESS':
      return 'success';
    case 'PROCESSING':
      return 'processing';
    case 'CLOSED':
      return 'closed';
    case 'ABNORMAL':
      return 'abnormal';
    default:
      throw new Malformed(`未知的退款状态 ${status}`);
  }
}

/** Refund notifications carry no currency: merchants of the mainland have CNY only. */
function requireCny(amount: Json): void {
  const currency = optionalText(amount, 'currency') ?? 'CNY';
  if (currency !== 'CNY') throw new Malformed(`币种 ${currency} 不是 CNY`);
}

const ERROR_KINDS: ReadonlyMap<string, GatewayErrorKind> = new Map([
  ['NOT_ENOUGH', 'insufficient'],
  ['ORDERPAID', 'paid'],
  ['ORDER_PAID', 'paid'],
  ['FREQUENCY_LIMITED', 'throttled'],
  ['RATELIMIT_EXCEEDED', 'throttled'],
  ['RATELIMIT_EXCEED', 'throttled'],
]);

/** Classifies a verified answer that is not a success. Only a 4xx proves that nothing moved. */
export function errorFrom(status: number, json: Json): GatewayError {
  const code = optionalText(json, 'code') ?? `HTTP_${status}`;
  const message = optionalText(json, 'message') ?? code;
  if (status < 400 || status > 499) return new GatewayError('unknown', code, message);
  if (status === 429) return new GatewayError('throttled', code, message);
  return new GatewayError(ERROR_KINDS.get(code) ?? 'refused', code, message);
}
