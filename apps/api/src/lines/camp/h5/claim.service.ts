import { Injectable, Logger } from '@nestjs/common';
import { localTime } from '@yajin/core';
import {
  GatewayError,
  orderWake,
  PayerIds,
  TradeQueries,
  type Order,
  type PayOrderView,
} from '@yajin/payment';
import { BusinessError, Clock, onlyRow, Wakes, type Row } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource } from 'typeorm';
import { Readiness } from '../../../system/index.js';
import { LINE } from '../camp.options.js';
import type { ClaimPaymentDto } from './h5.dto.js';
import { PublicCampService } from '../camp/public-camp.service.js';
import { TicketService } from './ticket.service.js';
import type { CampOrder } from './camp-order.entity.js';

/** Fixed codes are WeChat's. */
const GATEWAY = 'wechat-v3';
/** How long the line is waited for, which decides what the money is for. */
const PATIENCE_MS = 4000;

const NOT_FOUND =
  '没有查到这笔付款。请在微信「我 › 服务 › 钱包 › 账单」里打开这笔付款，核对「交易单号」，并确认扫的是这个训练营的收款码。';
const UNCLEAR = '微信支付暂时没有说清这笔付款的结果，请过一会儿再查一次，不要重复付款。';

type Fate = Row<PayOrderView, 'status'> &
  Row<CampOrder, 'outcome' | 'bindDeadline'> & {
    bind_status: Camp.BindStatus | null;
    unallocated: boolean;
    refunded: boolean;
    /** To a member, after people had looked who they are. */
    given_back: boolean;
    erased: boolean;
  };

/** For a payer by the fixed code of whose payment nobody has told us: the number on their bill finds it. */
@Injectable()
export class ClaimService {
  private readonly logger = new Logger(ClaimService.name);

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly queries: TradeQueries,
    private readonly camps: PublicCampService,
    private readonly tickets: TicketService,
    private readonly readiness: Readiness,
    private readonly payers: PayerIds,
    private readonly wakes: Wakes,
  ) {}

  /**
   * Asks the gateway, books what it says, and tells what has become of it. Asking again is harmless.
   * @param openid what the browser has proved, if anything: it must then be the payer's
   * @throws BusinessError 404 for no payment to this camp, 403 for somebody else's, 503 when the gateway says nothing clear
   */
  async claim(
    { campId, transactionId }: ClaimPaymentDto,
    openid: string | null,
  ): Promise<Camp.ClaimedPayment> {
    await this.camps.published(campId);
    const order = await this.ask(transactionId);
    if (order?.line !== LINE || order.subject !== String(campId)) throw new BusinessError(404, NOT_FOUND);
    if (openid !== null && !this.payers.is(order.payer, openid))
      throw new BusinessError(403, '这笔付款是用另一个微信付的');
    const status = await this.fate(order.id);
    // The number on a bill proves less than a login: it opens only what still waits for its payer to say who they are.
    const opens = openid === null ? order.claimed && status === 'to_bind' : isMembers(status);
    const ticket = opens ? await this.tickets.issue(this.db, order.id) : null;
    return {
      orderId: order.id,
      orderNo: order.orderNo,
      status,
      payTime: order.paidAt && localTime(order.paidAt),
      accessToken: ticket?.token ?? null,
      expiresAt: ticket && localTime(ticket.expiresAt),
    };
  }

  private async ask(transactionId: string): Promise<Order | null> {
    try {
      return await this.queries.claim(GATEWAY, transactionId);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      // A number that WeChat itself takes for none.
      if (error.kind === 'refused' && error.code === 'PARAM_ERROR') return null;
      this.logger.warn(`a payment cannot be asked about: ${error.code} ${error.message}`);
      throw new BusinessError(503, UNCLEAR);
    }
  }

  private async fate(orderId: number): Promise<Camp.ClaimStatus> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const left = deadline - Date.now();
      const woken = left > 0 && !this.readiness.stopping && this.wakes.until(orderWake(orderId), left);
      const row = await onlyRow<Fate>(
        this.db,
        `SELECT o.status, c.outcome, c.bind_status, c.bind_deadline, c.erased_at IS NOT NULL AS erased,
           EXISTS (SELECT FROM camp_unallocated u WHERE u.order_id = o.id) AS unallocated,
           EXISTS (SELECT FROM pay_refund_view r WHERE r.order_id = o.id) AS refunded,
           EXISTS (SELECT FROM camp_member m WHERE m.order_id = o.id AND m.review = 'returned') AS given_back
         FROM pay_order_view o LEFT JOIN camp_order c ON c.order_id = o.id WHERE o.id = $1`,
        [orderId],
      );
      const status = statusOf(row, this.clock.now());
      if (!woken || status !== 'processing') return status;
      await woken;
    }
  }
}

function isMembers(status: Camp.ClaimStatus): boolean {
  return status === 'to_bind' || status === 'bound' || status === 'bind_expired';
}

function statusOf(row: Fate, now: Date): Camp.ClaimStatus {
  if (row.given_back) return 'returned';
  if (row.outcome === 'member') {
    if (row.bind_status === 'completed') return 'bound';
    const late =
      row.erased || row.bind_status === 'expired' || (row.bind_deadline !== null && row.bind_deadline <= now);
    return late ? 'bind_expired' : 'to_bind';
  }
  if (row.outcome === 'duplicate' || row.refunded) return 'returned';
  if (row.unallocated || row.status !== 'paid') return 'unallocated';
  return 'processing';
}
