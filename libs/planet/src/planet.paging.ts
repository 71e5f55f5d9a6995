import { localTime } from '@yajin/core';

import { PlanetError } from './planet.error.js';

/** A check-in post. Ids are strings of up to 17 digits; `text` is as zsxq keeps it, markup included. */
export interface PlanetPost {
  topicId: string;
  userId: string;
  /** The alias where the name is blank. */
  name: string;
  alias: string | null;
  text: string;
  createdAt: Date;
}

/** One row of the list of topics; `post` is null for what is no post of a member. */
export interface TopicRow {
  topicId: string;
  createdAt: Date;
  post: PlanetPost | null;
}

/** Somebody who joined a check-in. */
export interface RankedUser {
  userId: string;
  /** The alias where the name is blank. */
  name: string;
  alias: string | null;
  avatarUrl: string;
  /** Place in the list, from 1. */
  rank: number;
  checkinDays: number;
}

export const TOPICS_PER_PAGE = 20;
/** A bound on every walk: at 20 rows a page no camp comes near. */
const MAX_PAGES = 2_000;

/**
 * Where the next page's `end_time` goes, in milliseconds from the last row, by how many pages in a row
 * brought nothing new. Whether that bound is inclusive is not documented: one millisecond after the last
 * row loses none of those that share its millisecond, either way. A page of nothing but known posts moves
 * it on to the row and then below it, for either reading again.
 */
const NEXT_END_MS = [1, 0, -1] as const;

/**
 * Walks the posts from the newest to `since` (inclusive), page by page, each post once. The list is over
 * when a page that is not full, or each of the three bounds above, brings nothing new. More than a page of
 * posts in one single millisecond could not be told apart by this list.
 */
export async function* walkTopics(
  fetchPage: (endTime: string | null) => Promise<TopicRow[]>,
  since: Date | null,
): AsyncGenerator<PlanetPost[], void, undefined> {
  const seen = new Set<string>();
  let endTime: string | null = null;
  let stalls = 0;
  for (let page = 0; page < MAX_PAGES; page++) {
    const rows = await fetchPage(endTime);
    const last = rows.at(-1);
    if (!last) return;
    const fresh = unseen(rows, (row) => row.topicId, seen);
    const posts = fresh.flatMap(({ post }) => (post && !(since && post.createdAt < since) ? [post] : []));
    if (posts.length > 0) yield posts;
    if (since && last.createdAt < since) return;
    stalls = fresh.length > 0 ? 0 : stalls + 1;
    const step = NEXT_END_MS[stalls];
    if (step === undefined || (stalls > 0 && rows.length < TOPICS_PER_PAGE)) return;
    endTime = planetTime(new Date(last.createdAt.getTime() + step));
  }
  throw new PlanetError('unavailable', 'TOO_MANY_PAGES', `打卡帖子超过 ${MAX_PAGES} 页`);
}

/** Walks everybody in the ranking, page by page, each once. The next `index` is the last row's rank. */
export async function* walkRanking(
  fetchPage: (index: number) => Promise<RankedUser[]>,
): AsyncGenerator<RankedUser[], void, undefined> {
  const seen = new Set<string>();
  let index = 0;
  for (let page = 0; page < MAX_PAGES; page++) {
    const rows = await fetchPage(index);
    const fresh = unseen(rows, (row) => row.userId, seen);
    if (fresh.length === 0) return;
    yield fresh;
    index = rows.at(-1)?.rank ?? index;
  }
  throw new PlanetError('unavailable', 'TOO_MANY_PAGES', `打卡排行超过 ${MAX_PAGES} 页`);
}

function unseen<T>(rows: readonly T[], idOf: (row: T) => string, seen: Set<string>): T[] {
  return rows.filter((row) => {
    const id = idOf(row);
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}

/** `2025-10-18T23:59:28.117+0800`, as zsxq writes times. */
export function planetTime(instant: Date): string {
  return `${localTime(instant)}.${String(instant.getUTCMilliseconds()).padStart(3, '0')}+0800`;
}
