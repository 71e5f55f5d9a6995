import { Injectable, type OnModuleInit } from '@nestjs/common';
import { addDays, businessDate, sentence } from '@yajin/core';
import { Clock, rows } from '@yajin/server';
import { DataSource } from 'typeorm';
import { Retention, SettingsService } from '../../system/index.js';
import { DRAFT_DAYS } from './upload/upload.service.js';

/** What camps keep of people, and for how long. */
@Injectable()
export class CampRetention implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly settings: SettingsService,
    private readonly retention: Retention,
  ) {}

  onModuleInit(): void {
    this.retention.register({
      name: 'camp.identities',
      said: (last, total) => sentence('cleared_unpaid', last, total),
      work: (most) => this.identities(most),
    });
    this.retention.register({
      name: 'camp.texts',
      said: (last, total) => sentence('cleared_texts', last, total),
      work: (most) => this.texts(most),
    });
    this.retention.register({
      name: 'camp.drafts',
      said: (last, total) => sentence('cleared_uploads', last, total),
      work: (most) => this.drafts(most),
    });
  }

  /** Who began an order that is over and was never paid. Money that comes for it all the same goes back. */
  private async identities(most: number): Promise<number> {
    const days = await this.settings.days('retention.unpaidDays');
    const before = new Date(this.clock.now().getTime() - days * 86_400_000);
    const found = await rows(
      this.db,
      `UPDATE camp_order SET planet_user_id = NULL, planet_nickname = NULL, wechat_nickname = NULL, browser = NULL WHERE order_id IN (
         SELECT c.order_id FROM camp_order c JOIN pay_order_view o ON o.id = c.order_id
         WHERE o.status = 'closed' AND c.outcome IS NULL AND c.created_at < $1
           AND (c.planet_user_id IS NOT NULL OR c.planet_nickname IS NOT NULL OR c.wechat_nickname IS NOT NULL)
         LIMIT $2 FOR UPDATE OF c SKIP LOCKED) RETURNING order_id`,
      [before, most],
    );
    return found.length;
  }

  /** What a file said that nobody took in. */
  private async drafts(most: number): Promise<number> {
    const found = await rows(
      this.db,
      `DELETE FROM camp_checkin_upload WHERE id IN (
         SELECT id FROM camp_checkin_upload WHERE status = 'draft' AND created_at < $1::timestamptz - make_interval(days => ${DRAFT_DAYS})
         LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING id`,
      [this.clock.now(), most],
    );
    return found.length;
  }

  /** What members wrote; that they checked in, and when, stays: deposits were decided by it. */
  private async texts(most: number): Promise<number> {
    const days = await this.settings.days('retention.checkinDays');
    const found = await rows(
      this.db,
      `UPDATE camp_checkin SET content = '' WHERE id IN (
         SELECT k.id FROM camp_checkin k JOIN camp c ON c.id = k.camp_id WHERE c.end_date < $1 AND k.content <> ''
         LIMIT $2 FOR UPDATE OF k SKIP LOCKED) RETURNING id`,
      [addDays(businessDate(this.clock.now()), -days), most],
    );
    return found.length;
  }
}
