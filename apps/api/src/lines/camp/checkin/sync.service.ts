import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { instantOf, localTime } from '@yajin/core';
import { PlanetError, type PlanetPost, type PlanetSource, type SkippedRows } from '@yajin/planet';
import { Alerts, BusinessError, Clock, maybeRow, onlyRow, rows, type Row } from '@yajin/server';
import type { CampAlert } from '../camp-alert.js';
import type { Camp } from '@yajin/contract';
import { DataSource, type EntityManager } from 'typeorm';
import type { CampRow } from '../camp/camp.row.js';
import { CampOptions } from '../camp.options.js';
import { Audit, SettingsService, type Operator } from '../../../system/index.js';
import { PLANET } from '../planet/planet.options.js';
import { SmartMatch } from '../member/smart-match.service.js';
import { enqueueListing } from '../refund/refund-list.js';
import { Proofs } from '../member/proofs.js';
import { recountMembers } from './credited-days.js';
import { ingest } from './ingest.js';
import type { CampSync } from './camp-sync.entity.js';
import type { CampCheckin } from './camp-checkin.entity.js';

/** What the planet's answer can be blamed for: the cookie has expired, or it does not answer. */
export function isSyncFailure(code: number): code is 1202 | 1203 {
  return code === 1202 || code === 1203;
}

/** The planet's answer is to blame; `words` are its own. */
export class SyncFailure extends BusinessError {
  constructor(
    code: 1202 | 1203,
    readonly words: string,
  ) {
    super(code);
  }
}

/** A run renews its lease at each page; with this much silence another one may begin. Real time. */
const LEASE_SECONDS = 300;
/** A request waits this long for a run; then the run goes on by itself. */
const ANSWER_MS = 55_000;

/** What a run goes on from. */
type Lease = Row<CampSync, 'partial' | 'resumeAt'>;

/** What a run has brought so far. */
class Harvest {
  newCheckins = 0;
  readonly touched = new Set<number>();
  readonly skipped: SkippedRows = {};

  add(users: number[], skipped: SkippedRows): void {
    this.newCheckins += users.length;
    for (const user of users) this.touched.add(user);
    for (const [why, count] of Object.entries(skipped) as [keyof SkippedRows, number][])
      this.skipped[why] = (this.skipped[why] ?? 0) + count;
  }

