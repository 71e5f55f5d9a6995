import { Injectable } from '@nestjs/common';
import { dayRange, fen, yuanFromFen } from '@yajin/core';
import type { Course } from '@yajin/contract/course';
import { Clock, conditions, onlyRow, rows } from '@yajin/server';
import { DataSource } from 'typeorm';
import type { HostUser } from '../../system/index.js';
import type { HistoryQuery, StatsQuery } from './course.dto.js';
import { instant, ownOnly } from './course.rows.js';
import { statsOf, statsRange, type DayOfMethod } from './course.rules.js';

interface EntryRow {
  id: string;
  order_id: string;
  type: Course.HistoryEntry['type'];
  amount_fen: number;
  method: Course.PaymentMethod;
  status: Course.PaymentStatus;
  description: string;
  created_at: Date;
  paid_at: Date | null;
  transaction_id: string | null;
  metadata: Course.Metadata;
}

/** Payments and refunds in one list. */
const HISTORY = `(
  SELECT p.id, b.id AS order_id, b.user_id, b.type, p.amount_fen, p.method, p.status, p.description, p.created_at, p.paid_at,
    p.transaction_id, p.metadata
  FROM course_payment p JOIN course_booking b ON b.id = p.booking_id
  UNION ALL
  SELECT r.id, b.id, b.user_id, 'refund', r.amount_fen, p.method, CASE r.status WHEN 'processing' THEN 'pending' ELSE r.status END,
    r.reason, r.created_at, r.completed_at, r.transaction_id, p.metadata
  FROM course_refund r JOIN course_payment p ON p.id = r.payment_id JOIN course_booking b ON b.id = p.booking_id
) AS h`;

@Injectable()
export class ReportService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async history(user: HostUser, query: HistoryQuery): Promise<Course.History> {
    const { page, page_size: size } = query;
    const { from, before } = dayRange(query.start_date, query.end_date);
    const { where, parameters } = conditions([
      ['h.user_id = ?', ownOnly(user)],
      ['h.type = ?', query.type],
      ['h.status = ?', query.status],
      ['h.created_at >= ?', from],
      ['h.created_at < ?', before],
    ]);
    const { total } = await onlyRow<{ total: number }>(
      this.db,
      `SELECT count(*) AS total FROM ${HISTORY} WHERE ${where}`,
      parameters,
    );
    const found = await rows<EntryRow>(
      this.db,
      `SELECT * FROM ${HISTORY} WHERE ${where} ORDER BY h.created_at DESC, h.id LIMIT ${size} OFFSET ${(page - 1) * size}`,
      parameters,
    );
    return {
      payments: found.map(presentEntry),
      pagination: { page, page_size: size, total, total_pages: Math.ceil(total / size) },
    };
  }

  /** @throws BusinessError 400 for dates that make no range, or too long a one */
  async stats(query: StatsQuery): Promise<Course.StatsAnswer> {
    const range = statsRange(query, this.clock.now());
    const { from, before } = dayRange(range.first, range.last);
    const found = await rows<DayOfMethod>(
      this.db,
      `SELECT to_char(p.created_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS day, p.method, count(*) AS payments,
         count(*) FILTER (WHERE p.status = 'completed') AS completed, count(*) FILTER (WHERE p.status = 'failed') AS failed,
         coalesce(sum(p.amount_fen) FILTER (WHERE p.status = 'completed'), 0)::bigint AS completed_fen,
         coalesce(sum(r.refunds), 0)::bigint AS refunds, coalesce(sum(r.refunded_fen), 0)::bigint AS refunded_fen
       FROM course_payment p
       LEFT JOIN (
         SELECT payment_id, count(*) AS refunds, sum(amount_fen) AS refunded_fen FROM course_refund
         WHERE status = 'completed' AND NOT surplus GROUP BY payment_id
       ) AS r ON r.payment_id = p.id
       WHERE p.created_at >= $1 AND p.created_at < $2 GROUP BY 1, 2`,
      [from, before],
    );
    return { stats: statsOf(range, found) };
  }
}

function presentEntry(row: EntryRow): Course.HistoryEntry {
  return {
    id: row.id,
    order_id: row.order_id,
    type: row.type,
    amount: yuanFromFen(fen(row.amount_fen)),
    currency: 'CNY',
    payment_method: row.method,
    status: row.status,
    description: row.description,
    created_at: instant(row.created_at),
    paid_at: row.paid_at && instant(row.paid_at),
    transaction_id: row.transaction_id,
    metadata: row.metadata,
  };
}
