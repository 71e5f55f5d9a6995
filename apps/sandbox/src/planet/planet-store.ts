import { randomInt } from 'node:crypto';
import { businessDate } from '@yajin/core';
import { randomDigits } from '../random.js';
import type { World } from '../world.js';

/** A check-in project. Ids are digits of any length, kept as text; instants are milliseconds. */
export interface Checkin {
  checkin_id: string;
  group_id: string;
  title: string;
  /** How many days make it complete. */
  days: number;
  created_at: number;
  expires_at: number;
  /** `closed` by its owner, otherwise told by the clock. */
  status: 'closed' | null;
}

export interface Person {
  user_id: string;
  name: string;
  alias: string;
}

/**
 * What a row of the list is: a post, one with pictures or a file and no word, one whose time is written with `Z`; or what is
 * nobody's check-in: deleted, anonymous, a question, an exercise, a row that is null, a post without a time.
 */
export const POST_KINDS = [
  'talk',
  'pictures',
  'file',
  'utcTime',
  'deleted',
  'anonymous',
  'question',
  'task',
  'null',
  'noTime',
] as const;
export type PostKind = (typeof POST_KINDS)[number];
const COUNTING: readonly PostKind[] = ['talk', 'pictures', 'file', 'utcTime'];

export interface Post extends Person {
  topic_id: string;
  text: string;
  created_at: number;
  kind: PostKind;
}

export interface RankedPerson extends Person {
  rankings: number;
  days: number;
}

export interface NewPost {
  userId: string;
  name: string;
  alias: string;
  text: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  kind: PostKind;
}

/** Rows of the ranking come 21 at a time. */
const RANKING_PAGE = 21;
const YEAR_MS = 365 * 86_400_000;

export function findCheckin(world: World, checkinId: string): Checkin | undefined {
  return world.store.get<Checkin>('SELECT * FROM planet_checkin WHERE checkin_id = ?', checkinId);
}

export function findPerson(world: World, userId: string): Person | undefined {
  return world.store.get<Person>('SELECT user_id, name, alias FROM planet_user WHERE user_id = ?', userId);
}

export type CheckinChange = Partial<Pick<Checkin, 'group_id' | 'title' | 'days' | 'expires_at' | 'status'>>;

/** Creates a check-in or changes what is named. */
export function saveCheckin(world: World, checkinId: string, change: CheckinChange = {}): Checkin {
  const now = world.clock.now().getTime();
  const known = findCheckin(world, checkinId) ?? {
    checkin_id: checkinId,
    group_id: world.identity.planetGroupId,
    title: `打卡 ${checkinId}`,
    days: 21,
    created_at: now,
    expires_at: now + YEAR_MS,
    status: null,
  };
  const row: Checkin = { ...known, ...change };
  const sql = 'INSERT OR REPLACE INTO planet_checkin VALUES (?, ?, ?, ?, ?, ?, ?)';
  world.store.run(
    sql,
    row.checkin_id,
    row.group_id,
    row.title,
    row.days,
    row.created_at,
    row.expires_at,
    row.status,
  );
  return row;
}

/** A person joins a check-in (once), and is from now on called as given. */
export function join(world: World, checkinId: string, person: Person): void {
  const { store } = world;
  store.run(
    'INSERT INTO planet_user VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET name = excluded.name, alias = excluded.alias',
    person.user_id,
    person.name,
    person.alias,
  );
  store.run('INSERT OR IGNORE INTO planet_member VALUES (?, ?, 0)', checkinId, person.user_id);
}

/** Returns the new topics' ids, in the order given. Days are counted as they come, so that ranking stays quick. */
export function addPosts(world: World, checkinId: string, posts: NewPost[]): string[] {
  const { store } = world;
  return store.transaction(() => {
    if (!findCheckin(world, checkinId)) saveCheckin(world, checkinId);
    return posts.map((post) => {
      // 17 digits, as real ids have: beyond what a double can hold.
      const topicId = `${randomInt(1, 10)}${randomDigits(16)}`;
      join(world, checkinId, { user_id: post.userId, name: post.name, alias: post.alias });
      const sql =
        'INSERT INTO planet_post (topic_id, checkin_id, user_id, text, created_at, kind) VALUES (?, ?, ?, ?, ?, ?)';
      store.run(sql, topicId, checkinId, post.userId, post.text, post.createdAt, post.kind);
      if (!COUNTING.includes(post.kind)) return topicId;
      const day = businessDate(new Date(post.createdAt));
      if (store.run('INSERT OR IGNORE INTO planet_day VALUES (?, ?, ?)', checkinId, day, post.userId) > 0) {
        const count = 'UPDATE planet_member SET days = days + 1 WHERE checkin_id = ? AND user_id = ?';
        store.run(count, checkinId, post.userId);
      }
      return topicId;
    });
  });
}

