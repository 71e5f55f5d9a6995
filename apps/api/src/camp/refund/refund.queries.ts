import { Injectable } from '@nestjs/common';
import { dayRange, fen, localTime, yuanFromFen } from '@yajin/core';
import { onlyRow, rows } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource } from 'typeorm';
import { CampOptions } from '../camp.options.js';
import type { PendingRefundQuery, RefundRecordQuery } from './refund.dto.js';

interface RecordRow {
  id: number;
  camp_id: number | null;
  camp_name: string | null;
  member_id: number | null;
  nickname: string | null;
  amount_fen: number;
  audit_status: Camp.AuditStatus;
  refund_status: Camp.RefundStatus;
  match_confidence: number;
  match_method: Camp.MatchMethod;
  checkin_count: number;
  required_days: number;
  name_differs: boolean;
  paid_at: Date;
  auditor: string | null;
  audited_at: Date | null;
  comment: string | null;
  reason: string | null;
  executed_at: Date | null;
  gateway_refund_id: string | null;
  fail_code: string | null;
  fail_message: string | null;
  retry_count: number;
  notified: boolean;
  notified_at: Date | null;
  created_at: Date;
}

const PAGE = `
  SELECT r.*, c.name AS camp_name, o.paid_at,
    coalesce(nullif(p.name, ''), nullif(p.alias, ''), m.filled_planet_nickname, co.planet_nickname) AS nickname
  FROM (SELECT * FROM camp_refund r WHERE %WHERE% ORDER BY r.id DESC LIMIT %LIMIT%) AS r
  LEFT JOIN camp c ON c.id = r.camp_id LEFT JOIN camp_member m ON m.id = r.member_id
  LEFT JOIN planet_user p ON p.id = m.planet_user_ref JOIN pay_order o ON o.id = r.order_id
  LEFT JOIN camp_order co ON co.order_id = r.order_id
  ORDER BY r.id DESC`;

@Injectable()
export class RefundQueries {
  constructor(
    private readonly db: DataSource,
    private readonly options: CampOptions,
  ) {}

  async pending(query: PendingRefundQuery): Promise<Camp.PendingRefundPage> {
    const where = `r.audit_status = 'pending' AND ($1::bigint IS NULL OR r.camp_id = $1)`;
    const filter = [query.campId ?? null];
    const list = await this.page(where, filter, query);
    const sums = await onlyRow<{ total: number; amount: string | null; high: number }>(
      this.db,
      `SELECT count(*) AS total, sum(amount_fen) AS amount, count(*) FILTER (WHERE match_confidence >= 80) AS high
       FROM camp_refund r WHERE ${where}`,
      filter,
    );
    return {
      list: list.map(presentPending),
      ...this.options.page(query, sums.total),
      summary: {
        totalAmount: yuanFromFen(fen(sums.amount ?? 0)),
        highConfidenceCount: sums.high,
        lowConfidenceCount: sums.total - sums.high,
      },
    };
  }

  async records(query: RefundRecordQuery): Promise<Camp.RefundRecordPage> {
    const where = `($1::bigint IS NULL OR r.camp_id = $1) AND ($2::text IS NULL OR r.refund_status = $2)
      AND ($3::text IS NULL OR r.audit_status = $3) AND ($4::timestamptz IS NULL OR r.created_at >= $4)
      AND ($5::timestamptz IS NULL OR r.created_at < $5)`;
    const days = dayRange(query.startDate, query.endDate);
    const filter = [
      query.campId ?? null,
      query.refundStatus ?? null,
      query.auditStatus ?? null,
      days.from,
      days.before,
    ];
    const list = await this.page(where, filter, query);
    const sums = await onlyRow<{
      total: number;
      refunded: string | null;
      success: number;
      failed: number;
      pending: number;
    }>(
      this.db,
      `SELECT count(*) AS total, sum(amount_fen) FILTER (WHERE refund_status = 'success') AS refunded,
         count(*) FILTER (WHERE refund_status = 'success') AS success, count(*) FILTER (WHERE refund_status = 'failed') AS failed,
         count(*) FILTER (WHERE refund_status IN ('pending', 'processing')) AS pending
       FROM camp_refund r WHERE ${where}`,
      filter,
    );
    return {
      list: list.map(presentRecord),
      ...this.options.page(query, sums.total),
      summary: {
        totalRefunded: yuanFromFen(fen(sums.refunded ?? 0)),
        successCount: sums.success,
        failedCount: sums.failed,
        pendingCount: sums.pending,
      },
    };
  }

  private page(
    where: string,
    filter: unknown[],
    query: { page: number; pageSize: number },
  ): Promise<RecordRow[]> {
    const limit = `$${filter.length + 1} OFFSET $${filter.length + 2}`;
    const sql = PAGE.replace('%WHERE%', where).replace('%LIMIT%', limit);
    return rows<RecordRow>(this.db, sql, [...filter, query.pageSize, (query.page - 1) * query.pageSize]);
  }
}

function presentPending(row: RecordRow): Camp.PendingRefund {
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
    checkinCount: row.checkin_count,
    requiredDays: row.required_days,
    payTime: localTime(row.paid_at),
    createdAt: localTime(row.created_at),
  };
}

function presentRecord(row: RecordRow): Camp.RefundRecord {
  const time = (at: Date | null): string | null => at && localTime(at);
  return {
    id: row.id,
    campId: row.camp_id,
    campName: row.camp_name,
    memberId: row.member_id,
    planetNickname: row.nickname,
    refundAmount: yuanFromFen(fen(row.amount_fen)),
    auditStatus: row.audit_status,
    refundStatus: row.refund_status,
    auditor: row.auditor,
    auditTime: time(row.audited_at),
    comment: row.comment,
    reason: row.reason,
    executeTime: time(row.executed_at),
    wechatRefundId: row.gateway_refund_id,
    failCode: failCode(row.fail_code),
    failReason: row.fail_message ?? row.fail_code,
    retryCount: row.retry_count,
    notified: row.notified,
    notifyTime: time(row.notified_at),
    createdAt: localTime(row.created_at),
  };
}

function failCode(code: string | null): Camp.RefundRecord['failCode'] {
  if (code === null) return null;
  if (code === 'INSUFFICIENT') return 1303;
  return code === 'EXCEEDS' ? 1305 : 1304;
}
