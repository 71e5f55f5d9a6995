/** Check-ins a second: the product's ingest against COPY into an equally indexed table. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { businessDate } from '@yajin/core';
import type { PlanetPost } from '@yajin/planet';
import type { Database } from '@yajin/server';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type * as CreditedDays from '../apps/api/src/lines/camp/checkin/credited-days.ts';
import type * as Ingest from '../apps/api/src/lines/camp/checkin/ingest.ts';
import type { Postgres } from '../tools/postgres.ts';
import { built } from './built.ts';
import { createDatabases, dataSource, settleServer, withClient } from './databases.ts';
import type { Result, Round } from './report.ts';

const CHECKIN = 'apps/api/dist/lines/camp/checkin';
const { ingest } = await built<typeof Ingest>(`${CHECKIN}/ingest.js`);
const { recountMembers } = await built<typeof CreditedDays>(`${CHECKIN}/credited-days.js`);

const DATABASE = 'bench_checkins';

const MEMBERS = 2000;
const POSTS_EACH = 25;
const POSTS = MEMBERS * POSTS_EACH;
/** Posts per statement; fewer cost more each, more save nothing. */
const BATCH = 5000;
const ROUNDS = 7;
const FIRST_DAY = Date.parse('2026-10-01T06:00:00+08:00');
/** Its tables shadow those of the product, so that the product's own member update works on them. */
const FLOOR_SCHEMA = 'floor';
const TABLES = ['camp_checkin', 'camp_member'];

export async function benchCheckins(server: Postgres, say: (line: string) => void): Promise<Result[]> {
  await createDatabases(server, [DATABASE]);
  const url = server.url(DATABASE);
  const floorUrl = `${url}?options=${encodeURIComponent(`-c search_path=${FLOOR_SCHEMA},public`)}`;
  const product = await dataSource(url).initialize();
  const floor = await dataSource(floorUrl).initialize();
  const first: Round[] = [];
  const again: Round[] = [];
  try {
    await withClient(url, async (client) => {
      await createMembers(client);
      await copyTables(client);
      const posts = somePosts();
      for (let at = -1; at < ROUNDS; at++) {
        await empty(client);
        const written = await writeFloor(client, floorUrl, floor, posts);
        const ingested = await run(client, product, posts, POSTS);
        await requireSame(client);
        const repeated = await run(client, product, posts, 0);
        if (at < 0) continue;
        first.push({ product: ingested, floor: written });
        again.push({ product: repeated, floor: written });
        const rates = [ingested, written, repeated].map((rate) => Math.round(rate));
        say(
          `  check-ins, round ${at + 1} of ${ROUNDS}: ${rates[0]} and ${rates[1]} a second, unchanged ${rates[2]}`,
        );
      }
    });
  } finally {
    await product.destroy();
    await floor.destroy();
  }
  return [
    { what: 'check-in ingest', rounds: first, goal: 0.5 },
    { what: 'unchanged re-sync', rounds: again, goal: 1 },
  ];
}

/**
 * As a sync does it: batch by batch, then the members that have new check-ins.
 * @returns posts a second
 */
async function run(client: pg.Client, db: Database, posts: PlanetPost[], expected: number): Promise<number> {
  await settleServer(client, TABLES);
  const began = performance.now();
  const touched = new Set<number>();
  let inserted = 0;
  for (let at = 0; at < posts.length; at += BATCH) {
    const users = await ingest(db, 1, posts.slice(at, at + BATCH), new Date());
    inserted += users.length;
    for (const user of users) touched.add(user);
  }
  const updated = await recountMembers(db, 1, [...touched], new Date());
  const seconds = (performance.now() - began) / 1000;
  if (inserted !== expected) throw new Error(`${inserted} check-ins are new, not ${expected}`);
  if (updated !== (expected > 0 ? MEMBERS : 0)) throw new Error(`${updated} members were updated`);
  return posts.length / seconds;
}

/**
 * The rows in one COPY by somebody who knows everybody's id, then the same update of the members.
 * @returns posts a second
 */
async function writeFloor(
  client: pg.Client,
  url: string,
  db: Database,
  posts: PlanetPost[],
): Promise<number> {
  const known = await client.query<{ id: string; planet_user_id: string }>(
    'SELECT id, planet_user_id FROM planet_user',
  );
  const ids = new Map(known.rows.map((row) => [row.planet_user_id, row.id]));
  await settleServer(
    client,
    TABLES.map((table) => `${FLOOR_SCHEMA}.${table}`),
  );
  return withClient(url, async (floor) => {
    const began = performance.now();
    const now = new Date();
    const copy = floor.query(
      copyFrom(
        'COPY camp_checkin (camp_id, topic_id, planet_user_ref, checkin_date, checkin_time, content, synced_at) FROM STDIN',
      ),
    );
    await pipeline(Readable.from(chunks(posts, ids, now)), copy);
    const updated = await recountMembers(db, 1, [...ids.values()].map(Number), now);
    const seconds = (performance.now() - began) / 1000;
    if (copy.rowCount !== POSTS || updated !== MEMBERS)
      throw new Error(`the floor wrote ${copy.rowCount}, ${updated}`);
    return posts.length / seconds;
  });
}

