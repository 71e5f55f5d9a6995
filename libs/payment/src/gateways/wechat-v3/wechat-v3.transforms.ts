/** Between the kernel's words and those of WeChat Pay API v3. Pure. */
import { localTime } from '@yajin/core';

import {
  GatewayError,
  type GatewayErrorKind,
  type RefundReport,
  type RefundRequest,
  type Trade,
  type TradeRequest,
} from '../../gateway.js';
import { cutBytes } from '../common.js';
import {
  fenAt,
  instantAt,
  Malformed,
  objectAt,
  optionalObject,
  optionalText,
  textAt,
  type Json,
} from '../json.js';

export interface Account {
  appId: string;
  mchId: string;
}

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
    appid: account.appId,
    mchid: account.mchId,
    description: cutBytes(request.description, MAX_DESCRIPTION),
    out_trade_no: request.outTradeNo,
    time_expire: `${localTime(request.expiresAt)}+08:00`,
    // The gateway refuses an empty text where it takes none at all.
    ...(request.attach && { attach: cutBytes(request.attach, MAX_ATTACH) }),
    notify_url: request.notifyUrl,
    amount: { total: request.amountFen, currency: 'CNY' },
    ...sceneFields(request),
  };
}

function sceneFields(request: TradeRequest): Json {
  switch (request.scene) {
    case 'jsapi':
      if (request.payerId === null) throw new GatewayError('refused', 'PARAM_ERROR', 'JSAPI 支付缺少 openid');
      return { payer: { openid: request.payerId } };
    case 'h5':
      if (request.clientIp === null) throw new GatewayError('refused', 'PARAM_ERROR', 'H5 支付缺少用户 IP');
      return { scene_info: { payer_client_ip: request.clientIp, h5_info: { type: 'Wap' } } };
    case 'native':
    case 'page':
      return {};
  }
}

export function refundBody(request: RefundRequest): Json {
  return {
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
        paidAt: instantAt(json, 'success_time'),
        payerId: optionalText(optionalObject(json, 'payer'), 'openid'),
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

/** A refund as answers (`status`) and notifications (`refund_status`) put it. @throws Malformed */
export function refundFrom(json: Json, statusField: 'status' | 'refund_status'): RefundReport {
  const amount = objectAt(json, 'amount');
  requireCny(amount);
  const state = refundState(textAt(json, statusField));
  return {
    state,
    outRefundNo: textAt(json, 'out_refund_no'),
    outTradeNo: textAt(json, 'out_trade_no'),
    refundId: textAt(json, 'refund_id'),
    amountFen: fenAt(amount, 'refund'),
    succeededAt: state === 'success' ? instantAt(json, 'success_time') : null,
  };
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

/** Says how `json` is addressed to somebody else, or null. Without an `appId` only the merchant counts. */
export function foreignReason(json: Json, account: { appId?: string; mchId: string }): string | null {
  const expected = { ...(account.appId && { appid: account.appId }), mchid: account.mchId };
  for (const [field, ours] of Object.entries(expected)) {
    if (json[field] !== ours) return `${field} 不符：收到 ${JSON.stringify(json[field])}，应为 ${ours}`;
  }
  return null;
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
