import { Injectable } from '@nestjs/common';
import { Alerts, Clock, maybeRow, onlyRow, rows, type Row } from '@yajin/server';
import type { Fen } from '@yajin/core';
import { DataSource, type EntityManager } from 'typeorm';
import type { KernelAlert } from './kernel-alert.js';
import { partsOf } from './coupons.js';
import { newNumber } from './numbers.js';
import { refundAttemptTransitions, refundTransitions, type RefundAttemptState } from './states.js';
import { reasonInWords, type OwnReason } from './words.js';
import type { PayAttempt } from './entities/pay-attempt.entity.js';
import type { PayOrder } from './entities/pay-order.entity.js';
import type { PayRefund } from './entities/pay-refund.entity.js';

const RETURNED: OwnReason = 'returned_by_gateway';

type Payment = Row<PayAttempt, 'outTradeNo' | 'orderId' | 'gateway' | 'amountFen' | 'refundedFen'> &
  Row<PayOrder, 'line'> & {
    /** What is neither gone, nor asked for, nor earned or moved. */
    left_fen: number;
  };

/** A refund of the payment, with the state of its living number where it has one. */
type Asked = Row<PayRefund, 'id' | 'amountFen'> & { state: RefundAttemptState | null };

/**
 * Money that a gateway gave back by itself under no number of ours: by a cancel that met a payer, or by hand in its own console.
 * It is a refund that arrived; one of ours that it refused for that reason has arrived with it. Nothing is booked where a number
 * of ours may be what gave it back; what cannot be booked beside what is asked for, earned or moved is for a person.
 */
