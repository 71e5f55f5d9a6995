import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { businessDate, localTime, percent } from '@yajin/core';
import { Clock, conditions, KeptFigures, maybeRow, numberedPage, rows, type Row } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource, Repository } from 'typeorm';
import type { Operator } from '../../../system/index.js';
import { averageRate } from '../camp/camp.presenter.js';
import { currentDay, totalDays, type Bucket, type MemberTotals } from '../camp/camp.rules.js';
import { memberTotals, periodOf, type CampRow } from '../camp/camp.row.js';
import { CampService } from '../camp/camp.service.js';
import { CampOptions } from '../camp.options.js';
import { dailyCheckins, memberBuckets } from '../stats/checkin-figures.js';
import type { CheckinRecordQuery } from './checkin.dto.js';
import { checkinAnchors } from './ingest.js';
import { failReason } from './planet-words.js';
import { isSyncFailure } from './sync.service.js';
import { CampSync } from './camp-sync.entity.js';
import type { CampCheckin } from './camp-checkin.entity.js';

interface Figures {
  totals: MemberTotals;
  daily: Camp.DailyCheckins[];
  buckets: (Bucket & { count: number })[];
}

type RecordRow = Row<CampCheckin> & { member_id: number | null; nickname: string };

/** What is known of check-ins, for operators. */
@Injectable()
export class CheckinQueries {
  private readonly figures = new KeptFigures<Figures>();

  constructor(
    private readonly db: DataSource,
    @InjectRepository(CampSync) private readonly syncs: Repository<CampSync>,
    private readonly clock: Clock,
    private readonly camps: CampService,
    private readonly options: CampOptions,
  ) {}

  /** @throws BusinessError 404 when the camp is not there for this operator */
  async stats(operator: Operator, campId: number): Promise<Camp.CheckinStats> {
    const camp = await this.camps.visible(operator, campId);
    const now = this.clock.now();
    const today = businessDate(now);
    const { totals, daily, buckets } = await this.figures.of(`${campId} ${today}`, () =>
      this.count(camp, today),
    );
    const synced = await this.syncs.findOneBy({ campId });
    const todays = daily.find(({ date }) => date === today);
    return {
      campId,
      campName: camp.name,
      currentDay: currentDay(periodOf(camp), today),
      totalDays: totalDays(periodOf(camp)),
      totalMembers: totals.members,
      todayCheckins: todays?.checkinCount ?? 0,
      todayCheckinRate: todays?.rate ?? 0,
      avgCheckinRate: averageRate(camp, totals, now),
      eligibleCount: totals.eligible,
      eligibleRate: percent(totals.eligible, totals.members),
      distribution: buckets.map(({ from, to, count }) => ({
        checkinDays: `${from}-${to}`,
        count,
      })),
      dailyStats: daily,
      lastSyncTime: synced?.syncedAt ? localTime(synced.syncedAt) : null,
    };
  }

  /** As of one moment, so that no share is above the whole while members come in. */
  private count(camp: CampRow, today: string): Promise<Figures> {
    return this.db.transaction('REPEATABLE READ', async (manager) => {
      const totals = (await memberTotals(manager, [camp.id]))(camp.id);
      return {
        totals,
        daily: await dailyCheckins(manager, camp, totals.members, today),
        buckets: await memberBuckets(manager, camp),
      };
    });
  }

  /** @throws BusinessError 404 when the camp is not there for this operator */
  async syncState(operator: Operator, campId: number): Promise<Camp.SyncState> {
    await this.camps.visible(operator, campId);
    const sync = await maybeRow<
      Row<CampSync, 'triedAt' | 'syncedAt' | 'failCode' | 'error' | 'resumeAt' | 'skipped'> & {
        running: boolean;
      }
    >(
      this.db,
      `SELECT coalesce(lease_until > $2, false) AS running, tried_at, synced_at, fail_code, error, resume_at, skipped
       FROM camp_sync WHERE camp_id = $1`,
      [campId, this.clock.wall()],
    );
    const running = sync?.running ?? false;
    const failCode = running ? null : (sync?.fail_code ?? null);
    // What broke within is for engineers, in the log.
    const told = failCode !== null && isSyncFailure(failCode);
    return {
      campId,
      running,
      lastTryTime: sync?.tried_at ? localTime(sync.tried_at) : null,
      lastSyncTime: sync?.synced_at ? localTime(sync.synced_at) : null,
      failCode,
      ...failReason(told ? (sync?.error ?? null) : null),
      resumeTime: sync?.resume_at ? localTime(sync.resume_at) : null,
      skippedRows: sync?.skipped ?? 0,
    };
  }

  /** Newest first. @throws BusinessError 404 when the camp is not there for this operator */
  async records(operator: Operator, query: CheckinRecordQuery): Promise<Camp.CheckinRecordPage> {
    await this.camps.visible(operator, query.campId);
    const { where, parameters } = conditions([
      ['k.camp_id = ?', query.campId],
      ['k.checkin_date = ?', query.date],
      [
        'k.planet_user_ref = (SELECT m.planet_user_ref FROM camp_member m WHERE m.id = ? AND m.camp_id = k.camp_id)',
        query.memberId,
      ],
    ]);
    const whole = query.memberId === undefined && query.date === undefined;
    const { ids, total } = await numberedPage(
      this.db,
      {
        table: 'camp_checkin',
        alias: 'k',
        where,
        parameters,
        at: 'checkin_time',
        anchors: whole ? checkinAnchors(query.campId) : null,
      },
      query,
    );
    const found = await rows<RecordRow>(
      this.db,
      `SELECT k.*, m.id AS member_id, coalesce(nullif(p.name, ''), p.alias) AS nickname
       FROM camp_checkin k JOIN planet_user p ON p.id = k.planet_user_ref
       LEFT JOIN camp_member m ON m.camp_id = k.camp_id AND m.planet_user_ref = k.planet_user_ref
       WHERE k.id = ANY($1) ORDER BY k.checkin_time DESC, k.id DESC`,
      [ids],
    );
    return { list: found.map(presentRecord), ...this.options.page(query, total) };
  }
}

function presentRecord(row: RecordRow): Camp.CheckinRecord {
  return {
    id: row.id,
    campId: row.camp_id,
    memberId: row.member_id,
    planetNickname: row.nickname,
    checkinDate: row.checkin_date,
    checkinTime: localTime(row.checkin_time),
    checkinContent: row.content,
    syncedAt: localTime(row.synced_at),
  };
}
