import { createHmac } from 'node:crypto';

import {
  InvalidNotification,
  type Gateway,
  type GatewayNotification,
  type PaidTrade,
  type RefundReport,
} from '../gateway.js';
import { hashOf, readable, sameSignature } from './common.js';
import { instantAt, type Json, Malformed, optionalText, parseObject, textAt } from './json.js';
import { keepable, readFields, requireOneMeaning, signedText, yuanField } from './signed-fields.js';

/** HMAC-SHA256 over the sorted fields, hexadecimal; amounts count with two decimals. */
export function signFields(fields: Json, key: string): string {
  return createHmac('sha256', key).update(signedText(fields, 'signature'), 'utf8').digest('hex');
}

export function isSigned(fields: Json, key: string): boolean {
  const { signature } = fields;
  return typeof signature === 'string' && sameSignature(signature, signFields(fields, key));
}

/**
 * Reads the generic signed webhook: `order_id`, `transaction_id`, `status`, `amount` and `signature`, with
 * `paid_at` where the sender knows it; a refund names its `refund_id`, too. Whoever names a `merchant` must name ours.
 * @param now stands for the time of a payment that is not told
 * @throws InvalidNotification
 */
export function readWebhook(
  rawBody: Buffer,
  key: string,
  merchant: string | null,
  now: Date,
): GatewayNotification {
  const fields = readable(() => {
    const text = rawBody.toString('utf8');
    parseObject(text);
    return readFields(text);
  });
  readable(() => requireOneMeaning(fields));
  if (!isSigned(fields, key)) throw new InvalidNotification('签名不符');
  const eventType = fields['refund_id'] === undefined ? 'PAYMENT' : 'REFUND';
  const notification = {
    // The signature covers every field, so it stands for the event; a repeat brings the same one.
    eventId: hashOf(String(fields['signature'])),
    eventType,
    payload: keepable(fields, 'signature'),
  };
  try {
    const said = optionalText(fields, 'merchant');
    const foreign =
      said === null || merchant === null || said === merchant
        ? null
        : `merchant 不符：收到 ${said}，应为 ${merchant}`;
    const status = textAt(fields, 'status');
    if (eventType === 'REFUND')
      return { ...notification, content: { kind: 'refund', refund: refundFrom(fields), foreign } };
    if (status !== 'success')
      return { ...notification, content: { kind: 'nothing', reason: `支付状态为 ${status}` } };
    return { ...notification, content: { kind: 'payment', trade: paidFrom(fields, now), foreign } };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return { ...notification, content: { kind: 'unusable', reason: error.message } };
  }
}

/**
 * A gateway that is told of payments by the generic webhook as well as in its own form. JSON with a `signature`
 * is taken for the webhook; neither form is believed without its signature.
 * @param key null: in its own form only
 */
export function withWebhook(gateway: Gateway, key: string | null): Gateway {
  if (key === null) return gateway;
  return {
    ...gateway,
    readNotification: (headers, rawBody) =>
      isWebhook(rawBody)
        ? readWebhook(rawBody, key, null, new Date())
        : gateway.readNotification(headers, rawBody),
  };
}

function isWebhook(rawBody: Buffer): boolean {
  if (rawBody[0] !== 0x7b) return false;
  try {
    return parseObject(rawBody.toString('utf8'))['signature'] !== undefined;
  } catch {
    return false;
  }
}

/** A number that was a uuid may come back with its dashes. */
export function tradeNoAt(fields: Json): string {
  return textAt(fields, 'order_id').replace(/^(\w{8})-(\w{4})-(\w{4})-(\w{4})-(\w{12})$/, '$1$2$3$4$5');
}

/** @throws Malformed */
export function paidFrom(fields: Json, now: Date): PaidTrade {
  return {
    state: 'paid',
    outTradeNo: tradeNoAt(fields),
    transactionId: textAt(fields, 'transaction_id'),
    amountFen: yuanField(fields, 'amount'),
    paidAt: fields['paid_at'] === undefined ? now : instantAt(fields, 'paid_at'),
    payerId: optionalText(fields, 'payer'),
    attach: '',
  };
}

/** @throws Malformed */
export function refundFrom(fields: Json): RefundReport {
  const state = refundState(textAt(fields, 'status'));
  return {
    state,
    outRefundNo: textAt(fields, 'refund_id'),
    outTradeNo: tradeNoAt(fields),
    gatewayRefundId: textAt(fields, 'transaction_id'),
    amountFen: yuanField(fields, 'amount'),
    succeededAt: state === 'success' ? instantAt(fields, 'refunded_at') : null,
  };
}

function refundState(status: string): RefundReport['state'] {
  switch (status) {
    case 'refunded':
      return 'success';
    case 'processing':
      return 'processing';
    case 'failed':
      return 'closed';
    default:
      throw new Malformed(`未知的退款状态 ${status}`);
  }
}
