import { Injectable, type OnModuleInit } from '@nestjs/common';
import { addDays, businessDate } from '@yajin/core';
import {
  isOfNewNumbers,
  Lines,
  paidBy,
  type LineHandler,
  type NotifyPaths,
  type Order,
  type PaidTrade,
  type RefundChange,
  type Verdict,
} from '@yajin/payment';
import { Clock, maybeRow, rows, SealedColumns, Secrets, type Row } from '@yajin/server';
import type { EntityManager } from 'typeorm';
import type { Gym } from '@yajin/contract/gym';
import { GATEWAYS, LINE, PROVIDERS, REFUND_SOURCE, sealedFor, TRANSACTION_INDEX } from './gym.options.js';
import type { GymPayment } from './gym-payment.entity.js';
import type { GymOffer } from './gym-offer.entity.js';

/** What the gym makes of money: membership and lessons. */
@Injectable()
export class GymLine implements LineHandler, OnModuleInit {
  readonly line = LINE;
  /** Each provider has an address of its own, for payments and refunds alike. */
  readonly notifyPaths = (gateway: string): NotifyPaths => {
    const provider = PROVIDERS.find((each) => GATEWAYS[each] === gateway);
    if (!provider) throw new Error(`no provider of the gym is ${gateway}`);
    const path = `/api/v1/payments/callback/${provider}`;
    return { payment: path, refund: path };
  };

  constructor(
    private readonly lines: Lines,
    private readonly clock: Clock,
    private readonly secrets: Secrets,
    private readonly sealed: SealedColumns,
  ) {}

  onModuleInit(): void {
    this.lines.register(this);
    this.sealed.register({
      table: 'gym_payment',
      key: 'id',
      value: 'transaction_sealed',
      context: sealedFor,
      index: { column: 'transaction_index', purpose: TRANSACTION_INDEX },
    });
  }

  /** By the form of the number and its gateway; whose it was, nobody knows. */
  recall(
    gateway: string,
    { outTradeNo, attach }: PaidTrade,
  ): { subject: string; description: string } | null {
    const ours = PROVIDERS.some((each) => GATEWAYS[each] === gateway);
    return ours && attach === '' && isOfNewNumbers(outTradeNo)
      ? { subject: '0', description: '会员付款（订单已不在）' }
      : null;
  }

  async closed(order: Order, manager: EntityManager): Promise<void> {
    await rows(
      manager,
      `UPDATE gym_payment SET status = 'failed' WHERE order_id = $1 AND status = 'pending'`,
      [order.id],
    );
  }

  /**
   * Where refunds stand is read afresh, as changes can overtake each other. Money that came late or twice goes back by
   * itself; the payment stays what it was.
   */
  async refunded(changes: RefundChange[], manager: EntityManager): Promise<void> {
    const ids = changes.map(({ refund }) => refund.id);
    await rows(
      manager,
      'SELECT 1 FROM gym_refund r JOIN pay_refund_view k ON k.source = $2 || r.id WHERE k.id = ANY($1) ORDER BY r.id FOR UPDATE OF r',
      [ids, REFUND_SOURCE],
    );
    await rows(
      manager,
      `UPDATE gym_refund r SET status = k.status, completed_at = k.succeeded_at,
         fail_message = CASE WHEN k.status = 'failed' THEN coalesce(k.fail_message, k.fail_code) END
       FROM pay_refund_view k WHERE k.id = ANY($1) AND k.source = $2 || r.id AND r.status <> 'success'`,
      [ids, REFUND_SOURCE],
    );
  }

  /** Money that was paid in time counts even when it is heard of after the payment was given up. */
  async paid(order: Order, manager: EntityManager): Promise<Verdict> {
    const payment = await maybeRow<Row<GymPayment, 'id' | 'memberId' | 'type'> & Row<GymOffer, 'quantity'>>(
      manager,
      `UPDATE gym_payment p SET status = 'success' FROM gym_offer f
       WHERE p.order_id = $1 AND p.status IN ('pending', 'failed') AND f.id = p.offer_id
       RETURNING p.id, p.member_id, p.type, f.quantity`,
      [order.id],
    );
    if (!payment) {
      const known = await maybeRow(manager, 'SELECT 1 FROM gym_payment WHERE order_id = $1', [order.id]);
      return known ? 'acknowledged' : { suspend: 'no payment of the gym belongs to it' };
    }
    const { transactionId } = await paidBy(manager, order.id);
    await rows(
      manager,
      'UPDATE gym_payment SET transaction_sealed = $2, transaction_index = $3 WHERE id = $1',
      [
        payment.id,
        this.secrets.encrypt(transactionId, sealedFor(payment.id)),
        this.secrets.sign(TRANSACTION_INDEX, transactionId),
      ],
    );
    await this.grant(manager, payment);
    return 'acknowledged';
  }

  /** A membership goes on from its last day, or begins today. */
  private async grant(
    manager: EntityManager,
    { member_id: id, type, quantity }: { member_id: number; type: Gym.PaymentType; quantity: number },
  ): Promise<void> {
    switch (type) {
      case 'membership': {
        const yesterday = addDays(businessDate(this.clock.now()), -1);
        await rows(
          manager,
          'UPDATE gym_member SET membership_until = greatest(coalesce(membership_until, $2::date), $2::date) + $3::int WHERE id = $1',
          [id, yesterday, quantity],
        );
        return;
      }
      case 'course':
        await rows(manager, 'UPDATE gym_member SET course_lessons = course_lessons + $2 WHERE id = $1', [
          id,
          quantity,
        ]);
        return;
      case 'private':
        await rows(manager, 'UPDATE gym_member SET private_lessons = private_lessons + $2 WHERE id = $1', [
          id,
          quantity,
        ]);
        return;
    }
  }
}
