import { Injectable, type OnModuleInit } from '@nestjs/common';
import { addDays, businessDate, fen, localTime, yuanFromFen, sentence } from '@yajin/core';
import type { Console } from '@yajin/contract/console';
import {
  atMerchant,
  failureCode,
  holdOf,
  presentHold,
  RefundExceedsPayment,
  RefundNotRetryable,
  Refunds,
  type HeldBy,
  type PayOrderView,
  type PayRefundView,
} from '@yajin/payment';
import {
  BusinessError,
  Clock,
  conditions,
  maybeRow,
  numberedPage,
  onlyRow,
  rows,
  type Row,
} from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import { Approvals, Audit, deciderOf, RefundRetries, type Operator } from '../../system/index.js';
import type { GymPaymentQuery } from './gym-console.dto.js';
import { unearn } from './gym.income.js';
import { REFUND_SOURCE } from './gym.options.js';
import { whyNotTakenBack, type Holdings } from './gym.rules.js';
import type { GymPayment } from './gym-payment.entity.js';
import type { GymMember } from './gym-member.entity.js';
import type { GymOffer } from './gym-offer.entity.js';
import type { GymRefund } from './gym-refund.entity.js';

type PaymentRow = Row<
  GymPayment,
  'id' | 'memberId' | 'orderId' | 'type' | 'description' | 'status' | 'createdAt'
> &
  Row<GymMember, 'userId'> &
  Row<PayOrderView, 'orderNo' | 'amountFen'> &
  Row<GymOffer, 'quantity'> &
  Row<GymRefund, 'failMessage' | 'completedAt'> & {
    member_name: string;
    offer_name: string;
    paid_at: Date | null;
    refund_status: Console.MoneyStatus | null;
    refund_reason: string | null;
    refund_requested_by: string | null;
    refund_created_at: Date | null;
    hold: HeldBy | null;
    at_merchant: boolean;
  };

const PAYMENTS = `SELECT p.id, p.member_id, p.offer_id, m.name AS member_name, m.user_id, p.order_id, o.order_no, p.type, f.name AS offer_name,
    f.quantity, o.amount_fen, p.description, p.status, CASE WHEN p.status = 'success' THEN o.paid_at END AS paid_at, p.created_at,
    r.status AS refund_status, r.reason AS refund_reason, r.requested_by AS refund_requested_by, r.fail_message,
    r.created_at AS refund_created_at, r.completed_at,
    ${holdOf('refund', `'${REFUND_SOURCE}' || r.id`)} AS hold, ${atMerchant(`'${REFUND_SOURCE}' || r.id`)} AS at_merchant
  FROM gym_payment p JOIN gym_member m ON m.id = p.member_id JOIN gym_offer f ON f.id = p.offer_id JOIN pay_order_view o ON o.id = p.order_id
  LEFT JOIN gym_refund r ON r.payment_id = p.id`;

