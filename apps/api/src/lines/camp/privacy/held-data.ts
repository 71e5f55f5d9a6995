import { Injectable } from '@nestjs/common';
import { fen, localTime, yuanFromFen, recognised, type Sentence, type SentenceCode } from '@yajin/core';
import { PayerIds, type KeptPayer, type PayOrderView } from '@yajin/payment';
import { onlyRow, rows, type Database, type Row } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource } from 'typeorm';
import { CLAIMED_BY_ANOTHER, IN_REVIEW, ONLY_TYPED, PLANET_NAME } from '../member/member.row.js';
import { UNTOLD } from '../refund/grace.rules.js';
import { qualifies } from '../refund/refund-list.js';
import type { CampOrder } from '../h5/camp-order.entity.js';

/** What one order holds of a person. */
export type Held = KeptPayer &
  Row<CampOrder, 'orderId' | 'campId' | 'planetUserId' | 'planetNickname' | 'wechatNickname' | 'erasedAt'> &
  Row<PayOrderView, 'orderNo' | 'status' | 'amountFen' | 'createdAt' | 'paidAt'> & {
    camp_name: string;
    member_id: number | null;
    matched_planet_user_id: string | null;
    matched_name: string | null;
    consents: { version: string; language: Camp.NoticeLanguage; at: string }[];
    /** Without those that the member hears of later. */
    refunds: { amount_fen: number; status: string; at: string }[];
    /** None where the planet id was only typed: whoever types another's is not to read what they wrote. */
    checkins: { at: string; content: string }[];
    checkins_withheld: number;
    /** What has to be done before it can be erased. */
    open: string | null;
  };

/** Longer than any camp has posts of one member. */
const MOST_CHECKINS = 1000;

/**
 * SQL: what of an order's money is not done yet; with its deposit, until the camp's refunds are listed, whoever qualifies is on the list,
 * and the refunds have arrived. Whoever got the deposit back before waits for no list.
 */
const OPEN = `CASE
    WHEN o.status = 'pending' OR EXISTS (SELECT FROM pay_attempt_view a WHERE a.order_id = o.id AND (a.state IN ('created', 'open') OR a.query_at IS NOT NULL))
      THEN '订单尚未支付或关闭'
    WHEN o.status = 'paid' AND c.outcome IS NULL AND o.deliver_at IS NOT NULL THEN '付款尚未入账'
    WHEN EXISTS (SELECT FROM pay_refund_view r WHERE r.order_id = o.id AND r.status <> 'success')
      OR EXISTS (SELECT FROM camp_refund r WHERE r.order_id = o.id
                 AND (r.audit_status = 'pending' OR r.undo_until IS NOT NULL OR (r.audit_status = 'approved' AND r.refund_status <> 'success')))
      THEN '退款尚未到账'
    WHEN EXISTS (SELECT FROM pay_suspense_view s WHERE s.order_id = o.id AND s.decision IS NULL)
      OR EXISTS (SELECT FROM camp_unallocated u WHERE u.order_id = o.id AND u.decision IS NULL)
      THEN '有款项等待处理'
    WHEN ${IN_REVIEW} THEN '身份等待核实'
    WHEN ${ONLY_TYPED} AND ${CLAIMED_BY_ANOTHER} THEN '星球 ID 有争议'
    WHEN ${qualifies('k')} AND k.refunds_listed_at IS NOT NULL
      AND NOT EXISTS (SELECT FROM camp_refund r WHERE r.member_id = m.id AND r.audit_status <> 'rejected')
      THEN '押金等待退还'
    WHEN m.id IS NOT NULL AND k.refunds_listed_at IS NULL
      AND NOT EXISTS (SELECT FROM camp_refund r WHERE r.member_id = m.id AND r.audit_status = 'approved')
      THEN '训练营尚未结算押金'
  END`;

const list = (fields: string, from: string): string =>
  `(SELECT coalesce(jsonb_agg(jsonb_build_object(${fields})), '[]') FROM (${from}) AS e)`;

const HELD = `
  SELECT o.id AS order_id, o.order_no, o.payer_id, o.payer_index, o.status, o.amount_fen, o.created_at, o.paid_at, c.camp_id,
    k.name AS camp_name, c.planet_user_id, c.planet_nickname, c.wechat_nickname, c.erased_at, m.id AS member_id,
    p.planet_user_id AS matched_planet_user_id, ${PLANET_NAME} AS matched_name, ${OPEN} AS open,
    ${list(
      `'version', version, 'language', language, 'at', consented_at`,
      'SELECT * FROM camp_consent s WHERE s.order_id = o.id ORDER BY consented_at',
    )} AS consents,
    ${list(
      `'amount_fen', amount_fen, 'status', status, 'at', created_at`,
      `SELECT * FROM pay_refund_view k WHERE k.order_id = o.id
       AND NOT EXISTS (SELECT FROM camp_refund r WHERE r.source = k.source AND ${UNTOLD}) ORDER BY id`,
    )} AS refunds,
    ${list(
      `'at', checkin_time, 'content', content`,
      `SELECT * FROM camp_checkin t WHERE t.camp_id = m.camp_id AND t.planet_user_ref = m.planet_user_ref AND NOT ${ONLY_TYPED}
       ORDER BY id LIMIT ${MOST_CHECKINS}`,
    )} AS checkins,
    (SELECT count(*)::int FROM camp_checkin t
     WHERE t.camp_id = m.camp_id AND t.planet_user_ref = m.planet_user_ref AND ${ONLY_TYPED}) AS checkins_withheld
  FROM camp_order c JOIN pay_order_view o ON o.id = c.order_id JOIN camp k ON k.id = c.camp_id
  LEFT JOIN camp_member m ON m.order_id = o.id LEFT JOIN planet_user p ON p.id = m.planet_user_ref
  WHERE o.id = ANY ($1) ORDER BY o.created_at DESC, o.id`;

