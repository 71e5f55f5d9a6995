import { Injectable } from '@nestjs/common';
import { statesAccepting, sentence } from '@yajin/core';
import { RefundExceedsPayment, RefundNotRetryable, Refunds, type Decider } from '@yajin/payment';
import { BusinessError, Clock, maybeRow, onlyRow, rows, type Row } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import type { WorkOrder } from '@yajin/contract/work-order';
import {
  Approvals,
  Audit,
  deciderOf,
  hostDecider,
  Idempotency,
  type Actor,
  type IdempotencyKey,
  type Operator,
} from '../../system/index.js';
import { requestRefund } from './refund-request.js';
import { ASKED_BACK, earn, lockOrder, unearn, type PaymentRow } from './work-order.rows.js';
import { refundTransitions } from './work-order.rules.js';
import type { WorkOrderRefund } from './work-order-refund.entity.js';

const DEFAULT_REASON = '用户申请退款';

/** Asking money back, and deciding about it. Sending it is the kernel's. */
@Injectable()
export class RefundsService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly refunds: Refunds,
    private readonly audit: Audit,
    private readonly idempotency: Idempotency,
    private readonly approvals: Approvals,
  ) {}

  /** @throws BusinessError 404 for a payment that is not the user's, 409 for one with nothing to give back */
  apply(
    userId: number,
    number: string,
    reason: string | undefined,
    key: IdempotencyKey | null,
  ): Promise<WorkOrder.Said> {
    return this.idempotency.once(key, async (manager) => {
      const payment = await this.lockPayment(manager, 'p.payment_no = $1 AND p.user_id = $2', [
        number,
        userId,
      ]);
      if (!payment) throw new BusinessError(404, sentence('payment_unknown'));
      if (payment.status === 'refunded') throw new BusinessError(409, sentence('payment_refunded'));
      if (payment.status !== 'success') throw new BusinessError(409, sentence('payment_not_done'));
      const applied = await rows(
        manager,
        `INSERT INTO work_order_refund (payment_id, reason, created_at)
         SELECT p.id, $2, $3 FROM work_order_payment p WHERE p.id = $1 AND NOT ${ASKED_BACK} RETURNING id`,
        [payment.id, reason || DEFAULT_REASON, this.clock.now()],
      );
      if (applied.length === 0) throw new BusinessError(409, sentence('refund_asked'));
      return { message: '退款申请已提交，请等待处理' };
    });
  }

  /** The platform's admin decides by the payment's number. @throws BusinessError 404, 409 */
  async decideByNumber(
    actor: Actor,
    number: string,
    decision: WorkOrder.RefundDecision,
  ): Promise<WorkOrder.Said> {
    await this.db.transaction(async (manager) => {
      const payment = await this.lockPayment(manager, 'p.payment_no = $1', [number]);
      if (!payment) throw new BusinessError(404, sentence('payment_unknown'));
      const application = await maybeRow<Row<WorkOrderRefund>>(
        manager,
        'SELECT * FROM work_order_refund WHERE payment_id = $1 ORDER BY id DESC LIMIT 1',
        [payment.id],
      );
      if (!application) throw new BusinessError(409, sentence('no_application'));
      await this.decide(manager, actor, payment, application, decision);
    });
    return { message: '退款处理成功' };
  }

  /** An operator decides by the application. @throws BusinessError 404, 409, 403 where so much asks for a fresh proof of who approves */
  async decideById(operator: Operator, id: number, decision: WorkOrder.RefundDecision): Promise<void> {
    const count = await this.approvals.counted(operator);
    await this.db.transaction(async (manager) => {
      const payment = await this.lockPayment(
        manager,
        'p.id = (SELECT payment_id FROM work_order_refund WHERE id = $1)',
        [id],
      );
      if (!payment) throw new BusinessError(404, sentence('application_unknown'));
      const application = await onlyRow<Row<WorkOrderRefund>>(
        manager,
        'SELECT * FROM work_order_refund WHERE id = $1',
        [id],
      );
      if (decision.action === 'approve') await count(manager, payment.amount_fen);
      await this.decide(manager, operator, payment, application, decision);
    });
  }

  private async decide(
    manager: EntityManager,
    actor: Actor | Operator,
    payment: PaymentRow,
    application: Row<WorkOrderRefund>,
    { action, admin_notes: notes }: WorkOrder.RefundDecision,
  ): Promise<void> {
    const now = this.clock.now();
    const decided = await maybeRow<Row<WorkOrderRefund, 'status' | 'adminNotes'>>(
      manager,
      `UPDATE work_order_refund SET status = $2, admin_notes = coalesce($3, admin_notes), decided_by = $4, decided_at = $5,
         fail_message = NULL
       WHERE id = $1 AND status = ANY($6) RETURNING status, admin_notes`,
      [
        application.id,
        action === 'approve' ? 'processing' : 'rejected',
        notes || null,
        actor.username,
        now,
        statesAccepting(refundTransitions, action),
      ],
    );
    if (!decided) throw new BusinessError(409, sentence('application_decided'));
    if (action === 'approve') {
      await unearn(manager, payment.id, now);
      await this.send(
        manager,
        payment,
        application,
        deciderOf(actor, 'manual') ?? hostDecider('work-order', 'request'),
      );
    } else {
      await earn(manager, payment.work_order_id, now);
    }
    await this.audit.record(manager, actor, {
      action: `work_order.refund_${action}`,
      target: ['work_order_refund', application.id],
      before: { status: application.status },
      after: { status: decided.status, adminNotes: decided.admin_notes, paymentNo: payment.payment_no },
    });
  }

  private async send(
    manager: EntityManager,
    payment: PaymentRow,
    application: Row<WorkOrderRefund>,
    decided: Decider,
  ): Promise<void> {
    const { id, reason, pay_refund_id: refundId } = application;
    try {
      if (refundId === null) await requestRefund(manager, this.refunds, { id, reason, payment }, decided);
      else await this.refunds.retry(manager, refundId);
    } catch (error) {
      if (error instanceof RefundExceedsPayment) throw new BusinessError(409, sentence('too_little_left'));
      if (error instanceof RefundNotRetryable) throw new BusinessError(409, sentence('refund_pending'));
      throw error;
    }
  }

  /** The payment, with its order held. */
  private async lockPayment(
    manager: EntityManager,
    where: string,
    parameters: unknown[],
  ): Promise<PaymentRow | null> {
    const sql = `SELECT p.* FROM work_order_payment p WHERE ${where}`;
    const found = await maybeRow<PaymentRow>(manager, sql, parameters);
    if (!found) return null;
    await lockOrder(manager, found.work_order_id);
    return maybeRow<PaymentRow>(manager, sql, parameters);
  }
}
