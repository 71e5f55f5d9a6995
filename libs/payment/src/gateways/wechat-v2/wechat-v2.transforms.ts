/** Between the kernel's words and those of WeChat Pay API v2. Pure. */
import { fen, localTime, type Fen } from '@yajin/core';

import {
  GatewayError,
  type GatewayErrorKind,
  type RefundReport,
  type RefundRequest,
  type Trade,
  type TradeRequest,
} from '../../gateway.js';
import { cutBytes, shanghaiInstant } from '../common.js';
import { Malformed } from '../json.js';
import { backAt } from '../wechat-accounts.js';
import type { Fields } from './wechat-v2.xml.js';

const TRADE_TYPE = { jsapi: 'JSAPI', native: 'NATIVE', h5: 'MWEB' } as const;
/** Where the answer to a new trade carries the payer's token. */
export const TOKEN_FIELD = { jsapi: 'prepay_id', native: 'code_url', h5: 'mweb_url' } as const;
type Served = keyof typeof TRADE_TYPE;

const MAX_BODY_BYTES = 127;
const MAX_ATTACH_BYTES = 127;
const MAX_REASON_BYTES = 80;

/** @throws GatewayError `refused` when the scene needs something the request lacks; nothing is sent. */
export function tradeFields(request: TradeRequest, scene: Served): Fields {
  return {
    body: cutBytes(request.description, MAX_BODY_BYTES),
    out_trade_no: request.outTradeNo,
    total_fee: String(request.amountFen),
    spbill_create_ip: request.clientIp ?? '127.0.0.1',
    time_expire: localTime(request.expiresAt).replace(/\D/g, ''),
    notify_url: request.notifyUrl,
    trade_type: TRADE_TYPE[scene],
    ...(request.attach && { attach: cutBytes(request.attach, MAX_ATTACH_BYTES) }),
    ...sceneFields(request, scene),
  };
}

function sceneFields(request: TradeRequest, scene: Served): Fields {
  switch (scene) {
    case 'jsapi':
      if (request.payerId === null) throw new GatewayError('refused', 'PARAM_ERROR', 'JSAPI 支付缺少 openid');
      return { openid: request.payerId };
    case 'h5':
      return { scene_info: JSON.stringify({ h5_info: { type: 'Wap' } }) };
    case 'native':
      return { product_id: request.outTradeNo };
  }
}

export function refundFields(request: RefundRequest): Fields {
  return {
    out_trade_no: request.outTradeNo,
    out_refund_no: request.outRefundNo,
    total_fee: String(request.totalFen),
    refund_fee: String(request.amountFen),
    notify_url: request.notifyUrl,
    ...(request.reason && { refund_desc: cutBytes(request.reason, MAX_REASON_BYTES) }),
  };
}

/** @throws Malformed, as all readers here do */
export function field(fields: Fields, name: string): string {
  const value = fields[name];
  if (value === undefined || value === '') throw new Malformed(`缺少 ${name}`);
  return value;
}

export function fenField(fields: Fields, name: string): Fen {
  const value = field(fields, name);
  if (!/^[1-9]\d{0,14}$/.test(value)) throw new Malformed(`金额 ${name} 不是正整数（分）`);
  return fen(value);
}

/** REFUND means that it was paid, and refunded in part or whole. */
export function tradeFrom(fields: Fields): Trade {
  const outTradeNo = field(fields, 'out_trade_no');
  const state = field(fields, 'trade_state');
  switch (state) {
    case 'SUCCESS':
    case 'REFUND':
      return paidFrom(fields);
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

/** What queries and notifications say alike of a trade that is paid. */
export function paidFrom(fields: Fields): Trade & { state: 'paid' } {
  if ((fields['fee_type'] ?? 'CNY') !== 'CNY') throw new Malformed(`币种 ${fields['fee_type']} 不是 CNY`);
  return {
    state: 'paid',
    outTradeNo: field(fields, 'out_trade_no'),
    transactionId: field(fields, 'transaction_id'),
    amountFen: fenField(fields, 'total_fee'),
    ...settledOf(fields, 'settlement_total_fee', 'total_fee'),
    paidAt: shanghaiInstant(field(fields, 'time_end'), 'time_end'),
    payerId: fields['openid'] || null,
    attach: fields['attach'] ?? '',
  };
}

/**
 * What reaches the merchant, or leaves them: 应结订单金额 = 订单金额 − 免充值优惠券金额 (chapter 9_2), and of refunds alike (9_5). Told only
 * where such a coupon was used.
 */
function settledOf(fields: Fields, name: string, whole: string): { settledFen?: Fen } {
  const settled = fields[name];
  if (settled === undefined || settled === '' || settled === fields[whole]) return {};
  if (!/^\d{1,15}$/.test(settled) || Number(settled) > fenField(fields, whole))
    throw new Malformed(`金额 ${name} 无效`);
  return { settledFen: fen(Number(settled)) };
}

/** The refund of that number in the answer to a query, which may list several, each field with its index. */
export function refundFrom(fields: Fields, outRefundNo: string): RefundReport {
  const name = Object.keys(fields).find(
    (key) => /^out_refund_no_\d+$/.test(key) && fields[key] === outRefundNo,
  );
  if (name === undefined) throw new Malformed(`应答中没有退款单 ${outRefundNo}`);
  const index = name.slice('out_refund_no'.length);
  const state = refundState(field(fields, `refund_status${index}`));
  return {
    state,
    outRefundNo,
    outTradeNo: field(fields, 'out_trade_no'),
    gatewayRefundId: field(fields, `refund_id${index}`),
    amountFen: fenField(fields, `refund_fee${index}`),
    ...settledOf(fields, `settlement_refund_fee${index}`, `refund_fee${index}`),
    succeededAt:
      state === 'success'
        ? shanghaiInstant(field(fields, `refund_success_time${index}`), 'refund_success_time')
        : null,
    ...backAt(state, fields[`refund_recv_accout${index}`]),
  };
}

function refundState(status: string): RefundReport['state'] {
  switch (status) {
    case 'SUCCESS':
      return 'success';
    case 'PROCESSING':
      return 'processing';
    case 'REFUNDCLOSE':
      return 'closed';
    case 'CHANGE':
      return 'abnormal';
    default:
      throw new Malformed(`未知的退款状态 ${status}`);
  }
}

/** Says how a message is addressed to somebody else, or null. */
export function foreignReason(fields: Fields, account: { appId: string; mchId: string }): string | null {
  for (const [name, ours] of [
    ['appid', account.appId],
    ['mch_id', account.mchId],
  ] as const) {
    if (fields[name] !== ours) return `${name} 不符：收到 ${fields[name] ?? '空'}，应为 ${ours}`;
  }
  return null;
}

const ERROR_KINDS: ReadonlyMap<string, GatewayErrorKind> = new Map([
  ['NOTENOUGH', 'insufficient'],
  ['ORDERPAID', 'paid'],
  ['FREQUENCY_LIMITED', 'throttled'],
  ['FREQ_LIMIT', 'throttled'],
  ['SYSTEMERROR', 'unknown'],
  ['BANKERROR', 'unknown'],
  ['BIZERR_NEED_RETRY', 'unknown'],
]);

/** Classifies a signed answer whose `result_code` is not SUCCESS. */
export function errorFrom(fields: Fields): GatewayError {
  const code = fields['err_code'] || 'UNKNOWN';
  const message = fields['err_code_des'] || code;
  // Without a code nothing is said, and nothing is proved.
  return new GatewayError(
    ERROR_KINDS.get(code) ?? (code === 'UNKNOWN' ? 'unknown' : 'refused'),
    code,
    message,
  );
}
