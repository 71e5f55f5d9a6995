import { Injectable } from '@nestjs/common';
import { businessDate, fen, localTime, percent, yuanFromFen } from '@yajin/core';
import { PayerIds } from '@yajin/payment';
import { BusinessError, Clock, maybeRow, onlyRow, rows, type Database, type Row } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource } from 'typeorm';
import { currentDay, elapsedDates, progressOf, totalDays } from '../camp/camp.rules.js';
import { periodOf, type CampRow } from '../camp/camp.row.js';
import type { Asker } from '../member/claims.js';
import { Joining } from '../member/joining.js';
import { GRADE } from '../member/member.row.js';
import { correctable, OwnCorrection } from '../member/own-correction.js';
import { Proofs } from '../member/proofs.js';
import { PrivacyNotices } from '../privacy/notice.service.js';
import { UNTOLD } from '../refund/grace.rules.js';
import { VOIDED } from '../refund/void-reasons.js';
import { PlanetPeople } from '../planet/planet-people.js';
import type { BindPaymentDto, CorrectPlanetIdDto } from './h5.dto.js';
import { memberRefund } from './member-refund.js';
import { BIND_URL, OrderStatusService, payStatus, type OrderRow } from './order-status.service.js';
import type { CampMember } from '../member/camp-member.entity.js';

type MemberRow = Row<
  CampMember,
  | 'id'
  | 'campId'
  | 'payFen'
  | 'checkinCount'
  | 'lastCheckinAt'
  | 'planetUserRef'
  | 'review'
  | 'idCorrections'
  | 'matchMethod'
> & {
  synced_at: Date | null;
  planet_user_id: string | null;
  nickname: string;
  grade: Camp.IdentityOrNull;
  refund_status: Camp.RefundStatus | null;
};

