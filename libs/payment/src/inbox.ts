import { Injectable, Logger } from '@nestjs/common';
import { Alerts, Clock, maybeRow } from '@yajin/server';
import { DataSource } from 'typeorm';
import type { KernelAlert } from './kernel-alert.js';
import {
  GatewayError,
  InvalidNotification,
  type Gateway,
  type GatewayNotification,
  type PaidTrade,
  type Reply,
} from './gateway.js';
import { DueRows } from './due-rows.js';
import { FeeRates } from './fees.js';
import { Returned } from './returned.js';
import { Gateways } from './gateways.js';
import { Lines } from './lines.js';
import { PayerIds } from './payer-ids.js';
import { alertStarved, applyRefund } from './refund-report.js';
import {
  keepUnapplied,
  applyClaimedPayment,
  applyPayment,
  type InboxEvent,
  type Applied,
} from './payment-report.js';
import { after, ATTEMPT_WAITS } from './times.js';
import { applyTransfer } from './transfer-report.js';

export type Headers = Record<string, string | string[] | undefined>;
type Content = GatewayNotification['content'];
type Hint = Extract<Content, { kind: 'hint' }>;

export interface Answered {
  /** 200 when the notification is kept; 401 when it is not the gateway's, 503 when nobody could say or read it. */
  reply: Reply;
  /** The number it is about, ours or not; null when it names none or could not be read. */
  outTradeNo: string | null;
}

