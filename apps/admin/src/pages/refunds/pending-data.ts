import type { Camp, Input } from '@yajin/web';
import { client } from '../../kit/api.js';
import { chosenOf, chunks, MOST, type Chosen } from './batch.rules.js';
import { laneOf } from './lanes.js';

/** As many as a selection holds: the whole of it in one request. */
const PAGE_SIZE = MOST;
/** As many as an address names. */
const IDS = 400;
/** A list that moves while it is read is read again, so often. */
const READINGS = 3;

/** Which refunds an operator looks at, as an address says it. */
export interface PendingFilter {
  camp: string;
  /** A review lane, empty for all. */
  lane: string;
}

export function pendingQuery({
  camp,
  lane,
}: PendingFilter): NonNullable<Input<'listPendingRefunds'>['query']> {
  return { campId: idOf(camp), lane: laneOf(lane) };
}

/** Everything that is pending under a filter, up to as much as one selection holds. */
export async function collectPending(filter: PendingFilter): Promise<Chosen[]> {
  for (let reading = 1; ; reading += 1) {
    const all = new Map<number, Chosen>();
    let total = 0;
    for (let page = 1; page === 1 || all.size < Math.min(total, MOST); page += 1) {
      const answer = await client.call('listPendingRefunds', {
        query: { ...pendingQuery(filter), page, pageSize: PAGE_SIZE },
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
  const found = new Map<number, Chosen>();
  for (const some of chunks(ids, IDS)) {
    const query = { ids: some.join(','), pageSize: IDS };
    const { list } = await client.call('listPendingRefunds', { query });
    for (const row of list) found.set(row.id, chosenOf(row));
  }
  return found;
}

/** The records of these refunds, by id. What is not there is absent. */
export async function recordsOf(ids: number[], signal: AbortSignal): Promise<Map<number, Camp.RefundRecord>> {
  const found = new Map<number, Camp.RefundRecord>();
  for (const some of chunks(ids, IDS)) {
    const query = { ids: some.join(','), pageSize: IDS };
    const { list } = await client.call('listRefundRecords', { query }, { signal });
    for (const record of list) found.set(record.id, record);
  }
  return found;
}

/** An address holds ids as text, empty for none. */
export function idOf(text: string): number | undefined {
  const id = Number(text);
  return Number.isSafeInteger(id) && id > 0 ? id : undefined;
}
