import { useQueries, useQuery } from '@tanstack/react-query';
import { ApiError, Unreachable, type Camp } from '@yajin/web';
import { clientWith } from './api.js';
import { heardOf, type KnownOrder } from './orders.js';

/** Why the order's state cannot be told at the moment. */
export type Trouble =
  | { kind: 'busy'; seconds: number }
  | { kind: 'away' }
  /** The ticket opens nothing any more: only a login helps. */
  | { kind: 'locked' };

export interface PaymentStatus {
  status: Camp.PaymentStatus | null;
  trouble: Trouble | null;
}

const WAIT_SECONDS = 25;
/** The server waits with us for a payment, but not for a refund; ten questions a minute are allowed. */
const PENDING_PAUSE_MS = 500;
const LATE_PAUSE_MS = 15_000;
const AWAY_MS = 4000;

/** The order's state as the server says it, for as long as it can still change by itself. */
export function usePaymentStatus(orderNo: string, ticket: string | null): PaymentStatus {
  const { data, error, failureReason } = useQuery({
    queryKey: ['getPaymentStatus', orderNo],
    queryFn: ({ signal }) => ask(orderNo, ticket ?? '', WAIT_SECONDS, signal),
    enabled: ticket !== null,
    // One question that is asked until it is answered: meanwhile its failures say what the trouble is.
    retry: (_, failure) => {
      const trouble = troubleOf(failure);
      return trouble !== null && trouble.kind !== 'locked';
    },
    throwOnError: (failure) => troubleOf(failure) === null,
    retryDelay: (_, failure) => {
      const trouble = troubleOf(failure);
      return trouble?.kind === 'busy' ? trouble.seconds * 1000 : AWAY_MS;
    },
    refetchInterval: ({ state }) =>
      state.error === null && state.data !== undefined && pauseAfter(state.data),
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  return { status: data ?? null, trouble: troubleOf(failureReason ?? error) };
}

async function ask(
  orderNo: string,
  ticket: string,
  wait?: number,
  signal?: AbortSignal,
): Promise<Camp.PaymentStatus> {
  const status = await clientWith(ticket).call(
    'getPaymentStatus',
    { path: { orderNo }, query: wait === undefined ? {} : { wait } },
    signal ? { signal } : {},
  );
  const { payStatus, bindStatus, memberId, payTime, identityReview: review, refund = null } = status;
  heardOf(orderNo, { payStatus, bindStatus, memberId, payTime, review, refund });
  return status;
}

/** Even to a closed order money may come, on its way back. @returns false where nothing changes by itself any more */
function pauseAfter({ payStatus }: Camp.PaymentStatus): number | false {
  switch (payStatus) {
    case 'pending':
      return PENDING_PAUSE_MS;
    case 'refunding':
    case 'closed':
      return LATE_PAUSE_MS;
    case 'success':
    case 'refunded':
      return false;
  }
}

/** Once more, after something was done to an order that changes no more by itself. */
export async function askAgain(orderNo: string, ticket: string): Promise<void> {
  await ask(orderNo, ticket);
}

const NEWS_MS = 60_000;
/** Of ten questions a minute that a network may ask. */
const MOST_ASKED = 6;

/** Asks how far the money of paid orders is on its way back, where that may have changed: of the newest ones. */
export function useRefundNews(orders: KnownOrder[]): void {
  const open = orders
    .filter(({ payStatus, refund }) => payStatus !== 'pending' && refund?.refundStatus !== 'success')
    .slice(0, MOST_ASKED);
  useQueries({
    queries: open.map(({ orderNo, ticket }) => ({
      queryKey: ['getRefundNews', orderNo],
      queryFn: ({ signal }) => ask(orderNo, ticket, undefined, signal),
      staleTime: NEWS_MS,
      refetchOnMount: true,
      refetchInterval: false as const,
    })),
  });
}

function troubleOf(error: Error | null): Trouble | null {
  if (error instanceof ApiError) {
    if (error.status === 429) return { kind: 'busy', seconds: Math.max(1, error.retryAfterSeconds) };
    if (error.status === 401 || error.status === 403) return { kind: 'locked' };
    return { kind: 'away' };
  }
  return error instanceof Unreachable ? { kind: 'away' } : null;
}
