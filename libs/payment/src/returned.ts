import { maybeRow, onlyRow, rows, type Alerts, type Clock } from '@yajin/server';
import type { DataSource } from 'typeorm';
import { partsOf } from './coupons.js';
import { newNumber } from './numbers.js';
import type { RefundAttemptState } from './states.js';

interface Payment {
  out_trade_no: string;
  order_id: number;
  gateway: string;
  line: string;
  amount_fen: number;
  reserved_fen: number;
}

/** A refund of the payment, with the state of its living number where it has one. */
interface Asked {
  id: number;
  amount_fen: number;
  state: RefundAttemptState | null;
}

/**
 * Money that a gateway gave back by itself, all of a payment, under no number of ours: by a cancel that met a payer, or by
 * hand in its own console. It is a refund that arrived; one of ours that it refused for that reason has arrived with it.
 * Nothing happens where a number of ours may be what gave it back, or where the money was earned or moved.
 */
export class Returned {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly alerts: Alerts,
  ) {}

  /** The order first, then its refunds, their numbers and the payment, as everywhere. */
  async note(gateway: string, outTradeNo: string): Promise<void> {
    await this.db.transaction(async (manager) => {
      const payment = await maybeRow<Payment>(
        manager,
        `SELECT a.*, o.line FROM pay_order o JOIN pay_attempt a ON a.order_id = o.id
         WHERE a.out_trade_no = $1 AND a.gateway = $2 AND a.state = 'paid' AND a.refunded_fen = 0 AND a.moved_fen = 0 FOR NO KEY UPDATE OF o`,
        [outTradeNo, gateway],
      );
      if (!payment) return;
      const asked = await rows<Asked>(
        manager,
        `SELECT r.id, r.amount_fen, k.state FROM pay_refund r
         LEFT JOIN pay_refund_attempt k ON k.refund_id = r.id AND k.state <> 'closed'
         WHERE r.out_trade_no = $1 ORDER BY r.id FOR UPDATE OF r`,
        [outTradeNo],
      );
      const fits = asked.every(
        ({ state, amount_fen: fen }) => (state ?? 'created') === 'created' && fen === payment.amount_fen,
      );
      if (!fits || asked.length > 1) return;
      const id = asked[0]?.id ?? (await this.made(manager, payment));
      await rows(
        manager,
        `UPDATE pay_refund SET status = 'success', succeeded_at = $2, fail_code = NULL, fail_message = NULL, tell_at = now(), tell_tries = 0
         WHERE id = $1`,
        [id, this.clock.now()],
      );
      await rows(
        manager,
        `UPDATE pay_refund_attempt SET state = 'success' WHERE refund_id = $1 AND state <> 'closed'`,
        [id],
      );
      await rows(
        manager,
        `WITH payment AS (
           UPDATE pay_attempt SET reserved_fen = 0, refunded_fen = amount_fen WHERE out_trade_no = $1 RETURNING *
         ) INSERT INTO pay_ledger (source, debit, credit, amount_fen, gateway, line, subject, order_id, at)
         SELECT 'refund:' || $2::bigint || part.ending, p.held_in, part.account, part.fen, p.gateway, o.line, o.subject, o.id, $3
         FROM payment p JOIN pay_order o ON o.id = p.order_id
         LEFT JOIN pay_ledger c ON c.source = 'payment:' || p.out_trade_no || ':coupon'
         CROSS JOIN LATERAL ${partsOf('p.amount_fen', 'coalesce(c.amount_fen, 0)')}`,
        [outTradeNo, id, this.clock.now()],
      );
      // Nobody has to decide any more about what is not there.
      await rows(
        manager,
        `UPDATE pay_suspense SET decision = 'refunded', decided_by = 'system', decided_at = $2, note = '网关已自行退回'
         WHERE out_trade_no = $1 AND decision IS NULL`,
        [outTradeNo, this.clock.now()],
      );
      await this.alerts.raise('一笔付款已由网关自行退回', `${gateway} ${outTradeNo}, refund ${id}`, {
        key: `returned:${outTradeNo}`,
        within: manager,
      });
    });
  }

  private async made(manager: Parameters<typeof onlyRow>[0], payment: Payment): Promise<number> {
    const { id } = await onlyRow<{ id: number }>(
      manager,
      `INSERT INTO pay_refund (source, line, gateway, order_id, out_trade_no, amount_fen, reason, check_at, created_at)
       VALUES ('returned:' || $1, $2, $3, $4, $1, $5, '网关已自行退回', now(), $6) RETURNING id`,
      [
        payment.out_trade_no,
        payment.line,
        payment.gateway,
        payment.order_id,
        payment.amount_fen,
        this.clock.now(),
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
