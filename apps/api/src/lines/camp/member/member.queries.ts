import { Injectable } from '@nestjs/common';
import { businessDate, fen, localTime, percent, sentence, yuanFromFen, type Sentence } from '@yajin/core';
import {
  BusinessError,
  Clock,
  conditions,
  maybeRow,
  numberedPage,
  rows,
  type Database,
  type Row,
} from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource } from 'typeorm';
import type { PayOrderView } from '@yajin/payment';
import { campScope, type Operator } from '../../../system/index.js';
import { currentDay, progressOf } from '../camp/camp.rules.js';
import { periodOf } from '../camp/camp.row.js';
import { CampOptions } from '../camp.options.js';
import { readCandidate, readClaim, scoreOf } from './match.rules.js';
import { NAME_DIFFERS } from '../refund/refund-list.js';
import type { MemberQuery } from './member.dto.js';
import { CLAIMED, GRADE, IN_REVIEW, IN_SCOPE, PLANET_NAME } from './member.row.js';
import type { CampRefund } from '../refund/camp-refund.entity.js';
import type { CampEntity } from '../camp/camp.entity.js';
import type { CampMember } from './camp-member.entity.js';
import type { CampOrder } from '../h5/camp-order.entity.js';

type MemberRow = Row<
  CampMember,
  | 'id'
  | 'campId'
  | 'payFen'
  | 'paidAt'
  | 'filledPlanetUserId'
  | 'filledPlanetNickname'
  | 'filledWechatNickname'
  | 'matchStatus'
  | 'matchConfidence'
  | 'matchMethod'
  | 'matchedAt'
  | 'planetUserRef'
  | 'review'
  | 'joinedGroup'
  | 'joinedAt'
  | 'checkinCount'
  | 'lastCheckinAt'
  | 'createdAt'
  | 'updatedAt'
> &
  Row<CampEntity, 'startDate' | 'endDate' | 'requiredDays'> & {
    camp_name: string;
    planet_name: string | null;
    grade: Camp.IdentityOrNull;
  };

/** As an outer join finds it. */
type Partly<Found> = { [Column in keyof Found]: Found[Column] | null };

type DetailRow = MemberRow &
  Row<CampMember, 'unmatchedRefs'> &
  Row<CampOrder, 'orderId' | 'bindStatus' | 'bindMethod' | 'identity'> &
  Row<PayOrderView, 'orderNo'> & {
    planet_user_id: string | null;
    user_name: string | null;
    user_alias: string | null;
    name_differs: boolean;
  };

const NICKNAMES = `concat_ws(chr(10), m.filled_planet_nickname, m.filled_wechat_nickname,
  (SELECT concat_ws(chr(10), p.name, p.alias) FROM planet_user p WHERE p.id = m.planet_user_ref))`;

/** Part of a nickname, or the whole of a planet id or an order number, which nobody types in part. */
const MATCHES_KEYWORD = `(strpos(folded(${NICKNAMES}), folded(?)) > 0 OR m.filled_planet_user_id = ?
  OR m.planet_user_ref = (SELECT p.id FROM planet_user p WHERE p.planet_user_id = ?)
  OR m.order_id = (SELECT o.id FROM pay_order_view o WHERE o.order_no = ?))`;

/** More than two are rare. */
const MOST_CLAIMS = 20;

