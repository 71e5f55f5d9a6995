import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Outbox } from '@yajin/payment';
import { Clock, rows } from '@yajin/server';
import { DataSource } from 'typeorm';
import { Metrics } from '../system/index.js';

/** For Prometheus: what is under way of every line's money, and what becomes of it. */
@Injectable()
export class MoneyFigures implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    const counted = this.metrics.counter(
      'money_changes_total',
      'What this process has told lines of their money, by what it is of, the line and the state that it has come to',
      ['what', 'line', 'state'],
    );
    this.outbox.listen((what, line, state) => counted.inc({ what, line, state }));
    this.metrics.figures(
      {
        money_open: ['Orders, refunds and transfers that are under way', ['what', 'state']],
        money_unclear_seconds: ['For how long the oldest that was sent has had no end', ['what']],
        money_due_seconds: ['For how long the oldest that is due has waited for a worker', ['what']],
        notifications_kept: ['Genuine notifications that could not be applied', ['state']],
      },
      () => this.look(),
    );
  }

  /** Over partial indexes: what has ended is never counted. Real time throughout. */
  private look(): Promise<{ name: string; labels: Record<string, string>; value: number }[]> {
    return rows(
      this.db,
      `WITH refund AS (
         SELECT status, sent_at, check_at FROM pay_refund WHERE status IN ('pending', 'processing')
       ), transfer AS (
         SELECT status, sent_at, check_at FROM pay_transfer WHERE status IN ('pending', 'processing')
       ), payout AS (
         SELECT 'refund' AS what, refund.* FROM refund UNION ALL SELECT 'transfer', transfer.* FROM transfer
       ), kind AS (
         SELECT unnest(ARRAY['refund', 'transfer']) AS what
       )
       SELECT 'money_open' AS name, json_build_object('what', 'order', 'state', 'pending') AS labels, count(*)::float8 AS value
       FROM pay_order WHERE status = 'pending'
       UNION ALL SELECT 'money_open', json_build_object('what', k.what, 'state', s.state), count(p.what)::float8
       FROM kind k CROSS JOIN unnest(ARRAY['pending', 'processing']) AS s (state)
       LEFT JOIN payout p ON p.what = k.what AND p.status = s.state GROUP BY k.what, s.state
       UNION ALL SELECT 'money_unclear_seconds', json_build_object('what', k.what),
         coalesce(extract(epoch FROM $1::timestamptz - min(p.sent_at) FILTER (WHERE p.status = 'processing')), 0)::float8
       FROM kind k LEFT JOIN payout p ON p.what = k.what GROUP BY k.what
       UNION ALL SELECT 'money_due_seconds', json_build_object('what', k.what),
         greatest(coalesce(extract(epoch FROM $1::timestamptz - min(p.check_at)), 0), 0)::float8
       FROM kind k LEFT JOIN payout p ON p.what = k.what GROUP BY k.what
       UNION ALL SELECT 'notifications_kept', json_build_object('state', s.state),
         (SELECT count(*) FROM pay_notification n WHERE n.state = s.state)::float8
       FROM unnest(ARRAY['quarantined', 'unreadable']) AS s (state)`,
      [this.clock.wall()],
    );
  }
}
