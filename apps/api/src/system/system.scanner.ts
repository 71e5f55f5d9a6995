import { Injectable, type OnModuleInit } from '@nestjs/common';
import { businessDate } from '@yajin/core';
import { Jobs, rows } from '@yajin/server';
import { DataSource } from 'typeorm';
import { AuditChain } from './audit-chain.js';

/** When the night's work begins, in hours after midnight in Shanghai (real time). */
const HOUR = 4;

/** What the system does for itself once a day. */
@Injectable()
export class SystemScanner implements OnModuleInit {
  private lastNight = '';

  constructor(
    private readonly db: DataSource,
    private readonly jobs: Jobs,
    private readonly chain: AuditChain,
  ) {}

  onModuleInit(): void {
    this.jobs.register('system.audit', () => this.chain.verify());
    this.jobs.register('system.prune', () => this.prune());
  }

  /** Chains what operators did meanwhile. */
  async chainDeeds(): Promise<void> {
    await this.chain.takeIn();
  }

  /** Of all replicas, the first to come by after the hour enqueues the night's jobs. */
  async tick(): Promise<void> {
    const night = businessDate(new Date(Date.now() - HOUR * 3_600_000));
    if (night === this.lastNight) return;
    await rows(
      this.db,
      `WITH due AS (
         INSERT INTO sys_config AS c (key, value, updated_at) VALUES ('system.night', $1, now())
         ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, updated_at = EXCLUDED.updated_at WHERE c.value < EXCLUDED.value
         RETURNING key
       ) SELECT graphile_worker.add_job(name, job_key := name, max_attempts := 5)
         FROM due, unnest(ARRAY['system.audit', 'system.prune']) AS name`,
      [night],
    );
    this.lastNight = night;
  }

  /** Forgets what has run out: sessions, and answers kept for repeated requests. */
  private async prune(): Promise<void> {
    await rows(this.db, 'DELETE FROM sys_session WHERE expires_at < now()');
    await rows(this.db, `DELETE FROM sys_idempotency WHERE created_at < now() - interval '24 hours'`);
  }
}
