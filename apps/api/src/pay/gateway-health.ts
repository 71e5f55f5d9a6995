import { Injectable, type OnModuleInit } from '@nestjs/common';
import { localTime } from '@yajin/core';
import { Gateways, KeyWatch, Refusals, type KeyTrouble } from '@yajin/payment';
import { Clock, onlyRow } from '@yajin/server';
import { DataSource } from 'typeorm';
import { HealthChecks, type HealthReading } from '../system/index.js';

const DAY_MS = 86_400_000;

/** The console has always known WeChat Pay v3 by this name; every other gateway goes by its own. */
const PUBLISHED: Record<string, string> = { 'wechat-v3': 'wechat' };

/** What is known of each gateway, from what it last did for us. */
@Injectable()
export class GatewayHealth implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly checks: HealthChecks,
    private readonly gateways: Gateways,
    private readonly keys: KeyWatch,
    private readonly refusals: Refusals,
  ) {}

  onModuleInit(): void {
    for (const gateway of this.gateways.names)
      this.checks.register(PUBLISHED[gateway] ?? gateway, () => this.check(gateway));
    this.checks.register('gateways', () => this.unconfigured());
  }

  /** Money under way at a gateway that is not configured any more: nobody asks what has become of it. */
  private async unconfigured(): Promise<HealthReading> {
    const { refunds, transfers } = await onlyRow<{ refunds: number; transfers: number }>(
      this.db,
      `SELECT (SELECT count(*) FROM pay_refund WHERE gateway <> ALL($1) AND status IN ('pending', 'processing')) AS refunds,
         (SELECT count(*) FROM pay_transfer WHERE gateway <> ALL($1) AND status IN ('pending', 'processing')) AS transfers`,
      [this.gateways.names],
    );
    const troubles = [
      ...(refunds > 0 ? [`${refunds} 笔退款的渠道未配置`] : []),
      ...(transfers > 0 ? [`${transfers} 笔转账的渠道未配置`] : []),
    ];
    return { status: troubles.length > 0 ? 'degraded' : 'up', message: troubles.join('；') || null };
  }

  private async check(gateway: string): Promise<HealthReading> {
    const { paused, slow } = await onlyRow<{ paused: boolean; slow: number }>(
      this.db,
      `SELECT EXISTS (SELECT FROM pay_refund_pause WHERE gateway = $1 AND until > $2) AS paused,
         (SELECT count(*) FROM pay_refund WHERE gateway = $1 AND status IN ('pending', 'processing') AND created_at < $3) AS slow`,
      [gateway, this.clock.wall(), new Date(this.clock.now().getTime() - DAY_MS)],
    );
    const keys = (await this.keys.troubles()).filter((each) => each.gateway === gateway);
    const refused = (await this.refusals.recent()).filter((each) => each.gateway === gateway);
    const troubles = [
      ...keys.map(keyWords),
      ...refused.map(({ code, message, orders }) => `${orders} 笔订单无法下单：${code} ${message}`),
      ...(paused ? ['商户余额不足，退款已暂停'] : []),
      ...(slow > 0 ? [`${slow} 笔退款超过一天没有结果`] : []),
    ];
    return {
      status: keys.some(({ grave }) => grave) ? 'down' : troubles.length > 0 ? 'degraded' : 'up',
      message: troubles.join('；') || null,
      ...(paused ? { facts: { refundsPaused: true } } : {}),
    };
  }
}

function keyWords(trouble: KeyTrouble): string {
  switch (trouble.what) {
    case 'unknown':
      return `签名所用的公钥或证书未知（${trouble.serial}），请补充`;
    case 'unreadable':
      return '密钥文件无法读取';
    case 'expires':
      return trouble.grave
        ? `平台证书 ${trouble.serial} 已到期`
        : `平台证书 ${trouble.serial} 将于 ${localTime(trouble.expiresAt).slice(0, 10)} 到期`;
  }
}
