import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { hash, verify } from '@node-rs/argon2';
import { BusinessError, Clock, invalid, maybeRow, rows, type Database } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource } from 'typeorm';
import { Audit, type Actor } from './audit.service.js';
import { tellFirstPassword } from './first-password.js';
import { LockedOut, Lockout, type Guesser } from './lockout.js';
import { ROLE_PERMISSIONS, type Operator, type Role } from './operator.js';
import { Passwords } from './passwords.js';
import { SecurityLog, stranger } from './security-log.js';
import { insertUser, userNamed, type UserRow } from './user.row.js';

const SESSION_SECONDS = 86_400;

export interface LoginAttempt {
  username: string;
  password: string;
  ip: string;
  /** The browser it comes from, where the account knows it. */
  known: string | null;
  userAgent: string | null;
}

@Injectable()
export class AuthService {
  private readonly logger = new Logger(AuthService.name);
  private readonly decoy = hash(randomBytes(16));

  constructor(
    private readonly db: DataSource,
    private readonly jwt: JwtService,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly passwords: Passwords,
    private readonly lockout: Lockout,
    private readonly security: SecurityLog,
  ) {}

  /**
   * An unknown or disabled user costs as much time as a wrong password, and reads the same.
   * @throws BusinessError 401, 429 while the account is locked for this network, or the network
   */
  async login(attempt: LoginAttempt): Promise<Camp.LoginResult> {
    const { username, password, ip, known } = attempt;
    const user = await userNamed(this.db, username);
    const guesser = { username, passwordHash: user?.password_hash ?? null, ip, known };
    const actor = user ? { id: user.id, username: user.username, ip } : stranger(ip);
    const passwordHash = user?.password_hash ?? (await this.decoy);
    const right = await this.prove(guesser, actor, async () => {
      const matches = await verify(passwordHash, password);
      return matches && user?.status === 'active';
    });
    const sessionId = randomUUID();
    const session = right && user ? await this.begin(sessionId, user, attempt) : null;
    if (!session) {
      this.security.note('auth.login_failed', actor);
      throw new BusinessError(401, '用户名或密码错误');
    }
    const claims = { userId: session.id, username: session.username, role: session.role };
    return {
      userId: session.id,
      username: session.username,
      realName: session.real_name,
      role: session.role,
      token: await this.jwt.signAsync(claims, { jwtid: sessionId, expiresIn: SESSION_SECONDS }),
      expiresIn: SESSION_SECONDS,
      permissions: [...ROLE_PERMISSIONS[session.role]],
      ...(session.must_change && { pending: 'password' as const }),
    };
  }

  async logout(operator: Operator): Promise<void> {
    await this.db.transaction(async (manager) => {
      await rows(manager, 'DELETE FROM sys_session WHERE id = $1', [operator.sessionId]);
      await this.audit.record(manager, operator, { action: 'auth.logout', target: ['user', operator.id] });
    });
  }

  /** Ends the operator's other sessions. @throws BusinessError 400 for what is no good password, 1403, 429 */
  async changePassword(operator: Operator, oldPassword: string, newPassword: string): Promise<void> {
    const { id, username, sessionId } = operator;
    const user = await this.provePassword(operator, oldPassword);
    // Whoever set the first one would still know it.
    if (newPassword === oldPassword) throw invalid({ field: 'newPassword', message: '不能与原密码相同' });
    const passwordHash = await this.passwords.hashChosen(newPassword, username, 'newPassword');
    await this.db.transaction(async (manager) => {
      const changed = await rows(
        manager,
        `UPDATE sys_user SET password_hash = $2, must_change = false WHERE id = $1 AND password_hash = $3 RETURNING id`,
        [id, passwordHash, user.password_hash],
      );
      // Somebody else has changed it in the meantime.
      if (changed.length === 0) throw new BusinessError(1403);
      await rows(manager, 'DELETE FROM sys_session WHERE user_id = $1 AND id <> $2', [id, sessionId]);
      await this.audit.record(manager, operator, { action: 'auth.password', target: ['user', id] });
    });
  }

  /** Whoever is logged in says who they are once more. @throws BusinessError 1403, 429 */
  async provePassword(operator: Operator, password: string): Promise<UserRow> {
    const { id, username, ip } = operator;
    const user = await maybeRow<UserRow>(this.db, 'SELECT * FROM sys_user WHERE id = $1', [id]);
    if (!user) throw new BusinessError(401);
    // Whoever holds a stolen session may come from anywhere, and must not lock the owner's login.
    const guesser = { username, passwordHash: user.password_hash, ip, known: 'session' };
    const right = await this.prove(guesser, operator, () => verify(user.password_hash, password));
    if (!right) {
      this.security.note('auth.proof_failed', operator);
      throw new BusinessError(1403);
    }
    return user;
  }

  /** @returns the new user's id, or null when the name is taken */
  async createUser(
    db: Database,
    user: { username: string; password: string; realName: string; role: Role; mustChange: boolean },
  ): Promise<number | null> {
    const { password, ...rest } = user;
    const passwordHash = await this.passwords.hash(password);
    const created = await insertUser(db, { ...rest, passwordHash }, this.clock.now());
    return created?.id ?? null;
  }

  /**
   * Makes the first admin where there is none. A password nobody chose is told once, to whoever installs the system.
   * @param file where it is kept unless there is a terminal
   */
  async ensureAdmin(chosen: string | null, file: string): Promise<void> {
    const found = await maybeRow(this.db, `SELECT 1 FROM sys_user WHERE role = 'admin'`);
    if (found) return;
    const password = chosen ?? randomBytes(12).toString('base64url');
    // First told, then made: one that nobody was told would lock everybody out.
    const told = chosen === null ? await tellFirstPassword('admin', password, file) : null;
    const user = { username: 'admin', password, realName: '超级管理员', role: 'admin' as const };
    const id = await this.createUser(this.db, { ...user, mustChange: chosen === null });
    if (id === null) await told?.takeBack();
    else if (told) this.logger.warn(`made the first operator, admin; the password is ${told.where}`);
  }

  /** One guess at a password: counted only once its turn has come, so that waiting guesses do not lock anybody out. */
  private async prove(guesser: Guesser, actor: Actor, isRight: () => Promise<boolean>): Promise<boolean> {
    try {
      await this.lockout.requireUnlocked(guesser);
      return await this.passwords.check(() => this.lockout.guess(guesser, isRight));
    } catch (error) {
      if (error instanceof LockedOut) this.security.note('auth.locked_out', actor);
      throw error;
    }
  }

  /** @returns null when the user was disabled, or the password changed, since it was looked at */
  private async begin(
    sessionId: string,
    user: UserRow,
    { ip, userAgent }: LoginAttempt,
  ): Promise<UserRow | null> {
    return this.db.transaction(async (manager) => {
      const current = await maybeRow<UserRow>(
        manager,
        `WITH proven AS (
           UPDATE sys_user SET last_login_at = now() WHERE id = $1 AND password_hash = $2 AND status = 'active' RETURNING *
         ), session AS (
           INSERT INTO sys_session (id, user_id, expires_at, ip, user_agent)
           SELECT $3, id, now() + make_interval(secs => $4), $5, $6 FROM proven
         ) SELECT * FROM proven`,
        [user.id, user.password_hash, sessionId, SESSION_SECONDS, ip, userAgent],
      );
      if (!current) return null;
      const actor = { id: current.id, username: current.username, ip };
      await this.audit.record(manager, actor, { action: 'auth.login', target: ['user', current.id] });
      return current;
    });
  }
}
