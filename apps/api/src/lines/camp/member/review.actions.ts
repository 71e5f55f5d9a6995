import { Injectable } from '@nestjs/common';
import { fen, yuanFromFen, sentence } from '@yajin/core';
import { Refunds } from '@yajin/payment';
import { BusinessError, Clock, maybeRow, onlyRow, rows, type Row } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource, type EntityManager } from 'typeorm';
import { Audit, Idempotency, deciderOf, type IdempotencyKey, type Operator } from '../../../system/index.js';
import { bindBefore } from '../camp/camp.rules.js';
import { recount } from '../checkin/credited-days.js';
import { bookForfeits, enqueueListing } from '../refund/refund-list.js';
import { requestOne, type KernelRequest } from '../refund/refund-request.js';
import { displace, holderOf, withdrawRecord } from './displacement.js';
import { CLAIMED, IN_REVIEW } from './member.row.js';
import { isUniqueViolation, lockMember, type MemberRow } from './member.service.js';
import type { CampRefund } from '../refund/camp-refund.entity.js';

interface Reviewed extends MemberRow {
  /** The planet user that it is about. */
  claimed: number | null;
}

/** What operators decide where two members name the same planet user. */
@Injectable()
export class ReviewActions {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly refunds: Refunds,
    private readonly audit: Audit,
    private readonly idempotency: Idempotency,
  ) {}

  /**
   * Decides who the planet user is: the member in review, whose place whoever has it takes, or not the member, who may then say
   * anew who they are.
   * @throws BusinessError 404, 409 unless the member is in review, 1302 when a refund of theirs is approved already
   */
  async settle(operator: Operator, id: number, body: Camp.SettleReviewRequest): Promise<Camp.SettledReview> {
    const { favour, reason } = body;
    return this.db.transaction(async (manager) => {
      const member = await this.inReview(manager, operator, id);
      const now = this.clock.now();
      const holder = member.claimed === null ? null : await holderOf(manager, member.camp_id, member.claimed);
      if (favour === 'member') {
        if (member.claimed === null) throw new BusinessError(409, sentence('no_id_typed'));
        if (await withdrawRecord(manager, id, now)) throw new BusinessError(1302);
        if (holder) await displace(manager, this.audit, holder, { now, by: id, actor: operator });
        await give(manager, member, member.claimed, now);
      } else await refuse(manager, member, now);
      await recount(manager, id);
      await enqueueListing(manager, member.camp_id);
      await this.audit.record(manager, operator, {
        action: 'member.settle',
        target: ['member', id],
        before: { identityReview: member.review },
        after: { favour, planetUserId: member.claimed, holderMemberId: holder?.id ?? null, reason },
      });
      const displaced = favour === 'member' ? (holder?.id ?? null) : null;
      return {
        memberId: id,
        identityReview: null,
        matchStatus: favour === 'member' ? 'matched' : 'pending',
        displacedMemberId: displaced,
      };
    });
  }

  /**
   * Gives the deposit of a member in review back, all of it and once, by the way of every refund.
   * @throws BusinessError 404, 409 unless the member is in review, 1302 when there is a refund already, 1305 when too little is left
   */
  async giveBack(
    operator: Operator,
    id: number,
    reason: string,
    key: IdempotencyKey | null,
  ): Promise<Camp.ReturnedDeposit> {
    return this.idempotency.once(key, async (manager) => {
      const member = await this.inReview(manager, operator, id);
      const now = this.clock.now();
      const record = await maybeRow<Row<CampRefund, 'id'>>(
        manager,
        `INSERT INTO camp_refund (camp_id, member_id, order_id, amount_fen, audit_status, match_confidence, checkin_count,
           required_days, reason, auditor, audited_at, created_at)
         SELECT m.camp_id, m.id, m.order_id, m.pay_fen, 'approved', m.match_confidence, m.checkin_count, c.required_days, $2, $3, $4, $4
         FROM camp_member m JOIN camp c ON c.id = m.camp_id WHERE m.id = $1
         ON CONFLICT (member_id) WHERE audit_status <> 'rejected' DO NOTHING RETURNING id`,
        [id, reason, operator.username, now],
      );
      if (!record) throw new BusinessError(1302);
      const request = await onlyRow<KernelRequest>(
        manager,
        `UPDATE camp_refund SET source = 'camp_refund:' || id WHERE id = $1 RETURNING 'camp_refund:' || id AS source, order_id, amount_fen`,
        [record.id],
      );
      await this.leave(manager, member, now);
      await requestOne(manager, this.refunds, request, { decided: deciderOf(operator, 'manual') });
      await this.audit.record(manager, operator, {
        action: 'member.give_back',
        target: ['member', id],
        before: { identityReview: member.review },
        after: { identityReview: 'returned', refundId: record.id, reason },
      });
      const refundAmount = yuanFromFen(fen(member.pay_fen));
      return { memberId: id, identityReview: 'returned', refundId: record.id, refundAmount };
    });
  }

  /** Nothing can be bound or shown any more; what was booked as income, because they missed the goal then, is owed again. */
  private async leave(manager: EntityManager, member: MemberRow, now: Date): Promise<void> {
    await rows(manager, `UPDATE camp_member SET review = 'returned', updated_at = $2 WHERE id = $1`, [
      member.id,
      now,
    ]);
    await rows(manager, `UPDATE camp_order SET bind_status = 'expired' WHERE order_id = $1`, [
      member.order_id,
    ]);
    const listed = await maybeRow(
      manager,
      'SELECT 1 FROM camp WHERE id = $1 AND refunds_listed_at IS NOT NULL',
      [member.camp_id],
    );
    if (listed) await bookForfeits(manager, member.camp_id, now);
  }

  /** Locked. */
  private async inReview(manager: EntityManager, operator: Operator, id: number): Promise<Reviewed> {
    const member = await lockMember(manager, operator, id);
    const reviewed = await maybeRow<{ claimed: number | null }>(
      manager,
      `SELECT ${CLAIMED} AS claimed FROM camp_member m WHERE m.id = $1 AND ${IN_REVIEW}`,
      [id],
    );
    if (!reviewed) throw new BusinessError(409, sentence('nothing_to_review'));
    return { ...member, ...reviewed };
  }
}

