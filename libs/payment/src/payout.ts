import type { GatewayError } from './gateway.js';
import { isOver, PAYOUT_WAITS } from './times.js';

/** So many definite refusals make a refund or a transfer a person's matter. */
export const MOST_REFUSALS = PAYOUT_WAITS.refusals.length + 1;

/** Whether it is a definite refusal of the request. Otherwise it is not clear what became of it, or it was not looked at. */
export function isRefusal({ kind }: GatewayError): boolean {
  switch (kind) {
    case 'throttled':
    case 'unknown':
      return false;
    case 'refused':
    case 'paid':
    case 'insufficient':
      return true;
  }
}

/** Seconds to wait after an answer that is not clear. @param usual unless the gateway said that these were too many */
export function waitAfter({ kind }: GatewayError, usual: number): number {
  return kind === 'throttled' ? PAYOUT_WAITS.throttle : usual;
}

/** Whether it has had no clear end for so long that a person is to look at it, too. */
export function isSlow({ sent_at: sentAt }: { sent_at: Date | null }, wall: Date): boolean {
  return sentAt !== null && isOver(sentAt, PAYOUT_WAITS.unclear, wall);
}
