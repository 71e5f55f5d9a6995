import { createHash, type KeyObject } from 'node:crypto';

import { InvalidNotification, UnknownKey, type GatewayNotification } from '../../gateway.js';
import { decryptResource, signatureFault } from './wechat-v3.crypto.js';
import type { PlatformKeys } from './wechat-v3.keys.js';
import { Malformed, objectAt, optionalText, parseObject, textAt, type Json } from '../json.js';
import { foreignReason, merchants, payee, type Account } from './wechat-v3.merchant.js';
import { hidesCoupon, refundFrom, tradeFrom } from './wechat-v3.transforms.js';

export interface NotificationKeys extends Account {
  platformKeys: PlatformKeys;
  /** The 32 bytes of the APIv3 key. */
  resourceKey: KeyObject;
}

type Headers = Record<string, string | string[] | undefined>;
type Content = GatewayNotification['content'];

const REFUND_EVENTS: ReadonlyMap<string, string> = new Map([
  ['REFUND.SUCCESS', 'SUCCESS'],
  ['REFUND.ABNORMAL', 'ABNORMAL'],
  ['REFUND.CLOSED', 'CLOSED'],
]);

/** Events of coupons, payment scores, transfers and the like begin otherwise, and come to whatever address they were told. */
const OURS = /^(TRANSACTION|REFUND|UNKNOWN)\b/;

/**
 * Verifies first, then decrypts and reads. Whatever is signed comes back, if only as `unusable`: it has
 * to be kept, and refusing it would only make the gateway send it again.
 * @throws InvalidNotification; UnknownKey when its signature cannot be checked for want of a key
 */
export function readNotification(
  headers: Headers,
  rawBody: Buffer,
  keys: NotificationKeys,
  now: Date,
): GatewayNotification {
  const fault = signatureFault((name) => headers[name], rawBody, keys.platformKeys, now);
  if (fault !== null && fault.unknownSerial !== null && isSealedFor(rawBody, keys.resourceKey))
    throw new UnknownKey(fault.unknownSerial);
  if (fault !== null) throw new InvalidNotification(fault.reason);
  const raw = rawBody.toString('utf8');
  const envelope = attempt(() => parseObject(raw));
  if (envelope instanceof Malformed) return unreadable(rawBody, {}, raw, envelope.message);
  const plain = attempt(() => decrypt(envelope, keys.resourceKey));
  if (plain instanceof Malformed) return unreadable(rawBody, envelope, raw, plain.message);
  const { eventId, eventType } = identity(envelope, rawBody);
  const content = attempt(() =>
    OURS.test(eventType)
      ? readContent(eventType, parseObject(plain), keys)
      : ({ kind: 'other', reason: `event of another product: ${eventType}` } as const),
  );
  return {
    eventId,
    eventType,
    payload: keepable(plain),
    content: content instanceof Malformed ? { kind: 'unusable', reason: content.message } : content,
  };
}

/** Anybody can name a serial that we do not know, and only who has our APIv3 key can seal a resource with it. */
function isSealedFor(rawBody: Buffer, key: KeyObject): boolean {
  return !(attempt(() => decrypt(parseObject(rawBody.toString('utf8')), key)) instanceof Malformed);
}

function unreadable(rawBody: Buffer, envelope: Json, raw: string, reason: string): GatewayNotification {
  return { ...identity(envelope, rawBody), payload: keepable(raw), content: { kind: 'unusable', reason } };
}

/** Without an id of the gateway's the body's own hash serves: a repeat brings the same bytes. */
function identity(envelope: Json, rawBody: Buffer): { eventId: string; eventType: string } {
  return {
    eventId: optionalText(envelope, 'id') ?? `sha256:${createHash('sha256').update(rawBody).digest('hex')}`,
    eventType: optionalText(envelope, 'event_type') ?? 'UNKNOWN',
  };
}

function decrypt(envelope: Json, key: KeyObject): string {
  const resource = objectAt(envelope, 'resource');
  const algorithm = textAt(resource, 'algorithm');
  if (algorithm !== 'AEAD_AES_256_GCM') throw new Malformed(`未知的加密算法 ${algorithm}`);
  const sealed = {
    ciphertext: textAt(resource, 'ciphertext'),
    nonce: textAt(resource, 'nonce'),
    associatedData: optionalText(resource, 'associated_data') ?? '',
  };
  try {
    return decryptResource(sealed, key);
  } catch {
    throw new Malformed('无法解密，请核对 APIv3 密钥');
  }
}

function readContent(eventType: string, json: Json, account: Account): Content {
  if (eventType === 'TRANSACTION.SUCCESS') {
    const trade = tradeFrom(json);
    if (trade.state !== 'paid')
      throw new Malformed(`支付成功通知的交易状态为 ${String(json['trade_state'])}`);
    const foreign = foreignReason(json, payee(account));
    if (foreign === null && hidesCoupon(json)) return asked(trade.outTradeNo, null);
    return { kind: 'payment', trade, foreign };
  }
  const status = REFUND_EVENTS.get(eventType);
  if (status === undefined) throw new Malformed(`未知的通知类型 ${eventType}`);
  if (json['refund_status'] !== status) {
    throw new Malformed(`通知类型 ${eventType} 与退款状态 ${String(json['refund_status'])} 不一致`);
  }
  const refund = refundFrom(json, 'refund_status');
  const foreign = foreignReason(json, merchants(account));
  // What leaves the merchant is said by the query alone, where a coupon has its part in it.
  if (foreign === null && refund.state === 'success' && hidesCoupon(json))
    return asked(refund.outTradeNo, refund.outRefundNo);
  return { kind: 'refund', refund, foreign };
}

function asked(outTradeNo: string, outRefundNo: string | null): Content {
  return { kind: 'hint', outTradeNo, outRefundNo, authentic: true };
}

/**
 * Parsed JSON where a JSON database column can hold it. It cannot hold U+0000 or half of a surrogate
 * pair, so text that escapes either, or is no JSON, is kept as text.
 */
function keepable(text: string): unknown {
  const safe = text.replaceAll('\0', '\uFFFD');
  if (/\\u(?:0000|d[89a-f])/i.test(safe)) return safe;
  const parsed = attempt(() => parseObject(safe));
  return parsed instanceof Malformed ? safe : parsed;
}

function attempt<T>(read: () => T): T | Malformed {
  try {
    return read();
  } catch (error) {
    if (error instanceof Malformed) return error;
    throw error;
  }
}
