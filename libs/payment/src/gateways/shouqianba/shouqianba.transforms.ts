/** Between the kernel's words and those of Shouqianba. Pure. */
import { fen, type Fen } from '@yajin/core';

import {
  GatewayError,
  type GatewayErrorKind,
  type RefundReport,
  type RefundRequest,
  type Trade,
  type TradeRequest,
  type TransferReport,
} from '../../gateway.js';
import { cut } from '../common.js';
import { Malformed, optionalText, textAt, type Json } from '../json.js';
import { fenText, yuanField } from '../signed-fields.js';

const MAX_SUBJECT = 64;
const MAX_REFLECT = 64;
const OPERATOR = 'yajin';

export function precreateBody(request: TradeRequest, payway: string): Json {
  return {
    client_sn: request.outTradeNo,
    total_amount: String(request.amountFen),
    payway,
    subject: cut(request.description, MAX_SUBJECT),
    operator: OPERATOR,
    notify_url: request.notifyUrl,
    ...(request.attach && { reflect: cut(request.attach, MAX_REFLECT) }),
  };
}

/** What a payer's browser brings to the WAP page; its order exists from then on. */
export function wapParams(
  request: TradeRequest,
  terminalSn: string,
  returnUrl: string,
): Record<string, string> {
  return {
    terminal_sn: terminalSn,
    client_sn: request.outTradeNo,
    total_amount: String(request.amountFen),
    subject: cut(request.description, MAX_SUBJECT),
    operator: OPERATOR,
    return_url: request.returnUrl ?? returnUrl,
    notify_url: request.notifyUrl,
    ...(request.attach && { reflect: cut(request.attach, MAX_REFLECT) }),
  };
}

export function refundBody(request: RefundRequest): Json {
  return {
    client_sn: request.outTradeNo,
    refund_request_no: request.outRefundNo,
    refund_amount: String(request.amountFen),
    operator: OPERATOR,
    notify_url: request.notifyUrl,
  };
}

/** @throws Malformed, as all readers here do */
export function tradeFrom(data: Json): Trade {
  const outTradeNo = textAt(data, 'client_sn');
  const status = textAt(data, 'order_status');
  switch (status) {
    case 'PAID':
    case 'REFUNDED':
    case 'PARTIAL_REFUNDED':
    case 'REFUND_INPROGRESS':
    case 'REFUND_ERROR':
      return {
        state: 'paid',
        outTradeNo,
        transactionId: textAt(data, 'sn'),
        amountFen: fenText(data, 'total_amount'),
        paidAt: millisAt(data, 'finish_time'),
        payerId: optionalText(data, 'payer_uid'),
        attach: optionalText(data, 'reflect') ?? '',
        ...returnedOf(data),
      };
    case 'CREATED':
    case 'PAY_INPROGRESS':
    case 'CANCEL_INPROGRESS':
      return { state: 'open', outTradeNo };
    case 'PAY_CANCELED':
    case 'CANCELED':
      return { state: 'closed', outTradeNo };
    // PAY_ERROR and CANCEL_ERROR among them: the gateway itself does not know.
    default:
      throw new Malformed(`订单状态 ${status} 不明`);
  }
}

/** `net_amount` is what is left of the payment after refunds (https://doc.shouqianba.com/zh-cn/api/interface/query.html). Fen. */
function returnedOf(data: Json): { returnedFen?: Fen } {
  const left = optionalText(data, 'net_amount');
  if (left === null) return {};
  if (!/^\d{1,15}$/.test(left)) throw new Malformed('金额 net_amount 无效');
  const returned = fenText(data, 'total_amount') - Number(left);
  return returned > 0 ? { returnedFen: fen(returned) } : {};
}

/** Milliseconds since 1970, as text. */
function millisAt(data: Json, field: string): Date {
  const text = textAt(data, field);
  if (!/^\d{13}$/.test(text)) throw new Malformed(`时间 ${field} 无效`);
  return new Date(Number(text));
}

/** A refund as the answers to `refund` and to a query by its number tell it. */
export function refundFrom(data: Json, outRefundNo: string): RefundReport {
  const status = textAt(data, 'refund_status');
  const state = refundState(status);
  return {
    state,
    outRefundNo,
    outTradeNo: textAt(data, 'client_sn'),
    refundId: textAt(data, 'refund_sn'),
    amountFen: fenText(data, 'refund_amount'),
    succeededAt: state === 'success' ? millisAt(data, 'finish_time') : null,
  };
}

function refundState(status: string): RefundReport['state'] {
  switch (status) {
    case 'REFUND_SUCCESS':
      return 'success';
    case 'REFUND_INPROGRESS':
      return 'processing';
    case 'REFUND_FAIL':
      return 'closed';
    case 'REFUND_ERROR':
      return 'abnormal';
    default:
      throw new Malformed(`未知的退款状态 ${status}`);
  }
}

/** A transfer as its service and its callback tell it. */
export function transferFrom(fields: Json): TransferReport {
  const status = textAt(fields, 'status');
  if (status !== 'processing' && status !== 'success' && status !== 'failed')
    throw new Malformed(`未知的转账状态 ${status}`);
  return {
    state: status,
    outTransferNo: textAt(fields, 'transfer_no'),
    transferId: textAt(fields, 'trade_no'),
    amountFen: yuanField(fields, 'amount'),
    succeededAt: status === 'success' ? instantAt(fields, 'transfer_time') : null,
    failMessage: status === 'failed' ? (optionalText(fields, 'reason') ?? '转账失败') : null,
  };
}

export function instantAt(fields: Json, name: string): Date {
  const text = textAt(fields, name);
  const at = new Date(text);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text) || Number.isNaN(at.getTime()))
    throw new Malformed(`时间 ${name} 无效`);
  return at;
}

const ERROR_KINDS: ReadonlyMap<string, GatewayErrorKind> = new Map([
  ['UPAY_REFUND_BALANCE_NOT_ENOUGH', 'insufficient'],
  ['TRANSFER_BALANCE_NOT_ENOUGH', 'insufficient'],
  ['UPAY_ORDER_PAID', 'paid'],
  ['UPAY_TRADE_TOO_FREQUENT', 'throttled'],
  ['TRANSFER_TOO_FREQUENT', 'throttled'],
]);

/** @param definite whether the answer says that nothing was done */
export function errorFrom(json: Json, definite: boolean): GatewayError {
  const code = optionalText(json, 'error_code') ?? optionalText(json, 'result_code') ?? 'UNKNOWN';
  const message = optionalText(json, 'error_message') ?? code;
  return new GatewayError(definite ? (ERROR_KINDS.get(code) ?? 'refused') : 'unknown', code, message);
}
