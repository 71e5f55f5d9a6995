import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sentence } from '@yajin/core';
import { Clock, Deadlines, rows, type Row, type SysAlert } from '@yajin/server';
import { DataSource } from 'typeorm';
import { Retention, SettingsService } from '../system/index.js';

const MINUTE_MS = 60_000;
/** Alerts looked at in one statement. */
const MOST = 1000;

type Payout = 'refund' | 'transfer';

const settled = (what: Payout): string =>
  `EXISTS (SELECT FROM pay_${what} p WHERE p.id = (a.params ->> '${what}')::bigint AND p.status NOT IN ('pending', 'processing'))`;

/** Failed no more, or failed again, which is another alert. */
const retried = (what: Payout): string =>
  `EXISTS (SELECT FROM pay_${what} p WHERE p.id = (a.params ->> '${what}')::bigint
     AND (p.status <> 'failed' OR a.key <> '${what}-failed:' || p.id || ':' || p.retries))`;

const delivered = (what: Payout | 'order'): string =>
  `EXISTS (SELECT FROM pay_${what} p WHERE p.id = (a.params ->> '${what}')::bigint AND p.deliver_at IS NULL)`;

/** SQL: whether an alert `a` is over by itself; `$1` is real time. Of a kind that does not stand here, a person says so, or who raised it. */
const OVER = `CASE a.kind
    WHEN 'refund-not-found' THEN ${settled('refund')}
    WHEN 'refund-slow' THEN ${settled('refund')}
    WHEN 'refund-failed' THEN ${retried('refund')}
    WHEN 'transfer-not-found' THEN ${settled('transfer')}
    WHEN 'transfer-slow' THEN ${settled('transfer')}
    WHEN 'transfer-failed' THEN ${retried('transfer')}
    WHEN 'delivery-failing' THEN ${delivered('order')} OR ${delivered('refund')} OR ${delivered('transfer')}
    WHEN 'suspense' THEN EXISTS (SELECT FROM pay_suspense s WHERE s.id = (a.params ->> 'suspense')::bigint AND s.decision IS NOT NULL)
    WHEN 'camp-unallocated' THEN NOT EXISTS (SELECT FROM pay_attempt p WHERE p.order_id = (a.params ->> 'order')::bigint
      AND p.held_in = 'unallocated' AND p.refunded_fen + p.reserved_fen + p.moved_fen < p.amount_fen)
    WHEN 'notification-quarantined' THEN EXISTS (
      SELECT FROM pay_notification n LEFT JOIN pay_work w ON w.kind = 'notification' AND w.ref = n.id
      WHERE n.gateway = a.params ->> 'gateway' AND n.event_id = substr(a.key, length('notification:' || (a.params ->> 'gateway') || ':') + 1)
        AND (n.state = 'applied' OR w.done_at IS NOT NULL))
    WHEN 'bill-unreadable' THEN EXISTS (SELECT FROM pay_bill b WHERE b.gateway = a.params ->> 'gateway'
      AND b.day = (a.params ->> 'day')::date AND b.state IN ('complete', 'none'))
    WHEN 'statement-unreadable' THEN EXISTS (SELECT FROM pay_statement s WHERE s.gateway = a.params ->> 'gateway'
      AND s.day = (a.params ->> 'day')::date AND s.state IN ('complete', 'none'))
    WHEN 'withdrawal-unconfirmed' THEN NOT EXISTS (SELECT FROM pay_withdrawal w WHERE w.state <> 'arrived'
      AND 'withdrawal:' || w.id = a.key)
    WHEN 'differences-found' THEN NOT EXISTS (SELECT FROM pay_difference d WHERE d.gateway = a.params ->> 'gateway'
      AND d.day = (a.params ->> 'day')::date AND d.state = 'open')
    WHEN 'second-person' THEN NOT EXISTS (
      SELECT FROM pay_approval v LEFT JOIN pay_refund r ON r.id = v.refund_id LEFT JOIN pay_transfer t ON t.id = v.transfer_id
      WHERE v.decision IS NULL AND coalesce(r.status, t.status) IN ('pending', 'processing'))
    -- Raised again and again for as long as they last.
    WHEN 'registrations-refused' THEN a.last_at < $1::timestamptz - interval '1 hour'
    WHEN 'due-work-failing' THEN a.last_at < $1::timestamptz - interval '1 day'
    ELSE false END`;

/** Ends alerts whose cause is gone, and forgets in time what was resolved. */
@Injectable()
export class AlertUpkeep implements OnModuleInit {
  private nextAt = 0;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly deadlines: Deadlines,
    private readonly retention: Retention,
    private readonly settings: SettingsService,
  ) {}

  onModuleInit(): void {
    const step = { name: 'alerts', run: () => this.tick(), routine: true } as const;
    this.deadlines.register({ owner: 'alerts', steps: [step] });
    this.retention.register({
      name: 'alerts',
      said: (last, total) => sentence('cleared_alerts', last, total),
      work: (most) => this.forget(most),
    });
  }

  /** Once a minute, however often it is called. */
  async tick(): Promise<void> {
    const now = this.clock.wall().getTime();
    if (now < this.nextAt) return;
    this.nextAt = now + MINUTE_MS;
    await this.resolve();
  }

  /** An alert that somebody is at just now is left for the next time. */
  async resolve(): Promise<void> {
    await rows(
      this.db,
      `UPDATE sys_alert SET key = NULL, resolved_at = $1 WHERE id IN (
         SELECT a.id FROM sys_alert a WHERE a.resolved_at IS NULL AND ${OVER}
         ORDER BY a.id LIMIT ${MOST} FOR UPDATE OF a SKIP LOCKED)`,
      [this.clock.wall()],
    );
  }

  private async forget(most: number): Promise<number> {
    const gone = await rows<Row<SysAlert, 'id'>>(
      this.db,
      `DELETE FROM sys_alert WHERE id IN (
         SELECT id FROM sys_alert WHERE resolved_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING id`,
      [await this.settings.keptSince('retention.alertDays', this.clock.wall()), most],
    );
    return gone.length;
  }
}