@Injectable()
export class Returned {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly alerts: Alerts<KernelAlert>,
  ) {}

  /**
   * The order first, then its refunds, their numbers and the payment, as everywhere.
   * @param returnedFen the sum of all that has gone back of the payment so far, as the gateway itself says it
   * @param couponFen what of all that went back under no number of ours a coupon stands in for; null where the gateway does not say
   */
  async note(
    gateway: string,
    outTradeNo: string,
    returnedFen: Fen,
    couponFen: number | null = null,
  ): Promise<void> {
    await this.db.transaction(async (manager) => {
      // By itself: what the payment has come to is read once whoever held the order is done.
      await rows(
        manager,
        'SELECT 1 FROM pay_order WHERE id = (SELECT order_id FROM pay_attempt WHERE out_trade_no = $1 AND gateway = $2) FOR NO KEY UPDATE',
        [outTradeNo, gateway],
      );
      const payment = await maybeRow<Payment>(
        manager,
        `SELECT a.*, o.line, a.amount_fen - a.refunded_fen - a.reserved_fen - a.moved_fen AS left_fen
         FROM pay_order o JOIN pay_attempt a ON a.order_id = o.id
         WHERE a.out_trade_no = $1 AND a.gateway = $2 AND a.state = 'paid' AND a.refunded_fen < $3`,
        [outTradeNo, gateway, returnedFen],
      );
      if (!payment) return;
      const asked = await rows<Asked>(
        manager,
        `SELECT r.id, r.amount_fen, r.status, k.state FROM pay_refund r
         LEFT JOIN pay_refund_attempt k ON k.refund_id = r.id AND k.state <> 'closed'
         WHERE r.out_trade_no = $1 AND r.status <> 'success' ORDER BY r.id FOR UPDATE OF r`,
        [outTradeNo],
      );
      const part = returnedFen - payment.refunded_fen;
      // Some of these may be what gave it back: they will be reported by their own numbers. Nobody else reports the rest.
      const underWay = asked.filter(({ state }) => (state ?? 'created') !== 'created');
      if (underWay.length > 0)
        return isSumOf(part, underWay) ? undefined : this.tellBeside(manager, payment, part);
      const fits = asked.length === 1 ? asked.find(({ amount_fen: fen }) => fen === part) : undefined;
      if (!fits && part > payment.left_fen) return this.tellOdd(manager, payment, part);
      const id = fits?.id ?? (await this.made(manager, payment, part));
      await this.book(manager, payment, id, part, fits !== undefined, couponFen);
      await this.alerts.raise('returned-by-gateway', `${gateway} ${outTradeNo}, refund ${id}, ${part} fen`, {
        key: `returned:${outTradeNo}:${returnedFen}`,
        params: { gateway, trade: outTradeNo, refund: id },
        within: manager,
      });
    });
  }

  /** @param reserved whether the refund had been asked for, and so its money set aside */
  private async book(
    manager: EntityManager,
    { out_trade_no: outTradeNo }: Payment,
    id: number,
    part: number,
    reserved: boolean,
    couponFen: number | null,
  ): Promise<void> {
    await rows(
      manager,
      `UPDATE pay_refund SET status = '${refundTransitions.pending.success}', succeeded_at = $2, fail_code = NULL, fail_message = NULL, deliver_at = $3, delivery_tries = 0, gateway_refund_id = NULL
       WHERE id = $1`,
      [id, this.clock.now(), this.clock.wall()],
    );
    await rows(
      manager,
      `UPDATE pay_refund_attempt SET state = '${refundAttemptTransitions.created.success}' WHERE refund_id = $1 AND state <> 'closed'`,
      [id],
    );
    await rows(
      manager,
      `WITH payment AS (
         UPDATE pay_attempt SET reserved_fen = reserved_fen - $4::bigint, refunded_fen = refunded_fen + $5::bigint
         WHERE out_trade_no = $1 RETURNING *
       ) INSERT INTO pay_ledger (source, debit, credit, amount_fen, gateway, line, subject, order_id, at)
       SELECT 'refund:' || $2::bigint || part.ending, p.held_in, part.account, part.fen, p.gateway, o.line, o.subject, o.id, $3
       FROM payment p JOIN pay_order o ON o.id = p.order_id
       LEFT JOIN pay_ledger c ON c.source = 'payment:' || p.out_trade_no || ':coupon' CROSS JOIN LATERAL (
         SELECT coalesce(sum(l.amount_fen), 0)::bigint AS undone_fen, coalesce(sum(l.amount_fen) FILTER (WHERE r.gateway_refund_id IS NULL), 0)::bigint AS by_hand_fen
         FROM pay_refund r JOIN pay_ledger l ON l.source = 'refund:' || r.id || ':coupon' WHERE r.out_trade_no = p.out_trade_no
       ) AS before CROSS JOIN LATERAL (
         SELECT CASE WHEN p.refunded_fen = p.amount_fen THEN coalesce(c.amount_fen, 0) - before.undone_fen
           ELSE greatest(coalesce($6::bigint - before.by_hand_fen, 0), 0) END AS fen
       ) AS coupon CROSS JOIN LATERAL ${partsOf('$5::bigint', 'coupon.fen')}`,
      [outTradeNo, id, this.clock.now(), reserved ? part : 0, part, couponFen],
    );
    // Nobody has to decide any more about what is not there.
    await rows(
      manager,
      `UPDATE pay_suspense s SET decision = 'refunded', decided_by = 'system', decided_at = $2, note = $3
       FROM pay_attempt a WHERE a.out_trade_no = $1 AND a.refunded_fen = a.amount_fen AND s.out_trade_no = $1 AND s.decision IS NULL`,
      [outTradeNo, this.clock.now(), reasonInWords(RETURNED)],
    );
  }

  private tellOdd(manager: EntityManager, payment: Payment, part: number): Promise<void> {
    const { gateway, out_trade_no: outTradeNo, left_fen: left } = payment;
    return this.alerts.raise(
      'returned-beyond-remainder',
      `${gateway} ${outTradeNo}: ${part} fen went back, ${left} fen were free`,
      {
        key: `returned-odd:${outTradeNo}:${part}`,
        params: { gateway, trade: outTradeNo },
        within: manager,
      },
    );
  }

  private tellBeside(manager: EntityManager, payment: Payment, part: number): Promise<void> {
    const { gateway, out_trade_no: outTradeNo } = payment;
    return this.alerts.raise(
      'returned-beside-refunds',
      `${gateway} ${outTradeNo}: ${part} fen went back, not all of them under numbers of ours`,
      {
        key: `returned-odd:${outTradeNo}:${part}`,
        params: { gateway, trade: outTradeNo },
        within: manager,
      },
    );
  }

  private async made(manager: EntityManager, payment: Payment, part: number): Promise<number> {
    const all = part === payment.amount_fen;
    const { id } = await onlyRow<Row<PayRefund, 'id'>>(
      manager,
      `INSERT INTO pay_refund (source, line, gateway, order_id, out_trade_no, amount_fen, reason, check_at, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $9, $8, $7) RETURNING id`,
      [
        `returned:${payment.out_trade_no}${all ? '' : `:${payment.refunded_fen + part}`}`,
        payment.line,
        payment.gateway,
        payment.order_id,
        payment.out_trade_no,
        part,
        this.clock.now(),
        this.clock.wall(),
        RETURNED,
      ],
    );
    await rows(
      manager,
      'INSERT INTO pay_refund_attempt (out_refund_no, refund_id, created_at) VALUES ($1, $2, $3)',
      [newNumber(20), id, this.clock.now()],
    );
    return id;
  }
}

/** Whether some of these refunds together are exactly so much. */
function isSumOf(part: number, refunds: Asked[]): boolean {
  const sums = new Set([0]);
  for (const { amount_fen: amount } of refunds)
    for (const sum of [...sums]) if (sum <= part) sums.add(sum + amount);
  return sums.has(part);
}
