import { experimental_createQueryPersister } from '@tanstack/query-persist-client-core';
import { onlineManager, QueryClient, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { apiQuery, createApi, type ApiQueryOptions } from '@yajin/ui';
import { ApiError, Client, type Input, type OperationName, type Output } from '@yajin/web';
import { forgetAll, storage } from './storage.js';

const FRESH_MS = 10_000;
const KEPT_MS = 30 * 86_400_000;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Asked by every page that opens, and by one that comes back to the front after a while.
      staleTime: FRESH_MS,
      refetchOnMount: 'always',
      refetchOnReconnect: 'always',
      // What a phone says of its network may be wrong: it is asked all the same, and people are told what came of it.
      networkMode: 'always',
      retry: false,
      // A throttle says how long to wait.
      refetchInterval: ({ state: { error } }) =>
        error instanceof ApiError && error.status === 429 && Math.max(1, error.retryAfterSeconds) * 1000,
      // As long as the page is open: what was read from the browser's storage is not read again.
      gcTime: Infinity,
    },
    mutations: { networkMode: 'always' },
  },
});

// A page that opens without a network hears when it returns.
onlineManager.setOnline(navigator.onLine);

/** For what everybody may know. */
export const client = new Client();

export const { useApiQuery } = createApi(client);

/** Asks with the ticket of one order. */
export function clientWith(ticket: string): Client {
  return new Client({ headers: () => ({ 'x-access-token': ticket }) });
}

interface Holder {
  orderNo: string;
  ticket: string;
}

/** What is asked by the holder of an order's ticket. */
export function orderQuery<Name extends OperationName>(
  { orderNo, ticket }: Holder,
  name: Name,
  input: Input<Name>,
): ReturnType<typeof apiQuery<Name>> {
  return apiQuery(clientWith(ticket), name, input, orderNo);
}

export function useOrderQuery<Name extends OperationName>(
  holder: Holder,
  name: Name,
  input: Input<Name>,
  options?: ApiQueryOptions<Name>,
): UseQueryResult<Output<Name>> {
  return useQuery({ ...orderQuery(holder, name, input), ...options });
}

const kept = experimental_createQueryPersister({
  storage,
  prefix: 'seen',
  maxAge: KEPT_MS,
  refetchOnRestore: 'always',
});

/** Of a query whose last answer stays in the browser, for when there is no network. */
export const persister = kept.persisterFn;

/** Before anything is shown: what was kept is there at once, and asked for anew by whoever shows it. */
export async function restoreKept(): Promise<void> {
  // In the form of earlier versions, which nobody reads any more.
  forgetAll('seen.');
  await kept.restoreQueries(queryClient);
}
