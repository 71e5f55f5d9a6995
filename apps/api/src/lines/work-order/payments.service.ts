import { randomInt } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { fen, localTime, yuanFromFen, sentence } from '@yajin/core';
import {
  GatewayError,
  Gateways,
  Inbox,
  OrderNotPayable,
  Payments,
  TradeQueries,
  type Gateway,
  type TestGateway,
} from '@yajin/payment';
import { BusinessError, Clock, conditions, invalid, maybeRow, onlyRow } from '@yajin/server';
import type { WorkOrder } from '@yajin/contract/work-order';
import { DataSource, type EntityManager } from 'typeorm';
import { Idempotency, type HostUser, type IdempotencyKey } from '../../system/index.js';
import type { CreatePaymentDto } from './work-order.dto.js';
import { WorkOrderLine } from './work-order.line.js';
import { GATEWAYS, LINE } from './work-order.options.js';
import { idOf, own, presentPayment, type ShownPayment } from './work-order.presenter.js';
import { giveUp, lockOrder, REFUND_STATUS, type PaymentRow } from './work-order.rows.js';
import { paymentNo, payRefusal, TYPE_NAMES } from './work-order.rules.js';

const EXPIRES_MS = 30 * 60_000;
/** A mini program pays inside WeChat, as one openid. */
const SCENE = 'jsapi';
const MOST_DIGITS = 10_000_000_000;
const CONFIRMED = { message: '测试支付确认成功' };

