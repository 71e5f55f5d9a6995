import { fen, percent } from '@yajin/core';
import type { Camp } from '@yajin/contract';
import type { QueryRunner } from 'typeorm';
import type { Row } from '@yajin/server';
import type { PayOrderView } from '@yajin/payment';
import { currentDay, progressOf } from '../camp/camp.rules.js';
import { periodOf } from '../camp/camp.row.js';
import { columnsOf, type Column } from './column.js';
import { cursorBatches } from './snapshot.js';
import { MATCH_STATUS, matchMethod, refundStatus, yesNo } from './words.js';
import type { CampEntity } from '../camp/camp.entity.js';
import type { CampMember } from '../member/camp-member.entity.js';

export type MemberRow = Row<
  CampMember,
  | 'id'
  | 'filledPlanetNickname'
  | 'filledPlanetUserId'
  | 'filledWechatNickname'
  | 'matchStatus'
  | 'matchConfidence'
  | 'matchMethod'
  | 'joinedGroup'
  | 'joinedAt'
  | 'checkinCount'
  | 'payFen'
  | 'paidAt'
  | 'refundedFen'
> &
  Row<CampEntity, 'startDate' | 'endDate' | 'requiredDays'> &
  Row<PayOrderView, 'orderNo'> & {
    camp_name: string;
    planet_nickname: string | null;
    planet_user_id: string | null;
    refund_status: Camp.RefundStatus | null;
    audit_status: Camp.AuditStatus | null;
    enrolled: Camp.PaymentInfo['identity'];
  };

/** The members of some camps, newest camp first, in the order in which they came. */
export function memberBatches(runner: QueryRunner, campIds: number[]): AsyncGenerator<MemberRow[]> {
  return cursorBatches<MemberRow>(
    runner,
    `SELECT m.id, c.name AS camp_name, c.start_date, c.end_date, c.required_days, m.filled_planet_nickname,
       m.filled_planet_user_id, m.filled_wechat_nickname, m.match_status, m.match_confidence, m.match_method,
       coalesce(nullif(p.name, ''), nullif(p.alias, '')) AS planet_nickname, p.planet_user_id, m.joined_group,
       m.joined_at, m.checkin_count, m.pay_fen, m.paid_at, r.refund_status, r.audit_status, e.identity AS enrolled, m.refunded_fen, o.order_no
     FROM camp_member m JOIN camp c ON c.id = m.camp_id JOIN pay_order_view o ON o.id = m.order_id
     LEFT JOIN camp_order e ON e.order_id = m.order_id
     LEFT JOIN planet_user p ON p.id = m.planet_user_ref
     LEFT JOIN (
       SELECT DISTINCT ON (member_id) member_id, refund_status, audit_status FROM camp_refund
       WHERE camp_id = ANY($1) AND member_id IS NOT NULL ORDER BY member_id, id DESC
     ) AS r ON r.member_id = m.id
     WHERE m.camp_id = ANY($1) ORDER BY m.camp_id DESC, m.id`,
    [campIds],
  );
}

const { text, whole, percent: percentage, money, time } = columnsOf<MemberRow>();

/** @param today the business date up to which check-in rates count */
export function memberColumns(today: string): Column<MemberRow>[] {
  return [
    whole('会员ID', 10, (row) => row.id),
    text('训练营', 28, (row) => row.camp_name),
    text('填写的星球昵称', 20, (row) => row.filled_planet_nickname),
    text('填写的星球ID', 20, (row) => row.filled_planet_user_id),
    text('微信昵称', 20, (row) => row.filled_wechat_nickname),
    text('匹配状态', 10, (row) => MATCH_STATUS[row.match_status]),
    whole('置信度', 8, (row) => row.match_confidence),
    text('匹配方式', 10, (row) => row.match_method && matchMethod(row.match_method, row.enrolled)),
    text('星球昵称', 20, (row) => row.planet_nickname),
    text('星球ID', 20, (row) => row.planet_user_id),
    text('是否进群', 10, (row) => yesNo(row.joined_group)),
    time('进群时间', 20, (row) => row.joined_at),
    whole('打卡天数', 10, (row) => row.checkin_count),
    percentage('打卡率', 10, (row) => percent(row.checkin_count, currentDay(periodOf(row), today))),
    text('达标', 8, (row) => yesNo(progressOf(row.checkin_count, row.required_days).eligible)),
    money('押金', 12, (row) => fen(row.pay_fen)),
    time('支付时间', 20, (row) => row.paid_at),
    text('退款状态', 10, (row) => row.refund_status && refundStatus(row.audit_status, row.refund_status)),
    money('已退金额', 12, (row) => fen(row.refunded_fen)),
    text('订单号', 42, (row) => row.order_no),
  ];
}

/** What a printed page has room for. */
export const PRINTED_MEMBER_COLUMNS = [
  '会员ID',
  '训练营',
  '填写的星球昵称',
  '星球昵称',
  '星球ID',
  '匹配状态',
  '打卡天数',
  '打卡率',
  '达标',
  '押金',
  '退款状态',
  '已退金额',
];
