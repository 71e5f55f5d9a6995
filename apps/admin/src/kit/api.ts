import {
  keepPreviousData,
  QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import {
  ApiError,
  Client,
  Unreachable,
  type CallOptions,
  type Input,
  type OperationName,
  type Output,
} from '@yajin/web';
import { proveFresh } from './fresh.js';
import { currentToken, expire, pend } from './session.js';

export const client = new Client({
  headers: () => {
    const headers: Record<string, string> = {};
    const token = currentToken();
    if (token) headers['authorization'] = `Bearer ${token}`;
    return headers;
  },
  onUnauthorized: expire,
  onRefused: ({ reason }) => {
    if (reason === 'password_change_required') pend('password');
    if (reason === 'totp_enrolment_required') pend('totp');
  },
  proveFresh,
});

const RETRIES = 2;

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // A refusal stays a refusal; a network that is away may come back.
      retry: (count, error) => count < RETRIES && (error instanceof Unreachable || isAway(error)),
      refetchOnWindowFocus: true,
    },
    // Doing something twice is the operator's decision.
    mutations: { retry: false },
  },
});

function isAway(error: unknown): boolean {
  return error instanceof ApiError && error.status === 503;
}

export interface LookOptions {
  /** Not asked while false. */
  when?: boolean;
  /** Asked again so often, in milliseconds. */
  every?: number | false;
  /** The page before stays on screen while the next one comes. */
  keep?: boolean;
}

/** What an operation of the API answers, remembered and asked again as it grows stale. */
export function useLook<Name extends OperationName>(
  name: Name,
  input: Input<Name>,
  { when = true, every = false, keep = false }: LookOptions = {},
): UseQueryResult<Output<Name>> {
  return useQuery({
    queryKey: [name, input],
    queryFn: ({ signal }) => client.call(name, input, { signal }),
    enabled: when,
    refetchInterval: every,
    ...(keep ? { placeholderData: keepPreviousData } : {}),
  });
}

type ActInput<Name extends OperationName> = Input<Name> & Pick<CallOptions, 'idempotencyKey'>;

/**
 * Does something. Nothing is shown as done before the server says so; then everything that the named operations had
 * answered is asked again.
 */
export function useAct<Name extends OperationName>(
  name: Name,
  { refresh = [] }: { refresh?: OperationName[] } = {},
): UseMutationResult<Output<Name>, Error, ActInput<Name>> {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ idempotencyKey, ...input }: ActInput<Name>) =>
      client.call(name, input as Input<Name>, { ...(idempotencyKey ? { idempotencyKey } : {}) }),
    onSettled: () =>
      Promise.all(refresh.map((operation) => cache.invalidateQueries({ queryKey: [operation] }))),
  });
}
