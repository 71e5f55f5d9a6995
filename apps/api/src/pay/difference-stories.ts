import { Injectable } from '@nestjs/common';
import { localTime, yuanFromFen } from '@yajin/core';
import type { Console } from '@yajin/contract/console';
import type { PayAttempt, PayBillRow, PayOrder, PayRefund, PayRefundAttempt } from '@yajin/payment/entities';
import { maybeRow, rows, type Database, type Row } from '@yajin/server';
import type { SysAudit } from '../system/sys-audit.entity.js';
import { signedYuanOrNull, time, yuanOrNull } from './present.js';

const MOST_LINES = 20;
const MOST_DEEDS = 100;

type Payment = Row<PayAttempt, 'state' | 'amountFen' | 'feeFen' | 'createdAt' | 'paidAt' | 'transactionId'>;
type Refund = Row<PayRefundAttempt, 'state'> &
  Row<PayRefund, 'amountFen' | 'createdAt' | 'succeededAt' | 'gatewayRefundId'>;
export type BillLine = Row<
  PayBillRow,
  | 'day'
  | 'rowNo'
  | 'entry'
  | 'at'
  | 'outTradeNo'
  | 'transactionId'
  | 'outRefundNo'
  | 'gatewayRefundId'
  | 'amountFen'
  | 'feeFen'
> & { order_no: PayOrder['orderNo'] | null };

/** Lines `r` of bills, with the numbers of our orders. */
export const BILL_LINES = `
  SELECT r.*, o.order_no FROM pay_bill_row r
  LEFT JOIN pay_attempt a ON a.out_trade_no = r.out_trade_no AND a.gateway = r.gateway LEFT JOIN pay_order o ON o.id = a.order_id`;

/** What there is to compare about a difference: our side, the gateway's, and what people did. */
@Injectable()
export class DifferenceStories {
  async tell(
    db: Database,
    difference: Console.PayDifference,
  ): Promise<Omit<Console.PayDifferenceStory, 'difference'>> {
    return {
      ours: await (ofRefund(difference) ? this.refund(db, difference) : this.payment(db, difference)),
      theirs: await this.billed(db, difference),
      deeds: await this.deeds(db, difference.id),
    };
  }

  /** Once a bill has been read, the payment's fee is the bill's: what the rate said stands with the difference. */
  private async payment(
    db: Database,
    { gateway, outTradeNo, kind, ours }: Console.PayDifference,
  ): Promise<Console.PayDifferenceOurs | null> {
    const found = await maybeRow<Payment>(
      db,
      `SELECT state, amount_fen, fee_fen, created_at, paid_at, transaction_id FROM pay_attempt WHERE out_trade_no = $1 AND gateway = $2`,
      [outTradeNo, gateway],
    );
    return (
      found && {
        state: found.state,
        amount: yuanFromFen(found.amount_fen),
        fee: kind === 'fee' ? ours : yuanOrNull(found.fee_fen),
        createdAt: localTime(found.created_at),
        doneAt: time(found.paid_at),
        transactionId: found.transaction_id,
      }
    );
  }

  private async refund(
    db: Database,
    { gateway, outRefundNo }: Console.PayDifference,
  ): Promise<Console.PayDifferenceOurs | null> {
    const found = await maybeRow<Refund>(
      db,
      `SELECT k.state, r.amount_fen, r.created_at, r.succeeded_at, r.gateway_refund_id
       FROM pay_refund_attempt k JOIN pay_refund r ON r.id = k.refund_id WHERE k.out_refund_no = $1 AND r.gateway = $2`,
      [outRefundNo, gateway],
    );
    return (
      found && {
        state: found.state,
        amount: yuanFromFen(found.amount_fen),
        fee: null,
        createdAt: localTime(found.created_at),
        doneAt: time(found.succeeded_at),
        transactionId: found.gateway_refund_id,
      }
    );
  }

  /** A refund is known by its number, or the gateway's; a bill that names neither has it among the trade's. */
  private async billed(
    db: Database,
    difference: Console.PayDifference,
  ): Promise<Console.PayDifferenceStory['theirs']> {
    const found = await rows<BillLine>(
      db,
      `${BILL_LINES} WHERE r.gateway = $1 AND r.out_trade_no = $2 AND r.entry = $3
         AND ($4::text IS NULL OR coalesce(r.out_refund_no, r.gateway_refund_id, $4) = $4)
       ORDER BY r.day, r.row_no LIMIT ${MOST_LINES}`,
      [
        difference.gateway,
        difference.outTradeNo,
        ofRefund(difference) ? 'refund' : 'payment',
        difference.outRefundNo,
      ],
    );
    return found.map(presentLine);
  }

  private async deeds(db: Database, id: number): Promise<Console.PayDifferenceDeed[]> {
    const found = await rows<Row<SysAudit, 'action' | 'username' | 'at'>>(
      db,
      `SELECT action, username, at FROM (
         SELECT action, username, at, target_type, target_id FROM sys_audit
         UNION ALL SELECT action, username, at, target_type, target_id FROM sys_audit_entry) AS a
       WHERE a.action IN ('difference.take', 'difference.resolve') AND a.target_type = 'difference' AND a.target_id = $1
       ORDER BY a.at LIMIT ${MOST_DEEDS}`,
      [String(id)],
    );
    return found.map(({ action, username, at }) => ({
      action: action === 'difference.take' ? 'take' : 'resolve',
      by: username,
      at: localTime(at),
    }));
  }
}

function ofRefund({ kind }: Console.PayDifference): boolean {
  return kind.includes('refund');
}

export function presentLine(row: BillLine): Console.PayBillRow {
  const { entry, fee_fen: fee } = row;
  return {
    day: row.day,
    no: row.row_no,
    entry,
    at: localTime(row.at),
    outTradeNo: row.out_trade_no,
    transactionId: row.transaction_id,
    outRefundNo: row.out_refund_no,
    gatewayRefundId: row.gateway_refund_id,
    amount: yuanFromFen(row.amount_fen),
    fee: signedYuanOrNull(fee === null || entry === 'payment' ? fee : -Math.abs(fee)),
    orderNo: row.order_no,
  };
}
