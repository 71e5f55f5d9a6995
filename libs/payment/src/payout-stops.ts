import { Injectable } from '@nestjs/common';
import { Alerts, Clock, maybeRow, rows, type Row } from '@yajin/server';
import type { EntityManager } from 'typeorm';
import type { PayStop, StopScope } from './entities/pay-stop.entity.js';
import { betweenClaims, isHeld } from './holds.js';
import type { KernelAlert } from './kernel-alert.js';

/** What is to be stopped. */
export interface StopTarget {
  scope: StopScope;
  target: string;
  /** Of a payee who is meant by an order: whoever paid it. */
  orderId: number | null;
}

/** The same is stopped already. */
export class AlreadyStopped extends Error {
  override readonly name = 'AlreadyStopped';
}

/** It is stopped no more. */
export class StopReleased extends Error {
  override readonly name = 'StopReleased';
}

/**
 * Stops payouts (refunds and transfers alike) until a person lets them go on. What has been claimed before finishes its call; nothing
 * is begun afterwards, and what is unclear is asked about all the same.
 */
@Injectable()
export class PayoutStops {
  constructor(
    private readonly clock: Clock,
    private readonly alerts: Alerts<KernelAlert>,
  ) {}

  /**
   * From the caller's commit on.
   * @throws AlreadyStopped (roll back)
   */
  async stop(manager: EntityManager, what: StopTarget, reason: string, by: string): Promise<number> {
    await betweenClaims(manager);
    const stop = await maybeRow<Row<PayStop, 'id'>>(
      manager,
      `INSERT INTO pay_stop (scope, target, order_id, reason, thrown_by, thrown_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (scope, target) WHERE released_at IS NULL DO NOTHING RETURNING id`,
      [what.scope, what.target, what.orderId, reason, by, this.clock.now()],
    );
    if (!stop) throw new AlreadyStopped();
    await this.alerts.raise('payouts-stopped', `${what.scope} ${what.target}, by ${by}`, {
      key: stopKey(stop.id),
      within: manager,
    });
    return stop.id;
  }

  /** What was held goes on at once, unless something else holds it. @throws StopReleased (roll back) */
  async release(manager: EntityManager, id: number, note: string, by: string): Promise<void> {
    const wall = this.clock.wall();
    const held = await maybeRow(
      manager,
      'SELECT 1 FROM pay_stop WHERE id = $1 AND released_at IS NULL FOR UPDATE',
      [id],
    );
    if (!held) throw new StopReleased();
    await rows(
      manager,
      // In the order of their ids, as those that are taken back meanwhile.
      `WITH held AS (
         SELECT r.id FROM pay_refund r JOIN pay_stop s ON s.id = $1
         WHERE r.status IN ('pending', 'processing') AND r.check_at > $2 AND pay_stops_refund(s, r) AND ${isHeld('refund', 'r')}
         ORDER BY r.id FOR UPDATE OF r
       ) UPDATE pay_refund r SET check_at = greatest($2::timestamptz, r.not_before) FROM held WHERE r.id = held.id`,
      [id, wall],
    );
    await rows(
      manager,
      `UPDATE pay_transfer t SET check_at = $2 FROM pay_stop s
       WHERE s.id = $1 AND t.status IN ('pending', 'processing') AND t.check_at > $2 AND pay_stops_transfer(s, t) AND ${isHeld('transfer', 't')}`,
      [id, wall],
    );
    await rows(manager, 'UPDATE pay_stop SET released_by = $2, released_at = $3, note = $4 WHERE id = $1', [
      id,
      by,
      this.clock.now(),
      note,
    ]);
    await this.alerts.clear(stopKey(id), manager);
  }
}

function stopKey(id: number): string {
  return `payout-stop:${id}`;
}
