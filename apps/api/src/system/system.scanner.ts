import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { businessDate, sentence } from '@yajin/core';
import { Clock, Deadlines, Jobs, rows, SealedColumns, Secrets, type Job, type Resealed } from '@yajin/server';
import { DataSource, Repository } from 'typeorm';
import { AuditChain } from './audit-chain.js';
import { HealthChecks, type HealthReading } from './health-checks.js';
import { MASTER_KEY_CONTEXT } from './master-key.js';
import { AUDIT, PRUNE, resealing, RETENTION } from './system.jobs.js';
import { SysConfig } from './sys-config.entity.js';

/** When the night's work begins, in hours after midnight in Shanghai (real time). */
const HOUR = 4;
const RESEAL = 'system.reseal';

/** What the last round of resealing found, and by which key. */
type ResealRecord = Resealed & { keyId: string };

/** What the system does for itself once a day. */
@Injectable()
export class SystemScanner implements OnModuleInit {
  private lastNight = '';

  constructor(
    private readonly db: DataSource,
    @InjectRepository(SysConfig) private readonly config: Repository<SysConfig>,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly chain: AuditChain,
    private readonly secrets: Secrets,
    private readonly sealed: SealedColumns,
    private readonly checks: HealthChecks,
    private readonly deadlines: Deadlines,
  ) {}

  onModuleInit(): void {
    this.jobs.register(AUDIT, () => this.chain.verify());
    this.jobs.register(PRUNE, () => this.prune());
    this.jobs.register(this.resealJob, () => this.reseal());
    this.checks.register('masterKey', () => this.masterKey());
    this.sealed.register({
      table: 'sys_master_key',
      key: 'id',
      value: 'sealed',
      context: () => MASTER_KEY_CONTEXT,
    });
    for (const [owner, run] of [
      ['the night', () => this.tick()],
      ['the audit log', () => this.chainEntries()],
    ] as const)
      this.deadlines.register({ owner, steps: [{ name: owner, run, routine: true }] });
  }

  /** While there is a previous master key, what it sealed is sealed anew: now, and every night for what came in between. */
  async begin(): Promise<void> {
    if (this.secrets.rotating) await rows(this.db, `SELECT ${this.resealJob.addOnce({})}`);
  }

  /** Chains what operators did meanwhile. */
  async chainEntries(): Promise<void> {
    await this.chain.takeIn();
  }

  /** Of all replicas, the first to come by after the hour enqueues the night's jobs. */
  async tick(): Promise<void> {
    const night = businessDate(new Date(this.clock.wall().getTime() - HOUR * 3_600_000));
    if (night === this.lastNight) return;
    const reseal = this.secrets.rotating ? `, ${this.resealJob.addOnce({})}` : '';
    await rows(
      this.db,
      `WITH due AS (
         INSERT INTO sys_config AS c (key, value, updated_at) VALUES ('system.night', $1, $2)
         ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, updated_at = EXCLUDED.updated_at WHERE c.value < EXCLUDED.value
         RETURNING key
       ) SELECT ${AUDIT.addOnce({})}, ${PRUNE.addOnce({})}, ${RETENTION.addOnce({})} ${reseal} FROM due`,
      [night, this.clock.wall()],
    );
    this.lastNight = night;
  }

  /** Forgets what has run out: sessions, and answers kept for repeated requests. */
  private async prune(): Promise<void> {
    const now = this.clock.wall();
    await rows(this.db, 'DELETE FROM sys_session WHERE expires_at < $1', [now]);
    await rows(
      this.db,
      `DELETE FROM sys_idempotency WHERE created_at < $1::timestamptz - interval '24 hours'`,
      [now],
    );
  }

  private get resealJob(): Job {
    return resealing(this.secrets.keyId);
  }

  private async reseal(): Promise<void> {
    const done = await this.sealed.reseal();
    await rows(
      this.db,
      `INSERT INTO sys_config (key, value, updated_at) VALUES ($1, $2, $3)
       ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, updated_at = EXCLUDED.updated_at`,
      [
        RESEAL,
        JSON.stringify({ ...done, keyId: this.secrets.keyId } satisfies ResealRecord),
        this.clock.wall(),
      ],
    );
  }

  private async masterKey(): Promise<HealthReading> {
    if (!this.secrets.rotating) return { status: 'up', findings: [] };
    const row = await this.config.findOneBy({ key: RESEAL });
    const last = row && (JSON.parse(row.value) as ResealRecord);
    if (last?.keyId !== this.secrets.keyId) return { status: 'degraded', findings: [sentence('resealing')] };
    if (last.unreadable > 0)
      return { status: 'degraded', findings: [sentence('seals_unreadable', last.unreadable)] };
    return last.sealed > 0
      ? { status: 'up', findings: [sentence('resealed', last.sealed)] }
      : { status: 'up', findings: [sentence('all_resealed')] };
  }
}
