/** WeChat Pay v3 payment notifications, signed and sealed as the gateway does it. */
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
  const now = new Date();
  const created = `${new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
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
    success_time: created,
    payer: { openid: `o${randomBytes(13).toString('hex')}` },
    amount: { total: amountFen, payer_total: amountFen, currency: 'CNY', payer_currency: 'CNY' },
  };
  const body = JSON.stringify({
    id: randomUUID(),
    create_time: created,
    resource_type: 'encrypt-resource',
    event_type: 'TRANSACTION.SUCCESS',
    summary: '支付成功',
    resource: seal(JSON.stringify(content), platform.apiV3Key),
  });
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const nonce = randomBytes(16).toString('hex');
  const signature = sign('RSA-SHA256', Buffer.from(`${timestamp}\n${nonce}\n${body}\n`), platform.privateKey);
  const headers = {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Serial': platform.serial,
    'Wechatpay-Signature': signature.toString('base64'),
    'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
  };
  return { headers, body };
}

function seal(text: string, key: string): Record<string, string> {
  const nonce = randomBytes(6).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key), Buffer.from(nonce));
  cipher.setAAD(Buffer.from('transaction'));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return {
    original_type: 'transaction',
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: sealed.toString('base64'),
    associated_data: 'transaction',
    nonce,
  };
}
