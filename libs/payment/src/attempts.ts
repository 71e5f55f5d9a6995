import { onlyRow, type Database } from '@yajin/server';
import type { Gateway, Scene, TradeRequest } from './gateway.js';
import type { AttemptState } from './states.js';

const DIES_MARGIN_MS = 15 * 60_000;

export interface AttemptRow {
  out_trade_no: string;
  gateway: string;
  scene: Scene | null;
  state: AttemptState;
  token: string | null;
  token_at: Date | null;
  payer_id: string | null;
}

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
  return new Date(expiresAt.getTime() + (gateway.outlives?.[scene] ?? 0) * 1000 + DIES_MARGIN_MS);
}
