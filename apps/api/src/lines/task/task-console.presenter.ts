import { fen, localTime, yuanFromFen } from '@yajin/core';
import type { Console } from '@yajin/contract/console';
import type { Row } from '@yajin/server';
import {
  atMerchant,
  failureCode,
  holdOf,
  presentHold,
  reasonCode,
  reasonInWords,
  type HeldBy,
  type PayTransferView,
} from '@yajin/payment';
import { REFUNDS, takerOf, type RefundRow, type TaskRow } from './task.rows.js';
import type { TaskEntity } from './task.entity.js';

export type SettlementRow = Row<TaskEntity, 'id' | 'title' | 'publisherId'> &
  Row<PayTransferView, 'failCode' | 'failMessage' | 'succeededAt'> & {
    taker_id: number;
    publisher_share_fen: number;
    taker_share_fen: number;
    platform_fee_fen: number;
    settled_at: Date;
    /** These are null where nothing was to be sent. */
    transfer_id: number | null;
    transfer_status: Console.TaskMoneyStatus | null;
    retries: number | null;
    hold: HeldBy | null;
  };

/** Settled tasks with the transfer of the taker's share. */
export const SETTLEMENTS = `
  SELECT t.id, t.title, t.publisher_id, t.taker_id, t.publisher_share_fen, t.taker_share_fen, t.platform_fee_fen, t.settled_at,
    p.id AS transfer_id, p.status AS transfer_status, p.fail_code, p.fail_message, p.retries, p.succeeded_at,
    ${holdOf('transfer', 'p.source')} AS hold
  FROM task_task t LEFT JOIN pay_transfer_view p ON p.source = 'task:' || t.id WHERE t.settled_at IS NOT NULL AND t.taker_id IS NOT NULL
    AND t.publisher_share_fen IS NOT NULL AND t.taker_share_fen IS NOT NULL AND t.platform_fee_fen IS NOT NULL`;

/** Refunds with what operators are told beyond what the platform is. */
export const REFUND_ITEMS = `
  SELECT f.*, ${holdOf('refund', 'f.source')} AS hold, ${atMerchant('f.source')} AS at_merchant FROM (${REFUNDS}) AS f`;

export type RefundItemRow = RefundRow & { hold: HeldBy | null; at_merchant: boolean };

export function presentItem(row: TaskRow, now: Date): Console.TaskItem {
  return {
    id: row.id,
    title: row.title,
    description: row.description,
    publisherId: row.publisher_id,
    takerId: takerOf(row, now),
    publishFee: yuanFromFen(fen(row.publish_fee_fen)),
    takeFee: yuanFromFen(fen(row.take_fee_fen)),
    status: row.status,
    reviewReason: row.review_reason,
    result: row.result,
    createdAt: localTime(row.created_at),
    updatedAt: localTime(row.updated_at),
  };
}

export function presentSettlement(row: SettlementRow): Console.TaskSettlement {
  return {
    taskId: row.id,
    title: row.title,
    publisherId: row.publisher_id,
    takerId: row.taker_id,
    publisherAmount: yuanFromFen(fen(row.publisher_share_fen)),
    takerAmount: yuanFromFen(fen(row.taker_share_fen)),
    platformFee: yuanFromFen(fen(row.platform_fee_fen)),
    settledAt: localTime(row.settled_at),
    transferId: row.transfer_id,
    transferStatus: row.transfer_status,
    failCode: row.fail_code,
    failMessage: row.fail_message,
    hold: presentHold(row.hold),
    retries: row.retries ?? 0,
    transferredAt: row.succeeded_at && localTime(row.succeeded_at),
  };
}

export function presentRefundItem(row: RefundItemRow): Console.TaskRefund {
  return {
    id: row.id,
    refundNo: row.refund_no,
    orderNo: row.order_no,
    taskId: row.task_id,
    userId: row.user_id,
    amount: yuanFromFen(fen(row.amount_fen)),
    reason: reasonInWords(row.reason),
    reasonCode: reasonCode(row.reason),
    status: row.status,
    failCode: failureCode(row.fail_message ?? row.fail_code),
    failMessage: row.fail_message,
    canRetry: row.status === 'failed' && !row.at_merchant,
    hold: presentHold(row.hold),
    refundedAt: row.succeeded_at && localTime(row.succeeded_at),
    createdAt: localTime(row.created_at),
  };
}
