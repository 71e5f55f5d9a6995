import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { sentence } from '@yajin/core';
import { Clock, Jobs, maybeRow, rows, SealedColumns, Secrets, type Job, type Row } from '@yajin/server';
import { DataSource, Repository } from 'typeorm';
import { HealthChecks, type HealthReading } from './health-checks.js';
import { MASTER_KEY_CONTEXT } from './master-key.js';
import { SysConfig } from './sys-config.entity.js';
import type { SysMasterKey } from './sys-master-key.entity.js';
import { resealing } from './system.jobs.js';

const KEPT_IN = 'system.reseal';
/** Processes that still seal by the previous key may do so for as long after a round that found something. */
const OTHERS_MS = 6 * 3_600_000;

/** How far a change of keys is, as its rounds have found it. */
interface Rounds {
  /** The key in use, and the one beside it. */
  keyId: string;
  previousId: string;
  /** Whether the one in use has taken the other's place here. Before the two change places it has not. */
  replaces: boolean;
  /** Whether a round has ended. */
  looked: boolean;
  /** What the last round sealed that sealed anything, and when that was. */
  sealed: number;
  sealedAt: string;
  /** Values that no key opens. */
  unreadable: number;
  /** Whether a round found nothing so long after that no process can seal by the previous key any more. */
  done: boolean;
}

/** While there is a previous master key, what it sealed is sealed anew, round by round; and health says when it may go. */
@Injectable()
export class Resealing implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    @InjectRepository(SysConfig) private readonly config: Repository<SysConfig>,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly secrets: Secrets,
    private readonly columns: SealedColumns,
    private readonly checks: HealthChecks,
  ) {}

  onModuleInit(): void {
    this.jobs.register(this.job, () => this.run());
    this.checks.register('masterKey', () => this.health());
    this.columns.register({
      table: 'sys_master_key',
      key: 'id',
      value: 'sealed',
      context: () => MASTER_KEY_CONTEXT,
    });
  }

  /** A round; null where there is nothing to seal anew. */
  get round(): Job | null {
    return this.secrets.rotating ? this.job : null;
  }

  /** One round. May be broken off and begun again. */
  async run(): Promise<void> {
    const { keyId, previousId } = this.secrets;
    if (previousId === null) return;
    const known = await this.rounds(previousId);
    const before: Rounds = known ?? {
      ...{ keyId, previousId, replaces: await this.isReplaced(), looked: false },
      ...{ sealed: 0, sealedAt: this.clock.wall().toISOString(), unreadable: 0, done: false },
    };
    // What is sealed anew does not show any more by which key it was.
    if (!known) await this.keep(before);
    const { sealed, unreadable } = await this.columns.reseal();
    const now = this.clock.wall();
    await this.keep(
      sealed > 0
        ? {
            ...before,
            ...{ replaces: true, looked: true, sealed, sealedAt: now.toISOString(), unreadable, done: false },
          }
        : {
            ...before,
            ...{ looked: true, unreadable, done: now.getTime() - Date.parse(before.sealedAt) >= OTHERS_MS },
          },
    );
  }

  private get job(): Job {
    return resealing(this.secrets.keyId);
  }

  private async isReplaced(): Promise<boolean> {
    const kept = await maybeRow<Row<SysMasterKey, 'sealed'>>(this.db, 'SELECT sealed FROM sys_master_key');
    return kept !== null && !this.secrets.isCurrent(kept.sealed);
  }

  /** @returns null before the first round of these two keys */
  private async rounds(previousId: string): Promise<Rounds | null> {
    const row = await this.config.findOneBy({ key: KEPT_IN });
    if (!row) return null;
    const kept = JSON.parse(row.value) as Partial<Rounds>;
    if (kept.keyId !== this.secrets.keyId || (kept.previousId ?? previousId) !== previousId) return null;
    const { keyId, sealed = 0, unreadable = 0 } = kept;
    // An earlier release kept no more than these.
    const older = { previousId, replaces: true, looked: true, done: sealed === 0 };
    return { ...older, sealedAt: row.updatedAt.toISOString(), ...kept, keyId, sealed, unreadable };
  }

  private async keep(rounds: Rounds): Promise<void> {
    await rows(
      this.db,
      `INSERT INTO sys_config (key, value, updated_at) VALUES ($1, $2, $3)
       ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, updated_at = EXCLUDED.updated_at`,
      [KEPT_IN, JSON.stringify(rounds), this.clock.wall()],
    );
  }

  private async health(): Promise<HealthReading> {
    const { previousId } = this.secrets;
    if (previousId === null) return { status: 'up', findings: [] };
    const rounds = await this.rounds(previousId);
    if (!rounds?.looked) return { status: 'degraded', findings: [sentence('resealing')] };
    if (rounds.unreadable > 0)
      return { status: 'degraded', findings: [sentence('seals_unreadable', rounds.unreadable)] };
    if (!rounds.replaces) return { status: 'up', findings: [sentence('master_key_waits')] };
    return rounds.done
      ? { status: 'up', findings: [sentence('all_resealed')] }
      : { status: 'up', findings: [sentence('resealed', rounds.sealed)] };
  }
}
