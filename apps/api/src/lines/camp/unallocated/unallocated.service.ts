import { Injectable } from '@nestjs/common';
import { fen, sentence } from '@yajin/core';
import { Payments, reasonInWords, Refunds } from '@yajin/payment';
import { BusinessError, Clock, maybeRow, onlyRow, rows, type Row } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import type { EntityManager } from 'typeorm';
import { Audit, deciderOf, Idempotency, type IdempotencyKey, type Operator } from '../../../system/index.js';
import type { CampRow } from '../camp/camp.row.js';
import { bindBefore } from '../camp/camp.rules.js';
import { recount } from '../checkin/credited-days.js';
import { isUniqueViolation, planetUser } from '../member/member.service.js';
import { enqueueListing } from '../refund/refund-list.js';
import type { AssignUnallocatedDto } from './unallocated.dto.js';
import { UNALLOCATED, type UnallocatedRow } from './unallocated.queries.js';
import type { CampRefund } from '../refund/camp-refund.entity.js';
import type { CampMember } from '../member/camp-member.entity.js';

/** Money by a fixed code that fits no camp: a manager assigns it or gives it back, once. */
@Injectable()
export class UnallocatedService {
  constructor(
    private readonly clock: Clock,
    private readonly payments: Payments,
    private readonly refunds: Refunds,
    private readonly audit: Audit,
    private readonly idempotency: Idempotency,
  ) {}

  /**
   * Makes the payer a member of the camp, bound at once when the planet user is given.
   * @throws BusinessError 404, 409 when it is decided or the amount differs, 1102 for a draft, 1001
   */
  async assign(
    operator: Operator,
    id: number,
    body: AssignUnallocatedDto,
    key: IdempotencyKey | null,
  ): Promise<Camp.AssignedPayment> {
    return this.idempotency.once(key, async (manager) => {
      const money = await this.undecided(manager, id);
      const camp = await maybeRow<CampRow>(
        manager,
        'SELECT * FROM camp WHERE id = $1 AND deleted_at IS NULL',
        [body.campId],
      );
      if (!camp) throw new BusinessError(404, sentence('camp_unknown'));
      if (camp.status === 'draft') throw new BusinessError(1102);
      if (camp.deposit_fen !== money.amount_fen) throw new BusinessError(409, sentence('amount_not_deposit'));
      await this.decide(manager, id, 'assigned', camp.id);
      await this.payments.allocate(manager, money.order_id, String(camp.id));
      const memberId = await this.enrol(manager, camp, money, body).catch((error: unknown) => {
        throw isUniqueViolation(error) ? new BusinessError(1001) : error;
      });
      await enqueueListing(manager, camp.id);
      await this.audit.record(manager, operator, {
        action: 'unallocated.assign',
        target: ['unallocated', id],
        // Whom it was said to be from stands with the member, where it can be erased.
        after: { campId: camp.id, memberId },
      });
      return { id, status: 'assigned', campId: camp.id, memberId };
    });
  }

  /** Gives all of it back. @throws BusinessError 404, 409 when it is decided */
  async refund(
    operator: Operator,
    id: number,
    reason: string,
    key: IdempotencyKey | null,
  ): Promise<Camp.RefundedUnallocated> {
    const now = this.clock.now();
    return this.idempotency.once(key, async (manager) => {
      const money = await this.undecided(manager, id);
      await this.decide(manager, id, 'refunded', money.camp_id);
      const source = `unallocated:${money.order_id}`;
      const record = await onlyRow<Row<CampRefund, 'id'>>(
        manager,
        `INSERT INTO camp_refund (camp_id, order_id, source, amount_fen, audit_status, reason, auditor, audited_at, created_at)
         VALUES ($1, $2, $3, $4, 'approved', $5, $6, $7, $7) RETURNING id`,
        [money.camp_id, money.order_id, source, money.amount_fen, reason, operator.username, now],
      );
      await this.refunds.request(manager, {
        source,
        orderId: money.order_id,
        amountFen: fen(money.amount_fen),
        reason: reasonInWords('unallocated'),
        decided: deciderOf(operator, 'manual'),
      });
      await this.audit.record(manager, operator, {
        action: 'unallocated.refund',
        target: ['unallocated', id],
        after: { refundId: record.id, reason },
      });
      return { id, status: 'refunding', refundId: record.id };
    });
  }

  private async enrol(
    manager: EntityManager,
    camp: CampRow,
    money: UnallocatedRow,
    body: AssignUnallocatedDto,
  ): Promise<number> {
    const now = this.clock.now();
    const userRef =
      body.planetUserId === undefined ? null : await planetUser(manager, body.planetUserId, now);
    const bound = userRef !== null;
    const deadline = bindBefore(now);
    await rows(
      manager,
      `INSERT INTO camp_order (order_id, camp_id, planet_user_id, planet_nickname, bind_status, bind_method, bind_deadline, outcome, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 'member', $8)
       ON CONFLICT (order_id) DO UPDATE SET camp_id = EXCLUDED.camp_id, planet_user_id = EXCLUDED.planet_user_id,
         planet_nickname = EXCLUDED.planet_nickname, bind_status = EXCLUDED.bind_status, bind_method = EXCLUDED.bind_method,
         bind_deadline = EXCLUDED.bind_deadline, outcome = 'member'`,
      [
        money.order_id,
        camp.id,
        body.planetUserId ?? null,
        body.planetNickname ?? null,
        bound ? 'completed' : 'pending',
        bound ? 'manual' : null,
        bound ? null : deadline,
        now,
      ],
    );
    const member = await onlyRow<Row<CampMember, 'id'>>(
      manager,
      `INSERT INTO camp_member (camp_id, order_id, pay_fen, paid_at, filled_planet_user_id, filled_planet_nickname,
         match_status, match_confidence, match_method, matched_at, planet_user_ref, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12) RETURNING id`,
      [
        camp.id,
        money.order_id,
        money.amount_fen,
        money.paid_at,
        body.planetUserId ?? null,
        body.planetNickname ?? null,
        bound ? 'matched' : 'pending',
        bound ? 100 : 0,
        bound ? 'manual' : null,
        bound ? now : null,
        userRef,
        now,
      ],
    );
    await recount(manager, member.id);
    return member.id;
  }

  private async undecided(manager: EntityManager, id: number): Promise<UnallocatedRow> {
    await rows(manager, 'SELECT 1 FROM camp_unallocated WHERE id = $1 FOR UPDATE', [id]);
    const found = await maybeRow<UnallocatedRow>(
      manager,
      `SELECT * FROM (${UNALLOCATED}) AS u WHERE u.id = $1`,
      [id],
    );
    if (!found) throw new BusinessError(404);
    if (found.status !== 'pending') throw new BusinessError(409, sentence('unallocated_decided'));
    return found;
  }

  private async decide(
    manager: EntityManager,
    id: number,
    decision: 'assigned' | 'refunded',
    campId: number | null,
  ): Promise<void> {
    await rows(manager, 'UPDATE camp_unallocated SET decision = $2, camp_id = $3 WHERE id = $1', [
      id,
      decision,
      campId,
    ]);
  }
}