/** Payments of prepayments and repair fees, as who pays them meets them. */
@Injectable()
export class PaymentsService {
  private readonly logger = new Logger(PaymentsService.name);

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly payments: Payments,
    private readonly queries: TradeQueries,
    private readonly gateways: Gateways,
    private readonly inbox: Inbox,
    private readonly line: WorkOrderLine,
    private readonly idempotency: Idempotency,
  ) {}

  /**
   * A payment of what the order asks for, or the one that waits to be paid already.
   * @throws BusinessError 404 for an order that is not the user's, 409 for one that is not to be paid now, 403 for a test
   * payment in production, 503 when WeChat does not answer: the next request goes on with the same payment
   */
  async create(
    user: HostUser,
    body: CreatePaymentDto,
    ip: string,
    key: IdempotencyKey | null,
  ): Promise<WorkOrder.CreatedPayment> {
    const { payment_method: method, openid } = body;
    if (method === 'wechat' && openid === undefined)
      throw invalid({ field: 'openid', message: '微信支付须提供 openid' });
    return this.idempotency.onceThen(
      key,
      async (manager) => (await this.place(manager, idOf(user), body)).id,
      (id) => this.present(id, openid ?? null, ip),
    );
  }

  /** One's own; an admin sees everybody's. What is still pending is asked about first. */
  async get(user: HostUser, number: string): Promise<WorkOrder.PaymentAnswer> {
    const known = await this.find(user, number);
    if (known.status !== 'pending') return { payment: presentPayment(known) };
    await this.queries.checkWhileWaiting(known.pay_order_id).catch((error: unknown) => {
      if (!(error instanceof GatewayError)) throw error;
      this.logger.warn(`${number} stays unclear: ${error.code} ${error.message}`);
    });
    await this.line.catchUp(known.pay_order_id);
    return { payment: presentPayment(await this.find(user, number)) };
  }

  /** @throws BusinessError 404 for what is not the user's own test payment, 409 when its time is up */
  async confirm(user: HostUser, number: string): Promise<WorkOrder.Said> {
    const payment = await maybeRow<PaymentRow & { expires_at: Date }>(
      this.db,
      `SELECT p.*, o.expires_at FROM work_order_payment p JOIN pay_order_view o ON o.id = p.pay_order_id
       WHERE p.payment_no = $1 AND p.user_id = $2 AND p.method = 'test'`,
      [number, idOf(user)],
    );
    const now = this.clock.now();
    if (!payment || !this.gateways.has(GATEWAYS.test)) throw new BusinessError(404, '测试支付不存在');
    if (payment.status === 'success') return CONFIRMED;
    if (payment.status !== 'pending' || payment.expires_at <= now)
      throw new BusinessError(409, '该支付已结束，不能确认');
    const gateway = this.gateways.get(GATEWAYS.test);
    if (!confirms(gateway)) throw new Error('the test gateway takes no confirmations');
    const notification = gateway.confirmation(number, fen(payment.amount_fen), now);
    await this.inbox.receive(GATEWAYS.test, {}, notification);
    await this.line.catchUp(payment.pay_order_id);
    return CONFIRMED;
  }

  private async find(user: HostUser, number: string): Promise<ShownPayment> {
    const { where, parameters } = conditions([
      ['p.payment_no = ?', number],
      ['p.user_id = ?', own(user)],
    ]);
    const row = await maybeRow<ShownPayment>(
      this.db,
      `SELECT p.*, ${REFUND_STATUS} AS refund_status FROM work_order_payment p WHERE ${where}`,
      parameters,
    );
    if (!row) throw new BusinessError(404, sentence('payment_unknown'));
    return row;
  }

  private async place(manager: EntityManager, userId: number, body: CreatePaymentDto): Promise<PaymentRow> {
    const { order_id, type, payment_method: method } = body;
    if (!this.gateways.has(GATEWAYS[method])) {
      if (method === 'test') throw new BusinessError(403, '测试支付仅限测试环境');
      throw new BusinessError(503, '微信支付尚未配置');
    }
    const mine = await maybeRow<{ service: string }>(
      manager,
      `SELECT s.name AS service FROM work_order o JOIN work_order_service_type s ON s.id = o.service_type_id
       WHERE o.id = $1 AND o.user_id = $2`,
      [order_id, userId],
    );
    const order = mine && (await lockOrder(manager, order_id));
    if (!order) throw new BusinessError(404, sentence('work_order_unknown'));
    const paid = await maybeRow(
      manager,
      `SELECT 1 FROM work_order_payment WHERE work_order_id = $1 AND type = $2 AND status = 'success'`,
      [order.id, type],
    );
    const refusal = payRefusal(type, order.status, paid !== null);
    if (refusal !== null) throw new BusinessError(409, refusal);
    const now = this.clock.now();
    const waiting = await this.waiting(manager, order.id, body, now);
    if (waiting) return waiting;
    const placed = await this.payments.create(manager, {
      line: LINE,
      subject: String(order.id),
      gateway: GATEWAYS[method],
      orderNo: paymentNo(localTime(now), randomInt(MOST_DIGITS)),
      amountFen: fen((type === 'prepay' ? order.prepay_fen : order.final_fen) ?? 0),
      description: `${mine.service}${TYPE_NAMES[type]}`,
      attach: '',
      expiresAt: new Date(now.getTime() + EXPIRES_MS),
    });
    return onlyRow<PaymentRow>(
      manager,
      `INSERT INTO work_order_payment (work_order_id, pay_order_id, payment_no, user_id, type, method, amount_fen, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING *`,
      [order.id, placed.id, placed.orderNo, userId, type, method, placed.amountFen, now],
    );
  }

  /**
   * The payment that is under way, where it is to be made in this way; another one is given up.
   * @throws BusinessError 409 for one that is paid, or about to be closed
   */
  private async waiting(
    manager: EntityManager,
    orderId: number,
    { type, payment_method: method }: CreatePaymentDto,
    now: Date,
  ): Promise<PaymentRow | null> {
    const pending = await maybeRow<PaymentRow & { state: 'pending' | 'paid' | 'closed'; expires_at: Date }>(
      manager,
      `SELECT p.*, o.status AS state, o.expires_at FROM work_order_payment p JOIN pay_order_view o ON o.id = p.pay_order_id
       WHERE p.work_order_id = $1 AND p.type = $2 AND p.status = 'pending'`,
      [orderId, type],
    );
    if (!pending) return null;
    const name = TYPE_NAMES[type];
    if (pending.state === 'closed' || (pending.state === 'pending' && pending.expires_at <= now))
      throw new BusinessError(409, `上一笔${name}已过期，正在关闭，请稍后再试`);
    if (pending.state === 'pending' && pending.method === method) return pending;
    if (pending.state === 'pending' && (await giveUp(manager, pending, this.clock))) return null;
    throw new BusinessError(409, `该工单的${name}已支付，正在确认`);
  }

  private async present(
    paymentId: number,
    openid: string | null,
    ip: string,
  ): Promise<WorkOrder.CreatedPayment> {
    const payment = await onlyRow<PaymentRow>(this.db, 'SELECT * FROM work_order_payment WHERE id = $1', [
      paymentId,
    ]);
    const created = {
      payment_id: payment.id,
      payment_no: payment.payment_no,
      amount: yuanFromFen(fen(payment.amount_fen)),
    };
    if (payment.method === 'test') return created;
    return { ...created, ...(await this.payParams(payment, openid, ip)) };
  }

  /** What the payment is done with; one number serves one payer, another one closes it at WeChat first. */
  private async payParams(
    payment: PaymentRow,
    openid: string | null,
    ip: string,
  ): Promise<Omit<WorkOrder.CreatedPayment, 'payment_id' | 'payment_no' | 'amount'>> {
    try {
      const { payParams } = await this.payments.present(payment.pay_order_id, SCENE, { id: openid, ip });
      const { paySign, timeStamp, nonceStr, signType, package: prepay } = payParams ?? {};
      if (!paySign || !timeStamp || !nonceStr || !prepay) throw new Error('WeChat gave no parameters');
      return {
        prepay_id: prepay.replace('prepay_id=', ''),
        sign: paySign,
        timestamp: timeStamp,
        nonce_str: nonceStr,
        sign_type: signType === 'HMAC-SHA256' ? signType : 'MD5',
      };
    } catch (error) {
      if (error instanceof OrderNotPayable) throw new BusinessError(409, '该支付已完成或已过期');
      if (!(error instanceof GatewayError)) throw error;
      this.logger.warn(`${payment.payment_no} cannot be paid: ${error.code} ${error.message}`);
      throw new BusinessError(503, '微信支付暂时没有响应，请稍后再试');
    }
  }
}

function confirms(gateway: Gateway): gateway is TestGateway {
  return 'confirmation' in gateway;
}
