import { Injectable, type OnModuleInit } from '@nestjs/common';
import { statesAccepting } from '@yajin/core';
import {
  Lines,
  paidBy,
  Payments,
  Refunds,
  type LineHandler,
  type Order,
  type PaidTrade,
  type Refund,
  type RefundChange,
  type RefundStatus,
  type Verdict,
} from '@yajin/payment';
import { Clock, maybeRow, onlyRow, rows, type Row } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import { requestRefund, sourceId } from './refund-request.js';
import { LINE, NOTIFY_PATH } from './work-order.options.js';
import { closeOrder, lockOrder, type PaymentRow } from './work-order.rows.js';
import { refundTransitions, unwanted, type ApplicationStatus } from './work-order.rules.js';
import type { WorkOrderRefund } from './work-order-refund.entity.js';

/** What the electricians' platform makes of money: orders that go on, and orders that end. */
@Injectable()
export class WorkOrderLine implements LineHandler, OnModuleInit {
  readonly line = LINE;
  readonly notifyPaths = { payment: NOTIFY_PATH, refund: NOTIFY_PATH };

  constructor(
    private readonly db: DataSource,
    private readonly lines: Lines,
    private readonly payments: Payments,
    private readonly refunds: Refunds,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.lines.register(this);
  }

  /** By the form of the number; which work order it was for, nobody knows. */
  recall(_gateway: string, { outTradeNo }: PaidTrade): { subject: string; description: string } | null {
    return /^P\d{24}$/.test(outTradeNo) ? { subject: '0', description: '工单付款（订单已不在）' } : null;
  }

  async refunded(changes: RefundChange[], manager: EntityManager): Promise<void> {
    for (const { order, refund } of changes) {
      await lockOrder(manager, Number(order.subject));
      await this.refundMoved(refund, manager);
    }
  }

  /** For somebody who waits for a payment: takes note of it now, if the kernel has it. */
  async catchUp(payOrderId: number): Promise<void> {
    const order = await this.payments.find(this.db, payOrderId);
    if (order?.status !== 'paid') return;
    await this.db.transaction((manager) => this.paid(order, manager));
  }

  /** The money counts, or goes back by itself where the order has no use for it. */
  async paid({ id, paidAt, subject, amountFen: paidFen }: Order, manager: EntityManager): Promise<Verdict> {
    await lockOrder(manager, Number(subject));
    const { transactionId } = await paidBy(manager, id);
    const payment = await maybeRow<PaymentRow>(
      manager,
      `UPDATE work_order_payment SET status = 'success', transaction_id = $2, paid_at = $3, amount_fen = $4
       WHERE pay_order_id = $1 AND status IN ('pending', 'failed', 'expired') RETURNING *`,
      [id, transactionId, paidAt, paidFen],
    );
    if (!payment) {
      const known = await maybeRow(manager, 'SELECT 1 FROM work_order_payment WHERE pay_order_id = $1', [id]);
      return known ? 'acknowledged' : { suspend: 'no payment of an order belongs to it' };
    }
    const order = await onlyRow<Parameters<typeof unwanted>[1] & { paid: boolean }>(
      manager,
      `SELECT o.status, o.closed_by AS "closedBy", CASE $2 WHEN 'prepay' THEN o.prepay_fen ELSE o.final_fen END AS "askedFen",
         EXISTS (SELECT FROM work_order_payment p
                 WHERE p.work_order_id = o.id AND p.type = $2 AND p.status = 'success' AND p.id <> $3) AS paid
       FROM work_order o WHERE o.id = $1`,
      [payment.work_order_id, payment.type, payment.id],
    );
    const { type, amount_fen: amountFen } = payment;
    const reason = unwanted({ type, amountFen }, order, order.paid);
    if (reason !== null) {
      await this.giveBack(manager, payment, reason);
      return 'acknowledged';
    }
    if (type === 'repair') return 'acknowledged';
    await rows(
      manager,
      `UPDATE work_order SET status = 'pending', closed_by = NULL
       WHERE id = $1 AND (status = 'pending_payment' OR closed_by = 'expiry')`,
      [payment.work_order_id],
    );
    return 'acknowledged';
  }

  private async giveBack(manager: EntityManager, payment: PaymentRow, reason: string): Promise<void> {
    if ((await this.refunds.remainder(manager, payment.pay_order_id)) === 0) return;
    const now = this.clock.now();
    const { id } = await onlyRow<Row<WorkOrderRefund, 'id'>>(
      manager,
      `INSERT INTO work_order_refund (payment_id, reason, automatic, status, decided_by, decided_at, created_at)
       VALUES ($1, $2, true, 'processing', 'system', $3, $3) RETURNING id`,
      [payment.id, reason, now],
    );
    await requestRefund(manager, this.refunds, { id, reason, payment });
  }

  /** A prepayment that nobody made in time ends its order; a repair fee can be begun anew. */
  async closed(order: Order, manager: EntityManager): Promise<void> {
    await lockOrder(manager, Number(order.subject));
    const payment = await maybeRow<PaymentRow>(
      manager,
      `UPDATE work_order_payment SET status = 'expired' WHERE pay_order_id = $1 AND status = 'pending' RETURNING *`,
      [order.id],
    );
    if (payment?.type === 'prepay') await closeOrder(manager, payment.work_order_id, 'expiry');
  }

  /** What the gateway gave back by itself: the payment that counted does so no more. */
  private async returned({ source, status, orderId }: Refund, manager: EntityManager): Promise<void> {
    if (!source.startsWith('returned:') || status !== 'success') return;
    const payment = await maybeRow<PaymentRow>(
      manager,
      `UPDATE work_order_payment SET status = 'refunded' WHERE pay_order_id = $1 AND status = 'success' RETURNING *`,
      [orderId],
    );
    if (payment?.type === 'prepay') await closeOrder(manager, payment.work_order_id, 'refund');
  }

  /** Events can overtake each other: where the refund stands is read afresh. */
  private async refundMoved(refund: Refund, manager: EntityManager): Promise<void> {
    const id = sourceId(refund.source);
    // What came late or twice for one payment number goes back in the kernel; the payment stays what it was.
    if (id === null) return this.returned(refund, manager);
    const fresh = (await this.refunds.find(manager, refund.id)) ?? refund;
    const status = mirrored(fresh.status);
    const moved = await maybeRow<Row<WorkOrderRefund, 'paymentId' | 'automatic'>>(
      manager,
      `UPDATE work_order_refund SET status = $2, fail_message = $3 WHERE id = $1 AND status = ANY($4)
       RETURNING payment_id, automatic`,
      [id, status, fresh.failMessage ?? fresh.failCode, statesAccepting(refundTransitions, status)],
    );
    if (!moved || status !== 'refunded') return;
    const payment = await maybeRow<PaymentRow>(
      manager,
      `UPDATE work_order_payment SET status = 'refunded' WHERE id = $1 AND status = 'success' RETURNING *`,
      [moved.payment_id],
    );
    if (payment?.type === 'prepay' && !moved.automatic)
      await closeOrder(manager, payment.work_order_id, 'refund');
  }
}

function mirrored(status: RefundStatus): Extract<ApplicationStatus, 'processing' | 'refunded' | 'failed'> {
  switch (status) {
    case 'pending':
    case 'processing':
      return 'processing';
    case 'success':
      return 'refunded';
    case 'failed':
      return 'failed';
  }
}
