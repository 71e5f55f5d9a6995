import { Injectable, type OnModuleInit } from '@nestjs/common';
import { statesAccepting } from '@yajin/core';
import type { Course } from '@yajin/contract/course';
import {
  cancelOrder,
  isOfNewNumbers,
  Lines,
  paidBy,
  reasonInWords,
  Refunds,
  type LineHandler,
  type NotifyPaths,
  type Order,
  type PaidTrade,
  type Refund,
  type RefundChange,
  type Verdict,
} from '@yajin/payment';
import { Clock, maybeRow, rows, type Row } from '@yajin/server';
import type { EntityManager } from 'typeorm';
import { LINE, METHOD_IDS, METHODS } from './course.options.js';
import type { PaymentRow } from './course.rows.js';
import { paymentTransitions } from './course.rules.js';
import type { CoursePayment } from './course-payment.entity.js';

/** What the line calls the kernel's states of a refund. */
const REFUND_STATUS: Readonly<Record<Refund['status'], Course.RefundStatus>> = {
  pending: 'pending',
  processing: 'processing',
  success: 'completed',
  failed: 'failed',
};

/** What the course platform makes of money: places in courses, and appointments. */
@Injectable()
export class CourseLine implements LineHandler, OnModuleInit {
  readonly line = LINE;
  /** Each method has an address of its own, for payments and refunds alike. */
  readonly notifyPaths = (gateway: string): NotifyPaths => {
    const method = METHOD_IDS.find((id) => METHODS[id].gateway === gateway);
    if (method === undefined) throw new Error(`no method of the line is paid by ${gateway}`);
    const path = `/payments/webhook/${method}`;
    return { payment: path, refund: path };
  };

  constructor(
    private readonly lines: Lines,
    private readonly clock: Clock,
    private readonly refunds: Refunds,
  ) {}

  onModuleInit(): void {
    this.lines.register(this);
  }

  /** By the form of the number and its gateway; which booking it was for, nobody knows. */
  recall(
    gateway: string,
    { outTradeNo, attach }: PaidTrade,
  ): { subject: string; description: string } | null {
    const ours = METHOD_IDS.some((id) => METHODS[id].gateway === gateway);
    return ours && attach === '' && isOfNewNumbers(outTradeNo)
      ? { subject: '0', description: '课程付款（订单已不在）' }
      : null;
  }

  async closed(order: Order, manager: EntityManager): Promise<void> {
    await rows(manager, 'UPDATE course_payment SET status = $2 WHERE order_id = $1 AND status = ANY($3)', [
      order.id,
      paymentTransitions.pending.expired,
      statesAccepting(paymentTransitions, 'expired'),
    ]);
  }

  async refunded(changes: RefundChange[], manager: EntityManager): Promise<void> {
    for (const { order, refund } of changes) await this.refundMoved(order, refund, manager);
  }

  async paid(order: Order, manager: EntityManager): Promise<Verdict> {
    // As where a payment is made: the booking is locked first, then its payments.
    const booking = await maybeRow(
      manager,
      `SELECT b.id FROM course_booking b JOIN course_payment p ON p.booking_id = b.id WHERE p.order_id = $1 FOR UPDATE OF b`,
      [order.id],
    );
    if (!booking) return { suspend: 'no payment of a booking belongs to it' };
    const { transactionId } = await paidBy(manager, order.id);
    const payment = await maybeRow<PaymentRow>(
      manager,
      // What was paid, be it another sum that a person counted for it.
      `UPDATE course_payment SET status = $2, paid_at = $3, transaction_id = $4, amount_fen = $6
       WHERE order_id = $1 AND status = ANY($5) RETURNING *`,
      [
        order.id,
        paymentTransitions.pending.paid,
        order.paidAt,
        transactionId,
        statesAccepting(paymentTransitions, 'paid'),
        order.amountFen,
      ],
    );
    if (!payment) return 'acknowledged';
    const booked = await maybeRow(
      manager,
      `UPDATE course_booking SET status = 'paid', paid_with = $2 WHERE id = $1 AND status = 'unpaid' RETURNING id`,
      [payment.booking_id, payment.id],
    );
    if (booked) await this.cancelOthers(payment.booking_id, manager);
    else await this.giveBack(payment, manager);
    return 'acknowledged';
  }

  private async cancelOthers(bookingId: string, manager: EntityManager): Promise<void> {
    const others = await rows<Row<CoursePayment, 'orderId'>>(
      manager,
      'UPDATE course_payment SET status = $2 WHERE booking_id = $1 AND status = ANY($3) RETURNING order_id',
      [bookingId, paymentTransitions.pending.cancelled, statesAccepting(paymentTransitions, 'cancelled')],
    );
    for (const { order_id: id } of others) await cancelOrder(manager, id, this.clock);
  }

  /** Money for what was paid already, or is not wanted any more. */
  private async giveBack(payment: PaymentRow, manager: EntityManager): Promise<void> {
    const amountFen = await this.refunds.remainder(manager, payment.order_id);
    if (amountFen === 0) return;
    const source = `course_payment:${payment.id}`;
    const reason = reasonInWords('not_needed');
    await rows(
      manager,
      `INSERT INTO course_refund (payment_id, source, amount_fen, reason, created_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (source) DO NOTHING`,
      [payment.id, source, amountFen, reason, this.clock.now()],
    );
    await this.refunds.request(manager, { source, orderId: payment.order_id, amountFen, reason });
  }

  private async refundMoved(order: Order, refund: Refund, manager: EntityManager): Promise<void> {
    // One that the kernel began by itself, for money paid late or twice or given back by its gateway, is met here for the first time.
    await rows(
      manager,
      `INSERT INTO course_refund (payment_id, source, surplus, amount_fen, reason, created_at)
       SELECT id, $2, $2 NOT LIKE 'returned:%', $3, $4, $5 FROM course_payment WHERE order_id = $1 ON CONFLICT (source) DO NOTHING`,
      [order.id, refund.source, refund.amountFen, refund.reason, this.clock.now()],
    );
    // Changes can overtake each other: with the record locked, where the refund stands is read afresh.
    await rows(manager, 'SELECT 1 FROM course_refund WHERE source = $1 FOR UPDATE', [refund.source]);
    const fresh = (await this.refunds.find(manager, refund.id)) ?? refund;
    await rows(
      manager,
      `UPDATE course_refund SET status = $2, transaction_id = $3, completed_at = $4, fail_message = $5
       WHERE source = $1 AND status <> 'completed'`,
      [
        refund.source,
        REFUND_STATUS[fresh.status],
        fresh.gatewayRefundId,
        fresh.succeededAt,
        fresh.status === 'failed' ? (fresh.failMessage ?? fresh.failCode) : null,
      ],
    );
    await rows(
      manager,
      `UPDATE course_booking b SET status = 'refunded' FROM course_payment p
       WHERE p.order_id = $1 AND b.paid_with = p.id AND b.status = 'paid' AND p.amount_fen = (
         SELECT sum(amount_fen) FROM course_refund WHERE payment_id = p.id AND status = 'completed' AND NOT surplus)`,
      [order.id],
    );
  }
}
