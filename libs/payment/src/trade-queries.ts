import { Injectable } from '@nestjs/common';
import { Alerts, Clock, maybeRow, onlyRow, type Row } from '@yajin/server';
import { DataSource } from 'typeorm';
import type { KernelAlert } from './kernel-alert.js';
import type { Gateway, PaidTrade, Trade } from './gateway.js';
import type { AttemptRow } from './attempts.js';
import { FeeRates } from './fees.js';
import { Gateways } from './gateways.js';
import { Lines, type Order } from './lines.js';
import { PayerIds } from './payer-ids.js';
import { orderFrom, type OrderRow } from './rows.js';
import { Returned } from './returned.js';
import {
  keepUnapplied,
  applyClaimedPayment,
  applyPayment,
  WRONG_AMOUNT,
  WRONG_PAYER,
  type Applied,
} from './payment-report.js';
import { Suspense } from './suspense.js';
import { after, ATTEMPT_WAITS } from './times.js';
import type { PayAttempt } from './entities/pay-attempt.entity.js';

/** Asks gateways what has become of trades, and applies what they say. */
@Injectable()
export class TradeQueries {
  /** Of payers who wait, in this second. */
  private polled = { second: 0, times: 0 };

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly gateways: Gateways,
    private readonly lines: Lines,
    private readonly alerts: Alerts<KernelAlert>,
    private readonly suspense: Suspense,
    private readonly returned: Returned,
    private readonly fees: FeeRates,
    private readonly payers: PayerIds,
  ) {}

  /** Asks the gateway about an attempt and applies a payment that it reports. */
  async check(outTradeNo: string): Promise<{ state: Trade['state']; applied: Applied | null }> {
    const attempt = await onlyRow<AttemptRow>(this.db, 'SELECT * FROM pay_attempt WHERE out_trade_no = $1', [
      outTradeNo,
    ]);
    const gateway = this.gateways.get(attempt.gateway);
    const trade = await gateway.queryTrade(outTradeNo);
    return { state: trade.state, applied: trade.state === 'paid' ? await this.apply(gateway, trade) : null };
  }

  /**
   * For a payer who waits: asks the gateway now, unless that was done a moment ago, or many others have been asked about just now.
   * @returns whether it was asked
   */
  async checkWhileWaiting(orderId: number): Promise<boolean> {
    const wall = this.clock.wall();
    const { least, ofAge, most, aSecond } = ATTEMPT_WAITS.polls;
    const second = Math.floor(performance.now() / 1000);
    if (this.polled.second !== second) this.polled = { second, times: 0 };
    const { polled } = this;
    if (polled.times >= aSecond) return false;
    polled.times += 1;
    const due = await maybeRow<Row<PayAttempt, 'outTradeNo'>>(
      this.db,
      `UPDATE pay_attempt SET queried_at = $2
       WHERE order_id = $1 AND state = 'open' AND token_at < $3 AND (queried_at IS NULL OR queried_at < $2::timestamptz
         - least(greatest(($2::timestamptz - token_at) * $4::float8, make_interval(secs => $5)), make_interval(secs => $6))) RETURNING out_trade_no`,
      [orderId, wall, after(wall, -ATTEMPT_WAITS.firstPoll), ofAge, least, most],
    );
    if (!due) {
      polled.times -= 1;
      return false;
    }
    await this.check(due.out_trade_no);
    return true;
  }

  /**
   * For a payer who says that they paid and of whom no gateway has reported: asks by the gateway's own number of the payment.
   * @returns the order that the payment belongs to; null when there is no such payment of ours, or it cannot be asked about
   * @throws GatewayError when the gateway says nothing clear
   */
  async claim(gatewayName: string, transactionId: string): Promise<Order | null> {
    const gateway = this.gateways.get(gatewayName);
    const trade = await gateway.queryTransaction?.(transactionId);
    if (trade?.state !== 'paid') return null;
    await this.take(gateway, trade);
    const row = await maybeRow<OrderRow>(
      this.db,
      'SELECT o.* FROM pay_attempt a JOIN pay_order o ON o.id = a.order_id WHERE a.gateway = $1 AND a.transaction_id = $2',
      [gatewayName, trade.transactionId],
    );
    return row && orderFrom(row);
  }

  /** Asks about a trade that a bill says is paid, and applies the answer; one that is `gone`, where a line knows it. @throws GatewayError */
  async learn(gatewayName: string, outTradeNo: string, gone = false): Promise<void> {
    const gateway = this.gateways.get(gatewayName);
    const trade = await gateway.queryTrade(outTradeNo);
    if (trade.state === 'paid') await this.take(gateway, trade, gone);
  }

  /** Of ours, or begun outside, or gone and a line's own. */
  private async take(gateway: Gateway, trade: PaidTrade, gone = false): Promise<void> {
    const { db, payers, clock, lines, fees } = this;
    const { name } = gateway;
    const claim = gone ? lines.recall(name, trade) : lines.claim(name, trade.outTradeNo);
    if (claim)
      await applyClaimedPayment(db, payers, name, trade, claim, null, null, clock, await fees.rate(name));
    else if (!gone) await this.apply(gateway, trade);
  }

  private async apply(gateway: Gateway, trade: PaidTrade): Promise<Applied> {
    const { db, payers, clock } = this;
    const rate = await this.fees.rate(gateway.name);
    let applied = await applyPayment(db, payers, gateway, trade, null, null, clock, rate);
    if (applied.reason === WRONG_AMOUNT || applied.reason === WRONG_PAYER)
      applied = await this.suspense.mismatched(gateway.name, trade, rate);
    if (applied.outcome === 'quarantined') await this.keepQuarantined(gateway.name, trade, applied.reason);
    else if (trade.returnedFen !== undefined)
      await this.returned.note(gateway.name, trade.outTradeNo, trade.returnedFen);
    return applied;
  }

  /** Money at the gateway that we may not take has to be seen, also when no notification reported it. */
  private async keepQuarantined(gateway: string, trade: PaidTrade, reason: string | null): Promise<void> {
    const { outTradeNo } = trade;
    const payload = this.payers.unnamed(trade, trade.payerId);
    const event = { eventId: `query:${outTradeNo}`, eventType: 'QUERY', payload };
    const isNew = await keepUnapplied(this.db, gateway, event, 'quarantined', reason ?? '', outTradeNo);
    const params = { gateway, trade: outTradeNo };
    if (isNew) await this.alerts.raise('trade-unusable', `${gateway} ${outTradeNo}: ${reason}`, { params });
  }
}
