import { randomBytes } from 'node:crypto';
import type { World } from './world.js';

/** Short-lived strings the sandbox hands out; they live in real time. */
type TokenKind = 'prepay' | 'code_url' | 'bill' | 'oauth_code' | 'access_token' | 'corp_token';

interface Token {
  payload: string;
  used: boolean;
}

export function issueToken(
  world: World,
  kind: TokenKind,
  token: string,
  payload: string,
  livesMs: number,
): string {
  const sql = 'INSERT INTO token (token, kind, payload, expires_at) VALUES (?, ?, ?, ?)';
  world.store.run(sql, token, kind, payload, Date.now() + livesMs);
  return token;
}

export function readToken(world: World, kind: TokenKind, token: string): Token | null {
  const sql = 'SELECT payload, used FROM token WHERE token = ? AND kind = ? AND expires_at > ?';
  const row = world.store.get<{ payload: string; used: number }>(sql, token, kind, Date.now());
  return row ? { payload: row.payload, used: row.used === 1 } : null;
}

export function spendToken(world: World, token: string): void {
  world.store.run('UPDATE token SET used = 1 WHERE token = ?', token);
}

export function randomToken(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}
