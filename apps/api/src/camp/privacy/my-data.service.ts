import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { fen, localTime, yuanFromFen } from '@yajin/core';
import { PayerIds, type KeptPayer } from '@yajin/payment';
import { BusinessError, Clock, onlyRow, rows } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource, type EntityManager } from 'typeorm';
import { Audit, SYSTEM } from '../../system/index.js';
import { PrivacyNotices } from './notice.service.js';

interface Held extends KeptPayer {
  order_id: number;
  order_no: string;
  camp_id: number;
  camp_name: string;
  status: 'pending' | 'paid' | 'closed';
  amount_fen: number;
  created_at: Date;
  paid_at: Date | null;
  planet_user_id: string | null;
  planet_nickname: string | null;
  wechat_nickname: string | null;
  member_id: number | null;
  planet_user_ref: number | null;
  matched_planet_user_id: string | null;
  matched_name: string | null;
  refunds: { amount_fen: number; status: string; at: string }[];
}

const HELD = `
  SELECT o.id AS order_id, o.order_no, o.payer_id, o.payer_index, o.status, o.amount_fen, o.created_at, o.paid_at, c.camp_id,
    k.name AS camp_name, c.planet_user_id, c.planet_nickname, c.wechat_nickname, m.id AS member_id, m.planet_user_ref,
    p.planet_user_id AS matched_planet_user_id, p.name AS matched_name,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('amount_fen', r.amount_fen, 'status', r.status, 'at', r.created_at) ORDER BY r.id), '[]')
     FROM pay_refund r WHERE r.order_id = o.id) AS refunds
  FROM camp_order c JOIN pay_order o ON o.id = c.order_id JOIN camp k ON k.id = c.camp_id
  LEFT JOIN camp_member m ON m.order_id = o.id LEFT JOIN planet_user p ON p.id = m.planet_user_ref
  WHERE o.id = $1`;

/** What of an order's money is not done yet; with its deposit, until the camp's refunds are listed and have arrived. */
const OPEN = `
  SELECT CASE
    WHEN o.status = 'pending' OR EXISTS (SELECT FROM pay_attempt a WHERE a.order_id = o.id AND (a.state IN ('created', 'open') OR a.query_at IS NOT NULL))
      THEN '订单尚未支付或关闭'
    WHEN EXISTS (SELECT FROM pay_refund r WHERE r.order_id = o.id AND r.status <> 'success')
      OR EXISTS (SELECT FROM camp_refund r WHERE r.order_id = o.id
                 AND (r.audit_status = 'pending' OR (r.audit_status = 'approved' AND r.refund_status <> 'success')))
      THEN '退款尚未到账'
    WHEN EXISTS (SELECT FROM pay_suspense s WHERE s.order_id = o.id AND s.decision IS NULL)
      OR EXISTS (SELECT FROM camp_unallocated u WHERE u.order_id = o.id AND u.decision IS NULL)
      THEN '有款项等待处理'
    WHEN m.id IS NOT NULL AND k.refunds_listed_at IS NULL THEN '训练营尚未结算押金'
  END AS open
  FROM pay_order o JOIN camp_order c ON c.order_id = o.id JOIN camp k ON k.id = c.camp_id LEFT JOIN camp_member m ON m.order_id = o.id
  WHERE o.id = $1`;

