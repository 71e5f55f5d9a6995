import type { KnownOrder } from '../kit/orders.js';

/** The order by which this browser's owner is a member of the camp, if there is one. */
export function myOrder(orders: KnownOrder[], campId: number): KnownOrder | null {
  return orders.find((order) => order.campId === campId && order.payStatus === 'success') ?? null;
}

/** Where an order is looked at: to be paid, to be bound, or the check-ins. */
export function orderPath({ orderNo, payStatus, memberId }: KnownOrder): string {
  if (payStatus === 'pending') return `/pay/${orderNo}`;
  return payStatus === 'success' && memberId !== null ? `/progress/${memberId}` : `/orders/${orderNo}`;
}
