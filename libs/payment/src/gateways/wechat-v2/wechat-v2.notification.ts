import { InvalidNotification, type GatewayNotification } from '../../gateway.js';
import { hashOf, readable } from '../common.js';
import { Malformed } from '../json.js';
import { isAmbiguous } from '../signed-fields.js';
import { decryptRefund, isSigned } from './wechat-v2.crypto.js';
import { field, foreignReason, paidFrom } from './wechat-v2.transforms.js';
import { parseXml, type Fields } from './wechat-v2.xml.js';

export interface NotificationKeys {
  appId: string;
  mchId: string;
  key: string;
}

/**
 * Payment notifications are signed. Refund notifications are not: their content is encrypted block by block
 * without anything that would show that blocks were exchanged, so they are hints only.
 * @throws InvalidNotification
 */
export function readNotification(rawBody: Buffer, keys: NotificationKeys): GatewayNotification {
  const fields = readable(() => parseXml(rawBody.toString('utf8')));
  if (fields['req_info'] !== undefined) return refundHint(fields, keys);
  // An answer's `mweb_url` does hold `&package=`; what strangers can send has no such field.
  if (Object.entries(fields).some(([name, value]) => isAmbiguous(name, value)))
    throw new InvalidNotification('有字段可读作多个');
  if (!isSigned(fields, keys.key)) throw new InvalidNotification('签名不符');
  const eventId = fields['transaction_id'] ? `payment:${fields['transaction_id']}` : hashOf(rawBody);
  const notification = { eventId, eventType: 'PAYMENT', payload: payloadOf(fields) };
  if (fields['return_code'] !== 'SUCCESS' || fields['result_code'] !== 'SUCCESS') {
    const reason = `支付结果为 ${fields['err_code'] || fields['result_code'] || fields['return_code'] || '空'}`;
    return { ...notification, content: { kind: 'nothing', reason } };
  }
  try {
    const trade = paidFrom(fields);
    return { ...notification, content: { kind: 'payment', trade, foreign: foreignReason(fields, keys) } };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return { ...notification, content: { kind: 'unusable', reason: error.message } };
  }
}

function refundHint(envelope: Fields, keys: NotificationKeys): GatewayNotification {
  const foreign = foreignReason(envelope, keys);
  if (foreign !== null) throw new InvalidNotification(foreign);
  return readable(() => {
    const refund = parseXml(decryptRefund(field(envelope, 'req_info'), keys.key), 'root');
    const outRefundNo = field(refund, 'out_refund_no');
    return {
      eventId: `refund:${field(refund, 'refund_id')}:${field(refund, 'refund_status')}`,
      eventType: 'REFUND',
      payload: payloadOf(refund),
      content: { kind: 'hint', outTradeNo: field(refund, 'out_trade_no'), outRefundNo, authentic: true },
    };
  });
}

/** A JSON database column cannot hold U+0000. */
function payloadOf(fields: Fields): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, value.replaceAll('\0', '\uFFFD')]),
  );
}
