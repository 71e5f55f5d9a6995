import { sentence, type Sentence } from '@yajin/core';
import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { InjectRepository } from '@nestjs/typeorm';
import { hash, verify } from '@node-rs/argon2';
import { BusinessError, Clock, invalid, maybeRow, rows, type Database } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource, Repository } from 'typeorm';
import { Audit } from './audit.service.js';
import { tellFirstPassword } from './first-password.js';
import type { KnownBrowser } from './known-browsers.js';
import { Lockout, type Guess, type Guesser } from './lockout.js';
import { OneTimeCodes, type Factor, type RightCode } from './one-time-codes.js';
import { ROLE_PERMISSIONS, type Operator, type Role } from './operator.js';
import { Passwords } from './passwords.js';
import { OperatorProofs } from './operator-proofs.js';
import { SecurityLog, stranger } from './security-log.js';
import { pendingOf, SettingsService } from './settings.service.js';
import { insertUser, lockUser, userNamed, type UserRow } from './user.row.js';
import { SysSession } from './sys-session.entity.js';
import { SysUser } from './sys-user.entity.js';

const SESSION_SECONDS = 86_400;

export interface LoginAttempt {
  username: string;
  password: string;
  /** A one-time code, or a recovery code. */
  code: string | undefined;
  ip: string;
  /** The browser it comes from, where the account knows it. */
  known: KnownBrowser | null;
  userAgent: string | null;
}

/** What came of the code that was given; nothing where none was looked at. */
interface Found {
  code?: RightCode | null;
}

/** 401 for whoever has the password only. */
function codeRequired(said: Sentence): BusinessError {
  return new BusinessError(401, said, { reason: 'totp_required' });
}

/** A browser that has logged in without the second factor of now is a stranger: a password made it known, as often as anybody liked. */
function knownWith(factor: Factor | null, browser: KnownBrowser | null): string | null {
  if (browser && factor?.since && browser.since < factor.since) return null;
  return browser?.name ?? null;
}

@Injectable()
export class AuthService {
  private readonly logger = new Logger(AuthService.name);
  private readonly decoy = hash(randomBytes(16));

  constructor(
    private readonly db: DataSource,
    @InjectRepository(SysUser) private readonly users: Repository<SysUser>,
    private readonly jwt: JwtService,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly passwords: Passwords,
    private readonly proofs: OperatorProofs,
    private readonly codes: OneTimeCodes,
    private readonly lockout: Lockout,
    private readonly security: SecurityLog,
    private readonly settings: SettingsService,
  ) {}

  /**
   * An unknown or disabled user costs as much time as a wrong password, and reads the same. Where there is a second factor, a right
   * password alone is told so, and forgives no wrong code of before.
   * @throws BusinessError 401, 429 while the account is locked for this network, or the network
   */
  async login(attempt: LoginAttempt): Promise<Camp.LoginResult> {
    const { username, ip } = attempt;
    const user = await userNamed(this.db, username);
    const factor = await this.codes.factorOf(user?.id ?? 0);
    const known = knownWith(factor, attempt.known);
    const guesser = { username, passwordHash: user?.password_hash ?? null, ip, known };
    const actor = user ? { id: user.id, username: user.username, ip } : stranger(ip);
    const found: Found = {};
    const right = await this.proofs.guess(guesser, actor, () =>
      this.isRight(user, factor, attempt, guesser, found),
    );
    if (right === 'incomplete') throw codeRequired(sentence('code_needed'));
    if (!right && found.code === null) {
      this.security.note('auth.code_failed', actor);
      throw codeRequired(sentence('code_wrong'));
    }
    const sessionId = randomUUID();
    const session = right && user ? await this.begin(sessionId, user, attempt, found.code ?? null) : null;
    if (!session) {
      this.security.note('auth.login_failed', actor);
      throw new BusinessError(401, sentence('wrong_login'));
    }
    const pending = await pendingOf(
      { mustChange: session.must_change, role: session.role, secondFactor: factor !== null },
      this.settings,
    );
    const claims = { userId: session.id, username: session.username, role: session.role };
    return {
      userId: session.id,
      username: session.username,
      realName: session.real_name,
      role: session.role,
      token: await this.jwt.signAsync(claims, { jwtid: sessionId, expiresIn: SESSION_SECONDS }),
      expiresIn: SESSION_SECONDS,
      permissions: [...ROLE_PERMISSIONS[session.role]],
      ...(pending && { pending }),
    };
  }

