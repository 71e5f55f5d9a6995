import type { Transitions } from '@yajin/core';
import type { WorkOrder } from '@yajin/contract/work-order';

type OrderStatus = WorkOrder.OrderStatus;
type PaymentType = WorkOrder.PaymentType;

/** What closed an order: its prepayment ran out of time, an operator, or the prepayment went back. */
export type ClosedBy = 'expiry' | 'operator' | 'refund';

export type OrderEvent =
  'prepaid' | 'expired' | 'accept' | 'price' | 'start' | 'complete' | 'close' | 'refunded';

const OPEN = { close: 'closed', refunded: 'closed' } as const;

/** `prepaid` leads out of `closed` only where `unwanted` says that the money still counts. */
export const orderTransitions: Transitions<OrderStatus, OrderEvent> = {
  pending_payment: { prepaid: 'pending', expired: 'closed', close: 'closed' },
  pending: { accept: 'accepted', ...OPEN },
  accepted: { price: 'pending_repair_payment', ...OPEN },
  pending_repair_payment: { price: 'pending_repair_payment', start: 'repairing', ...OPEN },
  repairing: { complete: 'completed', ...OPEN },
  completed: {},
  closed: { prepaid: 'pending' },
};

export type ApplicationStatus = Exclude<WorkOrder.RefundStatus, 'none'>;

/** An application for a refund. What failed may be approved again: the money then goes on where it stood. */
export const refundTransitions: Transitions<
  ApplicationStatus,
  'approve' | 'reject' | 'processing' | 'refunded' | 'failed'
> = {
  pending: { approve: 'processing', reject: 'rejected' },
  processing: { refunded: 'refunded', failed: 'failed' },
  failed: { approve: 'processing', processing: 'processing', refunded: 'refunded' },
  refunded: {},
  rejected: {},
};

const PAYABLE: Readonly<Record<PaymentType, OrderStatus>> = {
  prepay: 'pending_payment',
  repair: 'pending_repair_payment',
};

export const TYPE_NAMES: Readonly<Record<PaymentType, string>> = { prepay: '预付款', repair: '维修费' };

/** Why an order takes no payment of this type; null when it does. */
export function payRefusal(type: PaymentType, status: OrderStatus, paid: boolean): string | null {
  const name = TYPE_NAMES[type];
  if (paid) return `该工单的${name}已支付`;
  return status === PAYABLE[type] ? null : `工单当前不能支付${name}`;
}

/** Why money that was paid in time goes back unasked; null when it counts. */
export function unwanted(
  payment: { type: PaymentType; amountFen: number },
  order: { status: OrderStatus; closedBy: ClosedBy | null; askedFen: number | null },
  paidAlready: boolean,
): string | null {
  if (paidAlready) return '重复支付，自动退款';
  // Paid in time, heard of late: the order was closed for want of this very payment.
  const late = payment.type === 'prepay' && order.closedBy === 'expiry';
  if (order.status !== PAYABLE[payment.type] && !late) return '工单已关闭，自动退款';
  // A repair fee can be corrected while a payment of the old one is given up, not yet lost.
  return payment.amountFen === order.askedFen ? null : '金额与工单不符，自动退款';
}

/** `P` and 24 digits: the Shanghai time to the second, then `digits`, ten of them. */
export function paymentNo(localTime: string, digits: number): string {
  return `P${localTime.replace(/\D/g, '')}${String(digits).padStart(10, '0')}`;
}
