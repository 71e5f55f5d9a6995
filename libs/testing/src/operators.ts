import type { Camp } from '@yajin/contract';
import { unique } from './factories.js';
import type { Answer, TestApi } from './api.js';

export const ROLES: readonly Camp.Role[] = ['admin', 'manager', 'coach', 'volunteer', 'finance'];

/** An operator of a test's own, logged in. */
export interface MadeOperator {
  id: number;
  username: string;
  password: string;
  token: string;
}

export async function operator(api: TestApi, role: Camp.Role): Promise<MadeOperator> {
  const username = `${role}${unique()}`;
  const password = `a phrase that only ${username} knows`;
  const made = await api.admin<Camp.CreatedUser>('POST', '/api/admin/users', {
    username,
    password,
    realName: '测试',
    role,
  });
  if (made.code !== 200) throw new Error(`users: ${made.code} ${made.message}`);
  await owns(api, username);
  const { token } = (await login(api, username, password)).data;
  return { id: made.data.id, username, password, token };
}

/** As if they had set their password themselves. */
export async function owns(api: TestApi, username: string): Promise<void> {
  await api.rows('UPDATE sys_user SET must_change = false WHERE username = $1', [username]);
}

/** @param from the address it comes from; another one each time when left out */
export function login(
  api: TestApi,
  username: string,
  password: string,
  from?: string,
): Promise<Answer<Camp.LoginResult>> {
  return api.call<Camp.LoginResult>('POST', '/api/admin/auth/login', {
    body: { username, password },
    ...(from === undefined ? {} : { headers: { 'x-forwarded-for': from } }),
  });
}

/** Whether a token still opens anything. */
export async function lives(api: TestApi, token: string): Promise<boolean> {
  return (await api.call('GET', '/api/admin/auth/me', { token })).status === 200;
}

export interface AuditRow {
  id: number;
  user_id: number | null;
  username: string;
  action: string;
  target_type: string | null;
  target_id: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  ip: string | null;
}

/** What the audit log says of one target, oldest first. */
export function audited(api: TestApi, type: string, id: string | number): Promise<AuditRow[]> {
  return api.auditEntries<AuditRow>(
    'SELECT * FROM sys_audit WHERE target_type = $1 AND target_id = $2 ORDER BY id',
    [type, String(id)],
  );
}
