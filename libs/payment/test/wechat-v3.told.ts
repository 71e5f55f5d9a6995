import type { ApiSettings } from '@yajin/sandbox';
import type { Said } from '@yajin/core/vendor-book';
import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin';
import { PlatformKeys } from '../src/gateways/wechat-v3/index.js';
import type { RawNotification } from './conformance.js';
import type { Exchange } from './recorder.js';

/** The library's own types leave this part out. */
const { AesGcm } = Aes as unknown as {
  AesGcm: { decrypt: (ciphertext: string, key: string, nonce: string, associatedData: string) => string };
};

const CALLS: [string, RegExp][] = [
  ['create', /^POST \/v3\/pay\/transactions\/(jsapi|native|h5)$/],
  ['query', /^GET \/v3\/pay\/transactions\/(out-trade-no|id)\/[^/]+$/],
  ['close', /^POST \/v3\/pay\/transactions\/out-trade-no\/[^/]+\/close$/],
  ['refund', /^POST \/v3\/refund\/domestic\/refunds$/],
  ['refundQuery', /^GET \/v3\/refund\/domestic\/refunds\/[^/]+$/],
  ['redirect', /^POST \/v3\/refund\/domestic\/refunds\/[^/]+\/apply-abnormal-refund$/],
  ['bill', /^GET \/v3\/bill\/tradebill$/],
  ['statement', /^GET \/v3\/bill\/fundflowbill$/],
];

/** Which of the book's calls a request is; null for one that is none, such as for a bill's file. */
export function wechatV3Call({ method, path }: Pick<Exchange, 'method' | 'path'>): string | null {
  const line = `${method} ${path.split('?')[0]}`;
  return CALLS.find(([, form]) => form.test(line))?.[0] ?? null;
}

/** An answer as the book writes it. Signatures are checked by a library that is not ours. */
export function wechatV3Said(
  settings: ApiSettings,
  { status, headers, body }: Pick<Exchange, 'status' | 'headers' | 'body'>,
): Said {
  return {
    status,
    signed: isSigned(settings, headers, body.toString()),
    headers,
    body: parsed(body.toString()),
  };
}

/** A notification as the book writes it: what is inside of its envelope. */
export function wechatV3Noticed(settings: ApiSettings, { headers, body }: RawNotification): Said {
  const { resource } = JSON.parse(body.toString()) as { resource: Record<string, string> };
  const { ciphertext = '', nonce = '', associated_data: data = '' } = resource;
  const flat = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  return {
    status: 200,
    signed: isSigned(settings, flat, body.toString()),
    headers: flat,
    body: parsed(AesGcm.decrypt(ciphertext, settings.WECHAT_API_V3_KEY, nonce, data)),
  };
}

function isSigned(settings: ApiSettings, headers: Record<string, string>, body: string): boolean {
  const [timestamp, nonce, signature, serial = ''] = ['timestamp', 'nonce', 'signature', 'serial'].map(
    (name) => headers[`wechatpay-${name}`],
  );
  const key = PlatformKeys.parse(settings.WECHAT_PLATFORM_KEYS).get(serial);
  if (!timestamp || !nonce || !signature || !key) return false;
  return Rsa.verify(Formatter.response(timestamp, nonce, body), signature, key);
}

function parsed(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