/** As a match by hand. */
async function give(manager: EntityManager, member: MemberRow, userRef: number, now: Date): Promise<void> {
  await rows(
    manager,
    `UPDATE camp_member SET match_status = 'matched', match_confidence = 100, match_method = 'manual', review = NULL, matched_at = $3,
       updated_at = $3, unmatched_refs = array_remove(unmatched_refs, $2), planet_user_ref = $2 WHERE id = $1`,
    [member.id, userRef, now],
  ).catch((error: unknown) => {
    throw isUniqueViolation(error) ? new BusinessError(409, sentence('matched_to_another')) : error;
  });
  await rows(
    manager,
    `UPDATE camp_order SET bind_status = 'completed', bind_method = 'manual' WHERE order_id = $1`,
    [member.order_id],
  );
}

/** As an unmatch: neither the smart match nor the member can take that one again. */
async function refuse(manager: EntityManager, member: Reviewed, now: Date): Promise<void> {
  await onlyRow(
    manager,
    `UPDATE camp_member SET match_status = 'pending', match_confidence = 0, match_method = NULL, review = NULL, updated_at = $3,
       unmatched_refs = CASE WHEN $2::bigint IS NULL THEN unmatched_refs
         ELSE array_append(array_remove(unmatched_refs, $2), $2) END WHERE id = $1 RETURNING id`,
    [member.id, member.claimed, now],
  );
  await rows(
    manager,
    `UPDATE camp_order SET bind_status = 'pending', bind_method = NULL, bind_deadline = $2 WHERE order_id = $1`,
    [member.order_id, bindBefore(now)],
  );
}
