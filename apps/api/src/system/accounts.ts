import { BusinessError, rows, type Database } from '@yajin/server';
import type { Actor, Audit } from './audit.service.js';
import { insertUser, type UserRow } from './user.row.js';

export const USERNAME = /^[A-Za-z0-9_.-]{3,32}$/;

/** Makes a user, who has to set a password of their own first. @throws BusinessError 1401 when the name is taken */
export async function addUser(
  manager: Database,
  audit: Audit,
  actor: Actor,
  user: Pick<UserRow, 'username' | 'role'> & { realName: string; passwordHash: string },
  now: Date,
): Promise<UserRow> {
  const { username, realName, role } = user;
  const row = await insertUser(manager, { ...user, mustChange: true }, now);
  if (!row) throw new BusinessError(1401);
  await audit.record(manager, actor, {
    action: 'user.create',
    target: ['user', row.id],
    after: { username, realName, role, status: row.status },
  });
  return row;
}

/** Sets another password, which its user has to replace first, and ends all of the user's sessions. */
export async function resetPassword(
  manager: Database,
  audit: Audit,
  actor: Actor,
  userId: number,
  passwordHash: string,
): Promise<void> {
  await rows(manager, 'UPDATE sys_user SET password_hash = $2, must_change = true WHERE id = $1', [
    userId,
    passwordHash,
  ]);
  await rows(manager, 'DELETE FROM sys_session WHERE user_id = $1', [userId]);
  await audit.record(manager, actor, {
    action: 'user.update',
    target: ['user', userId],
    before: {},
    after: { passwordReset: true },
  });
}
