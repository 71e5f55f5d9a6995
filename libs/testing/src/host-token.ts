import { createHmac } from 'node:crypto';

interface Claims {
  /** Whose token it is, in the platform's words. */
  user: string | number;
  role?: string;
  /** How long it is good for, in seconds. */
  lasts?: number;
}

/** Clocks differ. */
const SKEW_SECONDS = 60;

/**
 * A token as the platform around a line gives it to its user (HS256, RFC 7519). Not by the library that checks it: each side holds
 * the other to what is written.
 */
export function signHostToken(
  key: string,
  line: string,
  { user, role = 'user', lasts = 7200 }: Claims,
): string {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { sub: String(user), role, aud: line, iat: now - SKEW_SECONDS, exp: now + lasts };
  const content = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${content}.${createHmac('sha256', key).update(content).digest('base64url')}`;
}