/** Posts up to and including `endTime`, newest first. */
export function postsPage(world: World, checkinId: string, endTime: number, count: number): Post[] {
  return world.store.all<Post>(
    `SELECT p.topic_id, p.user_id, p.text, p.created_at, p.kind, u.name, u.alias
     FROM planet_post p JOIN planet_user u USING (user_id)
     WHERE p.checkin_id = ? AND p.created_at <= ? ORDER BY p.created_at DESC, p.topic_id DESC LIMIT ?`,
    checkinId,
    endTime,
    count,
  );
}

export function checkins(world: World, groupId: string, count: number, scope: string): Checkin[] {
  const all = 'SELECT * FROM planet_checkin WHERE group_id = ? ORDER BY created_at DESC, checkin_id DESC';
  const rows = world.store.all<Checkin>(all, groupId);
  return rows.filter((row) => checkinStatus(world, row) === scope).slice(0, count);
}

export function checkinStatus(world: World, checkin: Checkin): 'ongoing' | 'over' | 'closed' {
  return checkin.status ?? (world.clock.now().getTime() <= checkin.expires_at ? 'ongoing' : 'over');
}

export function countMembers(world: World, checkin: Checkin) {
  const sql = `SELECT count(*) AS joined, coalesce(sum(days >= ?), 0) AS completed, coalesce(sum(days > 0), 0) AS active
    FROM planet_member WHERE checkin_id = ?`;
  return world.store.get<{ joined: number; completed: number; active: number }>(
    sql,
    checkin.days,
    checkin.checkin_id,
  )!;
}

/** How many people checked in on a Shanghai date. */
export function countOn(world: World, checkinId: string, date: string): number {
  const sql = 'SELECT count(*) AS people FROM planet_day WHERE checkin_id = ? AND day = ?';
  return world.store.get<{ people: number }>(sql, checkinId, date)!.people;
}

/** Everyone who joined, most days first, from after rank `index`. */
export function accumulatedRanking(world: World, checkinId: string, index: number): RankedPerson[] {
  const rows = world.store.all<Person & { days: number }>(
    `SELECT m.user_id, m.days, u.name, u.alias FROM planet_member m JOIN planet_user u USING (user_id)
     WHERE m.checkin_id = ? ORDER BY m.days DESC, m.user_id LIMIT ? OFFSET ?`,
    checkinId,
    RANKING_PAGE,
    index,
  );
  return rows.map((row, offset) => ({ ...row, rankings: index + offset + 1 }));
}

/** The same by each person's longest run of consecutive days. */
export function continuousRanking(world: World, checkinId: string, index: number): RankedPerson[] {
  const rows = world.store.all<Person & { days: number }>(
    `WITH run AS (
       SELECT user_id, julianday(day) - row_number() OVER (PARTITION BY user_id ORDER BY day) AS start
       FROM planet_day WHERE checkin_id = ?1),
     longest AS (
       SELECT user_id, max(length) AS days
       FROM (SELECT user_id, count(*) AS length FROM run GROUP BY user_id, start) GROUP BY user_id)
     SELECT m.user_id, coalesce(l.days, 0) AS days, u.name, u.alias
     FROM planet_member m JOIN planet_user u USING (user_id) LEFT JOIN longest l USING (user_id)
     WHERE m.checkin_id = ?1 ORDER BY 2 DESC, m.user_id LIMIT ?2 OFFSET ?3`,
    checkinId,
    RANKING_PAGE,
    index,
  );
  return rows.map((row, offset) => ({ ...row, rankings: index + offset + 1 }));
}
