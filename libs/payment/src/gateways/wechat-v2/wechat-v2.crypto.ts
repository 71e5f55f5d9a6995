/**
 * The cryptography of WeChat Pay API v2: a digest over sorted parameters and the key
 * (https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=4_3), and AES-256-ECB for refund notifications
 * (chapter 9_16).
 */
import { createDecipheriv, createHash, createHmac } from 'node:crypto';

import { sameSignature } from '../common.js';
import { Malformed } from '../json.js';
import type { Fields } from './wechat-v2.xml.js';

export type SignType = 'MD5' | 'HMAC-SHA256';

/** Over every parameter that is not empty, but not over `sign` itself. Upper-case hexadecimal. */
export function sign(fields: Fields, key: string, type: SignType): string {
  const pairs = Object.entries(fields)
    .filter(([name, value]) => name !== 'sign' && value !== '')
    .map(([name, value]) => `${name}=${value}`)
    .sort(byCodeUnit);
  const text = [...pairs, `key=${key}`].join('&');
  const digest = type === 'MD5' ? createHash('md5') : createHmac('sha256', key);
  return digest.update(text, 'utf8').digest('hex').toUpperCase();
}

/** Parameter names compare as bytes; `=` comes before any letter, so whole pairs may be compared. */
function byCodeUnit(a: string, b: string): number {
  const [nameA = '', nameB = ''] = [a.split('=', 1)[0], b.split('=', 1)[0]];
  return nameA < nameB ? -1 : nameA > nameB ? 1 : 0;
}

/** Whether `sign` is of the key's owner. Its length tells which of the two kinds it is. */
export function isSigned(fields: Fields, key: string): boolean {
  const given = fields['sign'] ?? '';
  return sameSignature(given, sign(fields, key, given.length === 32 ? 'MD5' : 'HMAC-SHA256'));
}

/** Decrypts `req_info`: base64, and the key is the lower-case hexadecimal MD5 of ours. @throws Malformed */
export function decryptRefund(reqInfo: string, key: string): string {
  const aesKey = createHash('md5').update(key, 'utf8').digest('hex');
  try {
    const decipher = createDecipheriv('aes-256-ecb', aesKey, null);
    const plain = Buffer.concat([decipher.update(reqInfo, 'base64'), decipher.final()]);
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch {
    throw new Malformed('无法解密，请核对 API 密钥');
  }
}
