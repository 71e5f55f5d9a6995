/** WeChat Pay v3 notifications and answers, signed and sealed as the gateway does it. */
import { createCipheriv, randomBytes, randomUUID, sign, type KeyObject } from 'node:crypto';

export interface Platform {
  privateKey: KeyObject;
  serial: string;
  apiV3Key: string;
  appId: string;
  mchId: string;
}

export interface SignedNotification {
  headers: Record<string, string>;
  body: string;
}

/** Tells that `amountFen` was paid for `outTradeNo` just now. */
export function paidNotification(
  platform: Platform,
  outTradeNo: string,
  amountFen: number,
): SignedNotification {
  const at = shanghai(new Date());
  const content = {
    mchid: platform.mchId,
    appid: platform.appId,
    out_trade_no: outTradeNo,
    transaction_id: `42${randomBytes(13).toString('hex')}`,
    trade_type: 'NATIVE',
    trade_state: 'SUCCESS',
    trade_state_desc: '支付成功',
    bank_type: 'OTHERS',
    attach: '',
    success_time: at,
    payer: { openid: `o${randomBytes(13).toString('hex')}` },
    amount: { total: amountFen, payer_total: amountFen, currency: 'CNY', payer_currency: 'CNY' },
  };
  return notification(platform, 'TRANSACTION.SUCCESS', 'transaction', content);
}

export interface RefundFacts {
  outTradeNo: string;
  outRefundNo: string;
  refundId: string;
  amountFen: number;
  totalFen: number;
}

/** Tells that a refund has just arrived. */
export function refundedNotification(platform: Platform, refund: RefundFacts): SignedNotification {
  const { outTradeNo, outRefundNo, refundId, amountFen, totalFen } = refund;
  return notification(platform, 'REFUND.SUCCESS', 'refund', {
    mchid: platform.mchId,
    out_trade_no: outTradeNo,
    transaction_id: `42${outTradeNo.slice(0, 26)}`,
    out_refund_no: outRefundNo,
    refund_id: refundId,
    refund_status: 'SUCCESS',
    success_time: shanghai(new Date()),
    user_received_account: '支付用户零钱',
    amount: { total: totalFen, refund: amountFen, payer_total: totalFen, payer_refund: amountFen },
  });
}

function shanghai(at: Date): string {
  return `${new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
}

function notification(
  platform: Platform,
  eventType: string,
  kind: string,
  content: object,
): SignedNotification {
  const body = JSON.stringify({
    id: randomUUID(),
    create_time: shanghai(new Date()),
    resource_type: 'encrypt-resource',
    event_type: eventType,
    summary: '支付成功',
    resource: seal(JSON.stringify(content), platform.apiV3Key, kind),
  });
  return { headers: signed(platform, body), body };
}

/** The headers that vouch for a body. */
export function signed({ privateKey, serial }: Platform, body: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = randomBytes(16).toString('hex');
  const signature = sign('RSA-SHA256', Buffer.from(`${timestamp}\n${nonce}\n${body}\n`), privateKey);
  return {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Serial': serial,
    'Wechatpay-Signature': signature.toString('base64'),
    'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
  };
}

function seal(text: string, key: string, kind: string): Record<string, string> {
  const nonce = randomBytes(6).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key), Buffer.from(nonce));
  cipher.setAAD(Buffer.from(kind));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return {
    original_type: kind,
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: sealed.toString('base64'),
    associated_data: kind,
    nonce,
  };
}
