import { sentence } from '@yajin/core';
import { Injectable } from '@nestjs/common';
import { verify } from '@node-rs/argon2';
import { BusinessError, Clock, invalid, maybeRow, rows } from '@yajin/server';
import { DataSource } from 'typeorm';
import { Audit, type Actor } from './audit.service.js';
import { LockedOut, Lockout, type Guess, type Guesser } from './lockout.js';
import { OneTimeCodes, type Factor, type RightCode } from './one-time-codes.js';
import type { Operator } from './operator.js';
import { Passwords } from './passwords.js';
import { SecurityLog } from './security-log.js';
import type { UserRow } from './user.row.js';

/** How people prove who they are, and how often they may get it wrong. */
@Injectable()
export class OperatorProofs {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly codes: OneTimeCodes,
    private readonly passwords: Passwords,
    private readonly lockout: Lockout,
    private readonly security: SecurityLog,
  ) {}

  /** One guess: counted only once its turn at hashing has come, so that waiting guesses do not lock anybody out. @throws TryLater */
  async guess(guesser: Guesser, actor: Actor, isRight: () => Promise<Guess>): Promise<Guess> {
    try {
      await this.lockout.requireUnlocked(guesser);
      return await this.passwords.check(() => this.lockout.guess(guesser, isRight));
    } catch (error) {
      if (error instanceof LockedOut) this.security.note('auth.locked_out', actor);
      throw error;
    }
  }

  /** Whoever is logged in gives their password once more. @throws BusinessError 1403, 429 */
  async password(operator: Operator, password: string): Promise<UserRow> {
    const { id, username, ip } = operator;
    const user = await maybeRow<UserRow>(this.db, 'SELECT * FROM sys_user WHERE id = $1', [id]);
    if (!user) throw new BusinessError(401);
    // Whoever holds a stolen session may come from anywhere, and must not lock the owner's login.
    const guesser = { username, passwordHash: user.password_hash, ip, known: 'session' };
    const right = await this.guess(guesser, operator, () => verify(user.password_hash, password));
    if (!right) {
      this.security.note('auth.proof_failed', operator);
      throw new BusinessError(1403);
    }
    return user;
  }

  /**
   * Whoever is logged in proves who they are once more: by a one-time code where they have a second factor, since a browser
   * may know their password, else by the password. Their session is fresh then.
   * @throws BusinessError 400 when the one that counts is missing, 1405, 429
   */
  async again(operator: Operator, given: { password?: string; code?: string }): Promise<void> {
    const factor = await this.codes.factorOf(operator.id);
    const code = factor ? await this.code(operator, factor, given.code) : null;
    if (!factor) await this.passwordAgain(operator, given.password);
    await this.db.transaction(async (manager) => {
      if (code && !(await this.codes.use(manager, operator, code))) throw new BusinessError(1405);
      await rows(manager, 'UPDATE sys_session SET fresh_at = $2, approved_fen = 0 WHERE id = $1', [
        operator.sessionId,
        this.clock.wall(),
      ]);
      const by = code === null ? 'password' : 'step' in code ? 'totp' : 'recovery';
      await this.audit.record(manager, operator, {
        action: 'auth.fresh',
        target: ['user', operator.id],
        after: { by },
      });
    });
  }

  private async passwordAgain(operator: Operator, password: string | undefined): Promise<void> {
    if (password === undefined) throw invalid({ field: 'password', ...sentence('password_needed') });
    await this.password(operator, password).catch((error: unknown) => {
      throw error instanceof BusinessError && error.code === 1403 ? new BusinessError(1405) : error;
    });
  }

  private async code(operator: Operator, factor: Factor, code: string | undefined): Promise<RightCode> {
    if (code === undefined) throw invalid({ field: 'code', ...sentence('code_needed') });
    const { username, ip } = operator;
    // Counted apart from the password: whoever knows that one has no more guesses at the code for it.
    const guesser = { username, passwordHash: factor.sealed, ip, known: 'session' };
    const found: { code?: RightCode | null } = {};
    await this.guess(guesser, operator, async () => {
      found.code = await this.codes.check(factor, code);
      return found.code !== null;
    });
    if (found.code) return found.code;
    this.security.note('auth.proof_failed', operator);
    throw new BusinessError(1405);
  }
}
