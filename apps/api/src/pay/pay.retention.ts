import { sentence } from '@yajin/core';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, onlyRow, rows } from '@yajin/server';
import { DataSource } from 'typeorm';
import { MOST_COUNTED, Retention, SettingsService } from '../system/index.js';

/**
 * SQL: notifications that were applied, came before `$1`, and say nothing any more. One whose number somebody looks into stays, and so does
 * one that people dealt with.
 */
const SPENT = `pay_notification n WHERE n.state = 'applied' AND n.payload = '{}' AND n.received_at < $1
  AND NOT EXISTS (SELECT FROM pay_difference d WHERE d.state = 'open' AND n.subject_no IN (d.out_trade_no, d.out_refund_no))
  AND NOT EXISTS (SELECT FROM pay_work w WHERE w.kind = 'notification' AND w.ref = n.id)`;

/** What gateways wrote in their notifications, and later that they came: what became of them is in the books. */
@Injectable()
export class PayRetention implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly settings: SettingsService,
    private readonly retention: Retention,
  ) {}

  onModuleInit(): void {
    this.retention.register({
      name: 'pay.payloads',
      said: (last, total) => sentence('cleared_payloads', last, total),
      work: (most) => this.forget(most),
    });
    this.retention.register({
      name: 'pay.notifications',
      said: (last, total) => sentence('cleared_notifications', last, total),
      work: (most) => this.notifications(most),
      waiting: () => this.notificationsLeft(),
    });
  }

  /** Told again after that, a gateway finds its payment booked, and nothing changes. */
  private async notifications(most: number): Promise<number> {
    const gone = await rows(
      this.db,
      `DELETE FROM pay_notification WHERE id IN (SELECT n.id FROM ${SPENT} ORDER BY n.received_at LIMIT $2 FOR UPDATE OF n SKIP LOCKED) RETURNING id`,
      [await this.settings.keptSince('retention.notificationDays', this.clock.wall()), most],
    );
    return gone.length;
  }

  private async notificationsLeft(): Promise<number> {
    const { left } = await onlyRow<{ left: number }>(
      this.db,
      `SELECT count(*) AS left FROM (SELECT FROM ${SPENT} LIMIT ${MOST_COUNTED}) AS due`,
      [await this.settings.keptSince('retention.notificationDays', this.clock.wall())],
    );
    return left;
  }

  /** What waits for a person is kept until it is seen to. */
  private async forget(most: number): Promise<number> {
    const found = await rows(
      this.db,
      `UPDATE pay_notification SET payload = '{}' WHERE id IN (
         SELECT id FROM pay_notification WHERE state = 'applied' AND payload <> '{}'
           AND received_at < $3::timestamptz - make_interval(days => $1) LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING id`,
      [await this.settings.days('retention.payloadDays'), most, this.clock.wall()],
    );
    return found.length;
  }
}
