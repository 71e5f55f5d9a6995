/**
 * The cryptography of WeChat Pay API v3, as its public documents describe it: RSA-SHA256 (PKCS#1 v1.5)
 * over lines that each end in `\n`, and AES-256-GCM for the resource of a notification.
 */
import {
  constants,
  createDecipheriv,
  createSign,
  createVerify,
  publicEncrypt,
  randomBytes,
  type KeyObject,
} from 'node:crypto';

import type { PlatformKeys } from './wechat-v3.keys.js';

/** How far the gateway's stamp may be from our clock before a message counts as replayed. Seconds. */
const MAX_SKEW_S = 300;
/** The gateway now and then sends messages with such a signature to see whether they are refused. */
const PROBE_PREFIX = 'WECHATPAY/SIGNTEST/';
const TAG_BYTES = 16;
const SIGNATURE_HEADERS = [
  'wechatpay-timestamp',
  'wechatpay-nonce',
  'wechatpay-signature',
  'wechatpay-serial',
] as const;

export interface MerchantIdentity {
  mchId: string;
  mchSerial: string;
  mchPrivateKey: KeyObject;
}

/** 32 characters, the longest nonce the protocol takes. */
export function newNonce(): string {
  return randomBytes(16).toString('hex');
}

export function signLines(lines: readonly string[], key: KeyObject): string {
  return createSign('RSA-SHA256')
    .update(`${lines.join('\n')}\n`)
    .sign(key, 'base64');
}

/** The `Authorization` header of a request. `pathAndQuery` is exactly what goes on the request line. */
export function authorization(
  merchant: MerchantIdentity,
  request: { method: string; pathAndQuery: string; body: string },
  now: Date,
): string {
  const timestamp = unixSeconds(now);
  const nonce = newNonce();
  const signature = signLines(
    [request.method, request.pathAndQuery, timestamp, nonce, request.body],
    merchant.mchPrivateKey,
  );
  const fields = {
    mchid: merchant.mchId,
    nonce_str: nonce,
    timestamp,
    serial_no: merchant.mchSerial,
    signature,
  };
  const list = Object.entries(fields).map(([name, value]) => `${name}="${value}"`);
  return `WECHATPAY2-SHA256-RSA2048 ${list.join(',')}`;
}

export function unixSeconds(at: Date): string {
  return String(Math.floor(at.getTime() / 1000));
}

export interface SignatureFault {
  reason: string;
  /** Whose key we have not got: nothing says that the message is not the gateway's. Null for any other fault. */
  unknownSerial: string | null;
}

/**
 * Why a message (an answer or a notification) cannot be believed to come from the gateway just now,
 * or null when it can. `header` reads a header by its lower-case name.
 */
export function signatureFault(
  header: (name: string) => unknown,
  rawBody: Uint8Array,
  platformKeys: Pick<PlatformKeys, 'get'>,
  now: Date,
): SignatureFault | null {
  const fault = (reason: string): SignatureFault => ({ reason, unknownSerial: null });
  const timestamp = header('wechatpay-timestamp');
  const nonce = header('wechatpay-nonce');
  const signature = header('wechatpay-signature');
  const serial = header('wechatpay-serial');
  if (!isText(timestamp) || !isText(nonce) || !isText(signature) || !isText(serial))
    return fault('缺少签名头');
  if (!/^\d{1,12}$/.test(timestamp)) return fault('时间戳格式不对');
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > MAX_SKEW_S) return fault('时间戳相差超过 5 分钟');
  if (signature.startsWith(PROBE_PREFIX)) return fault('签名探测流量');
  const key = platformKeys.get(serial);
  if (!key) return { reason: '未知的平台证书或公钥序列号', unknownSerial: plainText(serial) };
  // Streaming spares a copy of the body, and the raw bytes are what was signed.
  const verifier = createVerify('RSA-SHA256').update(`${timestamp}\n${nonce}\n`).update(rawBody).update('\n');
  return verifier.verify(key, signature, 'base64') ? null : fault('签名不符');
}

function plainText(serial: string): string {
  return serial
    .slice(0, 64)
    .replace(/[^0-9A-Za-z_-]/g, '?')
    .toUpperCase();
}

/** Whether a message claims to be signed at all, be it rightly or not. */
export function isSigned(header: (name: string) => unknown): boolean {
  return SIGNATURE_HEADERS.some((name) => isText(header(name)));
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/**
 * Personal data in a request: RSA-OAEP with SHA-1, base64, at most 214 bytes with a key of 2048 bits
 * (https://pay.weixin.qq.com/docs/partner/development/interface-rules/sensitive-data-encryption.html).
 */
export function encryptFor(key: KeyObject, text: string): string {
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  return publicEncrypt({ key, padding, oaepHash: 'sha1' }, Buffer.from(text)).toString('base64');
}

/** Decrypts a resource: base64 of the cipher text with the 16-byte tag at its end. @throws Error */
export function decryptResource(
  resource: { ciphertext: string; nonce: string; associatedData: string },
  key: KeyObject,
): string {
  const sealed = Buffer.from(resource.ciphertext, 'base64');
  if (sealed.length < TAG_BYTES) throw new RangeError('the cipher text is shorter than its tag');
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(resource.nonce), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  decipher.setAAD(Buffer.from(resource.associatedData));
  return decipher.update(sealed.subarray(0, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}
