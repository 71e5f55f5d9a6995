import { maybeRow, rows, type Row } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import type { EntityManager } from 'typeorm';
import { SYSTEM, type Actor, type Audit } from '../../../system/index.js';
import { bindBefore } from '../camp/camp.rules.js';
import { recount } from '../checkin/credited-days.js';
import { VOID_REASONS, type VoidReason } from '../refund/void-reasons.js';
import { GRADE, inCamp } from './member.row.js';
import type { CampOrder } from '../h5/camp-order.entity.js';
import type { CampMember } from './camp-member.entity.js';

/** The member who has a planet user in a camp. */
export type Holder = Row<CampMember, 'id' | 'orderId'> & {
  planet_user_ref: number;
  grade: Camp.IdentityOrNull;
};

/** Locked, its order first, as binding does. */
export async function holderOf(
  manager: EntityManager,
  campId: number,
  planetUserRef: number,
): Promise<Holder | null> {
  const found = await maybeRow<Row<CampOrder, 'orderId'>>(
    manager,
    `SELECT o.order_id FROM camp_order o JOIN camp_member m ON m.order_id = o.order_id
     WHERE ${inCamp('$1')} AND m.planet_user_ref = $2 FOR UPDATE OF o`,
    [campId, planetUserRef],
  );
  if (!found) return null;
  return maybeRow<Holder>(
    manager,
    `SELECT m.id, m.order_id, m.planet_user_ref, ${GRADE} AS grade
     FROM camp_member m JOIN camp_order o ON o.order_id = m.order_id JOIN planet_user p ON p.id = m.planet_user_ref
     WHERE m.order_id = $1 AND m.planet_user_ref = $2 FOR UPDATE OF m`,
    [found.order_id, planetUserRef],
  );
}

/**
 * Takes a planet user away from who only typed its id, because its owner has shown to be another member. Nothing of theirs is
 * lost: they may bind their own id, operators see them, and until one of both has happened their deposit is not kept as income. A
 * refund that is approved already stands.
 * @param by the member who is that planet user
 * @param actor who decided it
 */
export async function displace(
  manager: EntityManager,
  audit: Audit,
  holder: Holder,
  { now, by, actor = SYSTEM }: { now: Date; by: number | null; actor?: Actor },
): Promise<void> {
  await withdrawRecord(manager, holder.id, now);
  await rows(
    manager,
    `UPDATE camp_member SET match_status = 'pending', match_confidence = 0, match_method = NULL, matched_at = NULL, updated_at = $2,
       unmatched_refs = array_append(array_remove(unmatched_refs, planet_user_ref), planet_user_ref), planet_user_ref = NULL,
       review = 'displaced' WHERE id = $1`,
    [holder.id, now],
  );
  await rows(
    manager,
    `UPDATE camp_order SET bind_status = 'pending', bind_method = NULL, bind_deadline = $2 WHERE order_id = $1`,
    [holder.order_id, bindBefore(now)],
  );
  await recount(manager, holder.id);
  await audit.record(manager, actor, {
    action: 'member.displace',
    target: ['member', holder.id],
    before: { planetUserRef: holder.planet_user_ref },
    after: { planetUserRef: null, byMemberId: by },
  });
}

/**
 * What is on the refund list rests on a match that no longer holds: it is rejected in the system's name, and the
 * listing that follows opens a new record on the new grounds, if there are any.
 * @returns whether the refund is approved already, and stays
 */
export function withdrawRecord(manager: EntityManager, memberId: number, now: Date): Promise<boolean> {
  return withdrawOpen(manager, 'member_id', memberId, 'match_changed', now);
}

/**
 * Voids what waits for a decision, of a member or a camp, and what a person rejected so lately that it could be undone.
 * @returns whether something is approved already, and stays
 */
export async function withdrawOpen(
  manager: EntityManager,
  of: 'member_id' | 'camp_id',
  id: number,
  why: VoidReason,
  now: Date,
): Promise<boolean> {
  // First all that may still change are held: an approval may be undone, or given, until then, and the next statement sees which.
  await rows(
    manager,
    `SELECT id FROM camp_refund WHERE ${of} = $1 AND (audit_status <> 'rejected' OR undo_until IS NOT NULL) ORDER BY id FOR UPDATE`,
    [id],
  );
  await rows(
    manager,
    `UPDATE camp_refund SET audit_status = 'rejected', refund_status = 'rejected', auditor = 'system', audited_at = $2, reason = $3,
       reason_told = false, execute_after = NULL, undo_until = NULL
     WHERE ${of} = $1 AND (audit_status = 'pending' OR (audit_status = 'rejected' AND undo_until IS NOT NULL))`,
    [id, now, VOID_REASONS[why]],
  );
  const sql = `SELECT 1 FROM camp_refund WHERE ${of} = $1 AND audit_status = 'approved' LIMIT 1`;
  return (await maybeRow(manager, sql, [id])) !== null;
}
