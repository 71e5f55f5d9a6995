import { constants, createCipheriv, privateDecrypt, randomBytes, sign, verify } from 'node:crypto';
import type { PlatformKey } from '../identity.js';
import type { World } from '../world.js';
import { PayError, paramError } from './pay-error.js';

// Signing and encryption as WeChat's side of API v3 does them
// (https://pay.weixin.qq.com/doc/v3/merchant/4012365342). Written apart from the adapters on purpose:
// each side checks the other.

const SCHEME = 'WECHATPAY2-SHA256-RSA2048';
const TOLERANCE_S = 300;

function signError(issue: string, detail: Record<string, unknown> = {}): PayError {
  return new PayError(401, 'SIGN_ERROR', `错误的签名,验签失败:${issue}`, {
    issue,
    location: 'authorization',
    ...detail,
  });
}

/**
 * Checks a merchant's request over its raw body.
 * @throws PayError 401 SIGN_ERROR, whose detail says what was expected
 */
export function verifyRequest(
  world: World,
  method: string,
  pathAndQuery: string,
  authorization: string | undefined,
  body: Buffer,
): void {
  const [scheme, rest] = (authorization ?? '').split(/ (.*)/s);
  if (scheme !== SCHEME || !rest) throw signError('Http头Authorization认证类型不正确', { expected: SCHEME });
  const fields: Record<string, string | undefined> = {};
  for (const [, key = '', value] of rest.matchAll(/(\w+)="([^"]*)"/g)) fields[key] = value;
  const { mchid = '', nonce_str = '', timestamp = '', serial_no = '', signature = '' } = fields;
  const { mchId, mchSerial } = world.identity;
  if (mchid !== mchId) throw signError('商户号与证书不匹配', { field: 'mchid', value: mchid });
  if (serial_no !== mchSerial)
    throw signError('商户证书序列号有误', { field: 'serial_no', value: serial_no });
  if (!/^\S{1,128}$/.test(nonce_str))
    throw signError('nonce_str有误', { field: 'nonce_str', value: nonce_str });
  if (!/^\d{10}$/.test(timestamp) || Math.abs(Date.now() / 1000 - Number(timestamp)) > TOLERANCE_S) {
    throw signError('timestamp与服务器时间相差超过5分钟', { field: 'timestamp', value: timestamp });
  }
  const head = `${method}\n${pathAndQuery}\n${timestamp}\n${nonce_str}\n`;
  const message = Buffer.concat([Buffer.from(head), body, Buffer.from('\n')]);
  if (!verify('sha256', message, world.keys.merchant, Buffer.from(signature, 'base64'))) {
    const information = {
      method,
      url: pathAndQuery,
      truncated_sign_message: head,
      sign_message_length: message.length,
    };
    throw signError('sign not match', { field: 'signature', sign_information: information });
  }
}

function keyNamed(world: World, serial: string | null): PlatformKey | undefined {
  return Object.values(world.keys.platform).find((key) => key.serial === serial);
}

/**
 * Reads one field of personal data: RSA-OAEP with SHA-1 for the key that `Wechatpay-Serial` names
 * (https://pay.weixin.qq.com/doc/v3/merchant/4013053257).
 * @throws PayError 400 PARAM_ERROR
 */
export function decryptField(world: World, serial: string | null, pointer: string, text: string): string {
  const key = keyNamed(world, serial)?.privateKey;
  if (!key)
    throw new PayError(400, 'PARAM_ERROR', '请求头Wechatpay-Serial缺失或不是微信支付公钥ID、平台证书序列号');
  try {
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    return privateDecrypt({ key, padding, oaepHash: 'sha1' }, Buffer.from(text, 'base64')).toString('utf8');
  } catch {
    throw paramError(pointer, null, '敏感字段解密失败');
  }
}

let turn = 0;

/** The platform key that signs the next message. `asked` is a request's `Wechatpay-Serial` header. */
export function chooseKey(world: World, asked: string | null = null): PlatformKey {
  const named = keyNamed(world, asked);
  if (named) return named;
  const { certificate, publicKey } = world.keys.platform;
  switch (world.preferences.signWith) {
    case 'certificate':
      return certificate;
    case 'publicKey':
      return publicKey;
    case 'alternate':
      turn += 1;
      return turn % 2 === 0 ? certificate : publicKey;
  }
}

interface SignOptions {
  /** Signs other text than `body`, which makes the signature a forgery. */
  forged?: boolean;
  /** Seconds since 1970; now unless given. */
  timestamp?: number;
  /** A probe: the signature cannot be right, and an honest receiver refuses it. */
  probe?: boolean;
}

/** The four headers by which the receiver of `body` knows who sent it. */
export function signatureHeaders(
  key: PlatformKey,
  body: string,
  options: SignOptions = {},
): Record<string, string> {
  const timestamp = String(options.timestamp ?? Math.floor(Date.now() / 1000));
  const nonce = randomBytes(16).toString('hex');
  const signed = options.forged ? `${body} ` : body;
  const signature = sign(
    'sha256',
    Buffer.from(`${timestamp}\n${nonce}\n${signed}\n`),
    key.privateKey,
  ).toString('base64');
  return {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Signature': options.probe ? `WECHATPAY/SIGNTEST/${signature}` : signature,
    'Wechatpay-Signature-Type': SCHEME,
    'Wechatpay-Serial': key.serial,
  };
}

/** AEAD_AES_256_GCM: a 12-byte nonce, the tag in the last 16 bytes. */
export function encrypt(apiV3Key: Buffer, text: string, associatedData: string) {
  const nonce = randomBytes(6).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', apiV3Key, nonce).setAAD(Buffer.from(associatedData));
  const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return {
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: bytes.toString('base64'),
    associated_data: associatedData,
    nonce,
  };
}