/** What has to be done before an order can be erased; null when nothing has. */
const NOT_YET: readonly SentenceCode[] = [
  'erase_order_open',
  'erase_payment_open',
  'erase_refund_open',
  'erase_money_open',
  'erase_review_open',
  'erase_id_disputed',
  'erase_deposit_open',
  'erase_camp_open',
];

/** Why nothing can be erased yet, for who asked for it. */
export function notYet(open: string): Sentence | string {
  const said = `${open}，完成后才能删除个人信息`;
  return recognised(said, NOT_YET) ?? said;
}

export async function openReason(db: Database, orderId: number): Promise<string | null> {
  const { open } = await onlyRow<{ open: string | null }>(
    db,
    `SELECT ${OPEN} AS open FROM pay_order_view o JOIN camp_order c ON c.order_id = o.id JOIN camp k ON k.id = c.camp_id
     LEFT JOIN camp_member m ON m.order_id = o.id WHERE o.id = $1`,
    [orderId],
  );
  return open;
}

/** Of others: no more than a member enrols in a lifetime. */
const MOST_ORDERS = 50;

/** Paid by who has one of the indexes `$2`, or stands there in clear as `$3`. */
const PAID_BY = `o.status = 'paid' AND (o.payer_index = ANY ($2) OR (o.payer_index IS NULL AND o.payer_id = $3))`;

const OTHERS = `
  SELECT o.id FROM pay_order_view o JOIN camp_order c ON c.order_id = o.id
  WHERE ${PAID_BY} AND o.id <> $1 AND c.erased_at IS NULL
  ORDER BY o.created_at DESC, o.id LIMIT ${MOST_ORDERS}`;

/** For operators: the same payer's, and those matched to the same planet user by whatever means. */
const RELATED = `
  SELECT o.order_no AS "orderNo", k.name AS "campName", m.id AS "memberId", min(by) AS by FROM (
    SELECT o.id, 'payer' AS by FROM pay_order_view o WHERE ${PAID_BY}
    UNION ALL
    SELECT t.order_id, 'planet' FROM camp_member me JOIN camp_member t ON t.planet_user_ref = me.planet_user_ref WHERE me.order_id = $1
  ) AS found JOIN pay_order_view o USING (id) JOIN camp_order c ON c.order_id = o.id JOIN camp k ON k.id = c.camp_id
  LEFT JOIN camp_member m ON m.order_id = o.id
  WHERE o.id <> $1 GROUP BY o.id, o.order_no, o.created_at, k.name, m.id ORDER BY o.created_at DESC, o.id LIMIT ${MOST_ORDERS}`;

/** Reads what is held of people, order by order. */
@Injectable()
export class HeldData {
  constructor(
    private readonly db: DataSource,
    private readonly payers: PayerIds,
  ) {}

  /** Newest first. */
  async of(orderIds: number[]): Promise<Held[]> {
    return rows<Held>(this.db, HELD, [orderIds]);
  }

  /** The orders that a payer paid, but for one; erased ones belong to nobody. @param openid proved by a WeChat login */
  async paidBy(openid: string, but: number): Promise<number[]> {
    const found = await rows<Row<PayOrderView, 'id'>>(this.db, OTHERS, [
      but,
      this.payers.indexes(openid),
      openid,
    ]);
    return found.map(({ id }) => id);
  }

  /** Which other orders may be the same person's: a person has to find out. */
  related(held: Held): Promise<Camp.RelatedOrder[]> {
    const openid = this.payers.open(held);
    return rows<Camp.RelatedOrder>(this.db, RELATED, [
      held.order_id,
      openid === null ? [] : this.payers.indexes(openid),
      openid,
    ]);
  }

  present(held: Held): Camp.HeldOrder {
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
      consents: held.consents.map(({ at, ...consent }) => ({ ...consent, time: localTime(new Date(at)) })),
      refunds: held.refunds.map((each) => ({
        amount: yuanFromFen(fen(each.amount_fen)),
        status: each.status,
        time: localTime(new Date(each.at)),
      })),
      checkins: held.checkins.map(({ at, content }) => ({ time: localTime(new Date(at)), content })),
      checkinsWithheld: held.checkins_withheld,
      openReason: held.open,
    };
  }
}