/** Payments as operators see them, and cancelling one that was made. */
@Injectable()
export class GymRefunds implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly refunds: Refunds,
    private readonly audit: Audit,
    private readonly approvals: Approvals,
    private readonly retries: RefundRetries,
  ) {}

  onModuleInit(): void {
    this.retries.register('gym', async (operator, source) => {
      const sql = `SELECT payment_id FROM gym_refund WHERE '${REFUND_SOURCE}' || id = $1`;
      const refund = await maybeRow<Row<GymRefund, 'paymentId'>>(this.db, sql, [source]);
      if (refund) await this.retry(operator, refund.payment_id);
      return refund !== null;
    });
  }

  /** Newest first. */
  async list(query: GymPaymentQuery): Promise<Console.GymPaymentPage> {
    const { where, parameters } = conditions([
      ['x.status = ?', query.status],
      [`coalesce(x.refund_status, 'none') = ?`, query.refund],
      ['x.type = ?', query.type],
      ['x.member_id = ?', query.memberId],
      ['x.offer_id = ?', query.offerId],
      [
        '(strpos(folded(x.member_name), folded(?)) > 0 OR x.user_id = ? OR x.order_no = ?)',
        query.keyword || null,
      ],
    ]);
    const list = { table: `(${PAYMENTS})`, alias: 'x', where, parameters, anchors: null };
    const { ids, total } = await numberedPage(this.db, list, query);
    const found = await rows<PaymentRow>(this.db, `${PAYMENTS} WHERE p.id = ANY($1) ORDER BY p.id DESC`, [
      ids,
    ]);
    const { page, pageSize } = query;
    return { list: found.map(present), total, page, pageSize, totalPages: Math.ceil(total / pageSize) };
  }

  /**
   * Cancels a payment: what it gave is taken back, and the whole of its money goes back to whoever paid.
   * @throws BusinessError 404, 409 when it is not paid, was cancelled before, or when what it gave is used up in part, 403 where
   *   so much asks for a fresh proof of who cancels
   */
  async refund(operator: Operator, id: number, reason: string): Promise<Console.GymPayment> {
    const count = await this.approvals.counted(operator);
    return this.db.transaction(async (manager) => {
      const before = await this.lock(manager, id);
      if (before.status !== 'success') throw new BusinessError(409, sentence('gym_not_paid'));
      if (before.refund_status !== null) throw new BusinessError(409, sentence('gym_refund_asked'));
      const now = this.clock.now();
      const taken = await this.takeBack(manager, before, businessDate(now));
      await unearn(manager, before, now);
      // All that is left of it, also where a person has counted another sum than was asked for.
      const amountFen = await this.refunds.remainder(manager, before.order_id);
      if (amountFen === 0) throw new BusinessError(409, sentence('gym_money_back'));
      await count(manager, amountFen);
      const refund = await onlyRow<Row<GymRefund, 'id'>>(
        manager,
        `INSERT INTO gym_refund (payment_id, amount_fen, quantity, reason, requested_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
        [id, amountFen, before.quantity, reason, operator.username, now],
      );
      const source = `${REFUND_SOURCE}${refund.id}`;
      const decided = deciderOf(operator, 'manual');
      const asked = { source, orderId: before.order_id, amountFen, reason, decided };
      await this.refunds.request(manager, asked).catch((error: unknown) => {
        // Meanwhile it went elsewhere.
        throw error instanceof RefundExceedsPayment
          ? new BusinessError(409, sentence('gym_money_back'))
          : error;
      });
      const after = present(await this.read(manager, id));
      await this.audit.record(manager, operator, {
        action: 'gym.payment_refund',
        target: ['gym_payment', id],
        before: taken.before,
        after: { ...taken.after, reason, amount: yuanFromFen(amountFen) },
      });
      return after;
    });
  }

  /** @throws BusinessError 404, 409 unless the refund has definitely failed */
  async retry(operator: Operator, id: number): Promise<Console.GymPayment> {
    return this.db.transaction(async (manager) => {
      const before = await this.lock(manager, id);
      const kernel = await maybeRow<Row<PayRefundView, 'id'>>(
        manager,
        `SELECT k.id FROM gym_refund r JOIN pay_refund_view k ON k.source = '${REFUND_SOURCE}' || r.id
         WHERE r.payment_id = $1 AND r.status = 'failed' FOR UPDATE OF r`,
        [id],
      );
      if (!kernel) throw new BusinessError(409, sentence('only_failed_refunds'));
      await this.refunds.retry(manager, kernel.id).catch((error: unknown) => {
        throw error instanceof RefundNotRetryable
          ? new BusinessError(409, sentence('only_failed_refunds'))
          : error;
      });
      await rows(
        manager,
        `UPDATE gym_refund SET status = 'processing', fail_message = NULL WHERE payment_id = $1`,
        [id],
      );
      await this.audit.record(manager, operator, {
        action: 'gym.refund_retry',
        target: ['gym_payment', id],
        before: { status: before.refund_status, failMessage: before.fail_message },
        after: { status: 'processing' },
      });
      return present({ ...before, refund_status: 'processing', fail_message: null });
    });
  }

  /** Nobody else cancels it or earns its money until the transaction ends. @throws BusinessError 404 */
  private async lock(manager: EntityManager, id: number): Promise<PaymentRow> {
    const held = await maybeRow(manager, 'SELECT 1 FROM gym_payment WHERE id = $1 FOR UPDATE', [id]);
    if (!held) throw new BusinessError(404);
    return this.read(manager, id);
  }

  private read(manager: EntityManager, id: number): Promise<PaymentRow> {
    return onlyRow(manager, `${PAYMENTS} WHERE p.id = $1`, [id]);
  }

  /** @throws BusinessError 409 when part of it is used up */
  private async takeBack(
    manager: EntityManager,
    payment: PaymentRow,
    today: string,
  ): Promise<{ before: Holdings; after: Holdings }> {
    const columns = 'membership_until, course_lessons, private_lessons';
    const before = await onlyRow<Holdings>(
      manager,
      `SELECT ${columns} FROM gym_member WHERE id = $1 FOR UPDATE`,
      [payment.member_id],
    );
    const refusal = whyNotTakenBack(payment, before, today);
    if (refusal !== null) throw new BusinessError(409, refusal);
    const after = await onlyRow<Holdings>(
      manager,
      `UPDATE gym_member SET
         membership_until = CASE WHEN $2 = 'membership' THEN nullif(membership_until - $3::int, $4::date) ELSE membership_until END,
         course_lessons = course_lessons - CASE WHEN $2 = 'course' THEN $3::int ELSE 0 END,
         private_lessons = private_lessons - CASE WHEN $2 = 'private' THEN $3::int ELSE 0 END
       WHERE id = $1 RETURNING ${columns}`,
      // A membership that would end yesterday is none.
      [payment.member_id, payment.type, payment.quantity, addDays(today, -1)],
    );
    return { before, after };
  }
}

function present(row: PaymentRow): Console.GymPayment {
  return {
    id: row.id,
    orderNo: row.order_no,
    memberId: row.member_id,
    memberName: row.member_name,
    userId: row.user_id,
    type: row.type,
    offerName: row.offer_name,
    quantity: row.quantity,
    amount: yuanFromFen(fen(row.amount_fen)),
    description: row.description,
    status: row.status,
    paidAt: row.paid_at && localTime(row.paid_at),
    createdAt: localTime(row.created_at),
    refund: presentRefund(row),
  };
}

function presentRefund(row: PaymentRow): Console.GymPayment['refund'] {
  if (row.refund_status === null || row.refund_created_at === null) return null;
  return {
    status: row.refund_status,
    reason: row.refund_reason ?? '',
    requestedBy: row.refund_requested_by ?? '',
    failCode: failureCode(row.fail_message),
    failMessage: row.fail_message,
    canRetry: row.refund_status === 'failed' && !row.at_merchant,
    hold: presentHold(row.hold),
    createdAt: localTime(row.refund_created_at),
    completedAt: row.completed_at && localTime(row.completed_at),
  };
}
