/** A request to the control API that cannot be done; `status` is the HTTP status. */
export class ControlError extends Error {
  constructor(
    readonly status: 400 | 404 | 409,
    message: string,
  ) {
    super(message);
  }
}

type Body = Record<string, unknown>;

// Readers of one field. @throws ControlError 400

export function textField(body: Body, name: string): string {
  const value = body[name];
  // Ids come as JSON numbers or as text; both mean the same.
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  if (typeof value !== 'string' || value === '') throw new ControlError(400, `${name} must be text`);
  return value;
}

export function optionalTextField(body: Body, name: string): string | undefined {
  return body[name] === undefined || body[name] === null ? undefined : textField(body, name);
}

/** Digits, as ids of zsxq are. */
export function idField(body: Body, name: string): string {
  const value = textField(body, name);
  if (!/^\d{1,24}$/.test(value)) throw new ControlError(400, `${name} must be digits`);
  return value;
}

export function integerField(body: Body, name: string, min: number): number {
  const value = body[name];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min) {
    throw new ControlError(400, `${name} must be a whole number from ${min}`);
  }
  return value;
}

export function listField(body: Body, name: string): Body[] {
  const value = body[name];
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'object' || item === null)) {
    throw new ControlError(400, `${name} must be a list of objects`);
  }
  return value as Body[];
}

export function choiceField<const Word extends string>(
  body: Body,
  name: string,
  words: readonly Word[],
): Word {
  const word = words.find((candidate) => candidate === body[name]);
  if (!word) throw new ControlError(400, `${name} must be one of ${words.join(', ')}`);
  return word;
}

/**
 * An instant in milliseconds: milliseconds themselves, or text with an offset (`Z`, `+08:00`, `+0800`), or
 * without one, which is Shanghai time.
 */
export function instantField(body: Body, name: string): number {
  const value = body[name];
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:?\d\d)?$/.exec(
    String(value),
  );
  const zone = (match?.[2] ?? '+08:00').replace(/^([+-]\d\d)(\d\d)$/, '$1:$2');
  const at = match ? Date.parse(`${match[1]}${zone}`) : NaN;
  if (Number.isNaN(at)) throw new ControlError(400, `${name} must be a time`);
  return at;
}

/** Requests of the control API carry JSON or nothing. */
export type ControlBody = { Body: Record<string, unknown> };
