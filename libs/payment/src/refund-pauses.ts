import { Injectable } from '@nestjs/common';
import { localTime } from '@yajin/core';
import { Clock, maybeRow, rows, type Database, type Row } from '@yajin/server';
import type { EntityManager } from 'typeorm';
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
  constructor(private readonly clock: Clock) {}

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
