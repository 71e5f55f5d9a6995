import { Injectable, type OnModuleInit } from '@nestjs/common';
import { KeyWatch, Refusals } from '@yajin/payment';
import { Clock, maybeRow, onlyRow } from '@yajin/server';
import { DataSource } from 'typeorm';
import { HealthChecks, type HealthReading } from '../../system/index.js';

const DAY_MS = 86_400_000;
const COOKIE_EXPIRED = 1202;

/** What the line knows of the two it depends on, from what they last did for us. */
@Injectable()
export class CampHealth implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly checks: HealthChecks,
    private readonly keys: KeyWatch,
    private readonly refusals: Refusals,
  ) {}

  onModuleInit(): void {
    this.checks.register('wechat', () => this.wechat());
    this.checks.register('planet', () => this.planet());
  }

  private async wechat(): Promise<HealthReading> {
    const { paused, slow } = await onlyRow<{ paused: boolean; slow: number }>(
      this.db,
      `SELECT EXISTS (SELECT FROM pay_refund_pause WHERE until > now()) AS paused,
         (SELECT count(*) FROM pay_refund WHERE status IN ('pending', 'processing') AND created_at < $1) AS slow`,
      [new Date(this.clock.now().getTime() - DAY_MS)],
    );
    const keys = await this.keys.troubles();
    const troubles = [
      ...keys.map(({ message }) => message),
      ...(await this.refusals.recent()).map(
        ({ code, message, orders }) => `${orders} 笔订单无法下单：${code} ${message}`,
      ),
      ...(paused ? ['商户余额不足，退款已暂停'] : []),
      ...(slow > 0 ? [`${slow} 笔退款超过一天没有结果`] : []),
    ];
    return {
      status: keys.some(({ grave }) => grave) ? 'down' : troubles.length > 0 ? 'degraded' : 'up',
      message: troubles.join('；') || null,
      facts: { refundsPaused: paused },
    };
  }

  private async planet(): Promise<HealthReading> {
    const { last } = await onlyRow<{ last: Date | null }>(
      this.db,
      'SELECT max(synced_at) AS last FROM camp_sync',
    );
    const lastSyncTime = { lastSyncTime: last };
    const latest = await maybeRow<{
      error: string | null;
      fail_code: number | null;
      cookie_is_newer: boolean;
    }>(
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
