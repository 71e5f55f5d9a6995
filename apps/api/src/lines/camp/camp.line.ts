import { Injectable, type OnModuleInit } from '@nestjs/common';
import { instantOf } from '@yajin/core';
import {
  holdOrder,
  Lines,
  Payments,
  reasonInWords,
  Refunds,
  type LineHandler,
  type Order,
  type PaidTrade,
  type RefundChange,
  type Verdict,
} from '@yajin/payment';
import { Alerts, Clock, maybeRow, rows, type Row } from '@yajin/server';
import type { CampAlert } from './camp-alert.js';
import type { EntityManager } from 'typeorm';
import { NOTIFY } from './camp.jobs.js';
import type { CampRow } from './camp/camp.row.js';
import { bindBefore } from './camp/camp.rules.js';
import { LINE } from './camp.options.js';
import { recount } from './checkin/credited-days.js';
import { TicketService } from './h5/ticket.service.js';
import { letOrdersGo } from './let-go.js';
import { Joining } from './member/joining.js';
import { holdMatching } from './member/member.service.js';
import { enqueueListing } from './refund/refund-list.js';
import { RefundMessages } from './refund/refund-messages.js';
import { mismatchInWords } from './unallocated/unallocated.rules.js';
import type { CampOrder } from './h5/camp-order.entity.js';

/**
 * A payment by a fixed code carries a number of this form and an empty attach. That the camp can be read
 * from the number is how our codes are made, not something WeChat promises.
 */
const FIXED_CODE = /^FQ(\d{1,15})_/;

/** Whose codes they are. */
const CODE_GATEWAY = 'wechat-v3';

/** What the camp line makes of money: members out of payments, refund records out of refunds. */
@Injectable()
export class CampLine implements LineHandler, OnModuleInit {
  readonly line = LINE;
  readonly notifyPaths = { payment: '/api/webhook/wechat/payment', refund: '/api/webhook/wechat/refund' };

  constructor(
    private readonly lines: Lines,
    private readonly payments: Payments,
    private readonly refunds: Refunds,
    private readonly tickets: TicketService,
    private readonly clock: Clock,
    private readonly alerts: Alerts<CampAlert>,
    private readonly messages: RefundMessages,
    private readonly joining: Joining,
  ) {}

  onModuleInit(): void {
    this.lines.register(this);
  }

  claim(gateway: string, outTradeNo: string): { subject: string; description: string } | null {
    if (gateway !== CODE_GATEWAY) return null;
    const campId = FIXED_CODE.exec(outTradeNo)?.[1];
    return campId === undefined ? null : { subject: campId, description: '固定码押金' };
  }

  /** What went along with the payment says which camp it was for; who enrolled is to be said anew. */
  recall(gateway: string, { attach }: PaidTrade): { subject: string; description: string } | null {
    const campId = /^\{"campId":([1-9]\d{0,14})[,}]/.exec(attach)?.[1];
    return gateway !== CODE_GATEWAY || campId === undefined
      ? null
      : { subject: campId, description: '押金（订单已不在）' };
  }

  paid(order: Order, manager: EntityManager): Promise<Verdict> {
    return order.claimed ? this.paidByFixedCode(order, manager) : this.paidByLink(order, manager);
  }

  /** Nobody waits for the place: enrolling anew is a new order. */
  closed(): Promise<void> {
    return Promise.resolve();
  }

  letGo(orderIds: number[], manager: EntityManager): Promise<number[]> {
    return letOrdersGo(manager, orderIds, this.clock.wall());
  }

  /** An order of ours is paid: its payer is a member, unless they are one by the same planet user already. */
  private async paidByLink(order: Order, manager: EntityManager): Promise<Verdict> {
    await holdMatching(manager, Number(order.subject));
    const row = await maybeRow<Row<CampOrder>>(
      manager,
      'SELECT * FROM camp_order WHERE order_id = $1 FOR UPDATE',
      [order.id],
    );
    if (!row) return { suspend: 'no enrolment belongs to it' };
    if (row.outcome !== null) return 'acknowledged';
    // Never paid in time, and erased or forgotten since.
    if (row.planet_user_id === null) return { suspend: 'who enrolled is not known any more' };
    await this.tickets.prolong(manager, order.id);
    const member = await this.joining.join(manager, order, row);
    if (member !== null) {
      await rows(
        manager,
        `UPDATE camp_order SET outcome = 'member', bind_status = 'completed', bind_method = 'dynamic_qrcode' WHERE order_id = $1`,
        [order.id],
      );
      // Heard of late, check-ins may be here already.
      await recount(manager, member);
      await enqueueListing(manager, row.camp_id);
      return 'acknowledged';
    }
    await rows(manager, `UPDATE camp_order SET outcome = 'duplicate' WHERE order_id = $1`, [order.id]);
    const amountFen = await this.refunds.remainder(manager, order.id);
    const refund = {
      source: `camp_duplicate:${order.id}`,
      orderId: order.id,
      amountFen,
      reason: reasonInWords('ordered_twice'),
    };
    if (amountFen > 0) await this.refunds.request(manager, refund);
    return 'acknowledged';
  }