function* chunks(posts: PlanetPost[], ids: Map<string, string>, now: Date): Generator<Buffer> {
  const synced = now.toISOString();
  for (let at = 0; at < posts.length; at += 1000) {
    const lines = posts.slice(at, at + 1000).map((post) => {
      const day = businessDate(post.createdAt);
      return `1\t${post.topicId}\t${ids.get(post.userId)}\t${day}\t${post.createdAt.toISOString()}\t${post.text}\t${synced}\n`;
    });
    yield Buffer.from(lines.join(''));
  }
}

function somePosts(): PlanetPost[] {
  return Array.from({ length: POSTS }, (_, index) => {
    const member = index % MEMBERS;
    const day = Math.floor(index / MEMBERS);
    return {
      topicId: String(8_000_000_000_000 + index * 7919),
      userId: String(9_000_000_000 + member * 37),
      name: `学员${member}`,
      alias: null,
      text: `第 ${day + 1} 天打卡：今天读了二十页书，写了一段笔记，跑步五公里，早睡早起，继续坚持。`,
      createdAt: new Date(FIRST_DAY + day * 86_400_000 + member * 20_000),
    };
  });
}

/** A camp whose members are known by their planet id and not yet by name, as after enrolling. */
async function createMembers(client: pg.Client): Promise<void> {
  await client.query(
    `INSERT INTO camp (id, name, poster_url, deposit_fen, start_date, end_date, required_days, group_qrcode_url,
       planet_project_id, status, created_at, updated_at)
     OVERRIDING SYSTEM VALUE
     VALUES (1, '压测', 'https://example.com/p.png', 9900, '2026-10-01', '2026-11-01', 20, 'https://example.com/q.png', '1',
       'ongoing', now(), now())`,
  );
  await client.query(
    `WITH person AS (
       INSERT INTO planet_user (planet_user_id, updated_at) SELECT user_id, now() FROM unnest($1::text[]) AS user_id RETURNING id
     ), paid AS (
       INSERT INTO pay_order (id, order_no, line, subject, amount_fen, description, status, expires_at, created_at)
       SELECT id, 'ord_' || id, 'camp', '1', 9900, '压测押金', 'paid', now(), now() FROM person
     )
     INSERT INTO camp_member (camp_id, order_id, pay_fen, paid_at, match_status, match_method, planet_user_ref, created_at, updated_at)
     SELECT 1, id, 9900, now(), 'matched', 'dynamic_qrcode', id, now(), now() FROM person`,
    [[...new Set(somePosts().map((post) => post.userId))]],
  );
}

/** The floor's tables, with every column, index and constraint that the product's have. */
async function copyTables(client: pg.Client): Promise<void> {
  await client.query(`CREATE SCHEMA ${FLOOR_SCHEMA}`);
  for (const table of TABLES) {
    const copy = `${FLOOR_SCHEMA}.${table}`;
    await client.query(`CREATE TABLE ${copy} (LIKE public.${table} INCLUDING ALL)`);
    const foreign = await client.query<{ definition: string }>(
      `SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conrelid = $1::regclass AND contype = 'f'`,
      [`public.${table}`],
    );
    for (const { definition } of foreign.rows) await client.query(`ALTER TABLE ${copy} ADD ${definition}`);
  }
  await client.query(`INSERT INTO ${FLOOR_SCHEMA}.camp_member SELECT * FROM public.camp_member`);
}

async function empty(client: pg.Client): Promise<void> {
  await client.query(`TRUNCATE public.camp_checkin, ${FLOOR_SCHEMA}.camp_checkin`);
  await client.query(`UPDATE planet_user SET name = ''`);
  for (const schema of ['public', FLOOR_SCHEMA]) {
    await client.query(`UPDATE ${schema}.camp_member SET checkin_count = 0, last_checkin_at = NULL`);
  }
  await client.query('VACUUM (ANALYZE) planet_user');
}

/** Both sides hold the same check-ins and counts. */
async function requireSame(client: pg.Client): Promise<void> {
  const checkins = 'camp_id, topic_id, planet_user_ref, checkin_date, checkin_time, content';
  const members = 'id, checkin_count, last_checkin_at';
  const { rows } = await client.query<{ different: boolean }>(
    `SELECT EXISTS (SELECT ${checkins} FROM public.camp_checkin EXCEPT SELECT ${checkins} FROM ${FLOOR_SCHEMA}.camp_checkin)
         OR EXISTS (SELECT ${members} FROM public.camp_member EXCEPT SELECT ${members} FROM ${FLOOR_SCHEMA}.camp_member) AS different`,
  );
  if (rows[0]?.different !== false) throw new Error('the product and the floor wrote different things');
}