/** What operators see of members. */
@Injectable()
export class MemberQueries {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly options: CampOptions,
  ) {}

  /** Newest first. */
  async list(operator: Operator, query: MemberQuery): Promise<Camp.MemberPage> {
    const scope = campScope(operator);
    const keyword = query.keyword || null;
    const { where, parameters } = conditions([
      [IN_SCOPE, scope],
      ['m.camp_id = ?', query.campId],
      ['m.match_status = ?', query.matchStatus],
      [MATCHES_KEYWORD, keyword],
      [
        '(m.checkin_count >= (SELECT c.required_days FROM camp c WHERE c.id = m.camp_id)) = ?',
        query.eligibleForRefund,
      ],
      // The first one by itself, so that the index of those few serves it.
      [`${IN_REVIEW} AND ?`, query.inReview || null],
      [`(${IN_REVIEW} IS TRUE) = ?`, query.inReview],
    ]);
    // Members never leave a camp; what a coach sees, or what a filter finds, changes.
    const flags = [query.matchStatus, query.eligibleForRefund, query.inReview];
    const settled = scope === null && keyword === null && flags.every((flag) => flag === undefined);
    const anchors = settled ? `camp_member:${query.campId ?? ''}` : null;
    const list = { table: 'camp_member', alias: 'm', where, parameters, anchors };
    const { ids, total } = await numberedPage(this.db, list, query);
    const found = await rows<MemberRow & Partly<Row<CampRefund, 'auditStatus' | 'refundStatus'>>>(
      this.db,
      `SELECT m.*, c.name AS camp_name, c.start_date, c.end_date, c.required_days, ${PLANET_NAME} AS planet_name,
         ${GRADE} AS grade,
         r.audit_status, r.refund_status
       FROM camp_member m JOIN camp c ON c.id = m.camp_id LEFT JOIN planet_user p ON p.id = m.planet_user_ref
       JOIN camp_order o ON o.order_id = m.order_id
       LEFT JOIN LATERAL (SELECT * FROM camp_refund r WHERE r.member_id = m.id ORDER BY r.id DESC LIMIT 1) AS r ON true WHERE m.id = ANY($1) ORDER BY m.id DESC`,
      [ids],
    );
    const now = this.clock.now();
    return {
      list: found.map((row) => presentSummary(row, now)),
      ...this.options.page(query, total),
    };
  }

  /** A member with the latest refund, claims and days, as of one moment. @throws BusinessError 404 when it is not there for this operator */
  detail(operator: Operator, id: number): Promise<Camp.MemberDetail> {
    return this.db.transaction('REPEATABLE READ', (manager) => this.read(manager, operator, id));
  }

  private async read(db: Database, operator: Operator, id: number): Promise<Camp.MemberDetail> {
    const { where, parameters } = conditions([
      ['m.id = ?', id],
      [IN_SCOPE, campScope(operator)],
    ]);
    const row = await maybeRow<DetailRow>(
      db,
      `SELECT m.*, c.name AS camp_name, c.start_date, c.end_date, c.required_days, ${PLANET_NAME} AS planet_name,
         ${GRADE} AS grade,
         p.planet_user_id, p.name AS user_name, p.alias AS user_alias, ${NAME_DIFFERS} AS name_differs, pay.order_no, o.bind_status, o.bind_method, o.identity
       FROM camp_member m JOIN camp c ON c.id = m.camp_id LEFT JOIN planet_user p ON p.id = m.planet_user_ref
       JOIN pay_order_view pay ON pay.id = m.order_id JOIN camp_order o ON o.order_id = m.order_id WHERE ${where}`,
      parameters,
    );
    if (!row) throw new BusinessError(404);
    const refund = await maybeRow<Row<CampRefund>>(
      db,
      'SELECT * FROM camp_refund WHERE member_id = $1 ORDER BY id DESC LIMIT 1',
      [id],
    );
    return presentDetail(
      row,
      { refund, claims: await this.claims(db, row), dates: await this.dates(db, row) },
      this.clock.now(),
    );
  }

  /** On which days a member checked in, oldest first. */
  private async dates(db: Database, { camp_id, planet_user_ref }: DetailRow): Promise<string[]> {
    const found = await rows<{ date: string }>(
      db,
      'SELECT DISTINCT checkin_date AS date FROM camp_checkin WHERE camp_id = $1 AND planet_user_ref = $2 ORDER BY date',
      [camp_id, planet_user_ref],
    );
    return found.map(({ date }) => date);
  }

  /** Who else of the camp claims the same planet user: who has it first, then those at whom people have to look. */
  private claims(
    db: Database,
    { id, camp_id }: { id: number; camp_id: number },
  ): Promise<Camp.IdentityClaim[]> {
    return rows<Camp.IdentityClaim>(
      db,
      `WITH claimed AS (SELECT ${CLAIMED} AS ref FROM camp_member m WHERE m.id = $1)
       SELECT m.id AS "memberId", coalesce(${PLANET_NAME}, m.filled_planet_nickname) AS "planetNickname", ${GRADE} AS identity,
         m.review AS "identityReview", m.planet_user_ref IS NOT NULL AS holds
       FROM camp_member m JOIN camp_order o ON o.order_id = m.order_id LEFT JOIN planet_user p ON p.id = m.planet_user_ref
       WHERE m.camp_id = $2 AND m.id <> $1
         AND (m.planet_user_ref = (SELECT ref FROM claimed) OR (${IN_REVIEW} AND ${CLAIMED} = (SELECT ref FROM claimed)))
       ORDER BY holds DESC, m.id LIMIT ${MOST_CLAIMS}`,
      [id, camp_id],
    );
  }
}

function time(at: Date | null): string | null {
  return at && localTime(at);
}

/** Check-ins per camp day so far, in percent; 0 before the start. */
function rateOf(row: MemberRow, now: Date): number {
  return Math.min(100, percent(row.checkin_count, currentDay(periodOf(row), businessDate(now))));
}