  /**
   * Somebody paid by a camp's fixed code. With the right amount for a camp that was open then, the member
   * exists from now on, waiting to say who it is. Anything else is kept for a manager to decide. Told again, what has become
   * of the money meanwhile stands, whatever the camp looks like by now.
   */
  private async paidByFixedCode(order: Order, manager: EntityManager): Promise<Verdict> {
    await holdOrder(manager, order.id);
    const fate = await maybeRow(
      manager,
      `SELECT 1 FROM pay_order_view o JOIN pay_attempt_view a ON a.out_trade_no = o.paid_with WHERE o.id = $1
         AND (a.held_in <> 'unallocated' OR EXISTS (SELECT FROM camp_order c WHERE c.order_id = o.id)
              OR EXISTS (SELECT FROM camp_unallocated u WHERE u.order_id = o.id))`,
      [order.id],
    );
    if (fate) return 'acknowledged';
    const paidAt = order.paidAt ?? this.clock.now();
    const camp = await maybeRow<CampRow>(
      manager,
      // The gateway's times are whole seconds.
      `SELECT * FROM camp WHERE id = $1 AND deleted_at IS NULL AND date_trunc('second', published_at) <= $2`,
      [Number(order.subject), paidAt],
    );
    const now = this.clock.now();
    const mismatch = mismatchOf(camp, order, paidAt);
    if (!camp || mismatch) {
      const kept = await maybeRow(
        manager,
        `INSERT INTO camp_unallocated (order_id, camp_id, reason, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (order_id) DO NOTHING RETURNING id`,
        [order.id, camp?.id ?? null, mismatch, now],
      );
      if (kept)
        await this.alerts.raise('camp-unallocated', `order ${order.id}`, {
          key: `unallocated:${order.id}`,
          params: { order: order.id },
          within: manager,
        });
      return 'acknowledged';
    }
    const placed = await maybeRow(
      manager,
      `INSERT INTO camp_order (order_id, camp_id, bind_deadline, outcome, created_at) VALUES ($1, $2, $3, 'member', $4)
       ON CONFLICT DO NOTHING RETURNING order_id`,
      [order.id, camp.id, bindBefore(paidAt), now],
    );
    if (!placed) return 'acknowledged';
    await this.payments.allocate(manager, order.id, order.subject);
    await rows(
      manager,
      `INSERT INTO camp_member (camp_id, order_id, pay_fen, paid_at, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT (order_id) DO NOTHING`,
      [camp.id, order.id, order.amountFen, paidAt, now],
    );
    return 'acknowledged';
  }

  /** Mirrors where refunds stand, and lists those that the kernel or this line began by themselves. */
  async refunded(changes: RefundChange[], manager: EntityManager): Promise<void> {
    const now = this.clock.now();
    const sources = changes.map(({ refund }) => refund.source);
    await rows(
      manager,
      `INSERT INTO camp_refund (camp_id, order_id, source, amount_fen, audit_status, reason, auditor, audited_at, created_at)
       SELECT (SELECT id FROM camp WHERE id = m.camp), m.order_id, m.source, m.amount_fen, 'approved', m.reason, 'system', $6, $6
       FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::text[]) AS m (camp, order_id, source, amount_fen, reason)
       WHERE m.source NOT LIKE 'camp_refund:%' ON CONFLICT (source) DO NOTHING`,
      [
        changes.map(({ order }) => Number(order.subject)),
        changes.map(({ order }) => order.id),
        sources,
        changes.map(({ refund }) => refund.amountFen),
        changes.map(({ refund }) => refund.reason),
        now,
      ],
    );
    // Members before their records, as every decision about a member does; who is matched anew just now would deadlock with this.
    await rows(
      manager,
      `SELECT 1 FROM camp_member WHERE id IN (SELECT member_id FROM camp_refund WHERE source = ANY($1)) ORDER BY id FOR NO KEY UPDATE`,
      [sources],
    );
    // Changes can overtake each other: with the records locked, where the refunds stand is read afresh. Who is told is told once: at the change
    // that finds the refund arrived, not at one that comes while the message is on its way.
    await rows(manager, 'SELECT 1 FROM camp_refund WHERE source = ANY($1) ORDER BY id FOR UPDATE', [sources]);
    await rows(
      manager,
      `WITH before AS (SELECT id, refund_status FROM camp_refund WHERE source = ANY($1)), moved AS (
         UPDATE camp_refund r SET refund_status = k.status, gateway_refund_id = k.gateway_refund_id, fail_code = k.fail_code,
           fail_message = k.fail_message, executed_at = k.succeeded_at
         FROM pay_refund_view k, before b WHERE k.source = r.source AND r.source = ANY($1) AND b.id = r.id
         RETURNING r.id, r.member_id, r.refund_status, r.notified, r.amount_fen, b.refund_status AS stood
       ), member AS (
         UPDATE camp_member m SET refunded_fen = moved.amount_fen, updated_at = $2 FROM moved
         WHERE m.id = moved.member_id AND moved.refund_status = 'success'
       )
       SELECT ${NOTIFY.addEach({ refundId: 'id' }, `'camp.notify:' || id`)}
       FROM moved WHERE refund_status = 'success' AND stood IS DISTINCT FROM 'success' AND NOT notified AND $3 HAVING count(*) > 0`,
      [sources, now, await this.messages.wanted()],
    );
  }
}

/** Why a payment by fixed code makes nobody a member; null when it does. */
function mismatchOf(camp: CampRow | null, order: Order, paidAt: Date): string | null {
  if (!camp) return mismatchInWords('no_camp');
  if (camp.deposit_fen !== order.amountFen) return mismatchInWords('wrong_amount');
  return paidAt < instantOf(camp.start_date) ? null : mismatchInWords('camp_begun');
}
