import { statesAccepting } from '@yajin/core';
import { rows, type Clock } from '@yajin/server';
import type { DataSource } from 'typeorm';
import type { RefundReport } from './gateway.js';
import { refundAttemptTransitions } from './states.js';
import { after, PAYOUT_WAITS } from './times.js';

/** Answers that come within so short a time are written together. */
const GATHER_MS = 15;

/** Refund first, then its number, as everywhere; rows in the order of their ids. */
const ACCEPT = `
WITH said AS (
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) AS s (out_refund_no, out_trade_no, gateway_id, amount_fen)
), known AS (
  SELECT r.id, s.out_refund_no, s.gateway_id FROM said s JOIN pay_refund_attempt a USING (out_refund_no)
  JOIN pay_refund r ON r.id = a.refund_id
  WHERE r.out_trade_no = s.out_trade_no AND r.amount_fen = s.amount_fen AND r.status = 'processing' ORDER BY r.id FOR UPDATE OF r
), number AS (
  UPDATE pay_refund_attempt a SET state = '${refundAttemptTransitions.sending.processing}' FROM known WHERE a.out_refund_no = known.out_refund_no AND a.state = ANY($5)
  RETURNING a.out_refund_no, a.refund_id
)
UPDATE pay_refund r SET gateway_refund_id = known.gateway_id, check_at = $6,
  deliver_at = CASE WHEN r.fail_code IS NULL THEN r.deliver_at ELSE $7 END, fail_code = NULL, fail_message = NULL
FROM known JOIN number ON number.refund_id = known.id WHERE r.id = known.id AND r.status = 'processing'
RETURNING known.out_refund_no`;

/**
 * That a gateway has accepted a refund, written for many refunds in one commit: nobody waits for it, and until then the row
 * says "perhaps accepted", which is true.
 */
export class Accepted {
  private waiting: {
    report: RefundReport;
    resolve: (taken: boolean) => void;
    reject: (error: unknown) => void;
  }[] = [];

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** @returns false when the report is not what was expected: it is for the full statement to say why */
  take(report: RefundReport): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ report, resolve, reject });
      if (this.waiting.length === 1) setTimeout(() => void this.write(), GATHER_MS);
    });
  }

  private async write(): Promise<void> {
    const gathered = this.waiting;
    this.waiting = [];
    const wall = this.clock.wall();
    try {
      const taken = await rows<{ out_refund_no: string }>(this.db, ACCEPT, [
        gathered.map(({ report }) => report.outRefundNo),
        gathered.map(({ report }) => report.outTradeNo),
        gathered.map(({ report }) => report.gatewayRefundId),
        gathered.map(({ report }) => report.amountFen),
        statesAccepting(refundAttemptTransitions, 'processing'),
        after(wall, PAYOUT_WAITS.queries[0]),
        wall,
      ]);
      const numbers = new Set(taken.map((row) => row.out_refund_no));
      for (const { report, resolve } of gathered) resolve(numbers.has(report.outRefundNo));
    } catch (error) {
      for (const { reject } of gathered) reject(error);
    }
  }
}
