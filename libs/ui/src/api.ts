import {
  useMutation,
  useQuery,
  useQueryClient,
  type QueryKey,
  type UseMutationResult,
  type UseQueryOptions,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { CallOptions, Client, Input, OperationName, Output } from '@yajin/web';

type QueryOptions<Name extends OperationName> = UseQueryOptions<Output<Name>>;

/** What TanStack Query may be told about an operation of the API, beyond what follows from the operation itself. */
export type ApiQueryOptions<Name extends OperationName> = Omit<QueryOptions<Name>, 'queryKey' | 'queryFn'>;

/**
 * Key and function of a query.
 * @param scope whose answer it is, where the same question has another answer for somebody else
 */
export function apiQuery<Name extends OperationName>(
  client: Client,
  name: Name,
  input: Input<Name>,
  ...scope: string[]
): { queryKey: QueryKey; queryFn: (context: { signal: AbortSignal }) => Promise<Output<Name>> } {
  return {
    queryKey: [name, input, ...scope],
    queryFn: ({ signal }) => client.call(name, input, { signal }),
  };
}

type MutationInput<Name extends OperationName> = Input<Name> & Pick<CallOptions, 'idempotencyKey'>;

interface Api {
  /** What an operation of the API answers. */
  useApiQuery: <Name extends OperationName>(
    name: Name,
    input: Input<Name>,
    options?: ApiQueryOptions<Name>,
  ) => UseQueryResult<Output<Name>>;
  /**
   * Does something. Nothing is shown as done before the server says so; then everything that the named operations had
   * answered is asked again.
   */
  useApiMutation: <Name extends OperationName>(
    name: Name,
    options?: { invalidates?: OperationName[] },
  ) => UseMutationResult<Output<Name>, Error, MutationInput<Name>>;
}

/** The hooks by which pages ask through a client. */
export function createApi(client: Client): Api {
  return {
    useApiQuery: (name, input, options) => useQuery({ ...apiQuery(client, name, input), ...options }),
    useApiMutation: <Name extends OperationName>(
      name: Name,
      { invalidates = [] }: { invalidates?: OperationName[] } = {},
    ) => {
      const cache = useQueryClient();
      return useMutation({
        mutationFn: ({ idempotencyKey, ...input }: MutationInput<Name>) =>
          client.call(name, input as Input<Name>, { ...(idempotencyKey ? { idempotencyKey } : {}) }),
        onSettled: () =>
          Promise.all(invalidates.map((operation) => cache.invalidateQueries({ queryKey: [operation] }))),
      });
    },
  };
}

/** A `refetchInterval`: every `ms` milliseconds, for as long as the latest answer is still moving. */
export function pollWhile<Data>(
  moving: (data: Data) => boolean,
  ms: number,
): (query: { state: { data: Data | undefined } }) => number | false {
  return ({ state: { data } }) => (data !== undefined && moving(data) ? ms : false);
}
