import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { fen, fenFromYuan, sentence, yuanFromFen } from '@yajin/core';
import type { Console } from '@yajin/contract/console';
import { earnRest, RefundExceedsPayment, Refunds, restoreIncome } from '@yajin/payment';
import { BusinessError, Clock, invalid, maybeRow, rows, type Database } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import {
  Approvals,
  Audit,
  deciderOf,
  Idempotency,
  type IdempotencyKey,
  type Operator,
} from '../../system/index.js';
import { presentBooking } from './booking-console.service.js';
import type { RefundBookingDto } from './course-console.dto.js';
import { LINE } from './course.options.js';
import type { BookingRow, PaymentRow } from './course.rows.js';
import { OF_BOOKING, presentRefund, REFUNDS, type RefundRow } from './money-console.service.js';

/** SQL: what an operator may still give back of the payment `b.paid_with` of a booking `b`, in fen: income comes back first. */
const REFUNDABLE = `coalesce((SELECT a.amount_fen - a.refunded_fen - a.reserved_fen FROM course_payment p
    JOIN pay_order_view o ON o.id = p.order_id JOIN pay_attempt_view a ON a.out_trade_no = o.paid_with
    WHERE p.id = b.paid_with AND a.held_in = 'deposit'), 0)`;

/** One booking with its refunds, and giving its money back as an operator. */
@Injectable()
export class BookingRefundsService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly refunds: Refunds,
    private readonly audit: Audit,
    private readonly approvals: Approvals,
    private readonly idempotency: Idempotency,
  ) {}

  /** A booking and its refunds, as of one moment. @throws BusinessError 404 */
  detail(id: string): Promise<Console.CourseBookingDetail> {
    return this.db.transaction('REPEATABLE READ', (manager) => this.read(manager, id));
  }

  private async read(db: Database, id: string): Promise<Console.CourseBookingDetail> {
    const row = await maybeRow<BookingRow & { refundable_fen: number }>(
      db,
      `SELECT b.*, ${REFUNDABLE} AS refundable_fen FROM course_booking b WHERE b.id = $1`,
      [id],
    );
    if (!row) throw new BusinessError(404);
    const refunds = await rows<RefundRow>(
      db,
      `SELECT t.*${OF_BOOKING} FROM ${REFUNDS} WHERE b.id = $1 ORDER BY t.number DESC`,
      [id],
    );
    return {
      booking: presentBooking(row),
      refundable: yuanFromFen(fen(row.refundable_fen)),
      refunds: refunds.map(presentRefund),
    };
  }

  /**
   * Gives back what was paid for a booking, or a part of it, however long ago that was.
   * @throws BusinessError 404, 409 when nothing is paid or left, 400 for more than is left, 403 where so much asks for a fresh proof
   */
  async refund(
    operator: Operator,
    id: string,
    { amount, reason }: RefundBookingDto,
    key: IdempotencyKey | null,
  ): Promise<Console.CourseBookingDetail> {
    const count = await this.approvals.counted(operator);
    const amountFen = fenFromYuan(amount);
    return this.idempotency.once(key, async (manager) => {
      const payment = await this.lock(manager, id);
      const now = this.clock.now();
      const refundId = randomUUID();
      const posted = `${LINE}:${payment.id}:${refundId}`;
      // What was earned of it is owed again, and what is left beside the refund is earned again.
      await restoreIncome(manager, payment.order_id, `restore:${posted}`, now);
      const left = await this.refunds.remainder(manager, payment.order_id);
      if (left === 0) throw new BusinessError(409, sentence('course_money_back'));
      if (amountFen > left) throw invalid({ field: 'amount', ...sentence('above', yuanFromFen(left)) });
      await count(manager, amountFen);
      const source = `course_refund:${refundId}`;
      await rows(
        manager,
        `INSERT INTO course_refund (id, payment_id, source, amount_fen, reason, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
        [refundId, payment.id, source, amountFen, reason, now],
      );
      const decided = deciderOf(operator, 'manual');
      const asked = { source, orderId: payment.order_id, amountFen, reason, decided };
      await this.refunds.request(manager, asked).catch((error: unknown) => {
        // Meanwhile it went elsewhere.
        throw error instanceof RefundExceedsPayment
          ? new BusinessError(409, sentence('course_money_back'))
          : error;
      });
      if (!payment.income_due) await earnRest(manager, payment.order_id, `earn:${posted}`, now);
      await this.audit.record(manager, operator, {
        action: 'course.booking_refund',
        target: ['course_booking', id],
        after: { amount, reason },
      });
      return this.read(manager, id);
    });
  }

  /** Nobody else refunds it or earns its money until the transaction ends. @throws BusinessError 404, 409 when it is not paid */
  private async lock(manager: EntityManager, id: string): Promise<PaymentRow> {
    const booking = await maybeRow(manager, 'SELECT 1 FROM course_booking WHERE id = $1 FOR UPDATE', [id]);
    if (!booking) throw new BusinessError(404);
    const payment = await maybeRow<PaymentRow>(
      manager,
      `SELECT p.* FROM course_payment p JOIN course_booking b ON b.paid_with = p.id WHERE b.id = $1 FOR UPDATE OF p`,
      [id],
    );
    if (!payment) throw new BusinessError(409, sentence('course_not_paid'));
    return payment;
  }
}
