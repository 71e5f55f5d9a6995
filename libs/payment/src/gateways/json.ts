import { fen, type Fen } from '@yajin/core';

export type Json = Readonly<Record<string, unknown>>;

/** What was said is not of the documented shape. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

/** @throws Malformed, as all functions here do. */
export function parseObject(text: string): Json {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Malformed('不是 JSON');
  }
  if (!isObject(value)) throw new Malformed('不是 JSON 对象');
  return value;
}

export function objectAt(json: Json, key: string): Json {
  const value = json[key];
  if (!isObject(value)) throw new Malformed(`缺少 ${key}`);
  return value;
}

export function optionalObject(json: Json, key: string): Json {
  const value = json[key];
  return isObject(value) ? value : {};
}

export function textAt(json: Json, key: string): string {
  const value = json[key];
  if (typeof value !== 'string' || value === '') throw new Malformed(`缺少 ${key}`);
  return value;
}

export function optionalText(json: Json, key: string): string | null {
  const value = json[key];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** An amount of money, which is never zero or less in this protocol. */
export function fenAt(json: Json, key: string): Fen {
  const value = json[key];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value <= 0) {
    throw new Malformed(`金额 ${key} 不是正整数（分）`);
  }
  return fen(value);
}

export function instantAt(json: Json, key: string): Date {
  const value = textAt(json, key);
  const instant = new Date(value);
  if (!RFC3339.test(value) || Number.isNaN(instant.getTime())) throw new Malformed(`时间 ${key} 无效`);
  return instant;
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
