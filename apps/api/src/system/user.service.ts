import { sentence } from '@yajin/core';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { BusinessError, Clock, invalid, onlyRow, rows } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource, Repository, type EntityManager } from 'typeorm';
import { addUser } from './accounts.js';
import { Audit } from './audit.service.js';
import { Idempotency, type IdempotencyKey } from './idempotency.js';
import type { Operator } from './operator.js';
import { Passwords } from './passwords.js';
import { OperatorProofs } from './operator-proofs.js';
import type { CreateUserDto, UpdateUserDto, UserQuery } from './user.dto.js';
import { resetTotp } from './totp.service.js';
import { presentUser, USER_SHOWN, type ShownUserRow, type UserRow } from './user.row.js';
import { SysSession } from './sys-session.entity.js';
import { SysUser } from './sys-user.entity.js';

type Shown = Pick<UserRow, 'real_name' | 'role' | 'status'>;

@Injectable()
export class UserService {
  constructor(
    private readonly db: DataSource,
    @InjectRepository(SysUser) private readonly users: Repository<SysUser>,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly proofs: OperatorProofs,
    private readonly passwords: Passwords,
    private readonly idempotency: Idempotency,
  ) {}

  async list({ page, pageSize }: UserQuery): Promise<Camp.UserPage> {
    const total = await this.users.count();
    const list = await rows<ShownUserRow>(
      this.db,
      `SELECT ${USER_SHOWN} FROM sys_user u ORDER BY id LIMIT $1 OFFSET $2`,
      [pageSize, (page - 1) * pageSize],
    );
    return { list: list.map(presentUser), total, page, pageSize, totalPages: Math.ceil(total / pageSize) };
  }

  /** @throws BusinessError 1401 */
  async create(
    operator: Operator,
    body: CreateUserDto,
    key: IdempotencyKey | null,
  ): Promise<Camp.CreatedUser> {
    const { username, realName, role } = body;
    const passwordHash = await this.passwords.hashChosen(body.password, username, 'password');
    const user = { username, realName, role, passwordHash };
    return this.idempotency.once(key, async (manager) => {
      const row = await addUser(manager, this.audit, operator, user, this.clock.now());
      const { lastLoginTime: _never, totp: _none, ...created } = presentUser({ ...row, totp: false });
      return created;
    });
  }

  /** @throws BusinessError 400 when nothing is to change, 409 for the last active admin, 1402 */
  async update(operator: Operator, id: number, change: UpdateUserDto): Promise<Camp.User> {
    const { realName, role, status, password } = change;
    if (![realName, role, status, password].some(Boolean))
      throw invalid({ field: '', ...sentence('nothing_given') });
    const own = id === operator.id;
    const proven = password && own ? await this.proven(operator, change.oldPassword) : null;
    const passwordHash = password ? await this.hash(id, password) : null;
    const user = await this.db.transaction(async (manager) => {
      const { before, admins } = await lock(manager, id);
      // The old password has been replaced since it was proven: it is nobody's proof any more.
      if (proven !== null && proven !== before.password_hash) throw new BusinessError(1403);
      const wanted: Shown = {
        real_name: realName ?? before.real_name,
        role: role ?? before.role,
        status: status ?? before.status,
      };
      if (isActiveAdmin(before) && !isActiveAdmin(wanted) && admins === 1)
        throw new BusinessError(409, sentence('last_admin'));
      const after = await onlyRow<ShownUserRow>(
        manager,
        `UPDATE sys_user u SET real_name = $2, role = $3, status = $4, password_hash = coalesce($5, password_hash),
           must_change = CASE WHEN $5 IS NULL THEN must_change ELSE $6 END
         WHERE id = $1 RETURNING ${USER_SHOWN}`,
        [id, wanted.real_name, wanted.role, wanted.status, passwordHash, !own],
      );
      if (before.role !== after.role || after.status === 'disabled' || passwordHash)
        await manager.delete(SysSession, { userId: id });
      await this.record(manager, operator, before, after);
      return after;
    });
    return presentUser(user);
  }

  /** For somebody who has lost it; one's own is seen to elsewhere. @throws BusinessError 409, 1402 */
  async resetTotp(operator: Operator, id: number): Promise<Camp.User> {
    if (id === operator.id) throw new BusinessError(409, sentence('own_codes'));
    const user = await this.db.transaction(async (manager) => {
      const { before } = await lock(manager, id);
      await resetTotp(manager, this.audit, operator, id);
      return before;
    });
    return presentUser({ ...user, totp: false });
  }

  /** One's own password takes the old one, as everywhere. @returns the hash that it proved. @throws BusinessError 400, 1403, 429 */
  private async proven(operator: Operator, oldPassword: string | undefined): Promise<string> {
    if (oldPassword === undefined) throw invalid({ field: 'oldPassword', ...sentence('own_password') });
    return (await this.proofs.password(operator, oldPassword)).password_hash;
  }

  /** @throws BusinessError 400, 1402 */
  private async hash(id: number, password: string): Promise<string> {
    const user = await this.users.findOneBy({ id });
    if (!user) throw new BusinessError(1402);
    return this.passwords.hashChosen(password, user.username, 'password');
  }

  /** Only what has changed, and of a password only that it has. */
  private async record(
    manager: EntityManager,
    operator: Operator,
    before: UserRow,
    after: UserRow,
  ): Promise<void> {
    const was: Record<string, unknown> = {};
    const is: Record<string, unknown> = {};
    const fields = [
      ['realName', 'real_name'],
      ['role', 'role'],
      ['status', 'status'],
    ] as const;
    for (const [name, column] of fields) {
      if (before[column] === after[column]) continue;
      was[name] = before[column];
      is[name] = after[column];
    }
    if (before.password_hash !== after.password_hash) is['passwordReset'] = true;
    if (Object.keys(is).length === 0) return;
    await this.audit.record(manager, operator, {
      action: 'user.update',
      target: ['user', after.id],
      before: was,
      after: is,
    });
  }
}

/**
 * Locks the user together with every active admin, in the order of their ids: of two requests that take the rights of
 * two admins, the second sees what the first has left.
 * @throws BusinessError 1402
 */
async function lock(manager: EntityManager, id: number): Promise<{ before: UserRow; admins: number }> {
  const locked = await rows<UserRow>(
    manager,
    `SELECT * FROM sys_user WHERE id = $1 OR (role = 'admin' AND status = 'active') ORDER BY id FOR NO KEY UPDATE`,
    [id],
  );
  const before = locked.find((row) => row.id === id);
  if (!before) throw new BusinessError(1402);
  return { before, admins: locked.filter(isActiveAdmin).length };
}

function isActiveAdmin({ role, status }: Shown): boolean {
  return role === 'admin' && status === 'active';
}
