import { fen } from '@yajin/core';
import { RefundExceedsPayment, type RefundOrder, type Refunds } from '@yajin/payment';
import { BusinessError, type Row } from '@yajin/server';
import type { EntityManager } from 'typeorm';
import type { CampRefund } from './camp-refund.entity.js';

const REASON = '训练营押金退还';

/** Of an approved record what the kernel is asked for. */
export type KernelRequest = Row<CampRefund, 'orderId' | 'amountFen'> & { source: string };

export function requestOf(record: KernelRequest): RefundOrder {
  return {
    source: record.source,
    orderId: record.order_id,
    amountFen: fen(record.amount_fen),
    reason: REASON,
  };
}

/** @throws BusinessError 1305 when too little is left of the payment (the caller's transaction must then be rolled back) */
export async function requestOne(
  manager: EntityManager,
  refunds: Refunds,
  record: KernelRequest,
): Promise<void> {
  try {
    await refunds.request(manager, requestOf(record));
  } catch (error) {
    throw error instanceof RefundExceedsPayment ? new BusinessError(1305) : error;
  }
}
