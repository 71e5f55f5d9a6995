import { Injectable } from '@nestjs/common';
import { dayRange, fen, isBusinessDate, yuanFromFen } from '@yajin/core';
import { conditions, invalid, onlyRow, rows } from '@yajin/server';
import type { WorkOrder } from '@yajin/contract/work-order';
import { DataSource } from 'typeorm';
import type { HostUser } from '../../system/index.js';
import type { ListPaymentsQuery } from './work-order.dto.js';
import { own, presentEntry, type ShownPayment } from './work-order.presenter.js';
import { REFUND_STATUS } from './work-order.rows.js';

/** Payments as lists and figures. */
@Injectable()
export class PaymentLists {
  constructor(private readonly db: DataSource) {}

  /** Newest first: one's own, an admin's everybody's. */
  async list(user: HostUser, query: ListPaymentsQuery): Promise<WorkOrder.PaymentPage> {
    const { page, limit, search } = query;
    const { where, parameters } = conditions([
      ['p.user_id = ?', own(user)],
      ['p.status = ?', query.status],
      ['p.method = ?', query.payment_method],
      [
        `(strpos(p.payment_no, ?) > 0 OR strpos(coalesce(p.transaction_id, ''), ?) > 0 OR p.work_order_id::text = ?)`,
        search || null,
      ],
    ]);
    const { total } = await onlyRow<{ total: number }>(
      this.db,
      `SELECT count(*) AS total FROM work_order_payment p WHERE ${where}`,
      parameters,
    );
    const found = await rows<ShownPayment>(
      this.db,
      `SELECT p.*, ${REFUND_STATUS} AS refund_status FROM work_order_payment p WHERE ${where}
       ORDER BY p.id DESC LIMIT ${limit} OFFSET ${(page - 1) * limit}`,
      parameters,
    );
    return { list: found.map(presentEntry), total, page, limit, pages: Math.ceil(total / limit) };
  }

  /** @param range JSON with `start` and `end`, business dates, both included */
  async summary(range: string | undefined): Promise<WorkOrder.Summary> {
    const { start, end } = range ? readRange(range) : {};
    const { from, before } = dayRange(start, end);
    const { total_fen, ...counts } = await onlyRow<
      Omit<WorkOrder.Stats, 'total_amount'> & { total_fen: string }
    >(
      this.db,
      `SELECT count(*) FILTER (WHERE status = 'pending') AS pending_count,
         count(*) FILTER (WHERE status = 'success') AS success_count,
         count(*) FILTER (WHERE status IN ('failed', 'expired')) AS failed_count,
         count(*) FILTER (WHERE status = 'refunded') AS refunded_count,
         coalesce(sum(amount_fen) FILTER (WHERE status IN ('success', 'refunded')), 0) AS total_fen
       FROM work_order_payment
       WHERE ($1::timestamptz IS NULL OR created_at >= $1) AND ($2::timestamptz IS NULL OR created_at < $2)`,
      [from, before],
    );
    return { stats: { ...counts, total_amount: yuanFromFen(fen(total_fen)) } };
  }
}

/** @throws BusinessError 400 */
function readRange(text: string): { start: string; end: string } {
  const wrong = invalid({
    field: 'date_range',
    message: '应为 {"start":"yyyy-MM-dd","end":"yyyy-MM-dd"}，开始不晚于结束',
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrong;
  }
  if (typeof value !== 'object' || value === null || !('start' in value) || !('end' in value)) throw wrong;
  const { start, end, ...rest } = value as Record<string, unknown>;
  if (typeof start !== 'string' || typeof end !== 'string' || Object.keys(rest).length > 0) throw wrong;
  if (!isBusinessDate(start) || !isBusinessDate(end) || start > end) throw wrong;
  return { start, end };
}
