import { Injectable, type OnModuleInit } from '@nestjs/common';
import { addDays, businessDate, sentence } from '@yajin/core';
import { Clock, onlyRow, rows } from '@yajin/server';
import { DataSource } from 'typeorm';
import { MOST_COUNTED, Retention, SettingsService, SystemRetention } from '../../system/index.js';
import { DRAFT_DAYS } from './upload/upload.service.js';

/** The name that an image has in its address. */
const IMAGE = '[0-9a-f]{32}[.](?:png|jpg|webp)';

/** SQL: syncs that ended before `$1`. Those that did not are looked after by their jobs. */
const ENDED = 'camp_sync_task WHERE ended_at < $1';

/** What camps keep of people, and for how long. */
@Injectable()
export class CampRetention implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly settings: SettingsService,
    private readonly retention: Retention,
    private readonly system: SystemRetention,
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
    this.retention.register({
      name: 'camp.syncs',
      said: (last, total) => sentence('cleared_syncs', last, total),
      work: (most) => this.syncs(most),
      waiting: () => this.syncsLeft(),
    });
    this.system.imagesNamedBy(() => this.images());
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

  private async syncs(most: number): Promise<number> {
    const gone = await rows(
      this.db,
      `DELETE FROM camp_sync_task WHERE id IN (SELECT id FROM ${ENDED} ORDER BY ended_at LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING id`,
      [await this.settings.keptSince('retention.syncDays', this.clock.now()), most],
    );
    return gone.length;
  }

  private async syncsLeft(): Promise<number> {
    const { left } = await onlyRow<{ left: number }>(
      this.db,
      `SELECT count(*) AS left FROM (SELECT FROM ${ENDED} LIMIT ${MOST_COUNTED}) AS due`,
      [await this.settings.keptSince('retention.syncDays', this.clock.now())],
    );
    return left;
  }

  /** What a camp shows, a deleted one too, and what the audit log says that one has shown. */
  private async images(): Promise<string[]> {
    const found = await rows<{ name: string }>(
      this.db,
      `SELECT DISTINCT m[1] AS name FROM (
         SELECT to_jsonb(c) AS said FROM camp c
         UNION ALL SELECT after FROM sys_audit WHERE action IN ('camp.create', 'camp.update')
         UNION ALL SELECT after FROM sys_audit_entry WHERE action IN ('camp.create', 'camp.update')
       ) AS told CROSS JOIN LATERAL regexp_matches(told.said::text, '${IMAGE}', 'g') AS m`,
    );
    return found.map(({ name }) => name);
  }
}
