import { Injectable, Logger } from '@nestjs/common';
import { fen, fenFromYuan, statesAccepting, yuanFromFen, yuanText } from '@yajin/core';
import type { Course } from '@yajin/contract/course';
import {
  cancelOrder,
  GatewayError,
  Gateways,
  OrderNotPayable,
  Payments,
  TradeQueries,
  type PayOrderView,
  type Presentation,
} from '@yajin/payment';
import {
  BusinessError,
  Clock,
  conditions,
  invalid,
  maybeRow,
  onlyRow,
  rows,
  type Database,
  type Row,
} from '@yajin/server';
import { toDataURL } from 'qrcode';
import { DataSource, type EntityManager } from 'typeorm';
import { Idempotency, SystemOptions, type HostUser, type IdempotencyKey } from '../../system/index.js';
import type { CreateOrderDto } from './course.dto.js';
import { LINE, METHOD_IDS, METHODS, type Device } from './course.options.js';
import { instant, ownOnly, type BookingRow, type PaymentRow } from './course.rows.js';
import { expiryOf, paymentTransitions, whyNotPayable } from './course.rules.js';
import type { CoursePayment } from './course-payment.entity.js';
import type { CourseMethod } from './course-method.entity.js';

type PendingPayment = PaymentRow & Row<PayOrderView, 'expiresAt'> & { order_status: PayOrderView['status'] };

/** What the payer's browser is sent to, or shown. */
export interface PaymentPage extends Presentation {
  method: Course.PaymentMethod;
  description: string;
  amount: string;
}

