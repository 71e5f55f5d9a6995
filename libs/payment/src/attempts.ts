import type { Gateway, Scene, TradeRequest } from './gateway.js';
import type { KeptPayer } from './payer-ids.js';
import type { AttemptState } from './states.js';

const DIES_MARGIN_MS = 15 * 60_000;

export interface Payer {
  id: string | null;
  ip: string | null;
  /** Where the browser goes afterwards. A token that is still good keeps the address it was made with. */
  returnUrl?: string;
}

/** The order is not (or no longer) to be paid. */
export class OrderNotPayable extends Error {
  override readonly name = 'OrderNotPayable';
}

export interface AttemptRow extends KeptPayer {
  out_trade_no: string;
  gateway: string;
  scene: Scene | null;
  state: AttemptState;
  token: string | null;
  token_at: Date | null;
}

/** When what the payer was given can no longer be paid, with some time for the gateway's word of it. Business time. */
export function diesAt(gateway: Gateway, { scene, expiresAt }: TradeRequest): Date {
  return new Date(expiresAt.getTime() + (gateway.outlives?.[scene] ?? 0) * 1000 + DIES_MARGIN_MS);
}

/** Whether a token made then is still good. */
export function fresh(tokenAt: Date | null, seconds: number): boolean {
  return tokenAt !== null && Date.now() - tokenAt.getTime() < seconds * 1000;
}
