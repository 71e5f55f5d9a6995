import { recognised, type SentenceCode } from '@yajin/core';
import { rows, type Database } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DISPUTED, GRADE } from '../member/member.row.js';
import type { Grace } from './grace.rules.js';

export interface BatchApproval {
  refundIds: number[];
  minConfidence: number;
  /** Whether members are taken too whose planet id was only typed. */
  includeUnproved: boolean;
  auditor: string;
  comment?: string;
  now: Date;
  grace: Grace;
}

const REFUSALS: readonly SentenceCode[] = [
  'refund_unknown',
  'refund_audited',
  'refund_unsure',
  'refund_other_name',
  'refund_id_disputed',
  'refund_unproved',
];

/** What the statement below says of a refund that it leaves out, by its code, too. */
export function whyLeftOut(refusal: string): Omit<Camp.SkippedRefund, 'refundId'> {
  const said = recognised(refusal, REFUSALS);
  return { reason: refusal, reasonCode: said?.code ?? null, reasonParams: said?.params ?? [] };
}

/**
 * Approves what may be approved and says why the rest was not, in one statement. Rows are locked in the order of their
 * ids, so that two operators with overlapping selections wait instead of deadlocking.
 * @returns one entry an id, in the order asked for; `refusal` null for what is approved now
 */
export function approveMany(
  db: Database,
  batch: BatchApproval,
): Promise<{ id: number; refusal: string | null }[]> {
  return rows(
    db,
    `WITH found AS (
       SELECT id, audit_status, match_confidence, name_differs FROM camp_refund WHERE id = ANY($1) ORDER BY id FOR UPDATE
     ), unproved AS (
       SELECT r.id, ${DISPUTED} AS disputed FROM camp_refund r JOIN camp_member m ON m.id = r.member_id JOIN camp_order o ON o.order_id = m.order_id
         LEFT JOIN planet_user p ON p.id = m.planet_user_ref
       WHERE r.id = ANY($1) AND ${GRADE} = 'typed'
     ), judged AS (
       SELECT w.id, w.place, CASE
         WHEN f.id IS NULL THEN '退款记录不存在'
         WHEN f.audit_status <> 'pending' THEN '已审核，无需重复操作'
         WHEN f.match_confidence < $2 THEN format('置信度(%s)低于阈值(%s)', f.match_confidence, $2)
         WHEN f.name_differs THEN '昵称不一致'
         WHEN u.disputed THEN '星球 ID 有争议'
         WHEN u.id IS NOT NULL AND NOT $6 THEN '身份未验证'
       END AS refusal
       FROM unnest($1::bigint[]) WITH ORDINALITY AS w (id, place) LEFT JOIN found f ON f.id = w.id
         LEFT JOIN unproved u ON u.id = w.id
     ), approved AS (
       UPDATE camp_refund r SET audit_status = 'approved', auditor = $3, audited_at = $4, comment = $5, source = 'camp_refund:' || r.id,
         execute_after = $7, undo_until = $8
       FROM judged j WHERE r.id = j.id AND j.refusal IS NULL
     ) SELECT id, refusal FROM judged ORDER BY place`,
    [
      batch.refundIds,
      batch.minConfidence,
      batch.auditor,
      batch.now,
      batch.comment ?? null,
      batch.includeUnproved,
      batch.grace.executeAfter,
      batch.grace.undoUntil,
    ],
  );
}
