import { Injectable } from '@nestjs/common';
import { dayRange, fen, localTime, sumFen, yuanFromFen } from '@yajin/core';
import { Clock, conditions, KeptFigures, numberedPage, onlyRow, rows, type Row } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource } from 'typeorm';
import {
  atMerchant,
  failureCode,
  holdOf,
  pauseOf,
  presentHold,
  presentPause,
  reasonCode,
  RefundPauses,
  type HeldBy,
  type PausedBy,
  type PayOrderView,
} from '@yajin/payment';
import { DISPUTED, GRADE } from '../member/member.row.js';
import { CampOptions } from '../camp.options.js';
import type { PendingRefundQuery, RefundRecordQuery } from './refund.dto.js';
import type { CampRefund } from './camp-refund.entity.js';
import { OF_DEPOSIT, owedDeposits, TO_ARRIVE } from './deposit-refunds.js';
import { LANE } from './review-lane.js';
import { voidReasonCode } from './void-reasons.js';

type RecordRow = Row<
  CampRefund,
  | 'id'
  | 'campId'
  | 'memberId'
  | 'amountFen'
  | 'auditStatus'
  | 'refundStatus'
  | 'matchConfidence'
  | 'matchMethod'
  | 'checkinCount'
  | 'requiredDays'
  | 'nameDiffers'
  | 'auditor'
  | 'auditedAt'
  | 'comment'
  | 'reason'
  | 'executedAt'
  | 'gatewayRefundId'
  | 'failCode'
  | 'failMessage'
  | 'retryCount'
  | 'notified'
  | 'notifiedAt'
  | 'notifyCode'
  | 'notifyMessage'
  | 'notifyTriedAt'
  | 'createdAt'
  | 'executeAfter'
  | 'undoUntil'
> &
  Row<PayOrderView, 'paidAt' | 'orderNo'> & {
    camp_name: string | null;
    nickname: string | null;
    grade: Camp.IdentityOrNull;
    disputed: boolean;
    hold: HeldBy | null;
    pause: PausedBy | null;
    at_merchant: boolean;
    lane: Camp.ReviewLane;
  };

const RECORDS = `
  SELECT r.*, c.name AS camp_name, pay.paid_at, pay.order_no,
    coalesce(nullif(p.name, ''), nullif(p.alias, ''), m.filled_planet_nickname, o.planet_nickname) AS nickname,
    ${GRADE} AS grade, ${DISPUTED} AS disputed, ${holdOf('refund', 'r.source')} AS hold, ${atMerchant('r.source')} AS at_merchant, ${pauseOf('r.source')} AS pause,
    ${LANE} AS lane
  FROM camp_refund r
  LEFT JOIN camp c ON c.id = r.camp_id LEFT JOIN camp_member m ON m.id = r.member_id
  LEFT JOIN planet_user p ON p.id = m.planet_user_ref JOIN pay_order_view pay ON pay.id = r.order_id
  LEFT JOIN camp_order o ON o.order_id = r.order_id
  WHERE r.id = ANY($1) ORDER BY r.id DESC`;

interface LaneSums {
  lane: Camp.ReviewLane;
  count: number;
  fen: string;
}

interface Sums {
  refunded: string | null;
  deposits: string | null;
  success: number;
  failed: number;
  pending: number;
  review: number;
  owed: string | null;
}

/** What waits for a review under a filter. */
function pendingUnder(
  query: PendingRefundQuery,
  lane: Camp.ReviewLane | undefined,
): ReturnType<typeof conditions> {
  return conditions([
    [`r.audit_status = 'pending'`],
    ['r.camp_id = ?', query.campId],
    ['r.id = ANY(?)', query.ids],
    ['r.match_confidence >= ?', query.minConfidence],
    ['r.match_confidence <= ?', query.maxConfidence],
    [`${LANE} = ?`, lane],
  ]);
}

@Injectable()
export class RefundQueries {
  private readonly sums = new KeptFigures<Sums>();

  constructor(
    private readonly db: DataSource,
    private readonly options: CampOptions,
    private readonly clock: Clock,
    private readonly pauses: RefundPauses,
  ) {}

