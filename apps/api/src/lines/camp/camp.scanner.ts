import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { businessDate, instantOf } from '@yajin/core';
import { BusinessError, Clock, Deadlines, Jobs, maybeRow, onlyRow, rows, type Row } from '@yajin/server';
import { DataSource } from 'typeorm';
import { LIST, SETTLE, SYNC } from './camp.jobs.js';
import { LINE } from './camp.options.js';
import { SyncTaskService } from './checkin/sync-task.service.js';
import { SyncService } from './checkin/sync.service.js';
import { bookForfeits, listEligible } from './refund/refund-list.js';
import type { CampEntity } from './camp/camp.entity.js';
import type { CampSync } from './checkin/camp-sync.entity.js';

const SYNC_HOUR = '01:00';
const REFUND_LIST_HOUR = '03:00';
/** After a failed sync, the refund list tries again this much later (business time). */
const RETRY_MINUTES = 10;

/** Over a camp `c`. Only a camp that is over can be closed so. */
const CLOSED_BY_UPLOAD = `EXISTS (SELECT FROM camp_checkin_upload u WHERE u.camp_id = c.id AND u.status = 'applied' AND u.closes)`;

/**
 * Does what has fallen due by the business clock. Deadlines are rows, not timers: whenever this runs, and
 * however often, everything due is done once and in order.
 */
