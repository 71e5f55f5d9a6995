import { fen, localTime, yuanFromFen } from '@yajin/core';
import { BusinessError } from '@yajin/server';
import type { WorkOrder } from '@yajin/contract/work-order';
import type { HostUser } from '../../system/index.js';
import type { PaymentRow } from './work-order.rows.js';

export type ShownPayment = PaymentRow & { refund_status: WorkOrder.RefundStatus };

/** People of this platform have numbers. @throws BusinessError 401 for a token without one */
export function idOf(user: HostUser): number {
  const id = /^[1-9]\d{0,15}$/.test(user.id) ? Number(user.id) : NaN;
  if (!Number.isSafeInteger(id)) throw new BusinessError(401);
  return id;
}

/** Whose rows a user sees: null for everybody's. It belongs inside the WHERE. */
export function own(user: HostUser): number | null {
  const id = idOf(user);
  return user.role === 'admin' ? null : id;
}

export function presentPayment(row: ShownPayment): WorkOrder.Payment {
  return { ...presentEntry(row), user_id: row.user_id, transaction_id: row.transaction_id };
}

export function presentEntry(row: ShownPayment): WorkOrder.PaymentEntry {
  return {
    id: row.id,
    order_id: row.work_order_id,
    type: row.type,
    amount: yuanFromFen(fen(row.amount_fen)),
    payment_method: row.method,
    out_trade_no: row.payment_no,
    status: row.status,
    refund_status: row.refund_status,
    paid_at: row.paid_at && localText(row.paid_at),
  };
}

/** `yyyy-MM-dd HH:mm:ss` in Shanghai. */
function localText(at: Date): string {
  return localTime(at).replace('T', ' ');
}
