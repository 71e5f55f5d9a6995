/** What several adapters need, whatever their protocol. */
import { createHash, timingSafeEqual } from 'node:crypto';

import { fenFromYuan, instantOf, isBusinessDate } from '@yajin/core';
import { GatewayError, InvalidNotification, type Scene } from '../gateway.js';
import { Malformed } from './json.js';

/** At most `max` UTF-16 units, never half of a surrogate pair. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return text.slice(0, max).replace(/[\uD800-\uDBFF]$/, '');
}

const characters = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** At most `max` bytes of UTF-8, never part of a character as its reader sees it: an emoji can be made of many. */
export function cutBytes(text: string, max: number): string {
  let bytes = 0;
  for (const { segment, index } of characters.segment(text)) {
    bytes += Buffer.byteLength(segment);
    if (bytes > max) return text.slice(0, index);
  }
  return text;
}

/** @throws GatewayError `refused` when the gateway does not serve the scene; nothing is sent */
export function requireScene<Served extends Scene>(
  scene: Scene,
  scenes: Readonly<Record<Served, number>>,
): Served {
  if (scene in scenes) return scene as Served;
  throw new GatewayError('refused', 'SCENE', `不支持的支付场景 ${scene}`);
}

/** @throws GatewayError when an answer speaks of something else than was asked about */
export function requireSame(field: string, said: string, asked: string): void {
  if (said !== asked)
    throw new GatewayError('unknown', 'FOREIGN', `${field} 不符：收到 ${said}，应为 ${asked}`);
}

/** Null when the gateway refused with one of these codes, such as that there is no such trade. */
export async function unlessOneOf<T>(codes: ReadonlySet<string>, answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof GatewayError && error.kind === 'refused' && codes.has(error.code)) return null;
    throw error;
  }
}

/** Reads an answer. @throws GatewayError `unknown` when it is not of the documented shape */
export function understood<T>(gateway: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Malformed)
      throw new GatewayError('unknown', 'BROKEN_ANSWER', `${gateway}应答无法解读：${error.message}`);
    throw error;
  }
}

/** Reads what has to be readable before its signature can be checked. @throws InvalidNotification */
export function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Malformed) throw new InvalidNotification(error.message);
    throw error;
  }
}

/** Compares two signatures of ASCII text without telling by time how far they agree. */
export function sameSignature(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** What stands for an event whose gateway gives it no id: a repeat brings the same bytes. */
export function hashOf(body: Buffer | string): string {
  return `sha256:${createHash('sha256').update(body).digest('hex')}`;
}

/** Reads `yyyy-MM-dd HH:mm:ss` or `yyyyMMddHHmmss`, which is Shanghai time. @throws Malformed */
export function shanghaiInstant(text: string, field: string): Date {
  const [, year, month, day, time] = /^(\d{4})-?(\d\d)-?(\d\d) ?(\d\d:?\d\d:?\d\d)$/.exec(text) ?? [];
  const date = `${year}-${month}-${day}`;
  const clock = (time ?? '').replaceAll(':', '').replace(/^(..)(..)(..)$/, '$1:$2:$3');
  const instant = instantOf(date, clock);
  if (!isBusinessDate(date) || Number.isNaN(instant.getTime())) throw new Malformed(`时间 ${field} 无效`);
  return instant;
}

/** Yuan of a bill, with a minus where it is less than nothing, in signs of either width. @returns fen. @throws Malformed */
export function signedFen(text: string): number {
  const plain = text.normalize('NFKC').replace(/\s/g, '');
  try {
    const amount = fenFromYuan(plain.replace(/^-/, ''));
    return plain.startsWith('-') ? 0 - amount : amount;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Malformed(`账单金额无效 ${text.slice(0, 32)}`);
  }
}