/** Where notifications arrive: verified before anything is looked up, kept and applied in one statement. */
@Injectable()
export class Inbox {
  private readonly logger = new Logger(Inbox.name);

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly gateways: Gateways,
    private readonly lines: Lines,
    private readonly alerts: Alerts<KernelAlert>,
    private readonly fees: FeeRates,
    private readonly due: DueRows,
    private readonly returned: Returned,
    private readonly payers: PayerIds,
  ) {}

  /** Receives a notification and says what its gateway is to be answered, in the gateway's own form. */
  async answer(gatewayName: string, headers: Headers, rawBody: Buffer): Promise<Answered> {
    const gateway = this.gateways.get(gatewayName);
    const { accepted, refused } = gateway.acknowledgement;
    let outTradeNo: string | null = null;
    try {
      const notification = gateway.readNotification(headers, rawBody);
      outTradeNo = tradeNoOf(notification.content);
      await this.take(gateway, notification);
      // What nobody could read is kept, and may be readable when it is sent again.
      const unreadable = notification.content.kind === 'unusable';
      return { reply: unreadable ? { ...refused, status: 503 } : accepted, outTradeNo };
    } catch (error) {
      if (error instanceof InvalidNotification) return { reply: refused, outTradeNo };
      // A hint could not be confirmed just now: whoever sent it may try again.
      if (error instanceof GatewayError) return { reply: { ...refused, status: 503 }, outTradeNo };
      throw error;
    }
  }

  /**
   * When this resolves the notification is kept and may be acknowledged, whether or not it could be applied.
   * @throws InvalidNotification when it is not the gateway's, or the gateway does not confirm it; nothing was
   * stored then
   * @throws GatewayError when a hint could not be confirmed; nothing was stored then
   */
  async receive(gatewayName: string, headers: Headers, rawBody: Buffer): Promise<Applied> {
    const gateway = this.gateways.get(gatewayName);
    return this.take(gateway, gateway.readNotification(headers, rawBody));
  }

  private async take(gateway: Gateway, notification: GatewayNotification): Promise<Applied> {
    const { content, ...said } = notification;
    const payer = content.kind === 'payment' ? content.trade.payerId : null;
    const event = { ...said, payload: this.payers.unnamed(said.payload, payer) };
    const gatewayName = gateway.name;
    switch (content.kind) {
      case 'payment':
        return this.applyTrade(gateway, content.trade, content.foreign, event);
      case 'refund': {
        const { refund, foreign } = content;
        const applied = await applyRefund(this.db, gateway, refund, foreign, event, this.clock);
        return this.reported(gatewayName, event, applied);
      }
      case 'hint':
        return this.confirm(gateway, content, event);
      case 'transfer': {
        const { transfer, foreign } = content;
        const applied = await applyTransfer(this.db, gatewayName, transfer, foreign, event, this.clock);
        return this.reported(gatewayName, event, applied);
      }
      case 'nothing':
        return { outcome: 'known', reason: content.reason };
      case 'other':
        await keepUnapplied(this.db, gatewayName, event, 'quarantined', content.reason, null);
        this.logger.log(`${gatewayName} ${event.eventType} ${event.eventId} is none of ours: kept`);
        return { outcome: 'known', reason: content.reason };
      case 'unusable': {
        await keepUnapplied(this.db, gatewayName, event, 'unreadable', content.reason, null);
        return this.reported(gatewayName, event, { outcome: 'quarantined', reason: content.reason });
      }
    }
  }

  private async applyTrade(
    gateway: Gateway,
    trade: PaidTrade,
    foreign: string | null,
    event: InboxEvent,
  ): Promise<Applied> {
    const claim = this.lines.claim(gateway.name, trade.outTradeNo);
    const asked = claim && (await this.asked(gateway, trade.outTradeNo));
    const rate = await this.fees.rate(gateway.name);
    const applied = claim
      ? await applyClaimedPayment(
          this.db,
          this.payers,
          gateway.name,
          asked ?? trade,
          claim,
          asked ? null : foreign,
          event,
          this.clock,
          rate,
        )
      : await applyPayment(this.db, this.payers, gateway, trade, foreign, event, this.clock, rate);
    if (applied.outcome !== 'quarantined') await this.noteReturned(gateway, trade);
    return this.reported(gateway.name, event, applied);
  }

  /**
   * What was begun outside has nothing here to be held against: the gateway is asked, too, and its word counts.
   * @returns null where it cannot tell of such a trade
   * @throws GatewayError when it says nothing clear: the notification will come again
   */
  private async asked(gateway: Gateway, outTradeNo: string): Promise<PaidTrade | null> {
    try {
      const trade = await gateway.queryTrade(outTradeNo);
      return trade.state === 'paid' ? trade : null;
    } catch (error) {
      if (error instanceof GatewayError && error.kind === 'refused') return null;
      throw error;
    }
  }

  /**
   * Asks the gateway about numbers of ours, and of ours only. Anybody can send a hint that proves nothing: however many
   * come, the gateway is asked once a minute about an order.
   */
  private async confirm(gateway: Gateway, hint: Hint, event: InboxEvent): Promise<Applied> {
    const { outTradeNo, outRefundNo } = hint;
    if (!(await this.isOurs(gateway.name, hint))) {
      // Made by hand at the gateway, perhaps: what went back is booked, and an alert names the number.
      if (hint.trade) await this.noteReturned(gateway, hint.trade);
      return this.unconfirmed(gateway, hint, event, 'unknown number');
    }
    if (!hint.authentic && !(await this.mayAsk(gateway.name, outTradeNo)))
      throw new GatewayError('throttled', 'ASKED_LATELY', `${outTradeNo} was asked about within a minute`);
    if (outRefundNo === null) {
      const trade = await gateway.queryTrade(outTradeNo);
      if (trade.state === 'paid') return this.applyTrade(gateway, trade, null, event);
    } else {
      const refund = await gateway.queryRefund({ outTradeNo, outRefundNo });
      if (refund.state !== 'absent' && refund.state !== 'processing') {
        const applied = await applyRefund(this.db, gateway, refund, null, event, this.clock);
        return this.reported(gateway.name, event, applied);
      }
    }
    return this.unconfirmed(gateway, hint, event, 'not confirmed by the gateway');
  }

  private async mayAsk(gateway: string, outTradeNo: string): Promise<boolean> {
    const wall = this.clock.wall();
    const found = await maybeRow(
      this.db,
      `UPDATE pay_order o SET hinted_at = $3 FROM pay_attempt a
       WHERE a.gateway = $1 AND a.out_trade_no = $2 AND o.id = a.order_id
         AND (o.hinted_at IS NULL OR o.hinted_at < $4) RETURNING o.id`,
      [gateway, outTradeNo, wall, after(wall, -ATTEMPT_WAITS.hints)],
    );
    return found !== null;
  }

  private async noteReturned(gateway: Gateway, trade: PaidTrade): Promise<void> {
    if (trade.returnedFen !== undefined)
      await this.returned.note(gateway.name, trade.outTradeNo, trade.returnedFen);
  }

  private async unconfirmed(
    gateway: Gateway,
    hint: Hint,
    event: InboxEvent,
    reason: string,
  ): Promise<Applied> {
    if (!hint.authentic) throw new InvalidNotification(reason);
    const number = hint.outRefundNo ?? hint.outTradeNo;
    await keepUnapplied(this.db, gateway.name, event, 'quarantined', reason, number);
    return this.reported(gateway.name, event, { outcome: 'quarantined', reason });
  }

  private async isOurs(gateway: string, { outTradeNo, outRefundNo, authentic }: Hint): Promise<boolean> {
    // A number of that form can be made up without end.
    if (authentic && outRefundNo === null && this.lines.claim(gateway, outTradeNo) !== null) return true;
    const found = await maybeRow(
      this.db,
      `SELECT 1 FROM pay_attempt a WHERE a.out_trade_no = $2 AND a.gateway = $1 AND ($3::text IS NULL OR EXISTS (
         SELECT FROM pay_refund r JOIN pay_refund_attempt k ON k.refund_id = r.id
         WHERE r.out_trade_no = a.out_trade_no AND k.out_refund_no = $3))`,
      [gateway, outTradeNo, outRefundNo],
    );
    return found !== null;
  }

  private async reported(gateway: string, event: InboxEvent, applied: Applied): Promise<Applied> {
    this.due.wake();
    if (applied.starved) await alertStarved(this.alerts, gateway);
    if (applied.outcome === 'twice') {
      await this.alerts.raise(
        'settled-outside-and-returned',
        `${gateway} ${event.eventType} ${event.eventId}: ${applied.reason}`,
        { params: { gateway } },
      );
    } else if (applied.outcome === 'quarantined') {
      await this.alerts.raise(
        'notification-quarantined',
        `${gateway} ${event.eventType} ${event.eventId}: ${applied.reason}`,
        { key: `notification:${gateway}:${event.eventId}`, params: { gateway } },
      );
    } else if (applied.outcome === 'surplus') {
      this.logger.warn(`${gateway} ${event.eventId}: paid late or twice, refunding`);
    }
    return applied;
  }
}

function tradeNoOf(content: Content): string | null {
  switch (content.kind) {
    case 'payment':
      return content.trade.outTradeNo;
    case 'refund':
      return content.refund.outTradeNo;
    case 'hint':
      return content.outTradeNo;
    case 'transfer':
    case 'nothing':
    case 'other':
    case 'unusable':
      return null;
  }
}
