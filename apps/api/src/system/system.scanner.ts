import { Injectable, type OnModuleInit } from '@nestjs/common';
import { businessDate } from '@yajin/core';
import { Clock, Deadlines, Jobs, rows } from '@yajin/server';
import { DataSource } from 'typeorm';
import { AuditChain } from './audit-chain.js';
import { Resealing } from './resealing.js';
import { AUDIT, PRUNE, RETENTION } from './system.jobs.js';

/** When the night's work begins, in hours after midnight in Shanghai (real time). */
const HOUR = 4;

/** What the system does for itself once a day. */
@Injectable()
export class SystemScanner implements OnModuleInit {
  private lastNight = '';

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly chain: AuditChain,
    private readonly resealing: Resealing,
    private readonly deadlines: Deadlines,
  ) {}

  onModuleInit(): void {
    this.jobs.register(AUDIT, () => this.chain.verify());
    this.jobs.register(PRUNE, () => this.prune());
    for (const [owner, run] of [
      ['the night', () => this.tick()],
      ['the audit log', () => this.chainEntries()],
    ] as const)
      this.deadlines.register({ owner, steps: [{ name: owner, run, routine: true }] });
  }

  /** While there is a previous master key, what it sealed is sealed anew: now, and every night for what came in between. */
  async begin(): Promise<void> {
    const { round } = this.resealing;
    if (round) await rows(this.db, `SELECT ${round.addOnce({})}`);
  }

  /** Chains what operators did meanwhile. */
  async chainEntries(): Promise<void> {
    await this.chain.takeIn();
  }

  /** Of all replicas, the first to come by after the hour enqueues the night's jobs. */
  async tick(): Promise<void> {
    const night = businessDate(new Date(this.clock.wall().getTime() - HOUR * 3_600_000));
    if (night === this.lastNight) return;
    const { round } = this.resealing;
    const reseal = round ? `, ${round.addOnce({})}` : '';
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
}
