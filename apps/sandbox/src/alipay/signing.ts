import { createHash, createPrivateKey, createPublicKey, sign, verify, X509Certificate } from 'node:crypto';
import type { World } from '../world.js';

// RSA2 as Alipay's side does it (https://opendocs.alipay.com/common/02mse7). Written apart from the adapters on
// purpose: each side checks the other.

export type Params = Record<string, string>;

function pairs(params: Params, without: readonly string[]): string {
  return Object.keys(params)
    .filter((name) => !without.includes(name) && params[name] !== '')
    .sort()
    .map((name) => `${name}=${params[name]}`)
    .join('&');
}

/** Whether a request is the merchant's: everything but the signature itself is signed. */
export function isMerchants(world: World, params: Params): boolean {
  const key = createPublicKey(world.others.alipay.merchantPublicKey);
  const text = pairs(params, ['sign']);
  return verify('sha256', Buffer.from(text), key, Buffer.from(params['sign'] ?? '', 'base64'));
}

export function signText(world: World, text: string): string {
  return sign('sha256', Buffer.from(text), createPrivateKey(world.others.alipay.privateKey)).toString(
    'base64',
  );
}

/** Notifications are signed without their `sign_type`, empty values and all, over the bytes of their charset. */
export function signForm(world: World, params: Params, encode: (text: string) => Buffer): string {
  const names = Object.keys(params).filter((name) => name !== 'sign' && name !== 'sign_type');
  const text = names.sort().map((name) => `${name}=${params[name]}`);
  const key = createPrivateKey(world.others.alipay.privateKey);
  return sign('sha256', encode(text.join('&')), key).toString('base64');
}

/**
 * What a certificate is called in requests and answers: the MD5 of its issuer, the last part first, and its serial in decimal
 * (https://opendocs.alipay.com/common/057k53).
 */
export function certificateSn(pem: string): string {
  const { issuer, serialNumber } = new X509Certificate(pem);
  const name = issuer.split('\n').reverse().join(',');
  return createHash('md5')
    .update(`${name}${BigInt(`0x${serialNumber}`)}`)
    .digest('hex');
}
