/**
 * Between the kernel's words and those of Shouqianba, as its documents have them
 * (https://github.com/WoSai/shouqianba-doc, zh-cn/api, 2020-04). Pure.
 */
import { fen, type Fen } from '@yajin/core';

import {
  GatewayError,
  type GatewayErrorKind,
  type PaidTrade,
  type RefundRef,
  type RefundReport,
  type RefundRequest,
  type Trade,
  type TradeRequest,
} from '../../gateway.js';
import { cutBytes } from '../common.js';
import { Malformed, optionalText, textAt, type Json } from '../json.js';
import { fenText } from '../signed-fields.js';

/** `String(64)`; the documents count a length in bytes where they say what it counts. */
const MAX_SUBJECT_BYTES = 64;
const MAX_REFLECT_BYTES = 64;
const OPERATOR = 'yajin';

export function precreateBody(request: TradeRequest, payway: string): Json {
  return { ...orderFields(request), payway };
}

/** What a payer's browser brings to the WAP page; its order exists from then on. */
export function wapParams(
  request: TradeRequest,
  terminalSn: string,
  returnUrl: string,
): Record<string, string> {
  return { terminal_sn: terminalSn, ...orderFields(request), return_url: request.returnUrl ?? returnUrl };
}

function orderFields(request: TradeRequest): Record<string, string> {
  return {
    client_sn: request.outTradeNo,
    total_amount: String(request.amountFen),
    subject: cutBytes(request.description, MAX_SUBJECT_BYTES),
    operator: OPERATOR,
    notify_url: request.notifyUrl,
    ...(request.attach && { reflect: cutBytes(request.attach, MAX_REFLECT_BYTES) }),
  };
}

/** `client_tsn` is what a query names the refund by, as long as it is the order's last operation (…/interface/refund.md). */
export function refundBody(request: RefundRequest): Json {
  return {
    client_sn: request.outTradeNo,
    client_tsn: request.outRefundNo,
    refund_request_no: request.outRefundNo,
    refund_amount: String(request.amountFen),
    operator: OPERATOR,
  };
}

/**
 * What a query says of an order (…/annex/resultCode.md).
 * @param now stands for a time of payment that is not told at all
 * @throws Malformed, as all readers here do
 */
export function tradeFrom(data: Json, now: Date): Trade {
  const outTradeNo = textAt(data, 'client_sn');
  const status = textAt(data, 'order_status');
  switch (status) {
    case 'PAID':
      // The payment is its last operation, and the documents show one without `finish_time` (…/interface/query.md).
      return {
        ...paidFrom(data),
        paidAt: timeOf(data, 'finish_time', 'channel_finish_time', 'ctime') ?? now,
      };
    case 'REFUNDED':
    case 'PARTIAL_REFUNDED':
    case 'REFUND_INPROGRESS':
    case 'REFUND_IN_PROGRESS':
    case 'REFUND_ERROR':
      return { ...paidFrom(data), paidAt: paidBefore(data) ?? now, ...returnedOf(data, status) };
    case 'CREATED':
    case 'IN_QUEUE':
    case 'PAY_INPROGRESS':
    case 'PAY_IN_PROGRESS':
    case 'CANCEL_INPROGRESS':
    case 'CANCEL_IN_PROGRESS':
      return { state: 'open', outTradeNo };
    case 'PAY_CANCELED':
      return { state: 'closed', outTradeNo };
    // A cancel or revoke gives back what was paid (…/interface/revoke&cancel.md); only such an order says what with.
    case 'CANCELED':
      if (!Array.isArray(data['payment_list']) || data['payment_list'].length === 0)
        return { state: 'closed', outTradeNo };
      return { ...paidFrom(data), paidAt: paidBefore(data) ?? now, ...returnedOf(data, status) };
    // PAY_ERROR, CANCEL_ERROR and INVALID_STATUS_CODE among them: the gateway itself does not know.
    default:
      throw new Malformed(`订单状态 ${status} 不明`);
  }
}

function paidFrom(data: Json): Omit<PaidTrade, 'paidAt'> {
  return {
    state: 'paid',
    outTradeNo: textAt(data, 'client_sn'),
    transactionId: textAt(data, 'sn'),
    amountFen: fenText(data, 'total_amount'),
    payerId: optionalText(data, 'payer_uid'),
    attach: optionalText(data, 'reflect') ?? '',
  };
}

/**
 * When an order was paid that something was done with since: `finish_time` is the last operation's. The order's beginning is the
 * nearest that is told, four minutes early at most.
 */
function paidBefore(data: Json): Date | null {
  return timeOf(data, 'ctime', 'finish_time');
}

/**
 * What has gone back, by the order's state: `net_amount` is "what is left after refunds", yet the documents' own example of a PAID
 * order shows "0". Fen.
 */
function returnedOf(data: Json, status: string): { returnedFen?: Fen } {
  const total = fenText(data, 'total_amount');
  if (status === 'REFUNDED' || status === 'CANCELED') return { returnedFen: total };
  const returned = status === 'PARTIAL_REFUNDED' ? total - netOf(data) : 0;
  return returned > 0 ? { returnedFen: fen(returned) } : {};
}

