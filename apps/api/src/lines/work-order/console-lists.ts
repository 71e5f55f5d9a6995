import { Injectable } from '@nestjs/common';
import { fen, localTime, sentence, yuanFromFen } from '@yajin/core';
import { atMerchant, failureCode, holdOf, presentHold, reasonCode, type HeldBy } from '@yajin/payment';
import { BusinessError, conditions, onlyRow, rows, type Database, type Row } from '@yajin/server';
import type { Console } from '@yajin/contract/console';
import { DataSource } from 'typeorm';
import type { OrdersQuery, RefundsQuery } from './console.dto.js';
import type { OrderRow } from './work-order.rows.js';
import type { WorkOrderRefund } from './work-order-refund.entity.js';
import type { WorkOrderPayment } from './work-order-payment.entity.js';

type ShownOrder = OrderRow & {
  service_type: string;
  prepay_status: Console.WorkOrderPaymentStatus | null;
  repair_status: Console.WorkOrderPaymentStatus | null;
};

type ShownRefund = Row<
  WorkOrderRefund,
  | 'id'
  | 'reason'
  | 'automatic'
  | 'status'
  | 'adminNotes'
  | 'decidedBy'
  | 'decidedAt'
  | 'failMessage'
  | 'createdAt'
> &
  Row<WorkOrderPayment, 'paymentNo' | 'workOrderId' | 'type' | 'amountFen'> & {
    hold: HeldBy | null;
    at_merchant: boolean;
  };

interface Page<Item> {
  list: Item[];
  total: number;
  page: number;
  pageSize: number;
  totalPages: number;
}

/** The payment of a type that counts most: the one that was made, else the latest. */
const statusOf = (type: Console.WorkOrderPaymentType): string =>
  `(SELECT p.status FROM work_order_payment p WHERE p.work_order_id = o.id AND p.type = '${type}'
    ORDER BY p.status = 'success' DESC, p.id DESC LIMIT 1)`;

const ORDERS = 'work_order o JOIN work_order_service_type s ON s.id = o.service_type_id';
const REFUNDS = 'work_order_refund r JOIN work_order_payment p ON p.id = r.payment_id';
const ORDER_COLUMNS = `o.*, s.name AS service_type, ${statusOf('prepay')} AS prepay_status, ${statusOf('repair')} AS repair_status`;
/** One that a refund of the kernel's is of has its source. */
const SOURCE = `(SELECT k.source FROM pay_refund_view k WHERE k.id = r.pay_refund_id)`;
const REFUND_COLUMNS = `r.*, p.payment_no, p.work_order_id, p.type, p.amount_fen, ${holdOf('refund', SOURCE)} AS hold,
  ${atMerchant(SOURCE)} AS at_merchant`;

/** Work orders and refunds as operators see them. */
@Injectable()
export class ConsoleLists {
  constructor(private readonly db: DataSource) {}

  /** Newest first. */
  orders(query: OrdersQuery): Promise<Console.WorkOrderPage> {
    const narrowed = conditions([
      ['o.status = ?', query.status],
      ['o.user_id = ?', query.userId],
      ['o.service_type_id = ?', query.serviceTypeId],
    ]);
    return this.page<ShownOrder, Console.WorkOrder>(
      query,
      { from: ORDERS, columns: ORDER_COLUMNS, by: 'o.id' },
      narrowed,
      presentOrder,
    );
  }

  async order(id: number, db: Database = this.db): Promise<Console.WorkOrder> {
    const [row] = await rows<ShownOrder>(db, `SELECT ${ORDER_COLUMNS} FROM ${ORDERS} WHERE o.id = $1`, [id]);
    if (!row) throw new BusinessError(404, sentence('work_order_unknown'));
    return presentOrder(row);
  }

  /** An order and its refunds, as of one moment. @throws BusinessError 404 */
  detail(id: number): Promise<Console.WorkOrderDetail> {
    return this.db.transaction('REPEATABLE READ', async (manager) => {
      const order = await this.order(id, manager);
      const found = await rows<ShownRefund>(
        manager,
        `SELECT ${REFUND_COLUMNS} FROM ${REFUNDS} WHERE p.work_order_id = $1 ORDER BY r.id DESC`,
        [id],
      );
      return { order, refunds: found.map(presentRefund) };
    });
  }

  /** Newest first. */
  refunds(query: RefundsQuery): Promise<Console.WorkOrderRefundPage> {
    return this.page<ShownRefund, Console.WorkOrderRefund>(
      query,
      { from: REFUNDS, columns: REFUND_COLUMNS, by: 'r.id' },
      conditions([['r.status = ?', query.status]]),
      presentRefund,
    );
  }

  async refund(id: number): Promise<Console.WorkOrderRefund> {
    const [row] = await rows<ShownRefund>(
      this.db,
      `SELECT ${REFUND_COLUMNS} FROM ${REFUNDS} WHERE r.id = $1`,
      [id],
    );
    if (!row) throw new BusinessError(404, sentence('application_unknown'));
    return presentRefund(row);
  }

  private async page<Row, Item>(
    { page, pageSize }: { page: number; pageSize: number },
    { from, columns, by }: { from: string; columns: string; by: string },
    { where, parameters }: { where: string; parameters: unknown[] },
    present: (row: Row) => Item,
  ): Promise<Page<Item>> {
    const { total } = await onlyRow<{ total: number }>(
      this.db,
      `SELECT count(*) AS total FROM ${from} WHERE ${where}`,
      parameters,
    );
    const found = await rows<Row>(
      this.db,
      `SELECT ${columns} FROM ${from} WHERE ${where} ORDER BY ${by} DESC LIMIT ${pageSize} OFFSET ${(page - 1) * pageSize}`,
      parameters,
    );
    return { list: found.map(present), total, page, pageSize, totalPages: Math.ceil(total / pageSize) };
  }
}

function presentOrder(row: ShownOrder): Console.WorkOrder {
  return {
    id: row.id,
    userId: row.user_id,
    electricianId: row.electrician_id,
    serviceTypeId: row.service_type_id,
    serviceType: row.service_type,
    description: row.description,
    status: row.status,
    closedBy: row.closed_by,
    prepayAmount: yuanFromFen(fen(row.prepay_fen)),
    finalAmount: row.final_fen === null ? null : yuanFromFen(fen(row.final_fen)),
    prepayStatus: row.prepay_status,
    repairStatus: row.repair_status,
    createdAt: localTime(row.created_at),
  };
}

function presentRefund(row: ShownRefund): Console.WorkOrderRefund {
  return {
    id: row.id,
    paymentNo: row.payment_no,
    orderId: row.work_order_id,
    type: row.type,
    amount: yuanFromFen(fen(row.amount_fen)),
    reason: row.reason,
    reasonCode: reasonCode(row.reason),
    automatic: row.automatic,
    status: row.status,
    adminNotes: row.admin_notes,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at && localTime(row.decided_at),
    failCode: failureCode(row.fail_message),
    failMessage: row.fail_message,
    canRetry: row.status === 'failed' && !row.at_merchant,
    hold: presentHold(row.hold),
    createdAt: localTime(row.created_at),
  };
}