/** Paying for enrolments and appointments. */
@Injectable()
export class PaymentService {
  private readonly logger = new Logger(PaymentService.name);

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly payments: Payments,
    private readonly queries: TradeQueries,
    private readonly gateways: Gateways,
    private readonly options: SystemOptions,
    private readonly idempotency: Idempotency,
  ) {}

  /**
   * @throws BusinessError 404 for a booking that is not the user's, 400 for another amount than it costs, 409 when it is
   * not to be paid (any more), 422 for a method that cannot pay it, 503 when the gateway does not answer
   */
  async create(
    user: HostUser,
    body: CreateOrderDto,
    ip: string,
    key: IdempotencyKey | null,
  ): Promise<Course.CreatedOrder> {
    return this.idempotency.onceThen(
      key,
      (manager) => this.place(manager, user, body),
      (id) => this.offer(id, ip),
    );
  }

  /** Where a payment is made, by address and by code. */
  private async offer(paymentId: string, ip: string): Promise<Course.CreatedOrder> {
    const payment = await onlyRow<PaymentRow & { expires_at: Date }>(
      this.db,
      'SELECT p.*, o.expires_at FROM course_payment p JOIN pay_order_view o ON o.id = p.order_id WHERE p.id = $1',
      [paymentId],
    );
    const pageUrl = `${this.options.publicUrl}/payments/pages/${payment.id}`;
    const { ownCode, scenes } = METHODS[payment.method];
    const code = ownCode ? (await this.present(payment, 'computer', ip)).qrcodeUrl : pageUrl;
    if (code === null) throw new Error(`${scenes.computer} of ${payment.method} gave no code`);
    return {
      order_id: payment.booking_id,
      payment_id: payment.id,
      payment_url: pageUrl,
      qr_code: await toDataURL(code, { margin: 2, width: 280 }),
      expires_at: instant(payment.expires_at),
    };
  }

  /** The latest payment of a booking. @throws BusinessError 404 */
  async status(user: HostUser, bookingId: string): Promise<Course.OrderStatus> {
    const { where, parameters } = conditions([
      ['b.id = ?', bookingId],
      ['b.user_id = ?', ownOnly(user)],
    ]);
    const row = await maybeRow<PaymentRow>(
      this.db,
      `SELECT p.* FROM course_payment p JOIN course_booking b ON b.id = p.booking_id WHERE ${where}
       ORDER BY p.number DESC LIMIT 1`,
      parameters,
    );
    if (!row) throw new BusinessError(404);
    if (row.status === 'pending') await this.look(row.order_id);
    return {
      order_id: row.booking_id,
      payment_id: row.id,
      status: row.status,
      amount: yuanFromFen(fen(row.amount_fen)),
      currency: 'CNY',
      payment_method: row.method,
      paid_at: row.paid_at && instant(row.paid_at),
      transaction_id: row.transaction_id,
    };
  }

  /** In the order that the contract lists them. */
  async methods(): Promise<Course.Methods> {
    const enabled = await this.enabled(this.db);
    return {
      payment_methods: METHOD_IDS.map((id) => ({
        id,
        name: METHODS[id].name,
        icon: METHODS[id].icon,
        enabled: enabled.has(id),
        min_amount: yuanFromFen(fen(METHODS[id].minFen)),
        max_amount: yuanFromFen(fen(METHODS[id].maxFen)),
      })),
    };
  }

  /** @throws BusinessError 404, 409 when it is not to be paid any more, 503 */
  async page(paymentId: string, device: Device, ip: string): Promise<PaymentPage> {
    const row = await maybeRow<PaymentRow>(this.db, 'SELECT * FROM course_payment WHERE id = $1', [
      paymentId,
    ]);
    if (!row) throw new BusinessError(404);
    if (row.status !== 'pending') throw notToBePaid('支付已完成或已失效');
    const { method, description, amount_fen: amountFen } = row;
    return {
      ...(await this.present(row, device, ip)),
      method,
      description,
      amount: yuanText(fen(amountFen)),
    };
  }

  /** Whether a trade of ours at a gateway pays for something of this line. */
  async knows(outTradeNo: string): Promise<boolean> {
    const row = await maybeRow(
      this.db,
      'SELECT 1 FROM course_payment p JOIN pay_attempt_view a ON a.order_id = p.order_id WHERE a.out_trade_no = $1',
      [outTradeNo],
    );
    return row !== null;
  }

  /** @returns the payment's id: a new one, or the one that waits to be paid by that method already */
  private async place(manager: EntityManager, user: HostUser, body: CreateOrderDto): Promise<string> {
    const booking = await maybeRow<BookingRow>(
      manager,
      'SELECT * FROM course_booking WHERE id = $1 AND type = $2 AND user_id = $3 FOR UPDATE',
      [body.order_id, body.order_type, user.id],
    );
    if (!booking) throw new BusinessError(404);
    // Not before the booking is ours: what it waited for may have taken as long as a payment is open.
    const now = this.clock.now();
    if (fenFromYuan(body.amount) !== booking.amount_fen)
      throw invalid({ field: 'amount', message: `应为 ${yuanText(fen(booking.amount_fen))} 元` });
    const refusal = whyNotPayable(booking, now);
    if (refusal !== null) throw notToBePaid(refusal);
    await this.requireMethod(manager, body.payment_method, booking.amount_fen);
    const pending = await maybeRow<PendingPayment>(
      manager,
      `SELECT p.*, o.expires_at, o.status AS order_status FROM course_payment p JOIN pay_order_view o ON o.id = p.order_id
       WHERE p.booking_id = $1 AND p.status = 'pending' FOR UPDATE OF p`,
      [booking.id],
    );
    if (pending?.order_status === 'paid') throw notToBePaid('已支付，正在确认');
    const isOpen = pending?.order_status === 'pending' && pending.expires_at > now;
    if (pending && isOpen && pending.method === body.payment_method) return pending.id;
    if (pending) await this.giveUp(manager, pending, isOpen ? 'cancelled' : 'expired');
    return this.insert(manager, booking, body, now);
  }

  private async insert(
    manager: EntityManager,
    booking: BookingRow,
    body: CreateOrderDto,
    now: Date,
  ): Promise<string> {
    const description = body.description || booking.title;
    const order = await this.payments.create(manager, {
      line: LINE,
      subject: booking.id,
      gateway: METHODS[body.payment_method].gateway,
      amountFen: fen(booking.amount_fen),
      description,
      attach: '',
      expiresAt: expiryOf(booking.starts_at, now),
    });
    const row = await onlyRow<Row<CoursePayment, 'id'>>(
      manager,
      `INSERT INTO course_payment (id, booking_id, order_id, method, amount_fen, description, metadata, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
      [
        // The generic webhook names a payment by this id, which its first number at the gateway is made of.
        order.orderNo.replace('ord_', ''),
        booking.id,
        order.id,
        body.payment_method,
        booking.amount_fen,
        description,
        JSON.stringify(body.metadata ?? {}),
        now,
      ],
    );
    return row.id;
  }

  /** @throws BusinessError 409 when it has just been paid */
  private async giveUp(
    manager: EntityManager,
    payment: PendingPayment,
    event: 'cancelled' | 'expired',
  ): Promise<void> {
    await rows(manager, 'UPDATE course_payment SET status = $2 WHERE id = $1 AND status = ANY($3)', [
      payment.id,
      paymentTransitions.pending[event],
      statesAccepting(paymentTransitions, event),
    ]);
    if (await cancelOrder(manager, payment.order_id, this.clock)) return;
    if ((await this.payments.find(manager, payment.order_id))?.status === 'paid')
      throw notToBePaid('已支付，正在确认');
  }

  private async requireMethod(db: Database, id: Course.PaymentMethod, amountFen: number): Promise<void> {
    const { name, minFen, maxFen } = METHODS[id];
    if (!(await this.enabled(db)).has(id)) throw unprocessable('payment_method', `${name}暂不可用`);
    if (amountFen < minFen || amountFen > maxFen)
      throw unprocessable('amount', `${name}限 ${yuanText(fen(minFen))} 到 ${yuanText(fen(maxFen))} 元`);
  }

  /** Those that operators have not switched off, and that this deployment has a gateway for. */
  private async enabled(db: Database): Promise<Set<Course.PaymentMethod>> {
    const on = await rows<Row<CourseMethod, 'id'>>(db, 'SELECT id FROM course_method WHERE enabled');
    return new Set(on.map(({ id }) => id).filter((id) => this.gateways.has(METHODS[id].gateway)));
  }

  private async present(payment: PaymentRow, device: Device, ip: string): Promise<Presentation> {
    const { name, gateway, scenes } = METHODS[payment.method];
    try {
      return await this.payments.present(payment.order_id, scenes[device], { id: null, ip }, gateway);
    } catch (error) {
      if (error instanceof OrderNotPayable) throw notToBePaid('支付已完成或已失效');
      if (!(error instanceof GatewayError)) throw error;
      this.logger.warn(`${gateway} cannot be paid with: ${error.code} ${error.message}`);
      throw new BusinessError(503, `${name}暂时没有响应，请稍后再试`);
    }
  }

  /** Somebody waits for this payment: its notification may be lost. */
  private async look(orderId: number): Promise<void> {
    try {
      await this.queries.checkWhileWaiting(orderId);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      this.logger.warn(`order ${orderId} cannot be asked about: ${error.code} ${error.message}`);
    }
  }
}

function notToBePaid(reason: string): BusinessError {
  return new BusinessError(409, `订单状态不允许操作：${reason}`);
}

function unprocessable(field: string, message: string): BusinessError {
  return new BusinessError(422, undefined, { errors: [{ field, message }] });
}
