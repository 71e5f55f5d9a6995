import { postSelected } from '@yajin/payment';
import { onlyRow, rows, type Database } from '@yajin/server';
import type { EntityManager } from 'typeorm';
import { LIST } from '../camp.jobs.js';
import { VOIDED } from './void-reasons.js';

/**
 * After the list was made, whoever comes to qualify late (a match, a sync, a payment heard of late) is listed
 * by a job of its own; without a key, for a keyed one that begins at this very moment would swallow the new one
 * (https://github.com/graphile/worker/issues/580).
 */
export async function enqueueListing(db: Database, campId: number): Promise<void> {
  await rows(
    db,
    `SELECT ${LIST.add({ campId: 'id' })}
     FROM camp WHERE id = $1 AND refunds_listed_at IS NOT NULL`,
    [campId],
  );
}

/** SQL: whether the member `m` is to be on the refund list of its camp, and was not rejected on the same grounds, or just now. @param camp its alias */
export const qualifies = (
  camp: 'c' | 'k',
): string => `m.match_status = 'matched' AND m.checkin_count >= ${camp}.required_days
  AND NOT EXISTS (SELECT FROM camp_refund r WHERE r.member_id = m.id AND r.audit_status = 'rejected'
                  AND (r.undo_until IS NOT NULL OR r.created_at >= m.matched_at AND r.checkin_count >= m.checkin_count
                       AND NOT ${VOIDED}))`;

/**
 * Puts every member who kept the promise on the refund list, with what the decision rests on frozen as it
 * is now. One statement, whatever the size of the camp; whoever is on it already stays as listed, and whoever
 * was rejected is listed again only on new grounds: a later match, or more days.
 * @returns how many records are new
 */
export async function listEligible(db: Database, campId: number, now: Date): Promise<number> {
  const row = await onlyRow<{ listed: number }>(
    db,
    `WITH listed AS (
       INSERT INTO camp_refund (camp_id, member_id, order_id, amount_fen, audit_status, match_confidence, match_method,
                                checkin_count, required_days, name_differs, created_at)
       SELECT c.id, m.id, m.order_id, m.pay_fen, 'pending', m.match_confidence, m.match_method, m.checkin_count, c.required_days,
              ${NAME_DIFFERS}, $2
       FROM camp c JOIN camp_member m ON m.camp_id = c.id JOIN planet_user p ON p.id = m.planet_user_ref
       JOIN camp_order o ON o.order_id = m.order_id
       WHERE c.id = $1 AND c.status = 'finished' AND ${qualifies('c')}
       ORDER BY m.id
       ON CONFLICT (member_id) WHERE audit_status <> 'rejected' DO NOTHING
       RETURNING id
     ) SELECT count(*) AS listed FROM listed`,
    [campId, now],
  );
  return row.listed;
}

/**
 * A planet id that its payer typed, whose owner goes by another name: perhaps somebody else's. Signed links
 * cannot be forged, a code is shown by nobody else, a person who matched by hand has looked, and a user whose name no sync has told is given the
 * benefit of the doubt. Over a member `m`, its planet user `p` and its `camp_order` `o`; never null.
 */
export const NAME_DIFFERS = `coalesce(o.identity IS DISTINCT FROM 'signed' AND m.match_method <> 'manual'
  AND m.proved_ref IS DISTINCT FROM p.id
  AND m.filled_planet_user_id = p.planet_user_id AND p.name <> ''
  AND folded(m.filled_planet_nickname) NOT IN (folded(p.name), folded(p.alias)), false)`;

/**
 * Keeps the books with the list: the deposit of a member without a living record becomes income, and one
 * that got a record after all is owed again. One whose rejection can still be taken back is owed meanwhile. While people have to look who a member is, the deposit waits. Posts nothing twice.
 */
export async function bookForfeits(manager: EntityManager, campId: number, now: Date): Promise<void> {
  await postSelected(
    manager,
    `SELECT CASE WHEN owed THEN 'restore:' ELSE 'forfeit:' END || order_id || ':' || times AS source,
       CASE WHEN owed THEN 'income' ELSE 'deposit' END AS debit, CASE WHEN owed THEN 'deposit' ELSE 'income' END AS credit,
       pay_fen AS amount_fen, order_id
     FROM (
       SELECT m.order_id, m.pay_fen, coalesce(l.income_fen, 0) > 0 AS kept, coalesce(l.times, 0) AS times,
         EXISTS (SELECT FROM camp_refund r WHERE r.member_id = m.id AND (r.audit_status <> 'rejected' OR r.undo_until IS NOT NULL)) AS owed,
         m.review IS NOT NULL AS reviewed, a.amount_fen - a.refunded_fen - a.reserved_fen - a.moved_fen AS left_fen
       FROM camp_member m LEFT JOIN (
         SELECT order_id, sum(CASE WHEN credit = 'income' THEN amount_fen ELSE -amount_fen END) AS income_fen, count(*) AS times
         FROM pay_ledger_view WHERE (credit = 'income' OR debit = 'income') AND order_id IN (SELECT order_id FROM camp_member WHERE camp_id = $1)
         GROUP BY order_id
       ) AS l ON l.order_id = m.order_id
       JOIN pay_order_view o ON o.id = m.order_id JOIN pay_attempt_view a ON a.out_trade_no = o.paid_with
       WHERE m.camp_id = $1
     ) AS members WHERE kept = owed AND (owed OR (left_fen >= pay_fen AND NOT reviewed))`,
    [campId],
    now,
  );
}