function netOf(data: Json): number {
  const left = textAt(data, 'net_amount');
  if (!/^\d{1,15}$/.test(left)) throw new Malformed('金额 net_amount 无效');
  return Number(left);
}

/** The first of these times that is told, all of them milliseconds since 1970 as text. */
function timeOf(data: Json, ...fields: string[]): Date | null {
  const field = fields.find((each) => optionalText(data, each) !== null);
  if (field === undefined) return null;
  const text = textAt(data, field);
  if (!/^\d{13}$/.test(text)) throw new Malformed(`时间 ${field} 无效`);
  return new Date(Number(text));
}

/** A refund that was answered REFUND_SUCCESS: the sum is not in the answer, but what is left of the order is. */
export function refundedFrom(data: Json, request: RefundRequest): RefundReport {
  const back = fenText(data, 'total_amount') - netOf(data);
  if (back < request.amountFen) throw new Malformed(`只退回 ${back} 分，应至少为 ${request.amountFen} 分`);
  return { ...reportFrom(data, request, 'success'), amountFen: request.amountFen };
}

/**
 * A refund as a query of its order tells it: by `client_tsn`, while it is the last operation; by REFUNDED, after which nothing is
 * left that had to go back. Null where it is not told of, and "unclear" where it is under way.
 */
export function refundFrom(data: Json, refund: RefundRef): RefundReport | 'unclear' | null {
  const order = textAt(data, 'order_status');
  if (!names(data, refund)) return order === 'REFUNDED' ? reportFrom(data, refund, 'success') : null;
  switch (textAt(data, 'status')) {
    case 'SUCCESS':
      if (order === 'REFUND_ERROR') return reportFrom(data, refund, 'abnormal');
      return order === 'REFUNDED' || order === 'PARTIAL_REFUNDED'
        ? reportFrom(data, refund, 'success')
        : 'unclear';
    // "Confirmed as failed, here and at the payer's" (流水状态列表).
    case 'FAIL_CANCELED':
      return reportFrom(data, refund, 'closed');
    case 'FAIL_PROTOCOL_1':
    case 'FAIL_PROTOCOL_2':
    case 'FAIL_PROTOCOL_3':
    case 'FAIL_IO_1':
    case 'FAIL_IO_2':
    case 'FAIL_ERROR':
    case 'REFUND_ERROR':
      return reportFrom(data, refund, 'abnormal');
    default:
      return 'unclear';
  }
}

/** The Chinese documents take the number that was sent, the English ones write the order's before it. */
function names(data: Json, { outTradeNo, outRefundNo }: RefundRef): boolean {
  const named = optionalText(data, 'client_tsn');
  return named === outRefundNo || named === `${outTradeNo}-${outRefundNo}`;
}

function reportFrom(data: Json, refund: RefundRef, state: RefundReport['state']): RefundReport {
  return {
    state,
    outRefundNo: refund.outRefundNo,
    outTradeNo: textAt(data, 'client_sn'),
    // Refunds have no number of the gateway's own: the order's and ours name them together.
    gatewayRefundId: textAt(data, 'sn'),
    amountFen: null,
    succeededAt: state === 'success' && names(data, refund) ? timeOf(data, 'finish_time') : null,
  };
}

/** "无效操作，本次退款已经完成了": nothing was done now, for this number was refunded before (…/annex/resultCode.md). */
const DONE_BEFORE = 'UPAY_REFUND_ORDER_NOOP';

/**
 * What a refusal means once the order has been asked about: that it was done before, or that its number has failed for good.
 * Null where it is a refusal and nothing more.
 */
export function refusedFrom(data: Json, request: RefundRequest, code: string): RefundReport | null {
  const said = refundFrom(data, request);
  const told = said === 'unclear' ? null : said;
  const report = code === DONE_BEFORE ? (told ?? reportFrom(data, request, 'success')) : told;
  if (report?.state !== 'closed' && code !== DONE_BEFORE) return null;
  return report && { ...report, amountFen: request.amountFen };
}

const ERROR_KINDS: ReadonlyMap<string, GatewayErrorKind> = new Map([
  ['ACCOUNT_BALANCE_NOT_ENOUGH', 'insufficient'],
  ['SELLER_BALANCE_NOT_ENOUGH', 'insufficient'],
  ['TRANSFER_BALANCE_NOT_ENOUGH', 'insufficient'],
  ['TRADE_HAS_SUCCESS', 'paid'],
  ['TRANSFER_TOO_FREQUENT', 'throttled'],
]);

/** @param definite whether the answer says that nothing was done */
export function errorFrom(json: Json, definite: boolean): GatewayError {
  const code = optionalText(json, 'error_code') ?? optionalText(json, 'result_code') ?? 'UNKNOWN';
  const message = optionalText(json, 'error_message') ?? code;
  return new GatewayError(definite ? (ERROR_KINDS.get(code) ?? 'refused') : 'unknown', code, message);
}
