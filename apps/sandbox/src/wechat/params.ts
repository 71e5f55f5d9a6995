import { lengthError, paramError } from './pay-error.js';

// Readers of one field of a request body, named by its JSON pointer as WeChat's PARAM_ERROR names it.

function at(body: Record<string, unknown>, pointer: string): unknown {
  let value: unknown = body;
  for (const key of pointer.split('/').slice(1)) {
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }
  return value;
}

/** @throws PayError PARAM_ERROR, as all of these do */
export function text(
  body: Record<string, unknown>,
  pointer: string,
  min: number,
  max: number,
  form?: RegExp,
): string {
  const value = at(body, pointer);
  if (typeof value !== 'string') throw paramError(pointer, value, '必填,须为字符串');
  const bytes = Buffer.byteLength(value);
  if (bytes < min || bytes > max) throw lengthError(pointer, bytes, { min, max });
  if (form && !form.test(value)) throw paramError(pointer, value, '含有不允许的字符');
  return value;
}

export function optionalText(body: Record<string, unknown>, pointer: string, max: number): string | null {
  const value = at(body, pointer);
  return value === undefined || value === null ? null : text(body, pointer, 0, max);
}

export function integer(body: Record<string, unknown>, pointer: string, min: number): number {
  const value = at(body, pointer);
  if (typeof value !== 'number' || !Number.isSafeInteger(value))
    throw paramError(pointer, value, '必填,须为整数');
  if (value < min) throw paramError(pointer, value, `不得小于${min}`);
  return value;
}

/** An address that WeChat can post to: absolute, without a query. Plain http is allowed here, unlike there. */
export function url(body: Record<string, unknown>, pointer: string): string {
  const value = text(body, pointer, 1, 255);
  const parsed = URL.canParse(value) ? new URL(value) : null;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) throw paramError(pointer, value, '须为http或https地址');
  if (parsed.search) throw paramError(pointer, value, '不能携带参数');
  return value;
}
