import { Injectable, type OnModuleInit } from '@nestjs/common';
import { localTime, sentence, type Sentence } from '@yajin/core';
import { Gateways, KeyWatch, Refusals, type KeyTrouble } from '@yajin/payment';
import { Clock, onlyRow } from '@yajin/server';
import { DataSource } from 'typeorm';
import { CallHealth, HealthChecks, together, type HealthReading } from '../system/index.js';

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
    private readonly calls: CallHealth,
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
      ...(refunds > 0 ? [sentence('refunds_unconfigured', refunds)] : []),
      ...(transfers > 0 ? [sentence('transfers_unconfigured', transfers)] : []),
    ];
    return { status: troubles.length > 0 ? 'degraded' : 'up', findings: troubles };
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
      ...keys.map(keyTrouble),
      ...refused.map(({ code, message, orders }) => sentence('orders_refused', orders, code, message)),
      ...(paused ? [sentence('refunds_paused')] : []),
      ...(slow > 0 ? [sentence('refunds_slow', slow)] : []),
    ];
    const known: HealthReading = {
      status: keys.some(({ grave }) => grave) ? 'down' : troubles.length > 0 ? 'degraded' : 'up',
      findings: troubles,
      ...(paused ? { facts: { refundsPaused: true } } : {}),
    };
    return together(known, await this.calls.reading(gateway));
  }
}

function keyTrouble(trouble: KeyTrouble): Sentence {
  switch (trouble.what) {
    case 'unknown':
      return sentence('key_unknown', trouble.serial);
    case 'unreadable':
      return sentence('key_unreadable');
    case 'expires':
      return trouble.grave
        ? sentence('certificate_expired', trouble.serial)
        : sentence('certificate_expires', trouble.serial, localTime(trouble.expiresAt).slice(0, 10));
  }
}