/** What is held of somebody who has an order: read, and taken out of everything but the books. */
@Injectable()
export class MyData {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly payers: PayerIds,
    private readonly audit: Audit,
    private readonly notices: PrivacyNotices,
  ) {}

  /** @param openid what the browser has proved, if anything: it must then be the payer's. @throws BusinessError 403 */
  async read(orderId: number, openid: string | null): Promise<Camp.MyData> {
    const held = await this.held(orderId, openid);
    const checkins = await rows<{ checkin_time: Date; content: string }>(
      this.db,
      `SELECT checkin_time, content FROM camp_checkin WHERE camp_id = $1 AND planet_user_ref = $2 ORDER BY id LIMIT 1000`,
      [held.camp_id, held.planet_user_ref],
    );
    return {
      orderNo: held.order_no,
      campName: held.camp_name,
      amount: yuanFromFen(fen(held.amount_fen)),
      orderTime: localTime(held.created_at),
      payTime: held.paid_at && localTime(held.paid_at),
      openid: this.payers.open(held),
      planetUserId: held.matched_planet_user_id ?? held.planet_user_id,
      planetNickname: held.planet_nickname,
      matchedNickname: held.matched_name,
      wechatNickname: held.wechat_nickname,
      memberId: held.member_id,
      consents: await this.notices.of(this.db, orderId),
      refunds: held.refunds.map((each) => ({
        amount: yuanFromFen(fen(each.amount_fen)),
        status: each.status,
        time: localTime(new Date(each.at)),
      })),
      checkins: checkins.map((each) => ({ time: localTime(each.checkin_time), content: each.content })),
    };
  }

  /**
   * Takes the person out of the order, the member and the check-ins. The books and the refunds stay, with numbers only.
   * @throws BusinessError 403 for somebody else's, 409 while money is not done, saying what
   */
  async erase(orderId: number, openid: string | null): Promise<Camp.ErasedData> {
    const held = await this.held(orderId, openid);
    const at = this.clock.now();
    await this.db.transaction(async (manager) => {
      // As the refund list and matching: the camp first. It keeps a sync from adding check-ins meanwhile.
      await rows(manager, 'SELECT 1 FROM camp WHERE id = $1 FOR UPDATE', [held.camp_id]);
      await rows(manager, 'SELECT 1 FROM pay_order WHERE id = $1 FOR UPDATE', [orderId]);
      const { open } = await onlyRow<{ open: string | null }>(manager, OPEN, [orderId]);
      if (open !== null) throw new BusinessError(409, `${open}，完成后才能删除个人信息`);
      const first = await rows(
        manager,
        `UPDATE camp_order SET planet_user_id = NULL, planet_nickname = NULL, wechat_nickname = NULL, browser = NULL,
           erased_at = $2
         WHERE order_id = $1 AND erased_at IS NULL RETURNING 1`,
        [orderId, at],
      );
      if (first.length === 0) return;
      await this.forgetMember(manager, orderId, at);
      await this.forgetPayer(manager, orderId);
      await this.audit.record(manager, SYSTEM, { action: 'privacy.erase', target: ['order', orderId] });
    });
    return { orderNo: held.order_no, erased: true };
  }

  private async held(orderId: number, openid: string | null): Promise<Held> {
    const held = await onlyRow<Held>(this.db, HELD, [orderId]);
    if (openid !== null && held.payer_id !== null && !this.payers.is(held, openid))
      throw new BusinessError(403);
    return held;
  }

  private async forgetMember(manager: EntityManager, orderId: number, at: Date): Promise<void> {
    const member = await onlyRow<
      { id: number; camp_id: number; planet_user_ref: number | null } | { id: null }
    >(
      manager,
      `SELECT m.id, m.camp_id, m.planet_user_ref FROM (SELECT 1) AS one LEFT JOIN camp_member m ON m.order_id = $1`,
      [orderId],
    );
    if (member.id === null) return;
    await rows(manager, 'DELETE FROM camp_identity_code WHERE member_id = $1', [member.id]);
    await rows(
      manager,
      `UPDATE camp_member SET filled_planet_user_id = NULL, filled_planet_nickname = '已删除 ' || id, filled_wechat_nickname = NULL,
         match_status = 'failed', match_confidence = 0, match_method = NULL, planet_user_ref = NULL, unmatched_refs = '{}', proved_ref = NULL, review = NULL, updated_at = $2
       WHERE id = $1`,
      [member.id, at],
    );
    if (member.planet_user_ref === null) return;
    const nobody = await onlyRow<{ id: number }>(
      manager,
      `INSERT INTO planet_user (planet_user_id, updated_at) VALUES ($1, $2) RETURNING id`,
      [`erased:${randomUUID()}`, at],
    );
    await rows(
      manager,
      `UPDATE camp_checkin SET content = '', erased = true, planet_user_ref = $3 WHERE camp_id = $1 AND planet_user_ref = $2`,
      [member.camp_id, member.planet_user_ref, nobody.id],
    );
    // Whoever is in another camp too is needed there.
    await rows(
      manager,
      `DELETE FROM planet_user u WHERE id = $1 AND NOT EXISTS (SELECT FROM camp_member m WHERE u.id IN (m.planet_user_ref, m.proved_ref))
         AND NOT EXISTS (SELECT FROM camp_checkin c WHERE c.planet_user_ref = u.id)`,
      [member.planet_user_ref],
    );
  }

  private async forgetPayer(manager: EntityManager, orderId: number): Promise<void> {
    await rows(
      manager,
      `UPDATE pay_order SET payer_id = NULL, payer_index = NULL, attach = '' WHERE id = $1`,
      [orderId],
    );
    await rows(manager, 'UPDATE pay_attempt SET payer_id = NULL, payer_index = NULL WHERE order_id = $1', [
      orderId,
    ]);
    await rows(
      manager,
      `UPDATE pay_notification SET payload = '{}' WHERE subject_no IN (
         SELECT out_trade_no FROM pay_attempt WHERE order_id = $1
         UNION SELECT t.out_refund_no FROM pay_refund_attempt t JOIN pay_refund r ON r.id = t.refund_id WHERE r.order_id = $1)`,
      [orderId],
    );
    await rows(manager, 'DELETE FROM camp_ticket WHERE order_id = $1', [orderId]);
  }
}
