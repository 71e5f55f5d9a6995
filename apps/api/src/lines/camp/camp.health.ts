import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sentence } from '@yajin/core';
import { Clock, maybeRow, onlyRow, type Row } from '@yajin/server';
import { DataSource } from 'typeorm';
import { CallHealth, HealthChecks, Metrics, together, type HealthReading } from '../../system/index.js';
import { planetWords } from './checkin/planet-words.js';
import type { CampSync } from './checkin/camp-sync.entity.js';

const COOKIE_EXPIRED = 1202;

/** What the line knows of zsxq, from what it last did for us. */
@Injectable()
export class CampHealth implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    private readonly checks: HealthChecks,
    private readonly calls: CallHealth,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    const age = ['For how long the camp that is behind most has not been synced', ['camps']] as [
      string,
      string[],
    ];
    this.metrics.figures({ sync_age_seconds: age }, async () => [
      { name: 'sync_age_seconds', labels: { camps: 'ongoing' }, value: await this.syncAge() },
    ]);
    this.checks.register('planet', async () =>
      together(await this.planet(), await this.calls.reading('planet')),
    );
    this.checks.register('messages', () => this.calls.reading('wechat-account', 'wecom', 'robot'));
  }

  /** Of camps that are going on; one that was never synced is as old as it has lasted. */
  private async syncAge(): Promise<number> {
    const { seconds } = await onlyRow<{ seconds: number }>(
      this.db,
      `SELECT greatest(coalesce(max(extract(epoch FROM $1::timestamptz - coalesce(s.synced_at, c.start_date::timestamp AT TIME ZONE 'Asia/Shanghai'))), 0), 0)::float8
         AS seconds
       FROM camp c LEFT JOIN camp_sync s ON s.camp_id = c.id WHERE c.status = 'ongoing' AND c.deleted_at IS NULL`,
      [this.clock.now()],
    );
    return seconds;
  }

  private async planet(): Promise<HealthReading> {
    const { last } = await onlyRow<{ last: Date | null }>(
      this.db,
      'SELECT max(synced_at) AS last FROM camp_sync',
    );
    const lastSyncTime = { lastSyncTime: last };
    const latest = await maybeRow<Row<CampSync, 'error' | 'failCode'> & { cookie_is_newer: boolean }>(
      this.db,
      `SELECT error, fail_code, EXISTS (SELECT FROM sys_config WHERE key = 'planet.cookie' AND updated_at > s.tried_at) AS cookie_is_newer
       FROM camp_sync s WHERE tried_at IS NOT NULL AND lease_until IS NULL ORDER BY tried_at DESC LIMIT 1`,
    );
    if (!latest) return { status: 'up', findings: [sentence('never_synced')], facts: lastSyncTime };
    const { error, fail_code: code } = latest;
    if (error === null)
      return { status: 'up', findings: [], facts: { ...lastSyncTime, planetCookie: 'valid' } };
    if (code !== COOKIE_EXPIRED) return { status: 'degraded', ...syncFailed(error), facts: lastSyncTime };
    if (latest.cookie_is_newer)
      return { status: 'degraded', findings: [sentence('cookie_renewed')], facts: lastSyncTime };
    return {
      status: 'down',
      findings: [sentence('planet_cookie_expired')],
      facts: { ...lastSyncTime, planetCookie: 'expired' },
    };
  }
}

/** The planet's own words are a finding of their own, where they are known. */
function syncFailed(error: string): Pick<HealthReading, 'findings' | 'message'> {
  const failed = sentence('sync_failed', error);
  const cause = planetWords(error);
  return cause
    ? { findings: [sentence('sync_has_failed'), cause], message: failed.message }
    : { findings: [failed] };
}
