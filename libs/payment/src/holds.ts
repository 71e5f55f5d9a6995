import { localTime } from '@yajin/core';
import type { Database } from '@yajin/server';
import { rows } from '@yajin/server';
import type { Exceeded } from './limits.rules.js';
import type { DataSource, EntityManager } from 'typeorm';

/**
 * - `stopped`: a person has stopped payouts that it is among
 * - `second_person`: it is above what one person may let go, and a second one has not decided
 */
export type HoldKind = 'stopped' | 'second_person';

/** Held shared by whoever claims a payout to be sent, alone by whoever stops payouts. */
const CLAIMS = `hashtextextended('pay_stop', 0)`;

/** SQL: what keeps the payout of a source from being sent, a `HeldBy`; null where nothing does. */
export const holdOf = (what: 'refund' | 'transfer', source: string): string => `pay_${what}_hold(${source})`;

/** SQL: whether something keeps a payout `row` from being sent. */
export const isHeld = (what: 'refund' | 'transfer', row: string): string =>
  `${holdOf(what, `${row}.source`)} IS NOT NULL`;

/**
 * Claims payouts: what `claim` marks as being sent is called for next. Its statement begins after every stop that was thrown
 * before, and before every one that is thrown later: what is stopped is never called for any more.
 */
export function claimPayouts<Claimed>(
  db: DataSource,
  claim: (manager: EntityManager) => Promise<Claimed>,
): Promise<Claimed> {
  return db.transaction(async (manager) => {
    await beforeStops(manager);
    return claim(manager);
  });
}

/** In a transaction that claims a payout: none is stopped until it ends. */
export async function beforeStops(manager: Database): Promise<void> {
  await rows(manager, `SELECT pg_advisory_xact_lock_shared(${CLAIMS})`);
}

/** In a transaction that stops payouts: whatever is being claimed has been, and nothing is until it ends. */
export async function betweenClaims(manager: Database): Promise<void> {
  await rows(manager, `SELECT pg_advisory_xact_lock(${CLAIMS})`);
}

/** What keeps a payout from being sent, as the database says it. */
export interface HeldBy {
  kind: HoldKind;
  by: string;
  /** ISO 8601. */
  at: string;
  reason: string | null;
  /** The limit that it is above. */
  exceeds: Exceeded | null;
}

/** SQL: whether the refund of a source has gone back to the merchant. */
export const atMerchant = (source: string): string => `pay_refund_at_merchant(${source})`;

/** As people are told: in business time. */
export function presentHold(held: HeldBy | null): HeldBy | null {
  return held && { ...held, at: localTime(new Date(held.at)) };
}
