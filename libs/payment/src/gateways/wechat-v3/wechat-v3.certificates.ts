import { X509Certificate, type KeyObject } from 'node:crypto';

import { GatewayError } from '../../gateway.js';
import { requireRsa } from '../keys.js';
import { isObject, Malformed, objectAt, optionalText, parseObject, textAt, type Json } from '../json.js';
import { call, type ClientConfig } from './wechat-v3.client.js';
import { decryptResource } from './wechat-v3.crypto.js';
import type { PlatformKey } from './wechat-v3.keys.js';

/**
 * Merchants that were given a public key only have none:
 * https://pay.weixin.qq.com/doc/v3/merchant/4012154180, WxJava #3402.
 */
const NONE: ReadonlySet<string> = new Set(['RESOURCE_NOT_EXISTS', 'RESOURCE_NOT_EXIST', 'NO_AUTH']);

/** @returns how many there are. @throws GatewayError */
export async function addCertificates(config: ClientConfig, key: KeyObject): Promise<number> {
  const certificates = await fetchCertificates(config, key);
  config.platformKeys.add(certificates);
  return certificates.length;
}

/**
 * Fetches the platform's certificates: https://pay.weixin.qq.com/doc/v3/merchant/4012551764. They are sealed with our APIv3 key, which
 * is what makes them WeChat's; the answer is signed with one of them, so it may bring the very key that proves it.
 * @returns none where the merchant has none
 * @throws GatewayError
 */
async function fetchCertificates(config: ClientConfig, key: KeyObject): Promise<PlatformKey[]> {
  try {
    const json = await call(config, 'GET', '/v3/certificates', undefined, (body) =>
      config.platformKeys.with(orNone(() => certificatesIn(parseObject(body), key))),
    );
    return certificatesIn(json ?? {}, key);
  } catch (error) {
    if (error instanceof GatewayError && error.kind === 'refused' && NONE.has(error.code)) return [];
    if (error instanceof Malformed) throw new GatewayError('unknown', 'BROKEN_ANSWER', error.message);
    throw error;
  }
}

function certificatesIn(json: Json, key: KeyObject): PlatformKey[] {
  const list = json['data'];
  if (!Array.isArray(list) || !list.every(isObject)) throw new Malformed('缺少列表 data');
  return list.map((entry) => {
    const serial = textAt(entry, 'serial_no');
    const sealed = objectAt(entry, 'encrypt_certificate');
    const resource = {
      ciphertext: textAt(sealed, 'ciphertext'),
      nonce: textAt(sealed, 'nonce'),
      associatedData: optionalText(sealed, 'associated_data') ?? '',
    };
    try {
      const certificate = new X509Certificate(decryptResource(resource, key));
      return {
        serial,
        key: requireRsa(certificate.publicKey, serial),
        expiresAt: new Date(certificate.validTo),
      };
    } catch {
      throw new Malformed(`平台证书 ${serial} 无法解密`);
    }
  });
}

function orNone(read: () => PlatformKey[]): PlatformKey[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof Malformed) return [];
    throw error;
  }
}
