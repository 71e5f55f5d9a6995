import { Injectable, type OnModuleInit } from '@nestjs/common';
import { instantOf } from '@yajin/core';
import {
  Lines,
  Payments,
  Refunds,
  type LineEvent,
  type LineHandler,
  type Order,
  type Refund,
} from '@yajin/payment';
import { Alerts, Clock, maybeRow, rows } from '@yajin/server';
import type { EntityManager } from 'typeorm';
import type { CampRow } from './camp/camp.row.js';
import { bindBefore } from './camp/camp.rules.js';
import { LINE } from './camp.options.js';
import { TicketService } from './h5/ticket.service.js';
import { planetUser, recount } from './member/member.service.js';
import { enqueueListing } from './refund/refund-list.js';

/**
 * A payment by a fixed code carries a number of this form and an empty attach. That the camp can be read
 * from the number is how our codes are made, not something WeChat promises.
 */
const FIXED_CODE = /^FQ(\d{1,15})_/;

interface CampOrderRow {
  camp_id: number;
  planet_user_id: string | null;
  planet_nickname: string | null;
  wechat_nickname: string | null;
  outcome: string | null;
}

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
    private readonly alerts: Alerts,
  ) {}

  onModuleInit(): void {
    this.lines.register(this);
  }

  claim(outTradeNo: string): { subject: string; description: string } | null {
    const campId = FIXED_CODE.exec(outTradeNo)?.[1];
    return campId === undefined ? null : { subject: campId, description: '固定码押金' };
  }

  async handle(event: LineEvent, manager: EntityManager): Promise<void> {
    switch (event.type) {
      case 'paid':
        return event.order.claimed
          ? this.paidByFixedCode(event.order, manager)
          : this.paid(event.order, manager);
      case 'closed':
        return;
      case 'refund':
        return this.refundMoved(event.order, event.refund, manager);
    }
  }

  /** An order of ours is paid: its payer is a member, unless that planet user already is one. */
  private async paid(order: Order, manager: EntityManager): Promise<void> {
    const row = await maybeRow<CampOrderRow>(
      manager,
      'SELECT * FROM camp_order WHERE order_id = $1 FOR UPDATE',
      [order.id],
    );
    if (!row || row.outcome !== null) return;
    await this.tickets.prolong(manager, order.id);
    const now = this.clock.now();
    const userRef = await planetUser(manager, row.planet_user_id ?? '', now);
    const member = await maybeRow<{ id: number }>(
      manager,
      `INSERT INTO camp_member (camp_id, order_id, pay_fen, paid_at, payer_id, filled_planet_user_id, filled_planet_nickname,
         filled_wechat_nickname, match_status, match_confidence, match_method, matched_at, planet_user_ref, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'matched', 100, 'dynamic_qrcode', $10, $9, $10, $10)
       ON CONFLICT DO NOTHING RETURNING id`,
      [
        row.camp_id,
        order.id,
        order.amountFen,
        order.paidAt,
        order.payerId,
        row.planet_user_id,
        row.planet_nickname,
        row.wechat_nickname,
        userRef,
        now,
      ],
    );
    if (member) {
      await rows(
        manager,
        `UPDATE camp_order SET outcome = 'member', bind_status = 'completed', bind_method = 'dynamic_qrcode' WHERE order_id = $1`,
        [order.id],
      );
      // Heard of late, check-ins may be here already.
      await recount(manager, member.id);
      await enqueueListing(manager, row.camp_id);
      return;
    }
    await rows(manager, `UPDATE camp_order SET outcome = 'duplicate' WHERE order_id = $1`, [order.id]);
    const refund = {
      source: `camp_duplicate:${order.id}`,
      orderId: order.id,
      amountFen: order.amountFen,
      reason: '重复报名，自动退款',
    };
    await this.refunds.request(manager, refund);
  }

  /**
   * Somebody paid by a camp's fixed code. With the right amount for a camp that was open then, the member
   * exists from now on, waiting to say who it is. Anything else is kept for a manager to decide.
   */
  private async paidByFixedCode(order: Order, manager: EntityManager): Promise<void> {
    const paidAt = order.paidAt ?? this.clock.now();
    const camp = await maybeRow<CampRow>(
      manager,
      // The gateway's times are whole seconds.
      `SELECT * FROM camp WHERE id = $1 AND deleted_at IS NULL AND date_trunc('second', published_at) <= $2`,
      [order.subject, paidAt],
    );
    const now = this.clock.now();
    const mismatch = misfit(camp, order, paidAt);
    if (!camp || mismatch) {
      const kept = await maybeRow(
        manager,
        `INSERT INTO camp_unallocated (order_id, camp_id, reason, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (order_id) DO NOTHING RETURNING id`,
        [order.id, camp?.id ?? null, mismatch, now],
      );
      if (kept) await this.alerts.raise('固定码收款未能归属，请人工处理', `order ${order.id}`);
      return;
    }
    const placed = await maybeRow(
      manager,
      `INSERT INTO camp_order (order_id, camp_id, bind_deadline, outcome, created_at) VALUES ($1, $2, $3, 'member', $4)
       ON CONFLICT DO NOTHING RETURNING order_id`,
      [order.id, camp.id, bindBefore(paidAt), now],
    );
    if (!placed) return;
    await this.payments.allocate(manager, order.id, order.subject);
    await rows(
      manager,
      `INSERT INTO camp_member (camp_id, order_id, pay_fen, paid_at, payer_id, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT (order_id) DO NOTHING`,
      [camp.id, order.id, order.amountFen, paidAt, order.payerId, now],
    );
  }

  /** Mirrors where a refund stands, and lists those that the kernel or this line began by themselves. */
  private async refundMoved(order: Order, refund: Refund, manager: EntityManager): Promise<void> {
    const now = this.clock.now();
    await rows(
      manager,
      `INSERT INTO camp_refund (camp_id, order_id, source, amount_fen, audit_status, reason, auditor, audited_at, created_at)
       SELECT (SELECT id FROM camp WHERE id = $2), $1, $3, $4, 'approved', $5, 'system', $6, $6
       WHERE $3 NOT LIKE 'camp_refund:%' ON CONFLICT (source) DO NOTHING`,
      [order.id, Number(order.subject), refund.source, refund.amountFen, refund.reason, now],
    );
    // Events can overtake each other: with the record locked, where the refund stands is read afresh.
    await rows(manager, 'SELECT 1 FROM camp_refund WHERE source = $1 FOR UPDATE', [refund.source]);
    const fresh = (await this.refunds.find(manager, refund.id)) ?? refund;
    await rows(
      manager,
      `WITH moved AS (
         UPDATE camp_refund SET refund_status = $2, gateway_refund_id = $3, fail_code = $4, fail_message = $5, executed_at = $6
         WHERE source = $1 RETURNING id, member_id, refund_status, notified
       ), member AS (
         UPDATE camp_member m SET refunded_fen = $7, updated_at = $8 FROM moved
         WHERE m.id = moved.member_id AND moved.refund_status = 'success'
       ) SELECT graphile_worker.add_job('camp.notify', json_build_object('refundId', id), job_key := 'camp.notify:' || id, max_attempts := 5)
         FROM moved WHERE refund_status = 'success' AND NOT notified`,
      [
        fresh.source,
        fresh.status,
        fresh.refundId,
        fresh.failCode,
        fresh.failMessage,
        fresh.succeededAt,
        fresh.amountFen,
        now,
      ],
    );
  }
}

/** Why a payment by fixed code makes nobody a member; null when it does. */
function misfit(camp: CampRow | null, order: Order, paidAt: Date): string | null {
  if (!camp) return '找不到对应的训练营';
  if (camp.deposit_fen !== order.amountFen) return '金额与押金不符';
  return paidAt < instantOf(camp.start_date) ? null : '支付时训练营已开始';
}
