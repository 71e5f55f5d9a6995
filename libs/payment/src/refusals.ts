import { Injectable, Logger } from '@nestjs/common';
import { Alerts, Clock, onlyRow, rows } from '@yajin/server';
import { DataSource } from 'typeorm';
import type { KernelAlert } from './kernel-alert.js';
import type { GatewayError } from './gateway.js';
import { after, REFUSAL_WINDOW } from './times.js';

/** So many orders refused for one reason within half an hour are no single payer's matter any more. */
const NOTABLE_ORDERS = 3;
const LONGEST_MESSAGE = 300;

export interface RefusalReason {
  gateway: string;
  code: string;
  message: string;
  /** Orders that have met it lately and could not be registered since. */
  orders: number;
}

/** Registrations that a gateway refused, or gave no clear answer to: kept with their orders, shown, and alerted when they repeat. */
@Injectable()
export class Refusals {
  private readonly logger = new Logger(Refusals.name);

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly alerts: Alerts<KernelAlert>,
  ) {}

  /** Never throws: what it reports counts, not that it could be kept. */
  async note(orderId: number, gateway: string, { kind, code, message }: GatewayError): Promise<void> {
    this.logger.warn(`order ${orderId} is not registered at ${gateway}: ${kind} ${code} ${message}`);
    try {
      await rows(
        this.db,
        `INSERT INTO pay_refusal AS r (order_id, gateway, code, kind, message, last_at, noted_at)
         VALUES ($1, $2, $3, $4, left($5, ${LONGEST_MESSAGE}), $6, $7)
         ON CONFLICT (order_id, gateway, code) DO UPDATE
           SET times = r.times + 1, kind = EXCLUDED.kind, message = EXCLUDED.message, last_at = EXCLUDED.last_at, noted_at = $7`,
        [
          orderId,
          gateway,
          code,
          kind,
          message.replaceAll('\0', '\uFFFD'),
          this.clock.now(),
          this.clock.wall(),
        ],
      );
      if (kind === 'refused') await this.alertRepeated(gateway, code, message);
    } catch (error) {
      this.logger.warn(`the refusal of order ${orderId} could not be kept: ${String(error)}`);
    }
  }

  private async alertRepeated(gateway: string, code: string, message: string): Promise<void> {
    const { orders } = await onlyRow<{ orders: number }>(
      this.db,
      `SELECT count(*) AS orders FROM pay_refusal
       WHERE gateway = $1 AND code = $2 AND noted_at > $3`,
      [gateway, code, this.since()],
    );
    if (orders < NOTABLE_ORDERS) return;
    const detail = `${gateway}: ${code} ${message.slice(0, LONGEST_MESSAGE)}; ${orders} orders within ${REFUSAL_WINDOW / 60} minutes`;
    await this.alerts.raise('registrations-refused', detail, {
      key: `registration-refused:${gateway}:${code}`,
      params: { gateway },
    });
  }

  private since(): Date {
    return after(this.clock.wall(), -REFUSAL_WINDOW);
  }

  /** What gateways refuse just now, the most frequent first. */
  recent(): Promise<RefusalReason[]> {
    return rows(
      this.db,
      `SELECT r.gateway, r.code, max(r.message) AS message, count(*) AS orders FROM pay_refusal r
       WHERE r.noted_at > $1 AND NOT EXISTS (
         SELECT FROM pay_attempt a WHERE a.order_id = r.order_id AND a.token_at > r.noted_at)
       GROUP BY r.gateway, r.code ORDER BY orders DESC, r.code`,
      [this.since()],
    );
  }
}

/** What asking for the same again may well get another answer to. */
const PASSING: ReadonlySet<string> = new Set(['TRADE_ERROR', 'BANK_ERROR', 'SYSTEM_ERROR', 'SYSTEMERROR']);

/** Whether the payer can do anything by trying again: a refusal proper needs somebody else to act. */
export function mayTryAgain({ kind, code }: Pick<GatewayError, 'kind' | 'code'>): boolean {
  return kind !== 'refused' || PASSING.has(code);
}
