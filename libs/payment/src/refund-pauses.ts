import { Injectable, Logger } from '@nestjs/common';
import { localTime, statesAccepting } from '@yajin/core';
import { Clock, maybeRow, rows, type Database, type Row } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import type { GatewayError } from './gateway.js';
import { refundAttemptTransitions } from './states.js';
import { after, REFUND_WAITS } from './times.js';
import type { PayRefundPause } from './entities/pay-refund-pause.entity.js';

/** A gateway's refunds wait for the merchant's balance. */
export interface RefundPause {
  gateway: string;
  /** When one of them tries whether there is money; business people's time. */
  until: string;
}

/** SQL: whether the refund of a source waits for the merchant's balance, a `PausedBy`; null where it does not. */
export const pauseOf = (source: string): string => `pay_refund_paused(${source})`;

/** As the database says it: `until` in ISO 8601, real time. */
export type PausedBy = RefundPause;

export function presentPause(paused: PausedBy | null): RefundPause | null {
  return paused && { gateway: paused.gateway, until: localTime(new Date(paused.until)) };
}

/** The refunds of the gateway wait for no balance. */
export class NotPaused extends Error {
  override readonly name = 'NotPaused';
}

/** What waits because the merchant's balance is empty. */
@Injectable()
export class RefundPauses {
  private readonly logger = new Logger(RefundPauses.name);
  /** Gateways whose refunds wait for money, as far as this process has seen. */
  private readonly paused = new Set<string>();

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** `free`: refunds may be sent. `tries`: one may, and whoever is told so has the turn; `waits`: none. */
  async turn(gateway: string): Promise<'free' | 'tries' | 'waits'> {
    const wall = this.clock.wall();
    const paused = await maybeRow<{ waits: boolean }>(
      this.db,
      'SELECT until > $2 AS waits FROM pay_refund_pause WHERE gateway = $1',
      [gateway, wall],
    );
    if (!paused) {
      this.paused.delete(gateway);
      return 'free';
    }
    this.paused.add(gateway);
    if (paused.waits) return 'waits';
    const probe = await maybeRow(
      this.db,
      `UPDATE pay_refund_pause SET until = $3 WHERE gateway = $1 AND until <= $2 RETURNING gateway`,
      [gateway, wall, after(wall, REFUND_WAITS.probe)],
    );
    return probe ? 'tries' : 'waits';
  }

  /** From a refund on that the gateway refused for want of money; it is the first to try again. */
  async begin(
    refund: { id: number; out_refund_no: string; gateway: string },
    { code, message }: GatewayError,
  ): Promise<void> {
    this.paused.add(refund.gateway);
    const wall = this.clock.wall();
    await rows(
      this.db,
      `WITH paused AS (
         INSERT INTO pay_refund_pause (gateway, until, code) VALUES ($3, $4, $5)
         ON CONFLICT (gateway) DO UPDATE SET until = EXCLUDED.until, code = EXCLUDED.code
       ), refund AS (
         UPDATE pay_refund SET fail_code = 'INSUFFICIENT', fail_message = $6, check_at = $8, sent_at = NULL,
           deliver_at = CASE WHEN fail_code IS DISTINCT FROM 'INSUFFICIENT' THEN $8 ELSE deliver_at END
         WHERE id = $1 AND status IN ('pending', 'processing') RETURNING id
       ) UPDATE pay_refund_attempt a SET state = '${refundAttemptTransitions.sending.refused}' FROM refund
         WHERE a.refund_id = refund.id AND a.out_refund_no = $2 AND a.state = ANY($7)`,
      [
        refund.id,
        refund.out_refund_no,
        refund.gateway,
        after(wall, REFUND_WAITS.pause),
        code,
        `${code} ${message}`,
        statesAccepting(refundAttemptTransitions, 'refused'),
        wall,
      ],
    );
  }

  /** Nobody is left who could try whether there is money. */
  async endUnlessAnyWaits(gateway: string): Promise<void> {
    const waits = await maybeRow(
      this.db,
      `SELECT 1 FROM pay_refund r JOIN pay_refund_attempt a ON a.refund_id = r.id AND a.state = 'created'
       WHERE r.gateway = $1 AND r.status IN ('pending', 'processing') LIMIT 1`,
      [gateway],
    );
    if (!waits) await this.end(gateway);
  }

  /** One got through. */
  async endAfterOne(gateway: string): Promise<void> {
    if (this.paused.has(gateway)) await this.end(gateway);
  }

  private async end(gateway: string): Promise<void> {
    const ended = await rows(
      this.db,
      `WITH told AS (
         UPDATE sys_alert SET key = NULL, resolved_at = $2 WHERE key IN ('refund-pause:' || $1::text, 'refund-starved:' || $1::text)
       ) DELETE FROM pay_refund_pause WHERE gateway = $1 RETURNING gateway`,
      [gateway, this.clock.wall()],
    );
    if (ended.length > 0) this.logger.log(`${gateway} refunds again`);
  }

  async list(db: Database): Promise<RefundPause[]> {
    const found = await rows<Row<PayRefundPause, 'gateway' | 'until'>>(
      db,
      'SELECT gateway, until FROM pay_refund_pause ORDER BY gateway',
      [],
    );
    return found.map(({ gateway, until }) => ({ gateway, until: localTime(until) }));
  }

  /** One refund tries at once; if it gets through, all go on. @throws NotPaused (roll back) */
  async goOn(manager: EntityManager, gateway: string): Promise<RefundPause> {
    const wall = this.clock.wall();
    const paused = await maybeRow<Row<PayRefundPause, 'gateway'>>(
      manager,
      'UPDATE pay_refund_pause SET until = least(until, $2) WHERE gateway = $1 RETURNING gateway',
      [gateway, wall],
    );
    if (!paused) throw new NotPaused();
    return { gateway, until: localTime(wall) };
  }
}