function presentSummary(
  row: MemberRow & Partly<Row<CampRefund, 'auditStatus' | 'refundStatus'>>,
  now: Date,
): Camp.MemberSummary {
  return {
    id: row.id,
    campId: row.camp_id,
    campName: row.camp_name,
    filledPlanetNickname: row.filled_planet_nickname,
    filledPlanetUserId: row.filled_planet_user_id,
    filledWechatNickname: row.filled_wechat_nickname,
    matchStatus: row.match_status,
    matchConfidence: row.match_confidence,
    matchedPlanetNickname: row.planet_name,
    identity: row.grade,
    identityReview: row.review,
    joinedGroup: row.joined_group,
    joinedAt: time(row.joined_at),
    checkinCount: row.checkin_count,
    checkinRate: rateOf(row, now),
    eligibleForRefund: progressOf(row.checkin_count, row.required_days).eligible,
    payAmount: yuanFromFen(fen(row.pay_fen)),
    payTime: localTime(row.paid_at),
    refundStatus: row.refund_status,
    refundAuditStatus: row.audit_status,
    createdAt: localTime(row.created_at),
  };
}

function presentDetail(
  row: DetailRow,
  {
    refund,
    claims,
    dates,
  }: { refund: Row<CampRefund> | null; claims: Camp.IdentityClaim[]; dates: string[] },
  now: Date,
): Camp.MemberDetail {
  return {
    id: row.id,
    campId: row.camp_id,
    campName: row.camp_name,
    filledInfo: {
      planetNickname: row.filled_planet_nickname,
      planetUserId: row.filled_planet_user_id,
      wechatNickname: row.filled_wechat_nickname,
    },
    matchInfo: {
      status: row.match_status,
      confidence: row.match_confidence,
      method: row.match_method,
      matchedPlanetUser: row.planet_user_ref === null ? null : presentPlanetUser(row, row.planet_user_ref),
      matchTime: time(row.matched_at),
      nicknameMismatch: row.name_differs,
      identity: row.grade,
      identityReview: row.review,
      identityClaims: claims,
      findings: findingsOf(row),
    },
    groupInfo: { joined: row.joined_group, joinedAt: time(row.joined_at) },
    checkinInfo: {
      count: row.checkin_count,
      rate: rateOf(row, now),
      requiredDays: row.required_days,
      lastCheckinTime: time(row.last_checkin_at),
      eligible: progressOf(row.checkin_count, row.required_days).eligible,
      startDate: row.start_date,
      endDate: row.end_date,
      dates,
    },
    paymentInfo: {
      orderId: row.order_id,
      orderNo: row.order_no,
      amount: yuanFromFen(fen(row.pay_fen)),
      status: 'success',
      payTime: localTime(row.paid_at),
      bindStatus: row.bind_status,
      bindMethod: row.bind_method,
      identity: row.identity,
    },
    refundInfo: refund && presentRefund(refund),
    createdAt: localTime(row.created_at),
    updatedAt: localTime(row.updated_at),
  };
}

/** Why the matched planet user is this member, as for a candidate. */
function findingsOf(row: DetailRow): Sentence[] {
  if (row.planet_user_ref === null) return [];
  const refused = row.unmatched_refs;
  const claim = readClaim({
    memberId: row.id,
    planetUserId: row.filled_planet_user_id,
    planetNickname: row.filled_planet_nickname,
    wechatNickname: row.filled_wechat_nickname,
    refused,
  });
  const user = {
    id: row.planet_user_ref,
    planetUserId: row.planet_user_id ?? '',
    name: row.user_name ?? '',
    alias: row.user_alias ?? '',
    days: row.checkin_count,
  };
  const { evidence } = scoreOf(claim, readCandidate(user));
  return refused.includes(row.planet_user_ref) ? [...evidence, sentence('unmatched_before')] : evidence;
}

/** zsxq tells no WeChat name: it is the one the member filled in. */
function presentPlanetUser(row: DetailRow, id: number): Camp.MatchedPlanetUser {
  return {
    id,
    planetUserId: row.planet_user_id ?? '',
    planetNickname: row.planet_name ?? '',
    wechatNickname: row.filled_wechat_nickname,
  };
}

function presentRefund(row: Row<CampRefund>): Camp.RefundInfo {
  return {
    refundId: row.id,
    refundAmount: yuanFromFen(fen(row.amount_fen)),
    auditStatus: row.audit_status,
    refundStatus: row.refund_status,
    auditor: row.auditor,
    auditTime: time(row.audited_at),
    executeTime: time(row.executed_at),
    reason: row.reason,
    createdAt: localTime(row.created_at),
  };
}