/** What a paid member does and sees: binding, the group's code, progress. */
@Injectable()
export class MemberPageService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly orders: OrderStatusService,
    private readonly proofs: Proofs,
    private readonly payers: PayerIds,
    private readonly notices: PrivacyNotices,
    private readonly joining: Joining,
    private readonly correction: OwnCorrection,
    private readonly people: PlanetPeople,
  ) {}

  /** @param asker what their browser has proved of who they are, if anything, must be the payer */
  async bind(orderId: number, body: BindPaymentDto, asker: Asker): Promise<Camp.BoundPayment> {
    const order = await this.paid(orderId, body.orderNo);
    const { openid } = asker;
    if (openid && order.payer_id && !this.payers.is(order, openid)) throw new BusinessError(403);
    const memberId = await this.db.transaction(async (manager) => {
      const id = await this.joining.bind(manager, orderId, body, asker);
      await this.notices.record(manager, orderId, body);
      return id;
    });
    return {
      orderNo: order.order_no,
      bindStatus: 'completed',
      bindMethod: 'user_fill',
      memberId,
      showQrcode: true,
    };
  }

  async groupQrcode(orderId: number, orderNo: string): Promise<Camp.GroupQrcode> {
    const order = await this.paid(orderId, orderNo);
    if (order.bind_status !== 'completed' || order.member_id === null) {
      throw new BusinessError(1004, undefined, { bindUrl: BIND_URL });
    }
    const member = await this.member(order.member_id);
    const camp = await this.camp(order.camp_id);
    return {
      orderNo,
      campName: camp.name,
      groupQrcodeUrl: camp.group_qrcode_url,
      memberInfo: {
        memberId: member.id,
        planetNickname: member.nickname,
        planetUserId: member.planet_user_id ?? '',
        amount: yuanFromFen(fen(member.pay_fen)),
      },
      tips: '长按保存二维码，微信扫码加入训练营群',
    };
  }

  /** As of one moment: what is said of a refund, or of check-ins, is the same wherever it is said. */
  progress(orderId: number, memberId: number): Promise<Camp.MemberProgress> {
    return this.db.transaction('REPEATABLE READ', (manager) => this.readProgress(manager, orderId, memberId));
  }

  private async readProgress(db: Database, orderId: number, memberId: number): Promise<Camp.MemberProgress> {
    const order = await this.orders.load(orderId, db);
    if (order.member_id !== memberId || payStatus(order) !== 'success') throw new BusinessError(403);
    const member = await this.member(memberId, db);
    const camp = await this.camp(member.camp_id, db);
    if (camp.status === 'draft') throw new BusinessError(404);
    const today = businessDate(this.clock.now());
    const day = currentDay(periodOf(camp), today);
    const checked = await this.checkedDates(member, db);
    const { gap, eligible } = progressOf(member.checkin_count, camp.required_days);
    return {
      memberId,
      campId: camp.id,
      campName: camp.name,
      planetNickname: member.nickname,
      startDate: camp.start_date,
      endDate: camp.end_date,
      currentDay: day,
      totalDays: totalDays(periodOf(camp)),
      requiredDays: camp.required_days,
      checkinCount: member.checkin_count,
      checkinRate: percent(member.checkin_count, day),
      remainingDays: totalDays(periodOf(camp)) - day,
      gap,
      status: camp.status,
      eligibleForRefund: eligible,
      refundStatus: member.refund_status,
      refund: await memberRefund(db, orderId),
      checkinCalendar: elapsedDates(periodOf(camp), today).map((date) => ({
        date,
        checked: checked.has(date),
      })),
      lastCheckinTime: member.last_checkin_at && localTime(member.last_checkin_at),
      lastSyncTime: member.synced_at && localTime(member.synced_at),
      amount: yuanFromFen(fen(member.pay_fen)),
      identity: member.grade,
      identityReview: member.review,
      planetUserId: member.planet_user_id,
      planetIdCorrectable: this.correctable(member, camp),
    };
  }

  /** Whether zsxq knows the id that the member named, while they can still put it right. */
  async planetUser(orderId: number, memberId: number): Promise<Camp.CheckedPlanetId> {
    const member = await this.own(orderId, memberId);
    const planetUserId = member.planet_user_id;
    const open = this.correctable(member, await this.camp(member.camp_id));
    const found =
      open && planetUserId !== null
        ? await this.people.lookUp(planetUserId)
        : { known: null, nickname: null };
    return { planetUserId, ...found };
  }

  /** @throws BusinessError as `OwnCorrection.correct` does */
  async correctId(
    orderId: number,
    memberId: number,
    body: CorrectPlanetIdDto,
    asker: Asker,
  ): Promise<Camp.CorrectedPlanetId> {
    await this.own(orderId, memberId);
    await this.db.transaction((manager) => this.correction.correct(manager, orderId, body, asker));
    const { planet_user_id, review } = await this.member(memberId);
    return { memberId, planetUserId: planet_user_id ?? body.planetUserId, identityReview: review };
  }

  /** @throws BusinessError 403 for another's */
  private async own(orderId: number, memberId: number): Promise<MemberRow> {
    const order = await this.orders.load(orderId);
    if (order.member_id !== memberId || payStatus(order) !== 'success') throw new BusinessError(403);
    return this.member(memberId);
  }

  private correctable(member: MemberRow, { start_date, status }: CampRow): boolean {
    return correctable({ ...member, start_date, status }, this.clock.now());
  }

  /** By which the member proves who they are. @throws BusinessError as `Proofs.issue` does, 403 for another's */
  async identityCode(orderId: number, memberId: number): Promise<Camp.IdentityCode> {
    const order = await this.orders.load(orderId);
    if (order.member_id !== memberId || payStatus(order) !== 'success') throw new BusinessError(403);
    return this.proofs.issue(memberId);
  }

  /** Until the payment is verified a ticket opens nothing but the order's status. */
  private async paid(orderId: number, orderNo: string): Promise<OrderRow> {
    const order = await this.orders.opened(orderId, orderNo);
    switch (payStatus(order)) {
      case 'success':
        return order;
      case 'pending':
        throw new BusinessError(403, '支付完成后才能继续');
      case 'closed':
      case 'refunding':
      case 'refunded':
        throw new BusinessError(1005);
    }
  }

  private camp(id: number, db: Database = this.db): Promise<CampRow> {
    return onlyRow<CampRow>(db, 'SELECT * FROM camp WHERE id = $1', [id]);
  }

  private async member(id: number, db: Database = this.db): Promise<MemberRow> {
    const row = await maybeRow<MemberRow>(
      db,
      `SELECT m.id, m.camp_id, m.pay_fen, m.checkin_count, m.last_checkin_at, m.planet_user_ref, m.id_corrections, m.match_method, coalesce(p.planet_user_id, m.filled_planet_user_id) AS planet_user_id, m.review, ${GRADE} AS grade,
         coalesce(nullif(p.name, ''), nullif(p.alias, ''), m.filled_planet_nickname, '') AS nickname,
         (SELECT CASE WHEN ${UNTOLD} THEN 'pending' ELSE r.refund_status END FROM camp_refund r WHERE r.member_id = m.id AND NOT ${VOIDED} ORDER BY r.id DESC LIMIT 1) AS refund_status,
         (SELECT s.synced_at FROM camp_sync s WHERE s.camp_id = m.camp_id) AS synced_at
       FROM camp_member m JOIN camp_order o ON o.order_id = m.order_id
         LEFT JOIN planet_user p ON p.id = m.planet_user_ref WHERE m.id = $1`,
      [id],
    );
    if (!row) throw new BusinessError(403);
    return row;
  }

  private async checkedDates(member: MemberRow, db: Database): Promise<Set<string>> {
    const dates = await rows<{ date: string }>(
      db,
      'SELECT DISTINCT checkin_date AS date FROM camp_checkin WHERE camp_id = $1 AND planet_user_ref = $2',
      [member.camp_id, member.planet_user_ref],
    );
    return new Set(dates.map((row) => row.date));
  }
}
