import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { client } from '../../kit/api.js';
import { chosenOf, MOST, type Chosen } from './batch.rules.js';
import { findByIds, pageAt } from './locate.js';

const PAGE_SIZE = 100;
/** A list that moves while it is read is read again, so often. */
const READINGS = 3;

/** Everything that is pending under a filter, up to as much as one selection holds. */
export async function collectPending(campId: string): Promise<Chosen[]> {
  for (let reading = 1; ; reading += 1) {
    const all = new Map<number, Chosen>();
    let total = 0;
    for (let page = 1; page === 1 || all.size < Math.min(total, MOST); page += 1) {
      const answer = await client.call('listPendingRefunds', {
        query: { campId: idOf(campId), page, pageSize: PAGE_SIZE },
      });
      for (const row of answer.list) all.set(row.id, chosenOf(row));
      total = answer.total;
      if (page >= answer.totalPages) break;
    }
    // Somebody approved meanwhile: rows that moved up a page were missed.
    if (all.size >= Math.min(total, MOST) || reading === READINGS) return [...all.values()].slice(0, MOST);
  }
}

/** What of a frozen set is still pending, as it is now. */
export async function stillPending(ids: number[]): Promise<Map<number, Chosen>> {
  const found = await findByIds(ids, (page) =>
    client.call('listPendingRefunds', { query: { page, pageSize: PAGE_SIZE } }),
  );
  return new Map([...found].map(([id, row]) => [id, chosenOf(row)]));
}

/** On which page of the list a refund is that an address names; null when it is pending no more. */
export function usePageOf(
  id: number,
  { campId, pageSize, when }: { campId: string; pageSize: number; when: boolean },
): UseQueryResult<number | null> {
  return useQuery({
    queryKey: ['listPendingRefunds', 'page of', id, campId, pageSize],
    queryFn: async () => {
      const ask = (page: number): ReturnType<typeof client.call<'listPendingRefunds'>> =>
        client.call('listPendingRefunds', { query: { campId: idOf(campId), page, pageSize } });
      const { page, rows } = await pageAt(id, ask);
      return rows.some((row) => row.id === id) ? page : null;
    },
    enabled: when,
  });
}

/** An address holds ids as text, empty for none. */
export function idOf(text: string): number | undefined {
  const id = Number(text);
  return Number.isSafeInteger(id) && id > 0 ? id : undefined;
}
