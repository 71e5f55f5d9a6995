import type { KeyObject } from 'node:crypto';

import { localTime } from '@yajin/core';
import { AlipayRequestError, AlipaySdk } from 'alipay-sdk';
import { GatewayError } from '../../gateway.js';
import { understood } from '../common.js';
import { optionalObject, optionalText, parseObject, type Json } from '../json.js';
import { errorFrom } from './alipay.transforms.js';

export const TITLE = '支付宝';

export interface ClientConfig {
  /** Such as `https://openapi.alipay.com/gateway.do`. */
  gateway: string;
  appId: string;
  /** The merchant's PID, 2088…; who notifications must say was paid. */
  sellerId: string;
  /** The application's RSA key. */
  privateKey: KeyObject;
  /** Alipay's own RSA key: what it says is believed by this one alone. In certificate mode that of its certificate. */
  publicKey: KeyObject;
  /** Certificate mode (https://opendocs.alipay.com/common/02kdnc); null where keys were exchanged without any. */
  certificates?: AlipayCertificates | null;
  timeoutMs: number;
  now: () => Date;
}

/** PEM, as Alipay's console hands them out. Requests name the first and the last, answers the second, each by its SN. */
export interface AlipayCertificates {
  /** 应用公钥证书. */
  app: string;
  /** 支付宝公钥证书. */
  alipay: string;
  /** 支付宝根证书, all certificates of the file. */
  root: string;
}

/**
 * The official client, but for two answers that it throws away. A refusal may come without a signature: the official clients of
 * other languages (alipay-sdk-java, `AbstractAlipayClient.checkResponseSign`) take it as it is, and verify whatever is signed.
 * And an answer signed with another certificate than ours is no forgery: it says which one to fetch.
 */
class Client extends AlipaySdk {
  override checkResponseSign(
    raw: string,
    responseKey: string,
    sign: string | undefined,
    traceId: string,
  ): void {
    const answer = understood(TITLE, () => parseObject(raw));
    const serial = optionalText(answer, 'alipay_cert_sn');
    const known: unknown = (this.config as unknown as Json)['alipayCertSn'];
    if (serial !== null && typeof known === 'string' && serial !== known)
      throw new GatewayError(
        'unknown',
        'UNKNOWN_CERTIFICATE',
        `支付宝用证书 ${serial} 签名，我方的是 ${known}`,
      );
    const key = answer[responseKey] === undefined ? 'error_response' : responseKey;
    const code = optionalText(optionalObject(answer, key), 'code');
    if (sign === undefined && code !== null && code !== '10000') return;
    super.checkResponseSign(raw, key, sign ?? '', traceId);
  }
}

/** Held to RSA2. */
export function sdkOf(config: ClientConfig): AlipaySdk {
  const { certificates } = config;
  return new Client({
    appId: config.appId,
    gateway: config.gateway,
    keyType: 'PKCS8',
    privateKey: config.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().trim(),
    alipayPublicKey: config.publicKey.export({ type: 'spki', format: 'pem' }).toString().trim(),
    signType: 'RSA2',
    timeout: config.timeoutMs,
    camelcase: false,
    ...(certificates && {
      appCertContent: certificates.app,
      alipayPublicCertContent: certificates.alipay,
      alipayRootCertContent: certificates.root,
    }),
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
  if (error instanceof GatewayError) return error;
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