  async pending(query: PendingRefundQuery): Promise<Camp.PendingRefundPage> {
    const chosen = pendingUnder(query, query.lane);
    const { list } = await this.page(chosen.where, chosen.parameters, null, query);
    const { where, parameters } = pendingUnder(query, undefined);
    const found = await rows<LaneSums>(
      this.db,
      `SELECT lane, count(*) AS count, sum(amount_fen) AS fen FROM (SELECT r.amount_fen, ${LANE} AS lane FROM camp_refund r WHERE ${where}) AS r
       GROUP BY lane`,
      parameters,
    );
    const of = (lane: Camp.ReviewLane): LaneSums =>
      found.find((row) => row.lane === lane) ?? { lane, count: 0, fen: '0' };
    const figures = (lane: Camp.ReviewLane): Camp.ReviewLaneFigures => ({
      count: of(lane).count,
      amount: yuanFromFen(fen(of(lane).fen)),
    });
    const shown = found.filter(({ lane }) => !query.lane || lane === query.lane);
    const total = shown.reduce((sum, { count }) => sum + count, 0);
    const low = shown.find(({ lane }) => lane === 'low')?.count ?? 0;
    return {
      list: list.filter(isMembers).map(presentPending),
      ...this.options.page(query, total),
      summary: {
        totalAmount: yuanFromFen(sumFen(shown.map((row) => fen(row.fen)))),
        highConfidenceCount: total - low,
        lowConfidenceCount: low,
        lanes: { ready: figures('ready'), check: figures('check'), low: figures('low') },
      },
    };
  }

  async records(query: RefundRecordQuery): Promise<Camp.RefundRecordPage> {
    const { from, before } = dayRange(query.startDate, query.endDate);
    const { where, parameters } = conditions([
      ['r.camp_id = ?', query.campId],
      ['r.refund_status = ?', query.refundStatus],
      ['r.audit_status = ?', query.auditStatus],
      ['r.id = ANY(?)', query.ids],
      ['r.created_at >= ?', from],
      ['r.created_at < ?', before],
      [`${OF_DEPOSIT} = ?`, query.kind && query.kind === 'deposit'],
      [`${TO_ARRIVE} = ?`, query.open],
    ]);
    // A record never leaves its camp, but it does leave a status.
    const { refundStatus, auditStatus, ids, kind, open } = query;
    const settled = [refundStatus, auditStatus, ids, kind, open, from, before].every(
      (each) => (each ?? null) === null,
    );
    const anchors = settled ? `camp_refund:${query.campId ?? ''}` : null;
    const { list, total } = await this.page(where, parameters, anchors, query);
    const sums = await this.sums.of(JSON.stringify([where, parameters]), () =>
      onlyRow<Sums>(
        this.db,
        `SELECT sum(amount_fen) FILTER (WHERE refund_status = 'success') AS refunded,
           sum(amount_fen) FILTER (WHERE refund_status = 'success' AND ${OF_DEPOSIT}) AS deposits,
           count(*) FILTER (WHERE refund_status = 'success') AS success, count(*) FILTER (WHERE refund_status = 'failed') AS failed,
           count(*) FILTER (WHERE refund_status IN ('pending', 'processing')) AS pending,
           count(*) FILTER (WHERE audit_status = 'pending') AS review,
           (SELECT sum(owed_fen) FROM (${owedDeposits(where)}) AS owed) AS owed
         FROM camp_refund r WHERE ${where}`,
        parameters,
      ),
    );
    const refundedFen = fen(sums.refunded ?? 0);
    const depositFen = fen(sums.deposits ?? 0);
    const wall = this.clock.wall();
    return {
      list: list.map((row) => presentRecord(row, wall)),
      ...this.options.page(query, total),
      pauses: await this.pauses.list(this.db),
      summary: {
        totalRefunded: yuanFromFen(refundedFen),
        successCount: sums.success,
        failedCount: sums.failed,
        pendingCount: sums.pending,
        reviewCount: sums.review,
        depositRefunded: yuanFromFen(depositFen),
        otherRefunded: yuanFromFen(fen(refundedFen - depositFen)),
        depositOwed: yuanFromFen(fen(sums.owed ?? 0)),
      },
    };
  }