  get skippedRows(): number {
    return Object.values(this.skipped).reduce((sum, count) => sum + count, 0);
  }
}

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
    private readonly alerts: Alerts<CampAlert>,
    private readonly audit: Audit,
    private readonly smartMatch: SmartMatch,
    private readonly proofs: Proofs,
    @Inject(PLANET) private readonly planet: PlanetSource,
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
    const lease = await maybeRow<Lease>(
      this.db,
      `INSERT INTO camp_sync AS s (camp_id, lease_until, tried_at, partial, run_id)
       VALUES ($1, $5::timestamptz + make_interval(secs => $2), $3, true, $4)
       ON CONFLICT (camp_id) DO UPDATE SET lease_until = EXCLUDED.lease_until, tried_at = EXCLUDED.tried_at, run_id = EXCLUDED.run_id
         WHERE s.lease_until IS NULL OR s.lease_until < $5
       RETURNING partial, resume_at`,
      [campId, LEASE_SECONDS, this.clock.now(), runId, this.clock.wall()],
    );
    if (!lease) throw new BusinessError(1201);
    // Read anew: its project may have been corrected before the lease was this run's; afterwards the lease would be gone.
    const current = await onlyRow<CampRow>(this.db, 'SELECT * FROM camp WHERE id = $1', [campId]);
    const run = this.run(current, runId, lease);
    this.running.add(run);
    return run.finally(() => this.running.delete(run));
  }

  private async run(camp: CampRow, runId: string, lease: Lease): Promise<Camp.SyncResult> {
    const started = Date.now();
    // What is posted from now on, this run may miss.
    const readFrom = this.clock.now();
    const harvest = new Harvest();
    try {
      await this.read(camp, runId, lease, harvest);
      const updated = await this.count(camp.id, harvest);
      // Before names are compared, so that who has proved an id has it.
      await this.proofs.settle();
      const updatedMembers = updated + (await this.smartMatch.run(camp.id));
      const { users } = await onlyRow<{ users: number }>(
        this.db,
        'SELECT count(DISTINCT planet_user_ref) AS users FROM camp_checkin WHERE camp_id = $1',
        [camp.id],
      );
      await this.succeeded(runId, readFrom, harvest.skippedRows);
      await this.alerts.clear((await this.alerts.open(troubleOf(camp.id))).map(({ key }) => key));
      await enqueueListing(this.db, camp.id);
      if (harvest.skippedRows > 0)
        this.logger.warn(
          `sync of camp ${camp.id}: rows left out, by why: ${JSON.stringify(harvest.skipped)}`,
        );
      return {
        campId: camp.id,
        syncTime: localTime(this.clock.now()),
        totalUsers: users,
        newCheckins: harvest.newCheckins,
        updatedMembers,
        skippedRows: harvest.skippedRows,
        duration: Date.now() - started,
      };
    } catch (error) {
      const reason = await this.explain(camp, error);
      await this.failed(runId, error, reason, harvest.skippedRows);
      // What was read is kept, and counts.
      await this.count(camp.id, harvest);
      throw reason;
    }
  }

  /**
   * First what a walk that broke off had still to read, from where it had come to; then from the newest post to what is known.
   * So there is never more than one hole, and each run leaves it smaller. Everything that a run needs to know of those before
   * it is `partial` and `resume_at`, written with each page.
   */
  private async read(camp: CampRow, runId: string, lease: Lease, harvest: Harvest): Promise<void> {
    const broken = lease.partial || lease.resume_at !== null;
    if (lease.resume_at)
      await this.walk(camp, runId, { from: lease.resume_at, whole: lease.partial }, harvest);
    const whole = lease.partial && lease.resume_at === null;
    await this.walk(camp, runId, { from: null, whole }, harvest);
    // A run that died after its pages left members uncounted: count everybody once it is made good.
    if (broken) for (const user of await this.everybody(camp.id)) harvest.touched.add(user);
  }

  /** @param whole down to the camp's first day, not only to what is known */
  private async walk(
    camp: CampRow,
    runId: string,
    { from, whole }: { from: Date | null; whole: boolean },
    harvest: Harvest,
  ): Promise<void> {
    const since = instantOf(camp.start_date);
    const until = instantOf(camp.end_date);
    const groupId = camp.planet_group_id ?? (await this.options.groupId(this.settings));
    const inside = (post: PlanetPost): boolean => post.createdAt >= since && post.createdAt < until;
    const pages = this.planet.topicPages(groupId, camp.planet_project_id, {
      since,
      ...(from && { from }),
      signal: this.stopping.signal,
    });
    for await (const page of pages) {
      const posts = page.posts.filter(inside);
      // Together, or a page that is kept would pass for one of those where an earlier run had ended.
      const users = await this.db.transaction(async (manager) => {
        await this.renew(manager, runId, page.readTo);
        return ingest(manager, camp.id, posts, this.clock.now());
      });
      harvest.add(users, page.skipped);
      // The post that the walk begins at is known, and nothing below it need be.
      const below = posts.filter((post) => from === null || post.createdAt < from);
      const wholeKnown = below.length > 0 && users.length === 0;
      if (wholeKnown && !whole) break;
    }
    // From here on nothing is missing below what was read.
    await rows(this.db, 'UPDATE camp_sync SET partial = false, resume_at = NULL WHERE run_id = $1', [runId]);
  }

  private count(campId: number, { touched }: Harvest): Promise<number> {
    return recountMembers(this.db, campId, [...touched], this.clock.now());
  }

  private async everybody(campId: number): Promise<number[]> {
    const found = await rows<Row<CampCheckin, 'planetUserRef'>>(
      this.db,
      'SELECT DISTINCT planet_user_ref FROM camp_checkin WHERE camp_id = $1',
      [campId],
    );
    return found.map((row) => row.planet_user_ref);
  }

  /**
   * Remembers how far the walk has come.
   * @throws BusinessError 1201 when this run was silent for so long that another has taken over
   */
  private async renew(manager: EntityManager, runId: string, readTo: Date): Promise<void> {
    const renewed = await rows(
      manager,
      `UPDATE camp_sync SET lease_until = $4::timestamptz + make_interval(secs => $2), resume_at = $3 WHERE run_id = $1 RETURNING camp_id`,
      [runId, LEASE_SECONDS, readTo, this.clock.wall()],
    );
    if (renewed.length === 0) throw new BusinessError(1201);
  }

  private async succeeded(runId: string, syncedAt: Date, skipped: number): Promise<void> {
    await rows(
      this.db,
      `UPDATE camp_sync SET lease_until = NULL, error = NULL, fail_code = NULL, synced_at = $2, skipped = $3 WHERE run_id = $1`,
      [runId, syncedAt, skipped],
    );
  }

  private async failed(runId: string, error: unknown, reason: unknown, skipped: number): Promise<void> {
    const words = error instanceof Error ? error.message : String(error);
    const code = reason instanceof SyncFailure ? reason.code : 500;
    await rows(
      this.db,
      'UPDATE camp_sync SET lease_until = NULL, error = $2, fail_code = $3, skipped = $4 WHERE run_id = $1',
      [runId, words, code, skipped],
    );
  }

  private async explain(camp: CampRow, error: unknown): Promise<unknown> {
    if (!(error instanceof PlanetError)) return error;
    this.logger.warn(`sync of camp ${camp.id}: ${error.kind} ${error.code} ${error.message}`);
    if (error.kind === 'cookie_expired') {
      await this.alerts.raise('camp-cookie-expired', `camp ${camp.id} cannot be synced`, {
        key: `${troubleOf(camp.id)}cookie_expired`,
        params: { camp: camp.id },
      });
      return new SyncFailure(1202, error.message);
    }
    await this.alerts.raise('camp-sync-failed', `camp ${camp.id}: ${error.kind} ${error.message}`, {
      key: `${troubleOf(camp.id)}${error.kind}`,
      params: { camp: camp.id },
    });
    return new SyncFailure(1203, error.message);
  }
}

/** How the keys of alerts about a camp's sync begin. */
function troubleOf(campId: number): string {
  return `planet.sync:${campId}:`;
}
