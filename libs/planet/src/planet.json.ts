export type Json = Readonly<Record<string, unknown>>;

/** What was said is not of the expected shape. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}

const TIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?)(?:([+-]\d{2}):?(\d{2})|Z)$/;

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

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws Malformed, as all functions below do. */
export function asObject(value: unknown): Json {
  if (!isObject(value)) throw new Malformed('不是对象');
  return value;
}

/** Rows as they come: one of them may be anything. */
export function listAt(json: Json, key: string): unknown[] {
  const value = json[key];
  if (!Array.isArray(value)) throw new Malformed(`缺少列表 ${key}`);
  return value;
}

/** Those rows that can be read; of the others nothing is known. */
export function readableRows<T>(rows: unknown[], read: (row: Json) => T): T[] {
  return rows.flatMap((row) => {
    try {
      return [read(asObject(row))];
    } catch (error) {
      if (error instanceof Malformed) return [];
      throw error;
    }
  });
}

export function idAt(json: Json, key: string): string {
  const id = idOrNull(json, key);
  if (id === null) throw new Malformed(`缺少 ${key}`);
  return id;
}

export function idOrNull(json: Json, key: string): string | null {
  const id = String(json[key]);
  return /^\d{1,20}$/.test(id) ? id : null;
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

/** zsxq writes `2025-10-18T23:59:28.117+0800`, its offset without a colon; `Z` has been seen too. */
export function timeOrNull(json: Json, key: string): Date | null {
  const value = json[key];
  const match = typeof value === 'string' ? TIME.exec(value) : null;
  if (!match) return null;
  const [, local, hours = '+00', minutes = '00'] = match;
  const instant = new Date(`${local}${hours}:${minutes}`);
  return Number.isNaN(instant.getTime()) ? null : instant;
}