  private async isRight(
    user: UserRow | null,
    factor: Factor | null,
    { password, code }: LoginAttempt,
    guesser: Guesser,
    found: Found,
  ): Promise<Guess> {
    const matches = await verify(user?.password_hash ?? (await this.decoy), password);
    if (!matches || user?.status !== 'active') return false;
    if (!factor) return true;
    if (code === undefined) return 'incomplete';
    return this.lockout.guessCode(guesser, async () => {
      found.code = await this.codes.check(factor, code);
      return found.code !== null;
    });
  }

  async logout(operator: Operator): Promise<void> {
    await this.db.transaction(async (manager) => {
      await manager.delete(SysSession, { id: operator.sessionId });
      await this.audit.record(manager, operator, { action: 'auth.logout', target: ['user', operator.id] });
    });
  }

  /** Ends the operator's other sessions. @throws BusinessError 400 for what is no good password, 1403, 429 */
  async changePassword(operator: Operator, oldPassword: string, newPassword: string): Promise<void> {
    const { id, username, sessionId } = operator;
    const user = await this.proofs.password(operator, oldPassword);
    // Whoever set the first one would still know it.
    if (newPassword === oldPassword)
      throw invalid({ field: 'newPassword', ...sentence('password_unchanged') });
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
    if (await this.users.existsBy({ role: 'admin' })) return;
    const password = chosen ?? randomBytes(12).toString('base64url');
    // First told, then made: one that nobody was told would lock everybody out.
    const told = chosen === null ? await tellFirstPassword('admin', password, file) : null;
    const user = { username: 'admin', password, realName: '超级管理员', role: 'admin' as const };
    const id = await this.createUser(this.db, { ...user, mustChange: chosen === null });
    if (id === null) await told?.takeBack();
    else if (told) this.logger.warn(`made the first operator, admin; the password is ${told.where}`);
  }

  /**
   * @returns null when the user was disabled, the password changed, or a second factor came to be, since it was looked at
   * @throws BusinessError 401 when the code has been used meanwhile
   */
  private async begin(
    sessionId: string,
    user: UserRow,
    { ip, userAgent }: LoginAttempt,
    code: RightCode | null,
  ): Promise<UserRow | null> {
    return this.db.transaction(async (manager) => {
      await lockUser(manager, user.id);
      const current = await maybeRow<UserRow>(
        manager,
        `WITH proven AS (
           UPDATE sys_user SET last_login_at = $8 WHERE id = $1 AND password_hash = $2 AND status = 'active'
             AND ($7 OR NOT EXISTS (SELECT FROM sys_totp WHERE user_id = $1 AND sealed IS NOT NULL)) RETURNING *
         ), session AS (
           INSERT INTO sys_session (id, user_id, created_at, seen_at, fresh_at, expires_at, ip, user_agent)
           SELECT $3, id, $8, $8, $8, $8::timestamptz + make_interval(secs => $4), $5, $6 FROM proven
         ) SELECT * FROM proven`,
        [
          user.id,
          user.password_hash,
          sessionId,
          SESSION_SECONDS,
          ip,
          userAgent,
          code !== null,
          this.clock.wall(),
        ],
      );
      if (!current) return null;
      const actor = { id: current.id, username: current.username, ip };
      if (code && !(await this.codes.use(manager, actor, code))) throw codeRequired(sentence('code_wrong'));
      await this.audit.record(manager, actor, { action: 'auth.login', target: ['user', current.id] });
      return current;
    });
  }
}
