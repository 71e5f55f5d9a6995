import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { fen, fenFromYuan, yuanFromFen, yuanText, sentence } from '@yajin/core';
import type { Course } from '@yajin/contract/course';
import { RefundExceedsPayment, Refunds } from '@yajin/payment';
import { BusinessError, Clock, conditions, maybeRow, rows, type Row } from '@yajin/server';
import { DataSource } from 'typeorm';
import { hostDecider, Idempotency, type HostUser, type IdempotencyKey } from '../../system/index.js';
import type { RequestRefundDto } from './course.dto.js';
import { instant, ownOnly, type PaymentRow } from './course.rows.js';
import { expectedCompletion, whyNotRefundable } from './course.rules.js';
import type { CourseRefund } from './course-refund.entity.js';

/** Giving money back. What the rules allow needs nobody's consent. */
@Injectable()
export class RefundService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly refunds: Refunds,
    private readonly idempotency: Idempotency,
  ) {}

  /** @throws BusinessError 404, 409 for a payment that is not to be refunded, 422 for more than is left of it */
  async request(
    user: HostUser,
    body: RequestRefundDto,
    key: IdempotencyKey | null,
  ): Promise<Course.RequestedRefund> {
    const amountFen = fenFromYuan(body.amount);
    const id = randomUUID();
    const source = `course_refund:${id}`;
    return this.idempotency.once(key, async (manager) => {
      const payment = await maybeRow<PaymentRow>(
        manager,
        `SELECT p.* FROM course_payment p JOIN course_booking b ON b.id = p.booking_id
         WHERE p.id = $1 AND b.user_id = $2 FOR UPDATE OF p`,
        [body.payment_id, user.id],
      );
      if (!payment) throw new BusinessError(404);
      // Not before it is ours: what was earned while this waited is over, not too much.
      const now = this.clock.now();
      const refusal = whyNotRefundable(payment, now);
      if (refusal !== null) throw new BusinessError(409, `订单状态不允许操作：${refusal}`);
      const left = await this.refunds.remainder(manager, payment.order_id);
      if (amountFen > left) throw exceeds(left);
      await rows(
        manager,
        `INSERT INTO course_refund (id, payment_id, source, amount_fen, reason, description, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [id, payment.id, source, amountFen, body.reason, body.description ?? '', now],
      );
      try {
        const { reason } = body;
        const decided = hostDecider('course', 'request');
        await this.refunds.request(manager, {
          source,
          orderId: payment.order_id,
          amountFen,
          reason,
          decided,
        });
      } catch (error) {
        throw error instanceof RefundExceedsPayment ? exceeds(0) : error;
      }
      return {
        refund_id: id,
        status: 'pending',
        estimated_completion_time: instant(expectedCompletion(now)),
      };
    });
  }

  /** @throws BusinessError 404 */
  async status(user: HostUser, id: string): Promise<Course.RefundState> {
    const { where, parameters } = conditions([
      ['r.id = ?', id],
      ['b.user_id = ?', ownOnly(user)],
    ]);
    const row = await maybeRow<Row<CourseRefund>>(
      this.db,
      `SELECT r.* FROM course_refund r JOIN course_payment p ON p.id = r.payment_id
       JOIN course_booking b ON b.id = p.booking_id WHERE ${where}`,
      parameters,
    );
    if (!row) throw new BusinessError(404, sentence('refund_not_there'));
    return {
      refund_id: row.id,
      payment_id: row.payment_id,
      amount: yuanFromFen(fen(row.amount_fen)),
      status: row.status,
      reason: row.reason,
      created_at: instant(row.created_at),
      completed_at: row.completed_at && instant(row.completed_at),
      refund_transaction_id: row.transaction_id,
    };
  }
}

function exceeds(leftFen: number): BusinessError {
  const message = `超过可退金额 ${yuanText(fen(leftFen))} 元`;
  return new BusinessError(422, undefined, { errors: [{ field: 'amount', message }] });
}
