import { fen } from '@yajin/core';
import type { Decider, Refunds } from '@yajin/payment';
import { rows } from '@yajin/server';
import type { EntityManager } from 'typeorm';
import type { PaymentRow } from './work-order.rows.js';

const SOURCE = 'work_order_refund:';

/** The application that a refund of the kernel's comes from; null when it is not ours. */
export function sourceId(source: string): number | null {
  return source.startsWith(SOURCE) ? Number(source.slice(SOURCE.length)) : null;
}

/** Hands an application to the kernel, once however often it is asked. @throws RefundExceedsPayment */
export async function requestRefund(
  manager: EntityManager,
  refunds: Refunds,
  {
    id,
    reason,
    payment,
  }: { id: number; reason: string; payment: Pick<PaymentRow, 'pay_order_id' | 'amount_fen'> },
  decided?: Decider,
): Promise<void> {
  const refund = await refunds.request(manager, {
    source: `${SOURCE}${id}`,
    orderId: payment.pay_order_id,
    amountFen: fen(payment.amount_fen),
    reason,
    ...(decided ? { decided } : {}),
  });
  await rows(manager, 'UPDATE work_order_refund SET pay_refund_id = $2 WHERE id = $1', [id, refund.id]);
}
