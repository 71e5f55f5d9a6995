import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { maybeRow, onlyRow, rows, SealedColumns, Secrets, type Database, type Row } from '@yajin/server';
import { DataSource, Repository } from 'typeorm';
import { Audit, type Actor } from './audit.service.js';
import { SysRecoveryCode } from './sys-recovery-code.entity.js';
import type { SysTotp } from './sys-totp.entity.js';
import { recoveryHash, stepOf } from './totp.js';

/** The second factor that somebody logs in with. */
export type Factor = Row<SysTotp> & { sealed: string };

/** A code that is right, until somebody uses it; that of an app, for as long as its secret counts (here as it is sealed). */
export type RightCode = { step: number; of: string } | { recovery: Buffer };

/** What an account's secret is sealed for, the new one too. */
export function sealedForTotp(userId: string): string {
  return `totp:${userId}`;
}

/** Looks at one-time codes, and lets each be used once. */
@Injectable()
export class OneTimeCodes implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    @InjectRepository(SysRecoveryCode) private readonly recoveryCodes: Repository<SysRecoveryCode>,
    private readonly secrets: Secrets,
    private readonly sealed: SealedColumns,
    private readonly audit: Audit,
  ) {}

  onModuleInit(): void {
    for (const value of ['sealed', 'next_sealed'])
      this.sealed.register({ table: 'sys_totp', key: 'user_id', value, context: sealedForTotp });
  }

  /** @returns null for whoever has none */
  async factorOf(userId: number, db: Database = this.db): Promise<Factor | null> {
    return maybeRow<Factor>(db, 'SELECT * FROM sys_totp WHERE user_id = $1 AND sealed IS NOT NULL', [userId]);
  }

  /** @returns null for a code that is wrong or has been used */
  async check(factor: Factor, code: string): Promise<RightCode | null> {
    const { user_id: id, last_step: lastStep } = factor;
    const step = stepOf(this.secrets.decrypt(factor.sealed, sealedForTotp(String(id))), code);
    if (step !== null) return step > lastStep ? { step, of: factor.sealed } : null;
    const recovery = recoveryHash(code);
    const kept = await this.recoveryCodes.existsBy({ userId: id, hash: recovery });
    return kept ? { recovery } : null;
  }

  /**
   * Uses a code up, in the transaction of what it is used for.
   * @returns false when somebody else used it, or a later one, in the meantime
   */
  async use(db: Database, actor: Actor & { id: number }, code: RightCode): Promise<boolean> {
    if ('step' in code) {
      const used = await rows(
        db,
        'UPDATE sys_totp SET last_step = $2 WHERE user_id = $1 AND last_step < $2 AND sealed = $3 RETURNING 1',
        [actor.id, code.step, code.of],
      );
      return used.length > 0;
    }
    const used = await rows(
      db,
      'DELETE FROM sys_recovery_code WHERE user_id = $1 AND hash = $2 RETURNING 1',
      [actor.id, code.recovery],
    );
    if (used.length === 0) return false;
    await this.audit.record(db, actor, {
      action: 'auth.recovery_code',
      target: ['user', actor.id],
      after: { left: await this.recoveryCodesLeft(actor.id, db) },
    });
    return true;
  }

  async recoveryCodesLeft(userId: number, db: Database = this.db): Promise<number> {
    const { left } = await onlyRow<{ left: number }>(
      db,
      'SELECT count(*) AS left FROM sys_recovery_code WHERE user_id = $1',
      [userId],
    );
    return left;
  }
}
