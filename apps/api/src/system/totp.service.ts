import { Injectable } from '@nestjs/common';
import { localTime, sentence } from '@yajin/core';
import { BusinessError, Clock, maybeRow, rows, Secrets, type Database } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource, type EntityManager } from 'typeorm';
import { Audit, type Actor } from './audit.service.js';
import { LockedOut } from './lockout.js';
import { OneTimeCodes, sealedForTotp } from './one-time-codes.js';
import type { Operator } from './operator.js';
import { OperatorProofs } from './operator-proofs.js';
import { SecurityLog } from './security-log.js';
import { mustUseTotp, SettingsService } from './settings.service.js';
import { SystemOptions } from './system.options.js';
import { newRecoveryCodes, newTotpSecret, recoveryHash, stepOf, totpUri } from './totp.js';
import { lockUser } from './user.row.js';
import { SysSession } from './sys-session.entity.js';
import { SysTotp } from './sys-totp.entity.js';

/** So long a new secret waits to be confirmed. */
const CONFIRM_MINUTES = 15;

function beginAnew(): BusinessError {
  return new BusinessError(409, sentence('set_up_expired'));
}

/** The second factor of operators: setting it up, and taking it away. */
@Injectable()
export class TotpService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly secrets: Secrets,
    private readonly audit: Audit,
    private readonly codes: OneTimeCodes,
    private readonly proofs: OperatorProofs,
    private readonly security: SecurityLog,
    private readonly settings: SettingsService,
    private readonly options: SystemOptions,
  ) {}

  async status({ id, role }: Operator): Promise<Camp.TotpStatus> {
    const factor = await this.codes.factorOf(id);
    return {
      enabled: factor !== null,
      since: factor?.since ? localTime(factor.since) : null,
      required: await mustUseTotp(role, this.settings),
      recoveryCodesLeft: await this.codes.recoveryCodesLeft(id),
    };
  }

  /** What an authenticator app is given. Logins go on as before until it is confirmed. */
  async begin({ id, username }: Operator): Promise<Camp.TotpEnrolment> {
    const secret = newTotpSecret();
    await rows(
      this.db,
      `INSERT INTO sys_totp (user_id, next_sealed, next_until) VALUES ($1, $2, $3::timestamptz + make_interval(mins => ${CONFIRM_MINUTES}))
       ON CONFLICT (user_id) DO UPDATE SET next_sealed = EXCLUDED.next_sealed, next_until = EXCLUDED.next_until`,
      [id, this.secrets.encrypt(secret, sealedForTotp(String(id))), this.clock.wall()],
    );
    return { secret, uri: totpUri(secret, `${username}@${new URL(this.options.publicUrl).host}`) };
  }

  /** From now on logins ask for it. @throws BusinessError 409 when nothing waits to be confirmed, or too much was guessed at it, 1405 */
  async confirm(operator: Operator, code: string): Promise<Camp.RecoveryCodes> {
    const waiting = await maybeRow<{ next_sealed: string }>(
      this.db,
      'SELECT next_sealed FROM sys_totp WHERE user_id = $1 AND next_sealed IS NOT NULL AND next_until > $2',
      [operator.id, this.clock.wall()],
    );
    if (!waiting) throw beginAnew();
    const step = await this.confirmedStep(operator, waiting.next_sealed, code);
    return this.db.transaction(async (manager) => {
      await lockUser(manager, operator.id);
      const confirmed = await rows(
        manager,
        `UPDATE sys_totp SET sealed = next_sealed, since = $4, last_step = $2, next_sealed = NULL, next_until = NULL
         WHERE user_id = $1 AND next_sealed = $3 AND next_until > $4 RETURNING 1`,
        [operator.id, step, waiting.next_sealed, this.clock.wall()],
      );
      if (confirmed.length === 0) throw beginAnew();
      const codes = await replaceCodes(manager, operator.id);
      await this.changed(manager, operator, 'auth.totp_on');
      return { codes };
    });
  }

  /** Five wrong codes, and the secret that waited is void. */
  private async confirmedStep(operator: Operator, sealed: string, code: string): Promise<number> {
    const { id, username, ip } = operator;
    // Each new secret begins a count of its own.
    const guesser = { username, passwordHash: sealed, ip, known: 'session' };
    const step = stepOf(this.secrets.decrypt(sealed, sealedForTotp(String(id))), code);
    try {
      await this.proofs.guess(guesser, operator, () => Promise.resolve(step !== null));
    } catch (error) {
      if (!(error instanceof LockedOut)) throw error;
      await rows(
        this.db,
        'UPDATE sys_totp SET next_sealed = NULL, next_until = NULL WHERE user_id = $1 AND next_sealed = $2',
        [id, sealed],
      );
      throw beginAnew();
    }
    if (step !== null) return step;
    this.security.note('auth.code_failed', operator);
    throw new BusinessError(1405);
  }

  /** @throws BusinessError 409 where there is none */
  async renewCodes(operator: Operator): Promise<Camp.RecoveryCodes> {
    return this.db.transaction(async (manager) => {
      await lockFactor(manager, operator.id);
      const codes = await replaceCodes(manager, operator.id);
      await this.audit.record(manager, operator, {
        action: 'auth.recovery_codes',
        target: ['user', operator.id],
      });
      return { codes };
    });
  }

  /** @throws BusinessError 409 where there is none, or the role asks for one */
  async off(operator: Operator): Promise<void> {
    if (await mustUseTotp(operator.role, this.settings))
      throw new BusinessError(409, sentence('codes_required'));
    await this.db.transaction(async (manager) => {
      await lockFactor(manager, operator.id);
      await manager.delete(SysTotp, { userId: operator.id });
      await this.changed(manager, operator, 'auth.totp_off');
    });
  }

  /** The login that did it goes on, the others have to prove themselves anew. */
  private async changed(manager: EntityManager, operator: Operator, action: string): Promise<void> {
    await rows(manager, 'DELETE FROM sys_session WHERE user_id = $1 AND id <> $2', [
      operator.id,
      operator.sessionId,
    ]);
    await this.audit.record(manager, operator, { action, target: ['user', operator.id] });
  }
}

/**
 * Takes somebody's second factor away, for they have lost it. Whoever was logged in with it no longer is.
 * @throws BusinessError 409 where there is none
 */
export async function resetTotp(
  manager: EntityManager,
  audit: Audit,
  actor: Actor,
  userId: number,
): Promise<void> {
  await lockFactor(manager, userId);
  await manager.delete(SysTotp, { userId });
  await manager.delete(SysSession, { userId });
  await audit.record(manager, actor, { action: 'user.totp_reset', target: ['user', userId] });
}

async function lockFactor(db: Database, userId: number): Promise<void> {
  await lockUser(db, userId);
  const found = await maybeRow(
    db,
    'SELECT 1 FROM sys_totp WHERE user_id = $1 AND sealed IS NOT NULL FOR UPDATE',
    [userId],
  );
  if (!found) throw new BusinessError(409, sentence('no_codes'));
}

async function replaceCodes(db: Database, userId: number): Promise<string[]> {
  const codes = newRecoveryCodes();
  await rows(db, 'DELETE FROM sys_recovery_code WHERE user_id = $1', [userId]);
  await rows(db, 'INSERT INTO sys_recovery_code (user_id, hash) SELECT $1, unnest($2::bytea[])', [
    userId,
    codes.map(recoveryHash),
  ]);
  return codes;
}
