import { Injectable } from '@nestjs/common';
import { fen, localTime, yuanFromFen } from '@yajin/core';
import {
  GatewayError,
  mayTryAgain,
  OrderNotPayable,
  Payments,
  TooManyAttempts,
  type Scene,
} from '@yajin/payment';
import { BusinessError, Clock, invalid, rows } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource, type EntityManager } from 'typeorm';
import { Idempotency, type IdempotencyKey } from '../../../system/index.js';
import { enrolling, payBefore } from '../camp/camp.rules.js';
import { periodOf, type CampRow } from '../camp/camp.row.js';
import { Claims, type Asker } from '../member/claims.js';
import { CampOptions, LINE } from '../camp.options.js';
import { PrivacyNotices } from '../privacy/notice.service.js';
import type { CreatePaymentDto } from './h5.dto.js';
import { PublicCampService } from '../camp/public-camp.service.js';
import { TicketService } from './ticket.service.js';

const GATEWAY = 'wechat-v3';
/** What every gateway takes, in UTF-8. */
const ATTACH_BYTES = 127;
const characters = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** Placing an order and getting ready to pay it. */
@Injectable()
export class EnrolService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly payments: Payments,
    private readonly camps: PublicCampService,
    private readonly tickets: TicketService,
    private readonly options: CampOptions,
    private readonly idempotency: Idempotency,
    private readonly notices: PrivacyNotices,
    private readonly claims: Claims,
  ) {}

  /**
   * Unpaid orders block nobody; only a paid member of the same planet user does (1001), and only for those who may know of it.
   * For anybody else the answer does not depend on who has enrolled: once they have paid, people look.
   */
  async place(
    body: CreatePaymentDto,
    key: IdempotencyKey | null,
    asker: Asker,
  ): Promise<Camp.CreatedPayment> {
    const order = await this.idempotency.once(key, (manager) => this.write(manager, body, asker));
    // A ticket is a secret: it is not kept with the key, and a repeat gets another one.
    const ticket = await this.tickets.issue(this.db, order.orderId);
    if (!ticket) throw new BusinessError(1005);
    return { ...order, accessToken: ticket.token };
  }

  private async write(
    manager: EntityManager,
    body: CreatePaymentDto,
    asker: Asker,
  ): Promise<Omit<Camp.CreatedPayment, 'accessToken'>> {
    const camp = await this.camps.published(body.campId, manager);
    const now = this.clock.now();
    if (!enrolling({ ...periodOf(camp), status: camp.status }, now)) throw new BusinessError(1006);
    const signed = this.camps.signed(camp.id, body.planetUserId, body.sig);
    if (!signed && this.options.signedLinksOnly)
      throw invalid({ field: 'sig', message: '请使用星球内的专属报名链接' });
    const claims = await this.claims.of(manager, camp.id, body.planetUserId);
    const grade = claims.find(({ holds }) => holds)?.grade;
    // Our link outweighs what was only typed, be it in this browser: its owner is not to be locked out by that.
    const outweighs = signed && grade === 'typed';
    const own = claims.some((claim) =>
      this.claims.isOf(claim, outweighs ? { ...asker, browser: null } : asker),
    );
    if (own || (signed && grade !== undefined && !outweighs)) throw new BusinessError(1001);
    const order = await this.payments.create(manager, {
      line: LINE,
      subject: String(camp.id),
      gateway: GATEWAY,
      amountFen: fen(camp.deposit_fen),
      description: description(camp),
      attach: attach(body),
      expiresAt: payBefore(periodOf(camp), now),
    });
    await rows(
      manager,
      `INSERT INTO camp_order (order_id, camp_id, planet_user_id, planet_nickname, wechat_nickname, identity, browser, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        order.id,
        camp.id,
        body.planetUserId,
        body.planetNickname,
        body.wechatNickname ?? null,
        signed ? 'signed' : 'typed',
        asker.browser,
        now,
      ],
    );
    await this.notices.record(manager, order.id, body);
    return {
      orderId: order.id,
      orderNo: order.orderNo,
      amount: yuanFromFen(order.amountFen),
      status: 'pending',
      expireTime: localTime(order.expiresAt),
      payUrl: `/api/h5/payments/${order.id}/params`,
    };
  }

  /**
   * @param openid what the browser has proved
   * @param ip the payer's address, which H5 payments must name
   * @param ticketOf the order whose ticket came along, if any
   * @throws BusinessError 400, 409, 429, 503, 1005
   */
  async params(
    orderId: number,
    scene: Scene | undefined,
    { openid, ip, ticketOf }: { openid: string | null; ip: string; ticketOf: number | null },
  ): Promise<Camp.PaymentParams> {
    const chosen = scene ?? (openid ? 'jsapi' : 'native');
    if (chosen === 'jsapi' && !openid) throw invalid({ field: 'scene', message: '请先完成微信授权' });
    const order = await this.payments.find(this.db, orderId);
    if (order?.line !== LINE || order.status === 'closed') throw new BusinessError(1005);
    if (order.status === 'paid') throw new BusinessError(409, '订单已支付');
    try {
      const presentation = await this.payments.present(orderId, chosen, {
        id: openid,
        ip,
        unknown: ticketOf !== orderId,
      });
      return {
        orderNo: order.orderNo,
        amount: yuanFromFen(order.amountFen),
        description: order.description,
        payType: 'wechat_work',
        payParams: presentation.payParams as Camp.PaymentParams['payParams'],
        qrcodeUrl: presentation.qrcodeUrl,
        h5Url: presentation.h5Url,
        expireTime: localTime(order.expiresAt),
      };
    } catch (error) {
      if (error instanceof TooManyAttempts) throw new BusinessError(429, '支付方式切换过于频繁');
      if (error instanceof OrderNotPayable) throw await this.notPayable(orderId);
      if (error instanceof GatewayError) throw new BusinessError(503, notRegistered(error));
      throw error;
    }
  }

  private async notPayable(orderId: number): Promise<BusinessError> {
    const order = await this.payments.find(this.db, orderId);
    return order?.status === 'paid' ? new BusinessError(409, '订单已支付') : new BusinessError(1005);
  }
}

/** What the member reads: whether trying again helps. */
function notRegistered(error: GatewayError): string {
  return mayTryAgain(error)
    ? '支付渠道暂时没有响应，请稍后再试'
    : '支付渠道没有接受这笔订单，再试也不会成功。请联系训练营的组织者，或过一段时间再来';
}

function description(camp: Pick<CampRow, 'name'>): string {
  return `${camp.name} - 押金`;
}

/**
 * What the gateway hands back with the payment: documented, but nothing is decided by it. A nickname that leaves no room is
 * shortened, so that it stays JSON.
 */
function attach({ campId, planetUserId, planetNickname }: CreatePaymentDto): string {
  const nickname = Array.from(characters.segment(planetNickname), ({ segment }) => segment);
  for (; nickname.length > 0; nickname.pop()) {
    const whole = JSON.stringify({ campId, planetUserId, planetNickname: nickname.join('') });
    if (Buffer.byteLength(whole) <= ATTACH_BYTES) return whole;
  }
  const rest = JSON.stringify({ campId, planetUserId });
  return Buffer.byteLength(rest) <= ATTACH_BYTES ? rest : JSON.stringify({ campId });
}
