import { instantOf } from '@yajin/core';
import type { PlanetPost, PlanetSource } from '@yajin/planet';

/** Somebody of a camp and a day on which they checked in. */
export interface KnownCheckin {
  planetUserId: string;
  name: string;
  alias: string;
  date: string;
}

/** What the record of such a check-in shows in the place of a text. */
const TEXT = '（人工导入）';
/** With what the ids of such check-ins begin. */
export const UPLOADED = 'upload:';
/** A file tells the day only. */
const HOUR = '12:00';

/**
 * Check-ins that an operator vouches for, as a source beside zsxq. One a person and day, whatever file it comes from: the id
 * says no more than that.
 * @param now no check-in is later than that
 */
export function manualSource(checkins: KnownCheckin[], now: Date): PlanetSource {
  const posts = checkins.map(({ planetUserId, name, alias, date }): PlanetPost => {
    const createdAt = new Date(Math.min(instantOf(date, HOUR).getTime(), now.getTime()));
    return {
      topicId: `${UPLOADED}${planetUserId}:${date}`,
      userId: planetUserId,
      name,
      alias: alias || null,
      text: TEXT,
      createdAt,
    };
  });
  return {
    async *topicPages() {
      const newestFirst = posts.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
      const readTo = newestFirst.at(-1)?.createdAt;
      if (readTo) yield { posts: newestFirst, skipped: {}, readTo };
    },
  };
}
