import { localTime, sentence } from '@yajin/core';

import { PlanetError } from './planet.error.js';
import type { OddRow, PlanetPost, TopicRow } from './planet.rows.js';

/** How many rows were no posts, by why. */
export type SkippedRows = Partial<Record<OddRow, number>>;

/** What one page brought. */
export interface TopicPage {
  /** Each post once in a walk, the newest first. */
  posts: PlanetPost[];
  skipped: SkippedRows;
  /** Everything newer than this has been read: another walk can go on from here. */
  readTo: Date;
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
/** zsxq itself is younger. */
const EARLIEST = new Date('2015-01-01T00:00:00Z');

/**
 * Walks the posts from the newest, or from `from` (inclusive), down to `since` (inclusive), page by page.
 *
 * `end_time` is inclusive, and the next page's is the last row's own `create_time` (zsxq's own tool says so:
 * github.com/unnoo/zsxq-skill, skills/zsxq/references/group-topics.md). So pages overlap, and nothing that shares the last
 * row's millisecond is lost. It ends: each page either brings rows not seen before, of which there are only so many, or it
 * brings none; then the list is over if the page is not full, and else the bound goes a millisecond below the row, once. An
 * empty page is asked for twice: before its end the list always has the row that the bound was taken from.
 * More than a page of posts in one single millisecond could not be told apart by this list.
 */
export async function* walkTopics(
  fetchPage: (endTime: string | null) => Promise<TopicRow[]>,
  { since = null, from = null }: { since?: Date | null; from?: Date | null } = {},
): AsyncGenerator<TopicPage, void, undefined> {
  const seen = new Set<string>();
  let endTime = from && planetTime(from);
  let stalled = false;
  let empty = false;
  for (let page = 0; page < MAX_PAGES; page++) {
    const rows = await fetchPage(endTime);
    if (rows.length === 0) {
      if (empty) return;
      empty = true;
      continue;
    }
    empty = false;
    const readTo = endOf(rows);
    if (!readTo)
      throw new PlanetError(
        'unavailable',
        'BROKEN_ANSWER',
        sentence('planet_unreadable', '整页帖子都没有时间'),
      );
    const fresh = rows.filter(({ topicId }) => topicId === null || isNew(topicId, seen));
    const posts = fresh.flatMap(({ post }) => (post && !(since && post.createdAt < since) ? [post] : []));
    const skipped = countOdd(fresh);
    if (fresh.length > 0) yield { posts, skipped, readTo };
    if (since && readTo < since) return;
    const something = fresh.some(({ topicId }) => topicId !== null);
    if (!something && (stalled || rows.length < TOPICS_PER_PAGE)) return;
    stalled = !something;
    endTime = planetTime(new Date(readTo.getTime() - (stalled ? 1 : 0)));
  }
  throw new PlanetError('unavailable', 'TOO_MANY_PAGES', sentence('planet_too_many_posts', MAX_PAGES));
}

/** Walks everybody in the ranking, page by page, each once. The next `index` is the last row's rank. */
export async function* walkRanking(
  fetchPage: (index: number) => Promise<RankedUser[]>,
): AsyncGenerator<RankedUser[], void, undefined> {
  const seen = new Set<string>();
  let index = 0;
  for (let page = 0; page < MAX_PAGES; page++) {
    const rows = await fetchPage(index);
    const fresh = rows.filter(({ userId }) => isNew(userId, seen));
    if (fresh.length === 0) return;
    yield fresh;
    index = rows.at(-1)?.rank ?? index;
  }
  throw new PlanetError('unavailable', 'TOO_MANY_PAGES', sentence('planet_too_many_ranks', MAX_PAGES));
}

/** The time of the last row that has one of its own place: an odd row's may be of no day at all, and must not end the walk. */
function endOf(rows: TopicRow[]): Date | undefined {
  const times = rows.flatMap(({ createdAt }) => (createdAt && createdAt >= EARLIEST ? [createdAt] : []));
  return times.findLast((time) => times[0] && time <= times[0]);
}

function isNew(id: string, seen: Set<string>): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  return true;
}

function countOdd(rows: TopicRow[]): SkippedRows {
  const counts: SkippedRows = {};
  for (const { odd } of rows) if (odd) counts[odd] = (counts[odd] ?? 0) + 1;
  return counts;
}

/** `2025-10-18T23:59:28.117+0800`, as zsxq writes times. */
export function planetTime(instant: Date): string {
  return `${localTime(instant)}.${String(instant.getUTCMilliseconds()).padStart(3, '0')}+0800`;
}
