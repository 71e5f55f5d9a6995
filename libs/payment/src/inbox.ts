import { Logger } from '@nestjs/common';
import type { Alerts, Clock } from '@yajin/server';
import type { DataSource } from 'typeorm';
import type { Gateways } from './gateways.js';
import type { Lines } from './lines.js';
import {
  keepUnapplied,
  settleClaimedPayment,
  settlePayment,
  settleRefund,
  type Note,
  type Settled,
} from './settlement.js';

export type Headers = Record<string, string | string[] | undefined>;

/** Where notifications arrive: verified before anything is looked up, kept and applied in one statement. */
export class Inbox {
  private readonly logger = new Logger(Inbox.name);

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly gateways: Gateways,
    private readonly lines: Lines,
    private readonly alerts: Alerts,
  ) {}

  /**
   * When this resolves the notification is kept and may be acknowledged, whether or not it could be applied.
   * @throws InvalidNotification when it is not the gateway's; nothing was stored then
   */
  async receive(gatewayName: string, headers: Headers, rawBody: Buffer): Promise<Settled> {
    const { eventId, eventType, payload, content } = this.gateways
      .get(gatewayName)
      .readNotification(headers, rawBody);
    const note: Note = { eventId, eventType, payload };
    switch (content.kind) {
      case 'payment': {
        const claim = this.lines.claim(content.trade.outTradeNo);
        const settled = claim
          ? await settleClaimedPayment(
              this.db,
              gatewayName,
              content.trade,
              claim,
              content.foreign,
              note,
              this.clock.now(),
            )
          : await settlePayment(this.db, gatewayName, content.trade, content.foreign, note, this.clock.now());
        return this.reported(gatewayName, note, settled);
      }
      case 'refund': {
        const settled = await settleRefund(
          this.db,
          gatewayName,
          content.refund,
          content.foreign,
          note,
          this.clock.now(),
        );
        return this.reported(gatewayName, note, settled);
      }
      case 'unusable': {
        await keepUnapplied(this.db, gatewayName, note, 'unreadable', content.reason, null);
        return this.reported(gatewayName, note, { outcome: 'quarantined', reason: content.reason });
      }
    }
  }

  private async reported(gateway: string, note: Note, settled: Settled): Promise<Settled> {
    if (settled.outcome === 'quarantined') {
      await this.alerts.raise(
        '支付通知无法处理，已隔离',
        `${gateway} ${note.eventType} ${note.eventId}: ${settled.reason}`,
      );
    } else if (settled.outcome === 'surplus') {
      this.logger.warn(`${gateway} ${note.eventId}: paid late or twice, refunding`);
    }
    return settled;
  }
}
