import { fen, type Fen } from '@yajin/core';
import { RefundExceedsPayment, type Decider, type RefundOrder, type Refunds } from '@yajin/payment';
import { BusinessError, rows, type Alerts, type Row } from '@yajin/server';
import type { CampAlert } from '../camp-alert.js';
import type { EntityManager } from 'typeorm';
import type { CampRefund } from './camp-refund.entity.js';

const REASON = '训练营押金退还';

/** Of an approved record what the kernel is asked for. */
export type KernelRequest = Row<CampRefund, 'orderId' | 'amountFen'> & { source: string };

/** Who lets refunds go, by whose limits they are judged; and until when they wait, real time. */
export interface Letting {
  decided?: Decider | undefined;
  notBefore?: Date | null;
}

function requestOf(record: KernelRequest, { decided, notBefore }: Letting): RefundOrder {
  return {
    source: record.source,
    orderId: record.order_id,
    amountFen: fen(record.amount_fen),
    reason: REASON,
    ...(decided ? { decided } : {}),
    ...(notBefore ? { notBefore } : {}),
  };
}

/** @throws BusinessError 1305 when too little is left of the payment (the caller's transaction must then be rolled back) */
export async function requestOne(
  manager: EntityManager,
  refunds: Refunds,
  record: KernelRequest,
  letting: Letting = {},
): Promise<void> {
  try {
    await refunds.request(manager, requestOf(record, letting));
  } catch (error) {
    throw error instanceof RefundExceedsPayment ? new BusinessError(1305) : error;
  }
}

/**
 * Asks for all that has just been approved: one statement reserves the money. What asks for more than is left of its payment has
 * failed, and keeps no other back.
 * @returns what was asked for, in fen
 */
export async function requestAll(
  manager: EntityManager,
  refunds: Refunds,
  alerts: Alerts<CampAlert>,
  ids: number[],
  letting: Letting = {},
): Promise<Fen[]> {
  const records = await rows<KernelRequest & Row<CampRefund, 'id'>>(
    manager,
    'SELECT id, source, order_id, amount_fen FROM camp_refund WHERE id = ANY($1) AND source IS NOT NULL ORDER BY id',
    [ids],
  );
  const requests = records.map((record) => requestOf(record, letting));
  const requested = await refunds.requestMany(manager, requests);
  const known = new Set(requested.map(({ source }) => source));
  const failed = records.filter(({ source }) => !known.has(source)).map(({ id }) => id);
  if (failed.length > 0)
    await rows(
      manager,
      `UPDATE camp_refund SET refund_status = 'failed', fail_code = 'EXCEEDS', fail_message = '可退余额不足', undo_until = NULL WHERE id = ANY($1)`,
      [failed],
    );
  for (const id of failed)
    await alerts.raise('camp-refund-exceeds', `camp refund ${id}`, {
      key: `camp-refund-exceeds:${id}`,
      within: manager,
    });
  return requests.map(({ amountFen }) => amountFen);
}
