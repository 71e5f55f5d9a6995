import { createHmac } from 'node:crypto';
import type { Camp } from '@yajin/contract';
import type { Answer, TestApi } from './api.js';
import { operator, type MadeOperator } from './operators.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** What an authenticator app shows: RFC 6238, written here anew so that each side checks the other. */
export function codeOf(secret: string, at = Date.now()): string {
  const bits = [...secret].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const truncated = mac.readUInt32BE((mac.at(-1) ?? 0) & 0xf) & 0x7fffffff;
  return String(truncated % 1_000_000).padStart(6, '0');
}

/** Somebody who logs in with a one-time code. */
export interface TotpOperator extends MadeOperator {
  secret: string;
  recovery: string[];
  /** The code that confirmed it. */
  used: string;
}

export async function enrol(api: TestApi, who: MadeOperator): Promise<TotpOperator> {
  const { token } = who;
  const begun = await api.call<Camp.TotpEnrolment>('POST', '/api/admin/auth/totp', { token });
  const { secret } = begun.data;
  const used = codeOf(secret);
  const confirmed = await api.call<Camp.RecoveryCodes>('PUT', '/api/admin/auth/totp', {
    token,
    body: { code: used },
  });
  if (confirmed.code !== 200) throw new Error(`totp: ${confirmed.code} ${confirmed.message}`);
  return { ...who, secret, recovery: confirmed.data.codes, used };
}

export async function totpOperator(api: TestApi, role: Camp.Role): Promise<TotpOperator> {
  return enrol(api, await operator(api, role));
}

/** A code that was not used yet: as if the last login had been a minute ago. */
export async function newCode(api: TestApi, { id, secret }: { id: number; secret: string }): Promise<string> {
  await api.rows('UPDATE sys_totp SET last_step = 0 WHERE user_id = $1', [id]);
  return codeOf(secret);
}

/** Six digits that are none of the codes of these minutes. */
export function wrongCode({ secret }: { secret: string }): string {
  const near = [-2, -1, 0, 1, 2].map((step) => codeOf(secret, Date.now() + step * 30_000));
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !near.includes(code))!;
}

export function loginWith(
  api: TestApi,
  who: { username: string; password: string },
  code: string | undefined,
  headers: Record<string, string> = {},
): Promise<Answer<Camp.LoginResult>> {
  return api.call<Camp.LoginResult>('POST', '/api/admin/auth/login', {
    body: { username: who.username, password: who.password, ...(code !== undefined && { code }) },
    headers,
  });
}

/** As if whoever holds these sessions had proved who they are a quarter of an hour ago. */
export async function goStale(api: TestApi, who: { id: number }): Promise<void> {
  await api.rows(`UPDATE sys_session SET fresh_at = now() - interval '15 minutes' WHERE user_id = $1`, [
    who.id,
  ]);
}
