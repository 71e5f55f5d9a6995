import { Injectable, Logger } from '@nestjs/common';
import { fen, fenFromYuan, yuanFromFen, yuanText, sentence } from '@yajin/core';
import type { Gym } from '@yajin/contract/gym';
import { GatewayError, OrderNotPayable, Payments, type PayOrderView } from '@yajin/payment';
import {
  BusinessError,
  Clock,
  conditions,
  invalid,
  maybeRow,
  onlyRow,
  rows,
  Secrets,
  type Row,
} from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import { Idempotency, type HostUser, type IdempotencyKey } from '../../system/index.js';
import type { CreatePaymentDto, ListPaymentsQuery } from './gym.dto.js';
import { GATEWAYS, LINE, sealedFor } from './gym.options.js';
import type { GymMember } from './gym-member.entity.js';
import type { GymPayment } from './gym-payment.entity.js';
import type { GymOffer } from './gym-offer.entity.js';

const EXPIRES_MS = 30 * 60_000;
/** Where a member of the platform opens the provider's page: a phone's browser, or a computer's. */
const SCENE = 'h5';

type PaymentRow = Row<GymPayment> & { refund_status?: Gym.Payment['refund_status'] | null };

/** What members pay a gym for. */
@Injectable()
export class GymService {
  private readonly logger = new Logger(GymService.name);

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly payments: Payments,
    private readonly secrets: Secrets,
    private readonly idempotency: Idempotency,
  ) {}

  /** @throws BusinessError 404 for a member that is not the user's, 400 for an amount that nothing costs */
  async create(user: HostUser, body: CreatePaymentDto, key: IdempotencyKey | null): Promise<Gym.Payment> {
    return this.idempotency.once(key, async (manager) => {
      const { where, parameters } = conditions([
        ['id = ?', body.member_id],
        ['user_id = ?', ownOnly(user)],
      ]);
      const member = await maybeRow<Row<GymMember, 'id'>>(
        manager,
        `SELECT id FROM gym_member WHERE ${where}`,
        parameters,
      );
      if (!member) throw new BusinessError(404, sentence('gym_member_unknown'));
      const offer = await this.offer(manager, body.type, fenFromYuan(body.amount));
      const now = this.clock.now();
      const description = body.description || offer.name;
      const order = await this.payments.create(manager, {
        line: LINE,
        subject: String(member.id),
        gateway: GATEWAYS.alipay,
        amountFen: fen(offer.amount_fen),
        description,
        attach: '',
        expiresAt: new Date(now.getTime() + EXPIRES_MS),
      });
      const row = await onlyRow<PaymentRow>(
        manager,
        `INSERT INTO gym_payment (member_id, offer_id, order_id, type, amount_fen, description, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING *`,
        [member.id, offer.id, order.id, body.type, offer.amount_fen, description, now],
      );
      return this.present(row);
    });
  }

  /** Newest first. */
  async list(user: HostUser, query: ListPaymentsQuery): Promise<Gym.Payment[]> {
    const { where, parameters } = conditions([
      ['p.member_id = ?', query.member_id],
      ['p.member_id IN (SELECT id FROM gym_member WHERE user_id = ?)', ownOnly(user)],
    ]);
    const found = await rows<PaymentRow>(
      this.db,
      `SELECT p.*, r.status AS refund_status FROM gym_payment p LEFT JOIN gym_refund r ON r.payment_id = p.id
       WHERE ${where} ORDER BY p.id DESC
       LIMIT ${query.page_size} OFFSET ${(query.page - 1) * query.page_size}`,
      parameters,
    );
    return found.map((row) => this.present(row));
  }

  /** @throws BusinessError 404, 409 when it is not to be paid any more, 503 when the provider does not answer */
  async payAddress(user: HostUser, id: number, provider: Gym.Provider, ip: string): Promise<Gym.PayAddress> {
    const { where, parameters } = conditions([
      ['p.id = ?', id],
      ['m.user_id = ?', ownOnly(user)],
    ]);
    const row = await maybeRow<Row<GymPayment, 'orderId'> & Row<PayOrderView, 'expiresAt'>>(
      this.db,
      `SELECT p.order_id, o.expires_at FROM gym_payment p JOIN gym_member m ON m.id = p.member_id
       JOIN pay_order_view o ON o.id = p.order_id WHERE ${where}`,
      parameters,
    );
    if (!row) throw new BusinessError(404, sentence('payment_unknown'));
    try {
      const { h5Url } = await this.payments.present(
        row.order_id,
        SCENE,
        { id: null, ip },
        GATEWAYS[provider],
      );
      if (h5Url === null) throw new Error(`${provider} gave no address`);
      return { payment_id: id, provider, pay_url: h5Url, expires_at: instant(row.expires_at) };
    } catch (error) {
      if (error instanceof OrderNotPayable) throw new BusinessError(409, '该支付已完成或已过期');
      if (!(error instanceof GatewayError)) throw error;
      this.logger.warn(`${provider} cannot be paid with: ${error.code} ${error.message}`);
      throw new BusinessError(503, '支付平台暂时没有响应，请稍后再试');
    }
  }

  /** The payment that a trade of ours at a provider is for. */
  async paymentOf(outTradeNo: string): Promise<number | null> {
    const row = await maybeRow<Row<GymPayment, 'id'>>(
      this.db,
      'SELECT p.id FROM gym_payment p JOIN pay_attempt_view a ON a.order_id = p.order_id WHERE a.out_trade_no = $1',
      [outTradeNo],
    );
    return row?.id ?? null;
  }

  private async offer(
    manager: EntityManager,
    type: Gym.PaymentType,
    amountFen: number,
  ): Promise<Row<GymOffer, 'id' | 'name' | 'amountFen'>> {
    const offers = await rows<Row<GymOffer, 'id' | 'name' | 'amountFen'>>(
      manager,
      'SELECT id, name, amount_fen FROM gym_offer WHERE type = $1 AND active ORDER BY amount_fen',
      [type],
    );
    const offer = offers.find((each) => each.amount_fen === amountFen);
    if (offer) return offer;
    const prices = offers.map((each) => `${each.name} ${yuanText(fen(each.amount_fen))} 元`).join('、');
    throw invalid({
      field: 'amount',
      message: prices ? `应为在售项目的价格：${prices}` : '该类型没有在售项目',
    });
  }

  private present(row: PaymentRow): Gym.Payment {
    return {
      id: row.id,
      member_id: row.member_id,
      amount: yuanFromFen(fen(row.amount_fen)),
      type: row.type,
      status: row.status,
      transaction_id:
        row.transaction_sealed === null
          ? `txn_${row.id}`
          : this.secrets.decrypt(row.transaction_sealed, sealedFor(row.id)),
      description: row.description,
      created_at: instant(row.created_at),
      refund_status: row.refund_status ?? 'none',
    };
  }
}

/** Whose rows a user sees: null for everybody's. It belongs inside the WHERE. */
function ownOnly(user: HostUser): string | null {
  return user.role === 'admin' ? null : user.id;
}

/** UTC to the second, as this contract writes times. */
function instant(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}
