import { fen } from '@yajin/core';
import type { Order, Refund, Transfer } from './lines.js';
import type { OrderStatus, RefundStatus, TransferState, TransferStatus } from './states.js';
import { reasonInWords } from './words.js';

export interface OrderRow {
  id: number;
  order_no: string;
  line: string;
  subject: string;
  amount_fen: number;
  description: string;
  attach: string;
  status: OrderStatus;
  payer_id: string | null;
  payer_index: string | null;
  expires_at: Date;
  paid_at: Date | null;
  paid_with: string | null;
  /** Real time, in whole milliseconds once it was taken to be told. */
  tell_at: Date | null;
  tell_tries: number;
  claimed_trade: string | null;
  created_at: Date;
}

export interface RefundRow {
  id: number;
  source: string;
  line: string;
  gateway: string;
  order_id: number;
  out_trade_no: string;
  amount_fen: number;
  /** One of the kernel's own, or a line's words: see `reasonInWords`. */
  reason: string;
  status: RefundStatus;
  fail_code: string | null;
  fail_message: string | null;
  failures: number;
  retries: number;
  refund_id: string | null;
  succeeded_at: Date | null;
  /** When its number was first sent; real time. */
  sent_at: Date | null;
  tell_at: Date | null;
  tell_tries: number;
}

export interface TransferRow {
  id: number;
  source: string;
  line: string;
  subject: string;
  order_id: number;
  gateway: string;
  payee_id: string;
  owner: string;
  amount_fen: number;
  remark: string;
  out_transfer_no: string;
  state: TransferState;
  status: TransferStatus;
  requests: number;
  queries: number;
  failures: number;
  retries: number;
  fail_code: string | null;
  fail_message: string | null;
  transfer_id: string | null;
  succeeded_at: Date | null;
  /** When its number was first sent; real time. */
  sent_at: Date | null;
  tell_at: Date | null;
  tell_tries: number;
}

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
    refundId: row.refund_id,
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
    transferId: row.transfer_id,
    succeededAt: row.succeeded_at,
  };
}
