import { idOrNull, isObject, textAt, timeOrNull, type Json } from './planet.json.js';
import { readableText } from './planet.text.js';

/** A check-in post. Ids are strings of up to 17 digits. */
export interface PlanetPost {
  topicId: string;
  userId: string;
  /** The alias where the name is blank. */
  name: string;
  alias: string | null;
  /** Plain words, without zsxq's markup; empty for pictures and files without a word. */
  text: string;
  createdAt: Date;
}

/**
 * Why a row is no check-in of anybody's: it is no row at all, has no id or time of its own, is a question, an exercise or the
 * like, has no post in it (deleted), or nobody who wrote it (anonymous).
 */
export type OddRow = 'not_a_row' | 'no_id' | 'no_time' | 'other_kind' | 'no_talk' | 'no_author';

/** One row of the list of topics: a post, or why it is none. */
export interface TopicRow {
  topicId: string | null;
  createdAt: Date | null;
  post: PlanetPost | null;
  odd: OddRow | null;
}

/** Reads whatever stands in a row's place: one odd row must not cost anybody the others. */
export function readTopic(row: unknown): TopicRow {
  if (!isObject(row)) return { topicId: null, createdAt: null, post: null, odd: 'not_a_row' };
  const topicId = idOrNull(row, 'topic_id');
  const createdAt = timeOrNull(row, 'create_time');
  const post = topicId !== null && createdAt !== null ? readPost(row, topicId, createdAt) : null;
  if (post !== null && typeof post === 'object') return { topicId, createdAt, post, odd: null };
  const odd = post ?? (topicId === null ? 'no_id' : 'no_time');
  return { topicId, createdAt, post: null, odd };
}

function readPost(row: Json, topicId: string, createdAt: Date): PlanetPost | OddRow {
  if (row['type'] !== 'talk') return 'other_kind';
  const talk = row['talk'];
  if (!isObject(talk)) return 'no_talk';
  const author = isObject(talk['owner']) ? readUser(talk['owner']) : null;
  if (!author) return 'no_author';
  return { topicId, ...author, text: readableText(textAt(talk, 'text')), createdAt };
}

/** @returns null for nobody in particular */
export function readUser(json: Json): { userId: string; name: string; alias: string | null } | null {
  const userId = idOrNull(json, 'user_id');
  if (userId === null || /^0+$/.test(userId)) return null;
  const alias = textAt(json, 'alias') || null;
  return { userId, name: textAt(json, 'name') || (alias ?? ''), alias };
}
