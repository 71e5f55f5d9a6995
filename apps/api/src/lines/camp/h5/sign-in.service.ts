import { Injectable } from '@nestjs/common';
import { localTime } from '@yajin/core';
import { PayerIds, type PayOrderView } from '@yajin/payment';
import { BusinessError, Clock, invalid, rows, type Row } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource } from 'typeorm';
import { SettingsService } from '../../../system/index.js';
import { WechatAccount } from '../wechat/wechat-account.js';
import { TicketService } from './ticket.service.js';
import type { CampOrder } from './camp-order.entity.js';

const MAX_TICKETS = 50;

type PaidOrder = Row<PayOrderView, 'orderNo'> &
  Row<CampOrder, 'campId' | 'bindStatus'> & {
    order_id: number;
    camp_name: string;
    member_id: number | null;
    paid_at: Date;
  };

/** WeChat's word on who a browser is brings its payer back to every order paid with that openid. */
@Injectable()
export class SignInService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly wechat: WechatAccount,
    private readonly tickets: TicketService,
    private readonly payers: PayerIds,
    private readonly options: SettingsService,
  ) {}

  /** What the pages need to know of where they run. */
  async settings(): Promise<Camp.PageSettings> {
    const contact = await this.options.recent('member.contact');
    return { ...this.wechat.pages, now: localTime(this.clock.now()), contact };
  }

  /** @throws BusinessError 400 for a code that WeChat does not accept, 503 when it does not answer */
  async signIn(code: string): Promise<{ openid: string; tickets: Camp.OrderTicket[] }> {
    const openid = await this.wechat.openidOf(code).catch(() => {
      throw new BusinessError(503, '微信暂时没有响应，请稍后再试');
    });
    if (openid === null) throw invalid({ field: 'code', message: '微信授权已失效，请重新进入' });
    const paid = await rows<PaidOrder>(
      this.db,
      `SELECT o.id AS order_id, o.order_no, o.paid_at, co.camp_id, c.name AS camp_name, co.bind_status,
         CASE WHEN co.bind_status = 'completed' THEN m.id END AS member_id
       FROM pay_order_view o JOIN camp_order co ON co.order_id = o.id JOIN camp c ON c.id = co.camp_id
       LEFT JOIN camp_member m ON m.order_id = o.id
       WHERE (o.payer_index = ANY ($1) OR (o.payer_index IS NULL AND o.payer_id = $2)) AND o.status = 'paid' AND o.paid_at IS NOT NULL AND co.outcome = 'member'
       ORDER BY o.paid_at DESC LIMIT ${MAX_TICKETS}`,
      [this.payers.indexes(openid), openid],
    );
    const tickets: Camp.OrderTicket[] = [];
    for (const order of paid) {
      const ticket = await this.tickets.issue(this.db, order.order_id);
      if (!ticket) continue;
      tickets.push({
        orderNo: order.order_no,
        accessToken: ticket.token,
        expiresAt: localTime(ticket.expiresAt),
        campId: order.camp_id,
        campName: order.camp_name,
        memberId: order.member_id,
        bindStatus: order.bind_status,
        payTime: localTime(order.paid_at),
      });
    }
    return { openid, tickets };
  }
}
