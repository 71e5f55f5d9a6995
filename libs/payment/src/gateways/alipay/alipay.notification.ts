import type { AlipaySdk } from 'alipay-sdk';

import { InvalidNotification, type GatewayNotification } from '../../gateway.js';
import { hashOf } from '../common.js';
import { Malformed, optionalText, textAt, type Json } from '../json.js';
import { foreignReason, paidFrom } from './alipay.transforms.js';

/**
 * Verifies a form with the official checker, by RSA2 and nothing weaker, then reads it.
 * @throws InvalidNotification
 */
export function readNotification(
  rawBody: Buffer,
  sdk: AlipaySdk,
  account: { appId: string; sellerId: string },
): GatewayNotification {
  const form = readForm(rawBody);
  requireSigned(form, sdk);
  const { sign: _sign, ...payload } = form;
  const notification = {
    eventId: optionalText(form, 'notify_id') ?? hashOf(rawBody),
    eventType: optionalText(form, 'trade_status') ?? 'UNKNOWN',
    payload,
  };
  try {
    return { ...notification, content: contentOf(form, account) };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return { ...notification, content: { kind: 'unusable', reason: error.message } };
  }
}

function readForm(rawBody: Buffer): Record<string, string> {
  const form: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawBody.toString('utf8'))) {
    if (Object.hasOwn(form, name)) throw new InvalidNotification(`${name.slice(0, 64)} 出现多次`);
    form[name] = value.replaceAll('\0', '\uFFFD');
  }
  return form;
}

function requireSigned(form: Record<string, string>, sdk: AlipaySdk): void {
  const { sign = '', sign_type: type } = form;
  // The checker would take the word of the message for the algorithm, and base64 that is only nearly right.
  if (type !== 'RSA2') throw new InvalidNotification('签名类型不是 RSA2');
  if (sign === '' || Buffer.from(sign, 'base64').toString('base64') !== sign)
    throw new InvalidNotification('缺少签名');
  if (!sdk.checkNotifySignV2(form)) throw new InvalidNotification('签名不符');
}

/**
 * A refund is told of as one more notification of its trade, which names the sum of all refunds so far: which
 * refund it was is known, how much it was has to be asked.
 */
function contentOf(form: Json, account: { appId: string; sellerId: string }): GatewayNotification['content'] {
  const status = textAt(form, 'trade_status');
  const outRefundNo = optionalText(form, 'out_biz_no');
  if (optionalText(form, 'refund_fee') !== null && outRefundNo !== null)
    return { kind: 'hint', outTradeNo: textAt(form, 'out_trade_no'), outRefundNo, authentic: true };
  switch (status) {
    case 'TRADE_SUCCESS':
    case 'TRADE_FINISHED': {
      const trade = paidFrom(form, 'gmt_payment', 'buyer_id');
      return { kind: 'payment', trade, foreign: foreignReason(form, account) };
    }
    case 'WAIT_BUYER_PAY':
    case 'TRADE_CLOSED':
      return { kind: 'nothing', reason: `交易状态为 ${status}` };
    default:
      throw new Malformed(`未知的交易状态 ${status}`);
  }
}
