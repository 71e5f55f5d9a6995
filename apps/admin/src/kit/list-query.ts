import { keepPreviousData, type UseQueryResult } from '@tanstack/react-query';
import { pollWhile } from '@yajin/ui';
import type { Input, OperationName, Output } from '@yajin/web';
import { useApiQuery } from './api.js';
import { useUrlState } from './url.js';

/** An operation that answers a list, by pages or all at once. */
type ListOperation = {
  [Name in OperationName]: Output<Name> extends { list: unknown[] } ? Name : never;
}[OperationName];

type Row<Name extends ListOperation> = Output<Name> extends { list: (infer Each)[] } ? Each : never;
type Query<Name extends ListOperation> = Omit<NonNullable<Input<Name>['query']>, 'page' | 'pageSize'>;

export interface ListQuery<Name extends ListOperation, Filters> {
  filters: Filters;
  /** Sets filters, in the address. */
  filter: (to: Partial<Filters>) => void;
  /** The key of the row that is open, empty for none. */
  opened: string;
  open: (key: string) => void;
  close: () => void;
  /** For `List`. */
  list: {
    answer: UseQueryResult<Output<Name>>;
    page: string;
    pageSize: string;
    change: (to: { page: string; pageSize: string }) => void;
  };
}

const POLL_MS = 5_000;
const PAGING = { page: '1', pageSize: '20', open: '' };

/**
 * A list of the API: its filters, its page and the row that is open live in the address.
 * @param filters with their values while nothing is chosen
 * @param queryOf what is asked for where they are set so
 * @param moving whether a row still changes by itself: while any does, the list is asked for every few seconds, or `always`
 * @param path of what it is a list, where the operation's path names it
 */
export function useListQuery<Name extends ListOperation, Filters extends Record<string, string>>(
  operation: Name,
  filters: Filters,
  queryOf: (filters: Filters) => Query<Name>,
  moving?: ((row: Row<Name>) => boolean) | 'always',
  path?: Input<Name>['path'],
): ListQuery<Name, Filters> {
  const [address, change] = useUrlState<Filters & typeof PAGING>({ ...filters, ...PAGING });
  const { page, pageSize } = address;
  const query = { ...queryOf(address), page: Number(page), pageSize: Number(pageSize) };
  const answer = useApiQuery(
    operation,
    { query, ...(path ? { path } : {}) },
    {
      placeholderData: keepPreviousData,
      refetchInterval: pollWhile(
        (data: Output<Name>) =>
          moving !== undefined && (moving === 'always' || (data as { list: Row<Name>[] }).list.some(moving)),
        POLL_MS,
      ),
    },
  );
  const turn = (to: Partial<typeof PAGING>): void =>
    change(to as Partial<Filters & typeof PAGING>, { keepPage: true });
  return {
    filters: address,
    filter: (to) => change(to as Partial<Filters & typeof PAGING>),
    opened: address.open,
    open: (key) => turn({ open: key }),
    close: () => turn({ open: '' }),
    list: { answer, page, pageSize, change: turn },
  };
}
