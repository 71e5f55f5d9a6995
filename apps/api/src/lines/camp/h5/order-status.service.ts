import { Injectable, Logger } from '@nestjs/common';
import { localTime } from '@yajin/core';
import { GatewayError, orderWake, TradeQueries, type PayOrderView } from '@yajin/payment';
import { BusinessError, maybeRow, noteAbout, Wakes, type Database, type Row } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource } from 'typeorm';
import { Readiness } from '../../../system/index.js';
import { UNTOLD } from '../refund/grace.rules.js';
import { memberRefund } from './member-refund.js';
import type { CampOrder } from './camp-order.entity.js';
import type { CampMember } from '../member/camp-member.entity.js';

export const BIND_URL = '/api/h5/payments/bind';

/** Who has just paid may come back before the gateway's notification; later a look finds nothing that a message did not tell of. */
const FIRST_LOOK_MS = 5_000;

export type OrderRow = Row<PayOrderView, 'orderNo' | 'status' | 'paidAt' | 'payerId' | 'payerIndex'> &
  Row<CampOrder, 'campId' | 'outcome' | 'bindStatus' | 'bindMethod' | 'bindDeadline' | 'erasedAt'> &
  Row<CampMember, 'review'> & {
    order_id: number;
    member_id: number | null;
    /** Where the refund stands that was begun of late. */
    given_back: Camp.RefundStatus | null;
  };

/** What a ticket's holder may know of the order it opens. */
@Injectable()
export class OrderStatusService {
  private readonly logger = new Logger(OrderStatusService.name);

  constructor(
    private readonly db: DataSource,
    private readonly queries: TradeQueries,
    private readonly readiness: Readiness,
    private readonly wakes: Wakes,
  ) {}

  /** The order behind a ticket. @throws BusinessError 403 when the ticket opens another one */
  async opened(orderId: number, orderNo: string): Promise<OrderRow> {
    const row = await this.load(orderId);
    if (row.order_no !== orderNo) throw new BusinessError(403);
    noteAbout(`order-${orderNo}`);
    return row;
  }

  /** Waits up to `waitSeconds` for a pending order to become something else, asking the gateway meanwhile. */
  async status(orderId: number, orderNo: string, waitSeconds: number): Promise<Camp.PaymentStatus> {
    const deadline = Date.now() + waitSeconds * 1000;
    let lookMs = FIRST_LOOK_MS;
    const sleep = (): Promise<void> | null => {
      const left = Math.min(deadline - Date.now(), lookMs);
      return left > 0 && !this.readiness.stopping ? this.wakes.until(orderWake(orderId), left) : null;
    };
    // Before each look, so that nothing is missed in between. So many wait that there is no look without a reason.
    let woken = sleep();
    let row = await this.opened(orderId, orderNo);
    while (payStatus(row) === 'pending') {
      if (await this.askGateway(row)) row = await this.load(orderId);
      if (!woken || payStatus(row) !== 'pending') break;
      await woken;
      lookMs *= 4;
      woken = sleep();
      row = await this.load(orderId);
    }
    // Many wait for their payment to be heard of, and nothing of it is on its way back.
    if (payStatus(row) === 'pending') return { ...presentStatus(row), refund: null };
    return this.db.transaction('REPEATABLE READ', async (manager) => ({
      ...presentStatus(await this.load(orderId, manager)),
      refund: await memberRefund(manager, orderId),
    }));
  }

  /** @throws BusinessError 1005, 401 for an erased one, whose ticket a cache may still remember */
  async load(orderId: number, db: Database = this.db): Promise<OrderRow> {
    const row = await maybeRow<OrderRow>(
      db,
      `SELECT o.id AS order_id, o.order_no, c.camp_id, o.status, o.paid_at, o.payer_id, o.payer_index, c.outcome, c.bind_status, c.bind_method,
         c.bind_deadline, c.erased_at, m.id AS member_id, m.review,
         (SELECT r.refund_status FROM camp_refund r WHERE r.order_id = o.id AND r.audit_status = 'approved' AND NOT ${UNTOLD} ORDER BY r.id DESC LIMIT 1) AS given_back
       FROM pay_order_view o JOIN camp_order c ON c.order_id = o.id LEFT JOIN camp_member m ON m.order_id = o.id
       WHERE o.id = $1`,
      [orderId],
    );
    if (!row) throw new BusinessError(1005);
    if (row.erased_at !== null) throw new BusinessError(401);
    return row;
  }

  /** @returns whether it was asked, so that something may be different now */
  private async askGateway(row: OrderRow): Promise<boolean> {
    if (row.status !== 'pending') return false;
    try {
      return await this.queries.checkWhileWaiting(row.order_id);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      this.logger.warn(`order ${row.order_id}: the gateway did not say: ${error.code}`);
      return true;
    }
  }
}

/**
 * A paid order reads as pending for the moment until the line has decided what the money is for, so that
 * nobody is shown a binding form they do not need.
 */
export function payStatus(row: OrderRow): Camp.PayStatus {
  switch (row.status) {
    case 'pending':
      return 'pending';
    case 'closed':
      return row.given_back === null ? 'closed' : refundedOr(row.given_back);
    case 'paid':
      if (row.outcome === null) return 'pending';
      return row.outcome === 'duplicate' || row.review === 'returned'
        ? refundedOr(row.given_back)
        : 'success';
  }
}

function refundedOr(refundStatus: string | null): 'refunded' | 'refunding' {
  return refundStatus === 'success' ? 'refunded' : 'refunding';
}

function presentStatus(row: OrderRow): Camp.PaymentStatus {
  const status = payStatus(row);
  const bound = row.bind_status === 'completed';
  const toBind = status === 'success' && row.bind_status === 'pending' && row.bind_deadline !== null;
  return {
    orderNo: row.order_no,
    payStatus: status,
    bindStatus: row.bind_status,
    bindMethod: row.bind_method,
    payTime: status !== 'pending' && row.paid_at ? localTime(row.paid_at) : null,
    memberId: bound ? row.member_id : null,
    identityReview: row.review,
    showQrcode: status === 'success' && bound && row.member_id !== null,
    ...(toBind && row.bind_deadline ? { bindDeadline: localTime(row.bind_deadline), bindUrl: BIND_URL } : {}),
  };
}
