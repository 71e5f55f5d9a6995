import { sentence } from '@yajin/core';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, rows } from '@yajin/server';
import { DataSource } from 'typeorm';
import { Retention, SettingsService } from '../system/index.js';

/** What gateways wrote in their notifications; that they came, and what became of them, stays. */
@Injectable()
export class PayloadRetention implements OnModuleInit {
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
