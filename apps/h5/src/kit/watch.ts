import { ApiError, Unreachable, type Camp } from '@yajin/web';
import { useEffect, useState } from 'react';
import { askWith } from './api.js';
import { heardOf } from './orders.js';

/** Why the order's state cannot be told at the moment. */
export type Trouble =
  | { kind: 'busy'; seconds: number }
  | { kind: 'away' }
  /** The ticket opens nothing any more: only a login helps. */
  | { kind: 'locked' };

export interface Watch {
  status: Camp.PaymentStatus | null;
  trouble: Trouble | null;
}

const WAIT_SECONDS = 25;
/** The server waits with us for a payment, but not for a refund; ten questions a minute are allowed. */
const PENDING_PAUSE_MS = 500;
const LATE_PAUSE_MS = 15_000;
const AWAY_MS = 4000;

/** The order's state as the server says it, for as long as it can still change by itself. */
export function useWatch(orderNo: string, ticket: string | null): Watch {
  const [watch, setWatch] = useState<Watch>({ status: null, trouble: null });
  useEffect(() => {
    if (ticket === null) return undefined;
    const stop = new AbortController();
    void follow(orderNo, ticket, stop.signal, setWatch);
    return () => stop.abort();
  }, [orderNo, ticket]);
  return watch;
}

async function follow(
  orderNo: string,
  ticket: string,
  signal: AbortSignal,
  tell: (change: (watch: Watch) => Watch) => void,
): Promise<void> {
  while (!signal.aborted) {
    await inFront(signal);
    try {
      const status = await askWith(
        ticket,
        'getPaymentStatus',
        { path: { orderNo }, query: { wait: WAIT_SECONDS } },
        { signal },
      );
      remember(status);
      tell(() => ({ status, trouble: null }));
      if (!changesByItself(status.payStatus)) return;
      await pause(status.payStatus === 'pending' ? PENDING_PAUSE_MS : LATE_PAUSE_MS, signal);
    } catch (error) {
      if (signal.aborted) return;
      const trouble = troubleOf(error);
      tell((watch) => ({ ...watch, trouble }));
      if (trouble.kind === 'locked') return;
      await pause(trouble.kind === 'busy' ? trouble.seconds * 1000 : AWAY_MS, signal);
    }
  }
}

function changesByItself(status: Camp.PayStatus): boolean {
  // Even to a closed order money may come, on its way back.
  return status === 'pending' || status === 'refunding' || status === 'closed';
}

function remember(status: Camp.PaymentStatus): void {
  const { orderNo, payStatus, bindStatus, memberId, payTime, identityReview: review } = status;
  heardOf(orderNo, { payStatus, bindStatus, memberId, payTime, review });
}

/** Once more, after something was done to an order that changes no more by itself. */
export async function askAgain(orderNo: string, ticket: string): Promise<void> {
  remember(await askWith(ticket, 'getPaymentStatus', { path: { orderNo } }));
}

function troubleOf(error: unknown): Trouble {
  if (error instanceof ApiError) {
    if (error.status === 429) return { kind: 'busy', seconds: Math.max(1, error.retryAfterSeconds) };
    if (error.status === 401 || error.status === 403) return { kind: 'locked' };
  } else if (!(error instanceof Unreachable)) throw error;
  return { kind: 'away' };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** A page that nobody looks at asks nothing. */
function inFront(signal: AbortSignal): Promise<void> {
  if (document.visibilityState === 'visible') return Promise.resolve();
  return new Promise((resolve) => {
    const look = (): void => {
      if (document.visibilityState !== 'visible' && !signal.aborted) return;
      document.removeEventListener('visibilitychange', look);
      resolve();
    };
    document.addEventListener('visibilitychange', look);
    signal.addEventListener('abort', look);
  });
}