@Injectable()
export class CampScanner implements OnModuleInit {
  private readonly logger = new Logger(CampScanner.name);

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly sync: SyncService,
    private readonly syncTasks: SyncTaskService,
    private readonly deadlines: Deadlines,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.register(SYNC, ({ campId }) => this.syncCamp(campId));
    this.jobs.register(SETTLE, ({ campId }) => this.settleCamp(campId));
    this.jobs.register(LIST, ({ campId }) => this.listRefunds(campId));
    this.deadlines.register({
      owner: LINE,
      steps: [
        { name: 'camps that begin or end', run: () => this.moveCamps(businessDate(this.clock.now())) },
        { name: 'times to bind', run: () => this.closeBindings(this.clock.now()) },
        { name: 'sync tasks', run: () => this.syncTasks.close() },
        { name: 'daily syncs', run: () => this.enqueueSyncs(this.clock.now()), routine: true },
        { name: 'refund lists', run: () => this.enqueueRefundLists(this.clock.now()) },
      ],
      next: (after) => this.nextDue(after),
    });
  }

  private async closeBindings(now: Date): Promise<void> {
    await rows(
      this.db,
      `UPDATE camp_order SET bind_status = 'expired' WHERE bind_status = 'pending' AND bind_deadline <= $1`,
      [now],
    );
  }

  private async moveCamps(today: string): Promise<void> {
    const moved = await rows<Row<CampEntity, 'id' | 'status'>>(
      this.db,
      `UPDATE camp SET status = CASE WHEN end_date <= $1 THEN 'finished' ELSE 'ongoing' END
       WHERE deleted_at IS NULL AND ((status = 'enrolling' AND start_date <= $1) OR (status = 'ongoing' AND end_date <= $1))
       RETURNING id, status`,
      [today],
    );
    for (const camp of moved) this.logger.log(`camp ${camp.id} is now ${camp.status}`);
  }

  /** Once a day for every camp that runs: its last try was before today's hour. */
  private async enqueueSyncs(now: Date): Promise<void> {
    const hour = instantOf(businessDate(now), SYNC_HOUR);
    if (now < hour) return;
    await rows(
      this.db,
      `SELECT ${SYNC.add({ campId: 'c.id' }, { key: `'camp.sync:' || c.id`, mode: 'preserve_run_at' })}
       FROM camp c LEFT JOIN camp_sync s ON s.camp_id = c.id
       WHERE c.status = 'ongoing' AND c.deleted_at IS NULL AND (s.tried_at IS NULL OR s.tried_at < $1)`,
      [hour],
    );
  }

  private async enqueueRefundLists(now: Date): Promise<void> {
    await rows(
      this.db,
      `SELECT ${SETTLE.add({ campId: 'c.id' }, { key: `'camp.settle:' || c.id`, mode: 'preserve_run_at' })}
       FROM camp c LEFT JOIN camp_sync s ON s.camp_id = c.id
       WHERE c.status = 'finished' AND c.refunds_listed_at IS NULL AND c.deleted_at IS NULL
         AND (c.end_date + $2::time) AT TIME ZONE 'Asia/Shanghai' <= $1
         AND (s.error IS NULL OR s.tried_at < $1::timestamptz - make_interval(mins => $3) OR ${CLOSED_BY_UPLOAD})`,
      [now, REFUND_LIST_HOUR, RETRY_MINUTES],
    );
  }

  /** The job of 01:00. A sync that already runs does as well. */
  async syncCamp(campId: number): Promise<void> {
    await this.sync.sync(campId).catch((error: unknown) => {
      if (!(error instanceof BusinessError) || error.code !== 1201) throw error;
    });
  }

  /**
   * The job of 03:00 on the end date: a last sync, then the refund list and the forfeits. The list waits
   * until a sync has succeeded after the last camp day, so that nobody loses a deposit for what we have not
   * read; the alert about the failed sync tells operators what to mend. Where zsxq cannot be read at all, an upload does
   * whose operator says that it is all of the camp.
   */
  async settleCamp(campId: number): Promise<void> {
    const camp = await maybeRow<
      Row<CampEntity, 'endDate'> & Row<CampSync, 'syncedAt'> & { members: boolean; closed_by_upload: boolean }
    >(
      this.db,
      `SELECT c.end_date, s.synced_at, EXISTS (SELECT FROM camp_member m WHERE m.camp_id = c.id) AS members,
         ${CLOSED_BY_UPLOAD} AS closed_by_upload
       FROM camp c LEFT JOIN camp_sync s ON s.camp_id = c.id WHERE c.id = $1 AND c.refunds_listed_at IS NULL`,
      [campId],
    );
    if (!camp) return;
    const over = instantOf(camp.end_date);
    const synced = camp.synced_at !== null && camp.synced_at >= over;
    const read = camp.closed_by_upload || synced;
    if (camp.members && !read) {
      try {
        await this.sync.sync(campId);
      } catch (error) {
        this.logger.warn(`the refund list of camp ${campId} waits for a sync: ${String(error)}`);
        return;
      }
    }
    await this.listRefunds(campId, { onUpload: camp.members && camp.closed_by_upload && !synced });
  }

  /**
   * Lists who is eligible now and keeps the books with it. Later syncs and matches come here again.
   * @param onUpload only while an upload closes the camp: it may have been undone a moment ago
   */
  async listRefunds(campId: number, { onUpload = false } = {}): Promise<void> {
    await this.db.transaction(async (manager) => {
      await rows(manager, 'SELECT 1 FROM camp WHERE id = $1 FOR UPDATE', [campId]);
      // Not before the camp is ours: a record is younger than the matches that it rests on.
      const now = this.clock.now();
      const closing = `SELECT 1 FROM camp c WHERE c.id = $1 AND ${CLOSED_BY_UPLOAD}`;
      if (onUpload && !(await maybeRow(manager, closing, [campId]))) return;
      const listed = await listEligible(manager, campId, now);
      await bookForfeits(manager, campId, now);
      await rows(
        manager,
        'UPDATE camp SET refunds_listed_at = coalesce(refunds_listed_at, $2) WHERE id = $1',
        [campId, now],
      );
      this.logger.log(`camp ${campId}: ${listed} new refund records`);
    });
  }

  /** The next moment after `after` at which something falls due, other than daily syncs. */
  private async nextDue(after: Date): Promise<Date | null> {
    const row = await onlyRow<{ due: Date | null }>(
      this.db,
      `SELECT min(due) AS due FROM (
         SELECT start_date::timestamp AT TIME ZONE 'Asia/Shanghai' AS due FROM camp WHERE status = 'enrolling' AND deleted_at IS NULL
         UNION ALL
         SELECT end_date::timestamp AT TIME ZONE 'Asia/Shanghai' FROM camp WHERE status IN ('enrolling', 'ongoing') AND deleted_at IS NULL
         UNION ALL
         SELECT (end_date + $2::time) AT TIME ZONE 'Asia/Shanghai' FROM camp
         WHERE status <> 'draft' AND refunds_listed_at IS NULL AND deleted_at IS NULL
         UNION ALL
         SELECT bind_deadline FROM camp_order WHERE bind_status = 'pending'
       ) AS deadlines WHERE due > $1`,
      [after, REFUND_LIST_HOUR],
    );
    return row.due;
  }
}
