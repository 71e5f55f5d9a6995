import type { KeyObject } from 'node:crypto';

import { localTime } from '@yajin/core';
import { proven } from '@yajin/server';
import { AlipaySdk } from 'alipay-sdk';
import { GatewayError } from '../../gateway.js';
import { understood } from '../common.js';
import { get, post } from '../http.js';
import { Malformed, objectAt, optionalText, parseObject, type Json } from '../json.js';
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

/** The official client, held to RSA2: it signs and verifies. What it sends itself it would send again wherever it is redirected. */
export function sdkOf(config: ClientConfig): AlipaySdk {
  const { certificates } = config;
  return new AlipaySdk({
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
  // As the client itself does it: what belongs to the protocol stands in the address, the content in the form.
  const address = new URL(sdk.pageExecute(method, 'GET', params));
  const form = new URLSearchParams({ biz_content: address.searchParams.get('biz_content') ?? '{}' });
  address.searchParams.delete('biz_content');
  const answer = await post(TITLE, {
    url: address.toString(),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: form.toString(),
    timeoutMs: config.timeoutMs,
  });
  if (answer.status !== 200)
    throw new GatewayError('unknown', `HTTP_${answer.status}`, answer.body.slice(0, 200));
  const said = verified(sdk, answer.body, `${method.replaceAll('.', '_')}_response`);
  if (said['code'] !== '10000') throw errorFrom(said);
  return said;
}

/** An address is good for 30 seconds to begin with (https://opendocs.alipay.com/open/204/106262). */
const BILL_TIMEOUT_MS = 60_000;
const MAX_BILL_BYTES = 16 * 1024 * 1024;
const ALIPAYS = /\.(alipay|alipaydev)\.com$/;

/**
 * A file that a signed answer names; what is in it nobody signs.
 * @throws GatewayError
 */
export async function download(config: ClientConfig, address: string): Promise<Buffer> {
  const url = understood(TITLE, () => billUrl(address, config.gateway));
  const file = await get(TITLE, { url, timeoutMs: BILL_TIMEOUT_MS, most: MAX_BILL_BYTES });
  if (file.status === 200) return file.body;
  const excerpt = file.body.toString('utf8', 0, 200);
  throw new GatewayError('unknown', 'BILL_DOWNLOAD', `HTTP ${file.status} ${excerpt}`);
}

/** Alipay says http of its own host (dwbillcenter.alipay.com); payers' names are fetched by https all the same. */
function billUrl(address: string, gateway: string): string {
  const url = URL.parse(address.trim());
  const [own, web] = [new URL(gateway), url?.protocol === 'https:' || url?.protocol === 'http:'];
  if (!url || !web || url.username !== '' || url.password !== '') throw new Malformed('账单下载地址无效');
  if (url.hostname === own.hostname && url.protocol === own.protocol) return url.toString();
  if (!ALIPAYS.test(url.hostname)) throw new Malformed(`账单下载地址不属于支付宝：${url.hostname}`);
  url.protocol = 'https:';
  return url.toString();
}

/**
 * The content of an answer. A refusal may come without a signature: the official clients of other languages (alipay-sdk-java,
 * `AbstractAlipayClient.checkResponseSign`) take it as it is, and verify whatever is signed or has succeeded. An answer signed
 * with another certificate than ours is no forgery: it says which one to fetch.
 */
function verified(sdk: AlipaySdk, raw: string, responseKey: string): Json {
  const answer = understood(TITLE, () => parseObject(raw));
  const key = answer[responseKey] === undefined ? 'error_response' : responseKey;
  const said = understood(TITLE, () => objectAt(answer, key));
  const sign = optionalText(answer, 'sign');
  const code = optionalText(said, 'code');
  if (sign === null && code !== null && code !== '10000') return said;
  const serial = optionalText(answer, 'alipay_cert_sn');
  const { alipayCertSn: known } = sdk.config;
  if (serial !== null && typeof known === 'string' && serial !== known)
    throw new GatewayError(
      'unknown',
      'UNKNOWN_CERTIFICATE',
      `支付宝用证书 ${serial} 签名，我方的是 ${known}`,
    );
  try {
    sdk.checkResponseSign(raw, key, sign ?? '', '');
    proven();
  } catch {
    throw new GatewayError('unknown', 'BAD_SIGNATURE', `支付宝应答签名不符（${raw.slice(0, 200)}）`);
  }
  return said;
}