  private async page(
    where: string,
    parameters: unknown[],
    anchors: string | null,
    query: { page: number; pageSize: number },
  ): Promise<{ list: RecordRow[]; total: number }> {
    const list = { table: 'camp_refund', alias: 'r', where, parameters, anchors };
    const { ids, total } = await numberedPage(this.db, list, query);
    return { list: await rows<RecordRow>(this.db, RECORDS, [ids]), total };
  }
}

type MembersRow = RecordRow &
  Record<'match_confidence' | 'checkin_count' | 'required_days', number> & {
    match_method: Camp.MatchMethod;
    paid_at: Date;
  };

/** Whatever waits for a decision is a member's. */
function isMembers(row: RecordRow): row is MembersRow {
  return row.match_method !== null && row.match_confidence !== null && row.paid_at !== null;
}

function presentPending(row: MembersRow): Camp.PendingRefund {
  return {
    id: row.id,
    campId: row.camp_id ?? 0,
    campName: row.camp_name ?? '',
    memberId: row.member_id ?? 0,
    planetNickname: row.nickname ?? '',
    refundAmount: yuanFromFen(fen(row.amount_fen)),
    auditStatus: 'pending',
    matchConfidence: row.match_confidence,
    matchMethod: row.match_method,
    nicknameMismatch: row.name_differs,
    identity: row.grade,
    identityDisputed: row.disputed,
    lane: row.lane,
    checkinCount: row.checkin_count,
    requiredDays: row.required_days,
    payTime: localTime(row.paid_at),
    createdAt: localTime(row.created_at),
  };
}

function presentRecord(row: RecordRow, wall: Date): Camp.RefundRecord {
  const time = (at: Date | null): string | null => at && localTime(at);
  return {
    id: row.id,
    campId: row.camp_id,
    campName: row.camp_name,
    memberId: row.member_id,
    planetNickname: row.nickname,
    identity: row.grade,
    refundAmount: yuanFromFen(fen(row.amount_fen)),
    auditStatus: row.audit_status,
    refundStatus: row.refund_status,
    auditor: row.auditor,
    auditTime: time(row.audited_at),
    comment: row.comment,
    reason: row.reason,
    reasonCode: codeOf(row.reason),
    executeAfter: time(row.execute_after),
    canUndo:
      row.undo_until !== null && row.undo_until > wall && ['pending', 'rejected'].includes(row.refund_status),
    executeTime: time(row.executed_at),
    wechatRefundId: row.gateway_refund_id,
    failCode: failCode(row.fail_code),
    failReason: row.fail_message ?? row.fail_code,
    failReasonCode: row.fail_code === 'EXCEEDS' ? 'EXCEEDS' : failureCode(row.fail_message ?? row.fail_code),
    retryCount: row.retry_count,
    notified: row.notified,
    notifyTime: time(row.notified_at),
    notifyError: notifyError(row),
    createdAt: localTime(row.created_at),
    orderNo: row.order_no,
    canRetry: row.refund_status === 'failed' && row.auditor !== null && !row.at_merchant,
    hold: presentHold(row.hold),
    pause: presentPause(row.pause),
  };
}

function notifyError(row: RecordRow): Camp.RefundRecord['notifyError'] {
  const { notify_code: code, notify_message: message, notify_tried_at: at } = row;
  return code === null || at === null ? null : { code, message: message ?? '', time: localTime(at) };
}

function codeOf(reason: string | null): Camp.RefundRecord['reasonCode'] {
  return reason === null ? null : (voidReasonCode(reason) ?? reasonCode(reason));
}

function failCode(code: string | null): Camp.RefundRecord['failCode'] {
  if (code === null) return null;
  if (code === 'INSUFFICIENT') return 1303;
  return code === 'EXCEEDS' ? 1305 : 1304;
}
