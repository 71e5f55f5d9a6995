/**
 * What Shouqianba's documents (https://github.com/WoSai/shouqianba-doc, 2020-04) do not have, in one place: callbacks that are
 * signed with a key of the merchant's, callbacks of refunds, and paying out. They are the form of the deployment's own contract
 * (docs/gateways/shouqianba.md); whoever has another form changes this file and nothing else.
 */
import { yuanText } from '@yajin/core';

import {
  GatewayError,
  InvalidNotification,
  type GatewayNotification,
  type TransferGateway,
  type TransferReport,
} from '../../gateway.js';
import { hashOf, readable, requireSame, understood, unlessOneOf } from '../common.js';
import { post } from '../http.js';
import { instantAt, type Json, Malformed, optionalText, parseObject, textAt } from '../json.js';
import { keepable, requireOneMeaning, yuanField } from '../signed-fields.js';
import { isSigned, signFields, TITLE, type ClientConfig } from './shouqianba.client.js';
import { errorFrom } from './shouqianba.transforms.js';

type Content = GatewayNotification['content'];
export type Account = Pick<ClientConfig, 'appId' | 'merchantNo' | 'secretKey'>;

const NO_TRANSFER: ReadonlySet<string> = new Set(['TRANSFER_NOT_EXISTS']);

/**
 * A callback is believed by its `sign`; which of the three it is shows in its number.
 * @throws InvalidNotification
 */
export function readCallback(fields: Json, account: Account): GatewayNotification {
  readable(() => requireOneMeaning(fields));
  if (!isSigned(fields, account.secretKey)) throw new InvalidNotification('签名不符');
  const eventType = typeOf(fields);
  const notification = {
    // The signature covers every value, so it stands for the event; a repeat brings the same one.
    eventId: hashOf(`${eventType} ${textAt(fields, 'sign')}`),
    eventType,
    payload: keepable(fields, 'sign'),
  };
  try {
    return { ...notification, content: contentOf(eventType, fields, foreignReason(fields, account)) };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return { ...notification, content: { kind: 'unusable', reason: error.message } };
  }
}

function typeOf(fields: Json): 'PAYMENT' | 'REFUND' | 'TRANSFER' {
  if (fields['transfer_no'] !== undefined) return 'TRANSFER';
  return fields['refund_no'] === undefined ? 'PAYMENT' : 'REFUND';
}

function contentOf(type: 'PAYMENT' | 'REFUND' | 'TRANSFER', fields: Json, foreign: string | null): Content {
  const status = textAt(fields, 'status');
  switch (type) {
    case 'PAYMENT':
      if (status !== 'paid') return { kind: 'nothing', reason: `支付状态为 ${status}` };
      return {
        kind: 'payment',
        foreign,
        trade: {
          state: 'paid',
          outTradeNo: textAt(fields, 'order_no'),
          transactionId: textAt(fields, 'trade_no'),
          amountFen: yuanField(fields, 'amount'),
          paidAt: instantAt(fields, 'pay_time'),
          payerId: optionalText(fields, 'payer_uid'),
          attach: optionalText(fields, 'reflect') ?? '',
        },
      };
    case 'REFUND': {
      if (status !== 'refunded' && status !== 'failed') throw new Malformed(`未知的退款状态 ${status}`);
      const state = status === 'refunded' ? 'success' : 'closed';
      return {
        kind: 'refund',
        foreign,
        refund: {
          state,
          outRefundNo: textAt(fields, 'refund_no'),
          outTradeNo: textAt(fields, 'order_no'),
          gatewayRefundId: textAt(fields, 'trade_no'),
          amountFen: yuanField(fields, 'amount'),
          succeededAt: state === 'success' ? instantAt(fields, 'refund_time') : null,
        },
      };
    }
    case 'TRANSFER':
      return { kind: 'transfer', foreign, transfer: transferFrom(fields) };
  }
}

/** Says how a callback is addressed to somebody else, or null. */
function foreignReason(fields: Json, account: Account): string | null {
  for (const [field, ours] of [
    ['app_id', account.appId],
    ['merchant_no', account.merchantNo],
  ] as const) {
    if (fields[field] !== ours)
      return `${field} 不符：收到 ${optionalText(fields, field) ?? '空'}，应为 ${ours}`;
  }
  return null;
}

/** Paying out, by the service that the deployment names: flat messages, signed both ways with the merchant's key. */
export function transfersOf(config: ClientConfig, url: string): TransferGateway {
  return {
    async transfer(request) {
      const said = await callTransfers(config, url, {
        transfer_no: request.outTransferNo,
        amount: yuanText(request.amountFen),
        payee: request.payeeId,
        remark: request.remark,
        notify_url: request.notifyUrl,
      });
      const report = understood(TITLE, () => transferFrom(said));
      requireSame('transfer_no', report.outTransferNo, request.outTransferNo);
      requireSame('amount', String(report.amountFen), String(request.amountFen));
      return report;
    },

    async queryTransfer(outTransferNo) {
      const asked = callTransfers(config, `${url}/query`, { transfer_no: outTransferNo });
      const said = await unlessOneOf(NO_TRANSFER, asked);
      if (said === null) return { state: 'absent', outTransferNo };
      const report = understood(TITLE, () => transferFrom(said));
      requireSame('transfer_no', report.outTransferNo, outTransferNo);
      return report;
    },
  };
}

async function callTransfers(config: ClientConfig, url: string, fields: Json): Promise<Json> {
  const { appId: app_id, merchantNo: merchant_no, secretKey } = config;
  const signed = { app_id, merchant_no, ...fields };
  const answer = await post(TITLE, {
    url,
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ ...signed, sign: signFields(signed, secretKey) }),
    timeoutMs: config.timeoutMs,
  });
  if (answer.status !== 200)
    throw new GatewayError('unknown', `HTTP_${answer.status}`, answer.body.slice(0, 200));
  const said = understood(TITLE, () => parseObject(answer.body));
  if (!isSigned(said, secretKey)) throw new GatewayError('unknown', 'BAD_SIGNATURE', '转账应答签名不符');
  if (said['merchant_no'] !== merchant_no || said['app_id'] !== app_id)
    throw new GatewayError('unknown', 'FOREIGN', '转账应答属于别的商户');
  if (optionalText(said, 'error_code') !== null) throw errorFrom(said, true);
  return said;
}

function transferFrom(fields: Json): TransferReport {
  const status = textAt(fields, 'status');
  if (status !== 'processing' && status !== 'success' && status !== 'failed')
    throw new Malformed(`未知的转账状态 ${status}`);
  return {
    state: status,
    outTransferNo: textAt(fields, 'transfer_no'),
    gatewayTransferId: textAt(fields, 'trade_no'),
    amountFen: yuanField(fields, 'amount'),
    succeededAt: status === 'success' ? instantAt(fields, 'transfer_time') : null,
    failMessage: status === 'failed' ? (optionalText(fields, 'reason') ?? '转账失败') : null,
  };
}
