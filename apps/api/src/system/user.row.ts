import { localTime } from '@yajin/core';
import { maybeRow, type Database } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import type { Role } from './operator.js';

/** A row of `sys_user`. */
export interface UserRow {
  id: number;
  username: string;
  password_hash: string;
  real_name: string;
  role: Role;
  status: Camp.UserStatus;
  last_login_at: Date | null;
  created_at: Date;
}

/** @returns null when the name is taken */
export function insertUser(
  db: Database,
  user: { username: string; passwordHash: string; realName: string; role: Role },
  now: Date,
): Promise<UserRow | null> {
  return maybeRow<UserRow>(
    db,
    `INSERT INTO sys_user (username, password_hash, real_name, role, created_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (username) DO NOTHING RETURNING *`,
    [user.username, user.passwordHash, user.realName, user.role, now],
  );
}

export function presentUser(row: UserRow): Camp.User {
  return {
    id: row.id,
    username: row.username,
    realName: row.real_name,
    role: row.role,
    status: row.status,
    lastLoginTime: row.last_login_at && localTime(row.last_login_at),
    createdAt: localTime(row.created_at),
  };
}
