import type { KeyObject } from 'node:crypto';

import { localTime } from '@yajin/core';
import { AlipayRequestError, AlipaySdk } from 'alipay-sdk';
import { GatewayError } from '../../gateway.js';
import type { Json } from '../json.js';
import { errorFrom } from './alipay.transforms.js';

export interface ClientConfig {
  /** Such as `https://openapi.alipay.com/gateway.do`. */
  gateway: string;
  appId: string;
  /** The merchant's PID, 2088…; who notifications must say was paid. */
  sellerId: string;
  /** The application's RSA key. */
  privateKey: KeyObject;
  /** Alipay's own RSA key: what it says is believed by this one alone. */
  publicKey: KeyObject;
  timeoutMs: number;
  now: () => Date;
}

/** The official client, held to RSA2. */
export function sdkOf(config: ClientConfig): AlipaySdk {
  return new AlipaySdk({
    appId: config.appId,
    gateway: config.gateway,
    keyType: 'PKCS8',
    privateKey: config.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().trim(),
    alipayPublicKey: config.publicKey.export({ type: 'spki', format: 'pem' }).toString().trim(),
    signType: 'RSA2',
    timeout: config.timeoutMs,
    camelcase: false,
  });
}

/** The client would take the machine's own zone for Alipay's. */
export function timestamp(now: Date): string {
  return localTime(now).replace('T', ' ');
}

/**
 * Calls the gateway and returns the verified content of a success.
 * @throws GatewayError
 */
export async function call(
  sdk: AlipaySdk,
  config: ClientConfig,
  method: string,
  bizContent: Json,
  notifyUrl?: string,
): Promise<Json> {
  const params = {
    timestamp: timestamp(config.now()),
    bizContent,
    ...(notifyUrl !== undefined && { notifyUrl }),
  };
  const said: Json = await sdk
    .exec(method, params, { validateSign: true })
    .catch((error: unknown) => Promise.reject(failure(error)));
  if (said['code'] !== '10000') throw errorFrom(said);
  return said;
}

/** Whatever kept the client from a verified answer: nothing is proved by any of it. */
function failure(error: unknown): GatewayError {
  const message = error instanceof Error ? error.message : String(error);
  const cause = error instanceof AlipayRequestError && error.cause instanceof Error ? error.cause : null;
  const code = /timeout/i.test(`${cause?.name ?? ''} ${message}`)
    ? 'TIMEOUT'
    : message.startsWith('验签失败') || error instanceof TypeError
      ? 'BAD_SIGNATURE'
      : 'BROKEN_ANSWER';
  return new GatewayError(
    'unknown',
    cause !== null && code !== 'TIMEOUT' ? 'NETWORK' : code,
    `支付宝：${message.slice(0, 200)}`,
  );
}
