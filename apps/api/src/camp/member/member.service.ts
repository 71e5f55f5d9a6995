import { BusinessError, maybeRow, onlyRow, rows } from '@yajin/server';
import type { EntityManager } from 'typeorm';
import { enqueueListing } from '../refund/refund-list.js';

/** The planet user with this zsxq id; made when nobody has heard of it, nameless until a sync tells the name. */
export async function planetUser(manager: EntityManager, planetUserId: string, now: Date): Promise<number> {
  const known = await maybeRow<{ id: number }>(
    manager,
    'SELECT id FROM planet_user WHERE planet_user_id = $1',
    [planetUserId],
  );
  if (known) return known.id;
  const made = await onlyRow<{ id: number }>(
    manager,
    `INSERT INTO planet_user (planet_user_id, updated_at) VALUES ($1, $2)
     ON CONFLICT (planet_user_id) DO UPDATE SET updated_at = planet_user.updated_at RETURNING id`,
    [planetUserId, now],
  );
  return made.id;
}

/**
 * Held by whoever gives a member a planet user or takes it away, until the transaction ends; to be taken before any
 * other row. The refund list and smart match go over the whole camp: they lock its row FOR UPDATE, and so wait for
 * those who are at it. (Adding a member holds it too, by its foreign key.)
 */
export async function holdMatching(manager: EntityManager, campId: number | null): Promise<void> {
  await rows(manager, 'SELECT 1 FROM camp WHERE id = $1 FOR KEY SHARE', [campId]);
}

/**
 * Binds a paid order to a planet user as its payer says.
 * @returns the member's id
 * @throws BusinessError 1002 bound already, 1003 too late, 1001 the planet user has enrolled already, 403 when a manager
 * took it away from this member
 */
export async function bindMember(
  manager: EntityManager,
  orderId: number,
  planetUserId: string,
  nickname: string,
  now: Date,
): Promise<number> {
  const placed = await maybeRow<{ camp_id: number }>(
    manager,
    'SELECT camp_id FROM camp_order WHERE order_id = $1',
    [orderId],
  );
  await holdMatching(manager, placed?.camp_id ?? null);
  const order = await maybeRow<{ bind_status: string; bind_deadline: Date | null; outcome: string | null }>(
    manager,
    'SELECT bind_status, bind_deadline, outcome FROM camp_order WHERE order_id = $1 FOR UPDATE',
    [orderId],
  );
  if (!order || order.outcome !== 'member') throw new BusinessError(1005);
  if (order.bind_status === 'completed') throw new BusinessError(1002);
  if (order.bind_status === 'expired' || (order.bind_deadline && order.bind_deadline <= now))
    throw new BusinessError(1003);
  const userRef = await planetUser(manager, planetUserId, now);
  const refused = await maybeRow(
    manager,
    'SELECT 1 FROM camp_member WHERE order_id = $1 AND $2 = ANY (unmatched_refs)',
    [orderId, userRef],
  );
  if (refused) throw new BusinessError(403, '该星球用户已被解除匹配，请联系管理员');
  const bound = await maybeRow<{ id: number; camp_id: number }>(
    manager,
    `UPDATE camp_member m SET filled_planet_user_id = $2, filled_planet_nickname = $3, planet_user_ref = $4, updated_at = $5,
       match_status = 'matched', match_confidence = 100, match_method = 'user_fill', matched_at = $5, review = NULL
     WHERE order_id = $1
       AND NOT EXISTS (SELECT FROM camp_member o WHERE o.camp_id = m.camp_id AND o.planet_user_ref = $4)
     RETURNING id, camp_id`,
    [orderId, planetUserId, nickname, userRef, now],
  ).catch((error: unknown) => {
    if (isUniqueViolation(error)) return null;
    throw error;
  });
  if (!bound) throw new BusinessError(1001);
  await rows(
    manager,
    `UPDATE camp_order SET planet_user_id = $2, planet_nickname = $3, identity = 'typed', bind_status = 'completed',
       bind_method = 'user_fill' WHERE order_id = $1`,
    [orderId, planetUserId, nickname],
  );
  await recount(manager, bound.id);
  await enqueueListing(manager, bound.camp_id);
  return bound.id;
}

/** Counts a member's check-ins anew, after it was matched to another planet user. */
export async function recount(manager: EntityManager, memberId: number): Promise<void> {
  await rows(
    manager,
    `UPDATE camp_member m SET checkin_count = t.days, last_checkin_at = t.last
     FROM (SELECT count(DISTINCT c.checkin_date) AS days, max(c.checkin_time) AS last
           FROM camp_member m JOIN camp_checkin c ON c.camp_id = m.camp_id AND c.planet_user_ref = m.planet_user_ref
           WHERE m.id = $1) AS t
     WHERE m.id = $1`,
    [memberId],
  );
}

export function isUniqueViolation(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === '23505';
}
