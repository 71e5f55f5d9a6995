import { sentence } from '@yajin/core';
import { BusinessError, conditions, maybeRow, onlyRow, rows, type Row } from '@yajin/server';
import type { EntityManager } from 'typeorm';
import { campScope, type Operator } from '../../../system/index.js';
import { IN_SCOPE } from './member.row.js';
import type { PlanetUser } from './planet-user.entity.js';
import type { CampMember } from './camp-member.entity.js';
import type { CampOrder } from '../h5/camp-order.entity.js';

/** A member as those who change one look at it. */
export type MemberRow = Row<CampMember>;

/** The planet user with this zsxq id; made when nobody has heard of it, nameless until a sync tells the name. */
export async function planetUser(manager: EntityManager, planetUserId: string, now: Date): Promise<number> {
  const known = await maybeRow<Row<PlanetUser, 'id'>>(
    manager,
    'SELECT id FROM planet_user WHERE planet_user_id = $1',
    [planetUserId],
  );
  if (known) return known.id;
  const made = await onlyRow<Row<PlanetUser, 'id'>>(
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

/** @throws BusinessError 404 when it is not there for this operator */
export async function findMember(
  manager: EntityManager,
  operator: Operator,
  id: number,
): Promise<Row<CampMember, 'campId' | 'orderId' | 'joinedAt'>> {
  const { where, parameters } = conditions([
    ['m.id = ?', id],
    [IN_SCOPE, campScope(operator)],
  ]);
  const found = await maybeRow<Row<CampMember, 'campId' | 'orderId' | 'joinedAt'>>(
    manager,
    `SELECT m.camp_id, m.order_id, m.joined_at FROM camp_member m WHERE ${where}`,
    parameters,
  );
  if (!found) throw new BusinessError(404);
  return found;
}

/** Locks in the order that binding does: matching in the camp, the order, the member. @throws BusinessError 404, 409 for who was erased */
export async function lockMember(manager: EntityManager, operator: Operator, id: number): Promise<MemberRow> {
  const { camp_id, order_id } = await findMember(manager, operator, id);
  await holdMatching(manager, camp_id);
  const { erased_at } = await onlyRow<Row<CampOrder, 'erasedAt'>>(
    manager,
    'SELECT erased_at FROM camp_order WHERE order_id = $1 FOR UPDATE',
    [order_id],
  );
  if (erased_at !== null) throw new BusinessError(409, sentence('member_erased'));
  return onlyRow<MemberRow>(manager, 'SELECT * FROM camp_member WHERE id = $1 FOR UPDATE', [id]);
}

export function isUniqueViolation(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === '23505';
}
