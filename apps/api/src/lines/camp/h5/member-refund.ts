import { fen, localTime, yuanFromFen } from '@yajin/core';
import { maybeRow, type Database, type Row } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import type { CampRefund } from '../refund/camp-refund.entity.js';
import { UNTOLD } from '../refund/grace.rules.js';
import { VOIDED } from '../refund/void-reasons.js';

type RefundRow = Row<
  CampRefund,
  | 'id'
  | 'amountFen'
  | 'auditStatus'
  | 'refundStatus'
  | 'createdAt'
  | 'auditedAt'
  | 'executedAt'
  | 'gatewayRefundId'
  | 'reason'
>;

/** How far the money of an order is on its way back; null before it is. A record that the line closed to list its member anew says nothing. */
export async function memberRefund(db: Database, orderId: number): Promise<Camp.MemberRefund | null> {
  const row = await maybeRow<RefundRow>(
    db,
    `SELECT id, amount_fen, CASE WHEN untold THEN 'pending' ELSE audit_status END AS audit_status,
       CASE WHEN untold THEN 'pending' ELSE refund_status END AS refund_status, created_at,
       CASE WHEN NOT untold THEN audited_at END AS audited_at, executed_at, gateway_refund_id,
       CASE WHEN reason_told AND NOT untold THEN reason END AS reason
     FROM (SELECT r.*, ${UNTOLD} AS untold, ${VOIDED} AS voided FROM camp_refund r) AS r
     WHERE order_id = $1 AND NOT voided
     ORDER BY id DESC LIMIT 1`,
    [orderId],
  );
  if (!row) return null;
  const time = (at: Date | null): string | null => at && localTime(at);
  return {
    id: row.id,
    amount: yuanFromFen(fen(row.amount_fen)),
    auditStatus: row.audit_status,
    refundStatus: row.refund_status,
    createdAt: localTime(row.created_at),
    auditTime: time(row.audited_at),
    executeTime: time(row.executed_at),
    wechatRefundId: row.gateway_refund_id,
    reason: row.reason,
  };
}
