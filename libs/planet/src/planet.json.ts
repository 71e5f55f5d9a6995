export type Json = Readonly<Record<string, unknown>>;

/** What was said is not of the expected shape. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}

const TIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?)([+-]\d{2}):?(\d{2})$/;

/** Whole numbers beyond 2^53 (ids have up to 17 digits) come out as strings, digit for digit. */
export function parseJson(text: string): unknown {
  return JSON.parse(text, exactNumber) as unknown;
}

function exactNumber(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || !Number.isInteger(value) || Number.isSafeInteger(value)) return value;
  // Node before 22 does not tell, and a rounded id would be somebody else's.
  if (context?.source === undefined) throw new Malformed('数字过大');
  return context.source;
}

/** @throws Malformed, as all functions below do. */
export function asObject(value: unknown): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Malformed('不是对象');
  return value as Json;
}

export function listAt(json: Json, key: string): Json[] {
  const value = json[key];
  if (!Array.isArray(value)) throw new Malformed(`缺少列表 ${key}`);
  return value.map(asObject);
}

export function idAt(json: Json, key: string): string {
  const id = String(json[key]);
  if (!/^\d{1,20}$/.test(id)) throw new Malformed(`缺少 ${key}`);
  return id;
}

/** Text without blanks around it; empty where there is none. */
export function textAt(json: Json, key: string): string {
  const value = json[key];
  return typeof value === 'string' ? value.trim() : '';
}

export function countAt(json: Json, key: string): number {
  const value = json[key];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    throw new Malformed(`缺少 ${key}`);
  return value;
}

/** zsxq writes `2025-10-18T23:59:28.117+0800`, its offset without a colon. */
export function timeAt(json: Json, key: string): Date {
  const value = json[key];
  const [, local, hours, minutes] = (typeof value === 'string' && TIME.exec(value)) || [];
  const instant = new Date(`${local}${hours}:${minutes}`);
  if (Number.isNaN(instant.getTime())) throw new Malformed(`时间 ${key} 无效`);
  return instant;
}
