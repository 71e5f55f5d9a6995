import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
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

/** Notifications are signed without their `sign_type`. */
export function signForm(world: World, params: Params): string {
  return signText(world, pairs(params, ['sign', 'sign_type']));
}
