import { instantOf, addDays, fen } from '@yajin/core';
import { rows, type Database, type Row } from '@yajin/server';
import type { BilledRow, Facts, OurPayment, OurRefund, Said } from './match.rules.js';
import type { PayAttempt } from './entities/pay-attempt.entity.js';
import type { PayBill } from './entities/pay-bill.entity.js';
import type { PayBillRow } from './entities/pay-bill-row.entity.js';
import type { PayRefund } from './entities/pay-refund.entity.js';
import type { PayRefundAttempt } from './entities/pay-refund-attempt.entity.js';

/** Refunds may take so many days; longer ago no bill is looked into for them. */
const LOOK_BACK_DAYS = 40;

/** The trades that a bill ($1 gateway, $2 day) names, and those of ours in which something happened that day (from $3, before $4). */
const NAMED = `named AS (
  SELECT out_trade_no FROM pay_bill_row WHERE gateway = $1 AND day = $2
  UNION SELECT out_trade_no FROM pay_attempt WHERE gateway = $1 AND state = 'paid' AND paid_at >= $3 AND paid_at < $4
  UNION SELECT out_trade_no FROM pay_refund WHERE gateway = $1 AND status = 'success' AND succeeded_at >= $3 AND succeeded_at < $4
)`;

/** SQL: what has gone back of a payment `a` under no number of ours, and not by other means either. */
export const BY_HAND = `coalesce((SELECT sum(r.amount_fen) FROM pay_refund r WHERE r.out_trade_no = a.out_trade_no AND r.status = 'success'
  AND r.gateway_refund_id IS NULL AND NOT EXISTS (SELECT FROM pay_refund_outside o WHERE o.refund_id = r.id)), 0)::bigint`;

type BillLine = Row<
  PayBillRow,
  | 'day'
  | 'entry'
  | 'at'
  | 'outTradeNo'
  | 'transactionId'
  | 'outRefundNo'
  | 'gatewayRefundId'
  | 'amountFen'
  | 'feeFen'
>;
type Payment = Row<PayAttempt, 'outTradeNo' | 'transactionId' | 'amountFen' | 'paidAt'> & {
  expected_fen: number | null;
  by_hand_fen: number;
};
type Refund = Row<PayRefundAttempt, 'outRefundNo' | 'state'> &
  Row<PayRefund, 'outTradeNo' | 'amountFen' | 'createdAt' | 'succeededAt'> & { known: boolean };

/** All that is to be known to match a day: the bill, what other bills say of the same trades, and our books. */
export async function factsOf(
  db: Database,
  gateway: string,
  day: string,
  said: ReadonlyMap<string, Said>,
): Promise<Facts> {
  const scope = [gateway, day, instantOf(day), instantOf(addDays(day, 1))];
  const lines = await rows<BillLine>(
    db,
    `WITH ${NAMED} SELECT r.* FROM pay_bill_row r JOIN named USING (out_trade_no) WHERE r.gateway = $1 ORDER BY r.day, r.row_no`,
    scope,
  );
  const payments = await rows<Payment>(
    db,
    `WITH ${NAMED} SELECT a.out_trade_no, a.transaction_id, a.amount_fen, CASE WHEN a.state = 'paid' THEN a.paid_at END AS paid_at,
       coalesce(d.ours_fen, CASE WHEN a.fee_from = 'rate' THEN a.fee_fen END) AS expected_fen,
       ${BY_HAND} AS by_hand_fen
     FROM pay_attempt a JOIN named USING (out_trade_no) LEFT JOIN pay_difference d ON d.gateway = $1 AND d.key = 'fee:' || a.out_trade_no
     WHERE a.gateway = $1`,
    scope,
  );
  const refunds = await rows<Refund>(
    db,
    `WITH ${NAMED} SELECT k.out_refund_no, k.state, r.out_trade_no, r.amount_fen, r.created_at, r.succeeded_at,
       r.gateway_refund_id IS NOT NULL AS known
     FROM pay_refund r JOIN named USING (out_trade_no) JOIN pay_refund_attempt k ON k.refund_id = r.id WHERE r.gateway = $1`,
    scope,
  );
  const read = await rows<Row<PayBill, 'day'>>(
    db,
    'SELECT day FROM pay_bill WHERE gateway = $1 AND hash IS NOT NULL AND day BETWEEN $2 AND $3',
    [gateway, addDays(day, -LOOK_BACK_DAYS), addDays(day, 2)],
  );
  const billed = lines.map(billedFrom);
  return {
    ...{ day, said },
    bill: billed.filter((line) => line.day === day),
    elsewhere: billed.filter((line) => line.day !== day),
    payments: payments.map(paymentFrom),
    refunds: refunds.map(refundFrom),
    read: new Set(read.map((bill) => bill.day)),
  };
}

function billedFrom(row: BillLine): BilledRow {
  return {
    ...{ day: row.day, kind: row.entry, at: row.at },
    outTradeNo: row.out_trade_no,
    transactionId: row.transaction_id,
    outRefundNo: row.out_refund_no,
    gatewayRefundId: row.gateway_refund_id,
    amountFen: fen(row.amount_fen),
    feeFen: row.fee_fen,
  };
}

function paymentFrom(row: Payment): OurPayment {
  return {
    outTradeNo: row.out_trade_no,
    transactionId: row.transaction_id,
    amountFen: fen(row.amount_fen),
    paidAt: row.paid_at,
    feeFen: row.expected_fen,
    byHandFen: row.by_hand_fen,
  };
}

function refundFrom(row: Refund): OurRefund {
  return {
    outRefundNo: row.out_refund_no,
    outTradeNo: row.out_trade_no,
    amountFen: fen(row.amount_fen),
    state: row.state,
    known: row.known,
    askedAt: row.created_at,
    succeededAt: row.succeeded_at,
  };
}
