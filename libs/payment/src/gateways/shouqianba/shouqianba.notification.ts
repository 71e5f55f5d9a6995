import { InvalidNotification, type GatewayNotification } from '../../gateway.js';
import { hashOf, readable } from '../common.js';
import { Malformed, optionalText, textAt, type Json } from '../json.js';
import { keepable, readFields, yuanField } from '../signed-fields.js';
import { isSigned, type ClientConfig } from './shouqianba.client.js';
import { instantAt, transferFrom } from './shouqianba.transforms.js';

type Content = GatewayNotification['content'];
type Account = Pick<ClientConfig, 'appId' | 'merchantNo' | 'secretKey' | 'terminalSn'>;

/**
 * Callbacks carry `sign` and are believed by it; which of the three it is shows in its number. The platform's own
 * notification carries none, and says no more than that it is worth asking.
 * @throws InvalidNotification
 */
export function readNotification(rawBody: Buffer, account: Account): GatewayNotification {
  const fields = readable(() => readFields(rawBody.toString('utf8')));
  if (fields['sign'] === undefined) return hint(fields);
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

/** Anybody can send one: nothing of it is taken but a number of the form that ours have. */
function hint(fields: Json): GatewayNotification {
  const outTradeNo = readable(() => textAt(fields, 'client_sn'));
  if (!/^[0-9A-Za-z_-]{1,32}$/.test(outTradeNo)) throw new InvalidNotification('client_sn 无效');
  return {
    eventId: `hint:${outTradeNo}`,
    eventType: 'HINT',
    payload: { client_sn: outTradeNo },
    content: { kind: 'hint', outTradeNo, outRefundNo: null, authentic: false },
  };
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
          refundId: textAt(fields, 'trade_no'),
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
