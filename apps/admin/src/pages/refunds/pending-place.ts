import { keepPreviousData } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useApiQuery } from '../../kit/api.js';
import { useUrlState } from '../../kit/url.js';
import { idOf, pendingQuery } from './pending-data.js';

/** In an address: the last row of the page, whichever it is. */
const LAST = 'last';

/** Where the operator is in the list: filter, page and chosen row, all in the address. */
export function usePlace(wide: boolean) {
  const [address, change] = useUrlState({ camp: '', lane: '', page: '1', pageSize: '20', id: '' });
  const [page, pageSize] = [Number(address.page), Number(address.pageSize)];
  const answer = useApiQuery(
    'listPendingRefunds',
    { query: { ...pendingQuery(address), page, pageSize } },
    { placeholderData: keepPreviousData },
  );
  const list = answer.data?.list ?? [];
  const asked = idOf(address.id);
  const settled = answer.data !== undefined && !answer.isPlaceholderData;
  const listed = list.find(({ id }) => id === asked);
  // What an address names is shown wherever it is in the list.
  const named = useApiQuery(
    'listPendingRefunds',
    { query: { ids: String(asked ?? ''), pageSize: 1 } },
    { enabled: settled && asked !== undefined && !listed },
  );
  const elsewhere = asked !== undefined && !listed && settled ? named.data : undefined;
  const row =
    address.id === LAST
      ? list.at(-1)
      : (listed ?? elsewhere?.list[0] ?? (wide && asked === undefined ? list[0] : undefined));
  // The last row of the last page was decided: the page before is the last now.
  const beyond = settled && list.length === 0 && page > 1;
  const last = String(answer.data?.totalPages ?? 1);
  useEffect(() => {
    if (beyond) change({ page: last === '0' ? '1' : last }, { replace: true });
  }, [beyond, last, change]);
  const place = list.findIndex(({ id }) => id === row?.id);
  return {
    answer,
    /** Whether what the address names is still being looked for. */
    looking: named.isLoading,
    address,
    change,
    row,
    /** The id that the address names, when it is pending no more. */
    gone: asked !== undefined && elsewhere?.total === 0 ? asked : null,
    step: (by: 1 | -1): void => {
      const next = list[place + by];
      if (next) change({ id: String(next.id) }, { keepPage: true, replace: true, atOnce: true });
      else if (by === 1 && page < (answer.data?.totalPages ?? 0)) change({ page: String(page + 1), id: '' });
      else if (by === -1 && page > 1) change({ page: String(page - 1), id: LAST });
    },
    /** Goes on to the next one after a decision. */
    after: (decided: number): void => {
      const was = list.findIndex(({ id }) => id === decided);
      const next = list[was + 1];
      // What comes up from the next page becomes the last of this one.
      const id = !wide ? '' : next ? String(next.id) : LAST;
      // At once: the next key may be pressed before the list has come back.
      change({ id }, { keepPage: true, replace: true, atOnce: true });
    },
  };
}
