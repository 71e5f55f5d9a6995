import { Injectable, type OnModuleInit } from '@nestjs/common';
import { maybeRow, onlyRow, type Row } from '@yajin/server';
import { DataSource } from 'typeorm';
import { HealthChecks, type HealthReading } from '../../system/index.js';
import type { CampSync } from './checkin/camp-sync.entity.js';

const COOKIE_EXPIRED = 1202;

/** What the line knows of zsxq, from what it last did for us. */
@Injectable()
export class CampHealth implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    private readonly checks: HealthChecks,
  ) {}

  onModuleInit(): void {
    this.checks.register('planet', () => this.planet());
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
    if (!latest) return { status: 'up', message: '尚未同步过', facts: lastSyncTime };
    const { error, fail_code: code } = latest;
    if (error === null)
      return { status: 'up', message: null, facts: { ...lastSyncTime, planetCookie: 'valid' } };
    if (code !== COOKIE_EXPIRED)
      return { status: 'degraded', message: `最近一次同步失败：${error}`, facts: lastSyncTime };
    if (latest.cookie_is_newer)
      return { status: 'degraded', message: 'Cookie 已更新，尚未同步', facts: lastSyncTime };
    return { status: 'down', message: error, facts: { ...lastSyncTime, planetCookie: 'expired' } };
  }
}
