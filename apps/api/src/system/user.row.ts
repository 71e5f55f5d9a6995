import { localTime } from '@yajin/core';
import { maybeRow, type Database, type Row } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import type { Role } from './operator.js';
import type { SysUser } from './sys-user.entity.js';

/** A row of `sys_user`. */
export type UserRow = Row<SysUser>;

/** SQL: a user `u` with whether they log in with a one-time code. */
export const USER_SHOWN =
  'u.*, EXISTS (SELECT FROM sys_totp t WHERE t.user_id = u.id AND t.sealed IS NOT NULL) AS totp';

export type ShownUserRow = UserRow & { totp: boolean };

/**
 * Until the transaction ends nobody logs this user in, nor changes what they log in with: whoever waited for it reads, in the
 * statement after it, what the other left.
 */
export async function lockUser(db: Database, id: number): Promise<void> {
  await maybeRow(db, 'SELECT 1 FROM sys_user WHERE id = $1 FOR NO KEY UPDATE', [id]);
}

/** @returns null when the name is taken */
export function insertUser(
  db: Database,
  user: { username: string; passwordHash: string; realName: string; role: Role; mustChange: boolean },
  now: Date,
): Promise<UserRow | null> {
  return maybeRow<UserRow>(
    db,
    `INSERT INTO sys_user (username, password_hash, real_name, role, created_at, must_change) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT DO NOTHING RETURNING *`,
    [user.username, user.passwordHash, user.realName, user.role, now, user.mustChange],
  );
}

/** Whoever is meant by a name, however it is spelled. */
export function userNamed(db: Database, username: string): Promise<UserRow | null> {
  return maybeRow<UserRow>(
    db,
    'SELECT * FROM sys_user WHERE lower(normalize(username, NFKC)) = lower(normalize($1, NFKC))',
    [username],
  );
}

export function presentUser(row: ShownUserRow): Camp.User {
  return {
    id: row.id,
    username: row.username,
    realName: row.real_name,
    role: row.role,
    status: row.status,
    lastLoginTime: row.last_login_at && localTime(row.last_login_at),
    createdAt: localTime(row.created_at),
    totp: row.totp,
  };
}
