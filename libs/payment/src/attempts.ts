import { maybeRow, onlyRow, type Database, type Row } from '@yajin/server';
import type { PayAttempt } from './entities/pay-attempt.entity.js';
import type { Gateway, TradeRequest } from './gateway.js';
import type { KeptPayer } from './payer-ids.js';
import { after, ATTEMPT_WAITS, isOver } from './times.js';

export interface Payer {
  id: string | null;
  ip: string | null;
  /** Nothing says that this is whose order it is: then they may change little about how it is to be paid. */
  unknown?: boolean;
  /** Where the browser goes afterwards. A token that is still good keeps the address it was made with. */
  returnUrl?: string;
}

/** The order is not (or no longer) to be paid. */
export class OrderNotPayable extends Error {
  override readonly name = 'OrderNotPayable';
}

export type AttemptRow = KeptPayer &
  Row<PayAttempt, 'outTradeNo' | 'gateway' | 'scene' | 'state' | 'token' | 'tokenAt'>;

/** So many numbers an order may have had before it gets another one. */
const MAX_ATTEMPTS = { known: 20, unknown: 4 };

/** The way to pay has been changed too often. */
export class TooManyAttempts extends Error {
  override readonly name = 'TooManyAttempts';
}

/**
 * Each change costs two calls to gateways, and takes from the payer what they have on their screen.
 * @throws TooManyAttempts
 */
export async function requireFewAttempts(db: Database, orderId: number, unknown = false): Promise<void> {
  const { made } = await onlyRow<{ made: number }>(
    db,
    'SELECT count(*) AS made FROM pay_attempt WHERE order_id = $1',
    [orderId],
  );
  if (made >= (unknown ? MAX_ATTEMPTS.unknown : MAX_ATTEMPTS.known)) throw new TooManyAttempts();
}

/** When what the payer was given can no longer be paid, with some time for the gateway's word of it. Business time. */
export function diesAt(gateway: Gateway, { scene, expiresAt }: TradeRequest): Date {
  return after(expiresAt, (gateway.outlives?.[scene] ?? 0) + ATTEMPT_WAITS.death);
}

/** Whether a token made then is still good. @param wall real time */
export function fresh(tokenAt: Date | null, seconds: number, wall: Date): boolean {
  return tokenAt !== null && !isOver(tokenAt, seconds, wall);
}

/** The number that an order can be paid under now. */
export function liveAttempt(db: Database, orderId: number): Promise<AttemptRow | null> {
  return maybeRow(db, `SELECT * FROM pay_attempt WHERE order_id = $1 AND state IN ('created', 'open')`, [
    orderId,
  ]);
}
