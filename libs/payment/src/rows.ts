import { fen } from '@yajin/core';
import type { Row } from '@yajin/server';
import type { Order, Refund, Transfer } from './lines.js';
import { reasonInWords } from './words.js';
import type { PayRefund } from './entities/pay-refund.entity.js';
import type { PayOrder } from './entities/pay-order.entity.js';
import type { PayTransfer } from './entities/pay-transfer.entity.js';

export type OrderRow = Row<PayOrder>;

export type RefundRow = Row<PayRefund>;

export type TransferRow = Row<PayTransfer>;

export function orderFrom(row: OrderRow): Order {
  return {
    id: row.id,
    orderNo: row.order_no,
    line: row.line,
    subject: row.subject,
    amountFen: fen(row.amount_fen),
    description: row.description,
    status: row.status,
    payer: { payer_id: row.payer_id, payer_index: row.payer_index },
    expiresAt: row.expires_at,
    paidAt: row.paid_at,
    claimed: row.claimed_trade !== null,
    createdAt: row.created_at,
  };
}

export function refundFrom(row: RefundRow): Refund {
  return {
    id: row.id,
    source: row.source,
    orderId: row.order_id,
    amountFen: fen(row.amount_fen),
    reason: reasonInWords(row.reason),
    status: row.status,
    failCode: row.fail_code,
    failMessage: row.fail_message,
    retries: row.retries,
    gatewayRefundId: row.gateway_refund_id,
    succeededAt: row.succeeded_at,
  };
}

export function transferFrom(row: TransferRow): Transfer {
  return {
    id: row.id,
    source: row.source,
    line: row.line,
    subject: row.subject,
    orderId: row.order_id,
    owner: row.owner,
    amountFen: fen(row.amount_fen),
    status: row.status,
    failCode: row.fail_code,
    failMessage: row.fail_message,
    retries: row.retries,
    gatewayTransferId: row.gateway_transfer_id,
    succeededAt: row.succeeded_at,
  };
}
