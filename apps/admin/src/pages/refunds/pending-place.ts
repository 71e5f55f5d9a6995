import { useEffect } from 'react';
import { useLook } from '../../kit/api.js';
import { useAddress } from '../../kit/url.js';
import { idOf, usePageOf } from './pending-data.js';

/** In an address: the last row of the page, whichever it is. */
const LAST = 'last';

/** Where the operator is in the list: filter, page and chosen row, all in the address. */
export function usePlace(wide: boolean) {
  const [address, change] = useAddress({ camp: '', page: '1', pageSize: '20', id: '' });
  const [page, pageSize] = [Number(address.page), Number(address.pageSize)];
  const answer = useLook(
    'listPendingRefunds',
    { query: { campId: idOf(address.camp), page, pageSize } },
    { keep: true },
  );
  const list = answer.data?.list ?? [];
  const asked = idOf(address.id);
  const settled = answer.data !== undefined && !answer.isPlaceholderData;
  const row =
    address.id === LAST
      ? list.at(-1)
      : (list.find(({ id }) => id === asked) ?? (wide && asked === undefined ? list[0] : undefined));
  const elsewhere = usePageOf(asked ?? 0, {
    campId: address.camp,
    pageSize,
    when: settled && asked !== undefined && !row,
  });
  const found = elsewhere.data;
  const lost = asked !== undefined && !row && settled;
  useEffect(() => {
    if (lost && found && found !== page) change({ page: String(found) }, { replace: true });
  }, [lost, found, page, change]);
  // The last row of the last page was decided: the page before is the last now.
  const beyond = settled && list.length === 0 && page > 1;
  const last = String(answer.data?.totalPages ?? 1);
  useEffect(() => {
    if (beyond) change({ page: last === '0' ? '1' : last }, { replace: true });
  }, [beyond, last, change]);
  const place = list.findIndex(({ id }) => id === row?.id);
  return {
    answer,
    address,
    change,
    row,
    /** The id that the address names, when it is pending no more. */
    gone: lost && found === null ? asked : null,
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
      change({ id: !wide ? '' : next ? String(next.id) : LAST }, { keepPage: true, replace: true });
    },
  };
}
