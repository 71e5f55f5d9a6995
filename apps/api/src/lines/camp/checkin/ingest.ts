import { businessDate } from '@yajin/core';
import { forgetAnchors, rows, type Database, type Row } from '@yajin/server';
import type { PlanetPost } from '@yajin/planet';
import { hideCodes, withoutCodes } from '../member/identity-code.js';
import { seeCodes } from '../member/proofs.js';
import type { CampCheckin } from './camp-checkin.entity.js';

/**
 * Keeps posts as check-ins, in the caller's transaction and one statement: people first, then posts nobody has seen. A post that is known
 * stays as it was, so a repeated sync changes nothing; a renamed user is updated. Codes by which members prove who they are are
 * taken note of, and kept from everybody's eyes.
 * @param posts inside the camp's days
 * @param uploadId the upload that they come by; null where zsxq told of them
 * @returns the planet users whose check-ins are new, one entry a check-in
 */
export async function ingest(
  db: Database,
  campId: number,
  posts: PlanetPost[],
  now: Date,
  uploadId: number | null = null,
): Promise<number[]> {
  if (posts.length === 0) return [];
  // Who is being erased has the camp until they are gone: a statement begun before that would not see it, and bring them back.
  await rows(db, 'SELECT 1 FROM camp WHERE id = $1 FOR KEY SHARE', [campId]);
  await seeCodes(db, posts, now);
  const inserted = await rows<Row<CampCheckin, 'planetUserRef' | 'checkinTime'>>(
    db,
    `WITH post AS (
       SELECT * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::date[])
         AS p (topic_id, user_id, name, alias, content, at, day)
       -- Whose check-ins are erased is not heard of by them again.
       WHERE NOT EXISTS (SELECT FROM camp_checkin c WHERE c.camp_id = $1 AND c.topic_id = p.topic_id AND c.erased)
     ), person AS (
       SELECT DISTINCT ON (user_id) user_id, name, alias FROM post ORDER BY user_id, at DESC
     ), known AS (
       SELECT u.id, u.planet_user_id FROM planet_user u WHERE u.planet_user_id IN (SELECT user_id FROM person)
     ), met AS (
       INSERT INTO planet_user (planet_user_id, name, alias, updated_at)
       SELECT user_id, name, alias, $9 FROM person ORDER BY user_id
       ON CONFLICT (planet_user_id) DO UPDATE SET name = EXCLUDED.name, alias = EXCLUDED.alias, updated_at = EXCLUDED.updated_at
         WHERE (planet_user.name, planet_user.alias) IS DISTINCT FROM (EXCLUDED.name, EXCLUDED.alias)
           -- made by another sync a moment ago, unseen by this statement: taken up so that the id comes back
           OR NOT EXISTS (SELECT FROM known k WHERE k.planet_user_id = EXCLUDED.planet_user_id)
       RETURNING id, planet_user_id
     ), someone AS (
       SELECT id, planet_user_id FROM met UNION SELECT id, planet_user_id FROM known
     )
     INSERT INTO camp_checkin (camp_id, topic_id, planet_user_ref, checkin_date, checkin_time, content, synced_at, upload_id)
     SELECT $1, p.topic_id, s.id, p.day, p.at, p.content, $9, $10 FROM post p JOIN someone s ON s.planet_user_id = p.user_id
     ON CONFLICT (camp_id, topic_id) DO NOTHING
     RETURNING planet_user_ref, checkin_time`,
    [
      campId,
      posts.map((post) => post.topicId),
      posts.map((post) => post.userId),
      posts.map((post) => withoutCodes(post.name)),
      posts.map((post) => withoutCodes(post.alias ?? '')),
      posts.map((post) => hideCodes(post.text)),
      posts.map((post) => post.createdAt),
      posts.map((post) => businessDate(post.createdAt)),
      now,
      uploadId,
    ],
  );
  const oldest = Math.min(...inserted.map((row) => row.checkin_time.getTime()));
  if (inserted.length > 0) await forgetAnchors(db, checkinAnchors(campId), new Date(oldest));
  return inserted.map((row) => row.planet_user_ref);
}

/** The camp's check-ins as a list whose places are remembered. */
export function checkinAnchors(campId: number): string {
  return `camp_checkin:${campId}`;
}
