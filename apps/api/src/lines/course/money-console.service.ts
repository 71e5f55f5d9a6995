import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { fen, localTime, yuanFromFen, sentence } from '@yajin/core';
import type { Console } from '@yajin/contract/console';
import {
  atMerchant,
  failureCode,
  Gateways,
  holdOf,
  presentHold,
  reasonCode,
  RefundNotRetryable,
  Refunds,
  type HeldBy,
} from '@yajin/payment';
import { BusinessError, conditions, maybeRow, onlyRow, rows, type Row } from '@yajin/server';
import { DataSource, Repository } from 'typeorm';
import { Audit, RefundRetries, type Operator } from '../../system/index.js';
import { listPage } from './console-page.js';
import type { CourseRefundQuery } from './course-console.dto.js';
import { METHOD_IDS, METHODS } from './course.options.js';
import type { CourseBooking } from './course-booking.entity.js';
import type { CoursePayment } from './course-payment.entity.js';
import type { CourseRefund } from './course-refund.entity.js';
import { CourseMethod } from './course-method.entity.js';

export type RefundRow = Row<CourseRefund> &
  Row<CoursePayment, 'method'> &
  Row<CourseBooking, 'userId'> & {
    booking_id: string;
    booking_title: string;
    hold: HeldBy | null;
    at_merchant: boolean;
  };

export const REFUNDS = `course_refund t JOIN course_payment p ON p.id = t.payment_id JOIN course_booking b ON b.id = p.booking_id`;
export const OF_BOOKING = `, b.id AS booking_id, b.title AS booking_title, b.user_id, p.method, ${holdOf('refund', 't.source')} AS hold,
  ${atMerchant('t.source')} AS at_merchant`;

/** Methods and refunds, as operators see them. */
@Injectable()
export class MoneyConsoleService implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    @InjectRepository(CourseMethod) private readonly stored: Repository<CourseMethod>,
    private readonly gateways: Gateways,
    private readonly refundsOfKernel: Refunds,
    private readonly audit: Audit,
    private readonly retries: RefundRetries,
  ) {}

  onModuleInit(): void {
    this.retries.register('course', async (operator, source) => {
      const sql = 'SELECT id FROM course_refund WHERE source = $1';
      const refund = await maybeRow<Row<CourseRefund, 'id'>>(this.db, sql, [source]);
      if (refund) await this.retry(operator, refund.id);
      return refund !== null;
    });
  }

  async methods(): Promise<Console.CourseMethodList> {
    const on = new Set((await this.stored.findBy({ enabled: true })).map(({ id }) => id));
    return { list: METHOD_IDS.map((id) => this.presentMethod(id, on.has(id))) };
  }

  /** @throws BusinessError 409 for a method that this deployment has no gateway for */
  async setEnabled(
    operator: Operator,
    id: Console.CourseMethodId,
    enabled: boolean,
  ): Promise<Console.CourseMethod> {
    if (enabled && !this.gateways.has(METHODS[id].gateway))
      throw new BusinessError(409, sentence('gateway_not_configured'));
    return this.db.transaction(async (manager) => {
      const before = await onlyRow<Row<CourseMethod, 'enabled'>>(
        manager,
        'SELECT enabled FROM course_method WHERE id = $1 FOR UPDATE',
        [id],
      );
      await manager.update(CourseMethod, { id }, { enabled });
      await this.audit.record(manager, operator, {
        action: 'course.method_update',
        target: ['course_method', id],
        before: { enabled: before.enabled },
        after: { enabled },
      });
      return this.presentMethod(id, enabled);
    });
  }

  /** Newest first. */
  refunds(query: CourseRefundQuery): Promise<Console.CourseRefundPage> {
    const from = conditions([['t.status = ?', query.status]]);
    return listPage(this.db, REFUNDS, from, query, presentRefund, OF_BOOKING);
  }

  /** @throws BusinessError 404, 409 unless the refund has definitely failed */
  async retry(operator: Operator, id: string): Promise<Console.CourseRefund> {
    return this.db.transaction(async (manager) => {
      const row = await maybeRow<RefundRow & { kernel_id: number }>(
        manager,
        `SELECT t.*${OF_BOOKING}, k.id AS kernel_id FROM ${REFUNDS} JOIN pay_refund_view k ON k.source = t.source
         WHERE t.id = $1 FOR UPDATE OF t`,
        [id],
      );
      if (!row) throw new BusinessError(404);
      if (row.status !== 'failed') throw new BusinessError(409);
      try {
        await this.refundsOfKernel.retry(manager, row.kernel_id);
      } catch (error) {
        throw error instanceof RefundNotRetryable ? new BusinessError(409) : error;
      }
      const retried = { status: 'processing', fail_message: null } as const;
      await rows(manager, 'UPDATE course_refund SET status = $2, fail_message = $3 WHERE id = $1', [
        id,
        retried.status,
        retried.fail_message,
      ]);
      await this.audit.record(manager, operator, {
        action: 'course.refund_retry',
        target: ['course_refund', id],
        before: { status: row.status },
        after: { status: retried.status },
      });
      return presentRefund({ ...row, ...retried });
    });
  }

  private presentMethod(id: Console.CourseMethodId, on: boolean): Console.CourseMethod {
    const { name, gateway, minFen, maxFen } = METHODS[id];
    const configured = this.gateways.has(gateway);
    return {
      id,
      name,
      enabled: on && configured,
      configured,
      minAmount: yuanFromFen(fen(minFen)),
      maxAmount: yuanFromFen(fen(maxFen)),
    };
  }
}

export function presentRefund(row: RefundRow): Console.CourseRefund {
  return {
    id: row.id,
    paymentId: row.payment_id,
    bookingId: row.booking_id,
    bookingTitle: row.booking_title,
    userId: row.user_id,
    method: row.method,
    amount: yuanFromFen(fen(row.amount_fen)),
    status: row.status,
    reason: row.reason,
    reasonCode: reasonCode(row.reason),
    description: row.description,
    failCode: failureCode(row.fail_message),
    failMessage: row.fail_message,
    canRetry: row.status === 'failed' && !row.at_merchant,
    hold: presentHold(row.hold),
    transactionId: row.transaction_id,
    createdAt: localTime(row.created_at),
    completedAt: row.completed_at && localTime(row.completed_at),
  };
}
