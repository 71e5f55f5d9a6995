import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { instantOf, localTime } from '@yajin/core';
import { PlanetError, type PlanetClient, type PlanetPost } from '@yajin/planet';
import { Alerts, BusinessError, Clock, maybeRow, onlyRow, rows } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource } from 'typeorm';
import type { CampRow } from '../camp/camp.row.js';
import { CampOptions } from '../camp.options.js';
import { Audit, SettingsService, type Operator } from '../../system/index.js';
import { SmartMatch } from '../member/smart-match.service.js';
import { enqueueListing } from '../refund/refund-list.js';
import { ingest, recountMembers } from './ingest.js';

export const PLANET = 'camp.planet';

/** What the planet's answer can be blamed for: the cookie has expired, or it does not answer. */
export function isSyncFailure(code: number): code is 1202 | 1203 {
  return code === 1202 || code === 1203;
}

/** A run renews its lease at each page; with this much silence another one may begin. Real time. */
const LEASE_SECONDS = 300;
/** A request waits this long for a run; then the run goes on by itself. */
const ANSWER_MS = 55_000;

/** Reads check-ins from zsxq, one camp at a time. */
@Injectable()
export class SyncService implements BeforeApplicationShutdown {
  private readonly logger = new Logger(SyncService.name);
  private readonly stopping = new AbortController();
  private readonly running = new Set<Promise<unknown>>();

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly settings: SettingsService,
    private readonly options: CampOptions,
    private readonly alerts: Alerts,
    private readonly audit: Audit,
    private readonly smartMatch: SmartMatch,
    @Inject(PLANET) private readonly planet: PlanetClient,
  ) {}

  /** A run ends at its next page, whose check-ins are kept: the next sync goes on from there. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort(new Error('shutting down'));
    await Promise.allSettled(this.running);
  }

  /**
   * Syncs a camp and answers when done; a run that takes longer goes on behind the answer 1201.
   * @throws BusinessError 404, 1102 for a draft, 1201, 1202, 1203
   */
  async syncNow(operator: Operator, campId: number): Promise<Camp.SyncResult> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new BusinessError(1201)), ANSWER_MS);
    });
    try {
      const { newCheckins, ...rest } = await Promise.race([this.sync(campId), late]);
      await this.audit.record(this.db, operator, {
        action: 'checkin.sync',
        target: ['camp', campId],
        after: { newCheckins },
      });
      return { newCheckins, ...rest };
    } finally {
      clearTimeout(timer);
    }
  }

  async sync(campId: number): Promise<Camp.SyncResult> {
    const camp = await maybeRow<CampRow>(this.db, 'SELECT * FROM camp WHERE id = $1 AND deleted_at IS NULL', [
      campId,
    ]);
    if (!camp) throw new BusinessError(404);
    if (camp.status === 'draft') throw new BusinessError(1102);
    const runId = randomUUID();
    const lease = await maybeRow<{ partial: boolean }>(
      this.db,
      `INSERT INTO camp_sync AS s (camp_id, lease_until, tried_at, partial, run_id)
       VALUES ($1, now() + make_interval(secs => $2), $3, true, $4)
       ON CONFLICT (camp_id) DO UPDATE SET lease_until = EXCLUDED.lease_until, tried_at = EXCLUDED.tried_at, run_id = EXCLUDED.run_id
         WHERE s.lease_until IS NULL OR s.lease_until < now()
       RETURNING partial`,
      [campId, LEASE_SECONDS, this.clock.now(), runId],
    );
    if (!lease) throw new BusinessError(1201);
    const run = this.run(camp, runId, lease.partial);
    this.running.add(run);
    return run.finally(() => this.running.delete(run));
  }

  private async run(camp: CampRow, runId: string, partial: boolean): Promise<Camp.SyncResult> {
    const started = Date.now();
    // What is posted from now on, this run may miss.
    const readFrom = this.clock.now();
    // Until this run has reached what is known, the next one may not stop there.
    await rows(this.db, 'UPDATE camp_sync SET partial = true WHERE camp_id = $1', [camp.id]);
    try {
      const { newCheckins, touched } = await this.readPages(camp, runId, partial);
      const now = this.clock.now();
      const recounted = await recountMembers(this.db, camp.id, [...touched], now);
      const updatedMembers = recounted + (await this.smartMatch.run(camp.id));
      const { users } = await onlyRow<{ users: number }>(
        this.db,
        'SELECT count(DISTINCT planet_user_ref) AS users FROM camp_checkin WHERE camp_id = $1',
        [camp.id],
      );
      await this.succeeded(runId, readFrom);
      await enqueueListing(this.db, camp.id);
      return {
        campId: camp.id,
        syncTime: localTime(now),
        totalUsers: users,
        newCheckins,
        updatedMembers,
        duration: Date.now() - started,
      };
    } catch (error) {
      const reason = await this.explain(camp, error);
      await this.failed(runId, error, reason);
      throw reason;
    }
  }

  private async readPages(
    camp: CampRow,
    runId: string,
    partial: boolean,
  ): Promise<{ newCheckins: number; touched: Set<number> }> {
    const since = instantOf(camp.start_date);
    const until = instantOf(camp.end_date);
    const groupId =
      camp.planet_group_id ?? (await this.settings.get('planet.groupId')) ?? this.options.planetGroupId;
    const inside = (post: PlanetPost): boolean => post.createdAt >= since && post.createdAt < until;
    const touched = new Set<number>();
    let newCheckins = 0;
    const pages = this.planet.topicPages(groupId, camp.planet_project_id, {
      since,
      signal: this.stopping.signal,
    });
    for await (const page of pages) {
      const posts = page.filter(inside);
      const users = await ingest(this.db, camp.id, posts, this.clock.now());
      newCheckins += users.length;
      for (const user of users) touched.add(user);
      await this.renew(runId);
      const wholeKnown = posts.length > 0 && users.length === 0;
      if (wholeKnown && !partial) break;
    }
    // A run that died after its pages left members uncounted: count everybody once it is made good.
    if (partial) for (const user of await this.everybody(camp.id)) touched.add(user);
    return { newCheckins, touched };
  }

  private async everybody(campId: number): Promise<number[]> {
    const found = await rows<{ planet_user_ref: number }>(
      this.db,
      'SELECT DISTINCT planet_user_ref FROM camp_checkin WHERE camp_id = $1',
      [campId],
    );
    return found.map((row) => row.planet_user_ref);
  }

  /** @throws BusinessError 1201 when this run was silent for so long that another has taken over */
  private async renew(runId: string): Promise<void> {
    const renewed = await rows(
      this.db,
      'UPDATE camp_sync SET lease_until = now() + make_interval(secs => $2) WHERE run_id = $1 RETURNING camp_id',
      [runId, LEASE_SECONDS],
    );
    if (renewed.length === 0) throw new BusinessError(1201);
  }

  private async succeeded(runId: string, syncedAt: Date): Promise<void> {
    await rows(
      this.db,
      `UPDATE camp_sync SET lease_until = NULL, partial = false, error = NULL, fail_code = NULL, synced_at = $2 WHERE run_id = $1`,
      [runId, syncedAt],
    );
  }

  private async failed(runId: string, error: unknown, reason: unknown): Promise<void> {
    const words = error instanceof Error ? error.message : String(error);
    const code = reason instanceof BusinessError && isSyncFailure(reason.code) ? reason.code : 500;
    await rows(
      this.db,
      `UPDATE camp_sync SET lease_until = NULL, partial = true, error = $2, fail_code = $3 WHERE run_id = $1`,
      [runId, words, code],
    );
  }

  private async explain(camp: CampRow, error: unknown): Promise<unknown> {
    if (!(error instanceof PlanetError)) return error;
    this.logger.warn(`sync of camp ${camp.id}: ${error.kind} ${error.code} ${error.message}`);
    if (error.kind === 'cookie_expired') {
      await this.alerts.raise('知识星球Cookie已过期，请更新', `camp ${camp.id} cannot be synced`);
      return new BusinessError(1202);
    }
    await this.alerts.raise('知识星球同步失败', `camp ${camp.id}: ${error.kind} ${error.code}`);
    return new BusinessError(1203);
  }
}
