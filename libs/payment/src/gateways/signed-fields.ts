/** Messages of named values whose signature covers `name=value` pairs in the order of their names. */
import { fen, fenFromYuan, yuanText, type Fen } from '@yajin/core';
import { outline } from '@yajin/server';

import { Malformed, parseObject, textAt, type Json } from './json.js';

/** Reads a flat message, JSON or form. A nested value or a name given twice is refused. @throws Malformed */
export function readFields(rawBody: string): Json {
  if (rawBody.trimStart().startsWith('{')) {
    const json = parseObject(rawBody);
    const nested = Object.entries(json).find(([, value]) => typeof value === 'object' && value !== null);
    if (nested) throw new Malformed(`${nested[0]} 不是单个值`);
    if (outline(rawBody).keys !== Object.keys(json).length) throw new Malformed('有字段出现多次');
    return json;
  }
  const form: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawBody)) {
    if (Object.hasOwn(form, name)) throw new Malformed(`${name} 出现多次`);
    form[name] = value;
  }
  return form;
}

/**
 * Text that is signed as `name=value` pairs joined by `&` has nothing that tells where one ends: `a=1&b=2` is two fields, or one
 * whose value is `1&b=2`. Whether a field can be taken for more than one.
 */
export function isAmbiguous(name: string, value: string): boolean {
  return !/^\w+$/.test(name) || /&\w*=/.test(value);
}

/**
 * Only fields that can be read in one way are believed; and what is empty is not signed at all.
 * @throws Malformed
 */
export function requireOneMeaning(fields: Json): void {
  for (const [name, value] of Object.entries(fields)) {
    if (value === '' || value === null) throw new Malformed(`${name} 为空，不在签名之内`);
    if (isAmbiguous(name, typeof value === 'string' ? value : ''))
      throw new Malformed(`${name.slice(0, 32)} 可读作多个字段`);
  }
}

/**
 * What is signed: every value that is not empty, but not the signature itself, sorted by name and joined by `&`.
 * An `amount` that is a JSON number is written with two decimals.
 */
export function signedText(fields: Json, signature: string): string {
  return Object.keys(fields)
    .filter((name) => name !== signature && fields[name] !== null && fields[name] !== '')
    .sort()
    .map((name) => `${name}=${textOf(name, fields[name])}`)
    .join('&');
}

function textOf(name: string, value: unknown): string {
  if (name !== 'amount' || typeof value !== 'number') return String(value);
  try {
    return yuanText(fenFromYuan(value));
  } catch {
    return String(value);
  }
}

/** An amount in yuan, as a number or a decimal text. @throws Malformed */
export function yuanField(fields: Json, name: string): Fen {
  const value = fields[name];
  try {
    if (typeof value === 'number' || typeof value === 'string') {
      const amount = fenFromYuan(value);
      if (amount > 0) return amount;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new Malformed(`金额 ${name} 不是两位小数以内的正数`);
}

/** An amount in fen as text. @throws Malformed */
export function fenText(fields: Json, name: string): Fen {
  const value = textAt(fields, name);
  if (!/^[1-9]\d{0,14}$/.test(value)) throw new Malformed(`金额 ${name} 不是正整数（分）`);
  return fen(value);
}

/** What an inbox can keep: a JSON column holds neither U+0000 nor half of a surrogate pair. */
export function keepable(fields: Json, signature: string): Json {
  const kept = Object.entries(fields).filter(([name]) => name !== signature);
  return Object.fromEntries(
    kept.map(([name, value]) => [
      name,
      typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\uFFFD') : value,
    ]),
  );
}
