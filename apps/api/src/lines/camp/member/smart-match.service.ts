import { Injectable, Logger } from '@nestjs/common';
import { Clock, onlyRow, rows } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import { recountMembers } from '../checkin/credited-days.js';
import { enqueueListing } from '../refund/refund-list.js';
import { assign, type Outcome } from './assign.rules.js';
import type { Candidate, Claim } from './match.rules.js';
import { CHECKIN_DAYS, CLAIM } from './member.row.js';

/** Whether the member `m` was erased. */
export const ERASED =
  'EXISTS (SELECT FROM camp_order e WHERE e.order_id = m.order_id AND e.erased_at IS NOT NULL)';

/** Finds the planet users of members who are not matched yet. */
@Injectable()
export class SmartMatch {
  private readonly logger = new Logger(SmartMatch.name);

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * The step of a sync after its check-ins are counted. Who has filled in something is matched, or failed for now and
   * tried again by the next sync; who has filled in nothing waits for people.
   * @returns how many were matched
   */
  async run(campId: number): Promise<number> {
    const outcomes = await this.outcomes(campId);
    const now = this.clock.now();
    const matched = await this.db.transaction(async (manager) => {
      // Until whoever is matching a member of this camp is done; nobody begins before this is.
      await rows(manager, 'SELECT 1 FROM camp WHERE id = $1 FOR UPDATE', [campId]);
      const count = outcomes.length > 0 ? await this.write(manager, campId, outcomes, now) : 0;
      await recountMembers(manager, campId, await this.matchedMeanwhile(manager, campId), now);
      if (count > 0) await enqueueListing(manager, campId);
      return count;
    });
    if (matched > 0) this.logger.log(`camp ${campId}: ${matched} of ${outcomes.length} members matched`);
    return matched;
  }

  private async outcomes(campId: number): Promise<Outcome[]> {
    const claims = await rows<Claim>(
      this.db,
      `SELECT ${CLAIM} FROM camp_member m WHERE m.camp_id = $1 AND m.match_status <> 'matched' AND m.review IS NULL AND NOT ${ERASED}
         AND (m.filled_planet_user_id IS NOT NULL OR m.filled_planet_nickname IS NOT NULL OR m.filled_wechat_nickname IS NOT NULL)`,
      [campId],
    );
    if (claims.length === 0) return [];
    const candidates = await rows<Candidate>(
      this.db,
      `SELECT p.id, p.planet_user_id AS "planetUserId", p.name, p.alias, k.days
       FROM (${CHECKIN_DAYS}) AS k JOIN planet_user p ON p.id = k.planet_user_ref
       WHERE NOT EXISTS (SELECT FROM camp_member m WHERE m.camp_id = $1 AND m.planet_user_ref = p.id)`,
      [campId],
    );
    // With nobody there to compare with, nobody has failed.
    return candidates.length > 0 ? assign(claims, candidates) : [];
  }

  /** What a person decided in the meantime stands: only members still unmatched get planet users still free, who still have check-ins here. */
  private async write(
    manager: EntityManager,
    campId: number,
    outcomes: Outcome[],
    now: Date,
  ): Promise<number> {
    const { matched } = await onlyRow<{ matched: number }>(
      manager,
      `WITH moved AS (
         UPDATE camp_member m SET match_status = CASE WHEN o.user_ref IS NULL THEN 'failed' ELSE 'matched' END,
           match_confidence = o.confidence, planet_user_ref = o.user_ref, updated_at = $5::timestamptz,
           match_method = CASE WHEN o.user_ref IS NOT NULL THEN 'smart_match' END, matched_at = CASE WHEN o.user_ref IS NOT NULL THEN $5::timestamptz END
         FROM unnest($2::bigint[], $3::bigint[], $4::int[]) AS o (member_id, user_ref, confidence)
         WHERE m.id = o.member_id AND m.camp_id = $1 AND m.match_status <> 'matched' AND m.review IS NULL AND NOT ${ERASED}
           AND CASE WHEN o.user_ref IS NULL THEN (m.match_status, m.match_confidence) IS DISTINCT FROM ('failed', o.confidence)
             ELSE o.user_ref <> ALL (m.unmatched_refs)
               AND NOT EXISTS (SELECT FROM camp_member t WHERE t.camp_id = $1 AND t.planet_user_ref = o.user_ref)
               AND EXISTS (SELECT FROM camp_checkin k WHERE k.camp_id = $1 AND k.planet_user_ref = o.user_ref) END
         RETURNING m.order_id, m.planet_user_ref
       ), bound AS (
         UPDATE camp_order c SET bind_status = 'completed', bind_method = 'smart_match' FROM moved
         WHERE c.order_id = moved.order_id AND moved.planet_user_ref IS NOT NULL
       ) SELECT count(planet_user_ref) AS matched FROM moved`,
      [
        campId,
        outcomes.map(({ memberId }) => memberId),
        outcomes.map(({ candidateId }) => candidateId),
        outcomes.map(({ confidence }) => confidence),
        now,
      ],
    );
    return matched;
  }

  /**
   * The planet users that got a member since the running sync began, from here or from elsewhere. Such a member may have
   * been counted before the sync brought its check-ins, and the sync may not have seen it as a member yet.
   */
  private async matchedMeanwhile(manager: EntityManager, campId: number): Promise<number[]> {
    const found = await rows<{ planet_user_ref: number }>(
      manager,
      `SELECT m.planet_user_ref FROM camp_member m LEFT JOIN camp_sync s ON s.camp_id = m.camp_id
       WHERE m.camp_id = $1 AND m.planet_user_ref IS NOT NULL AND m.matched_at >= coalesce(s.tried_at - interval '1 minute', '-infinity')`,
      [campId],
    );
    return found.map((row) => row.planet_user_ref);
  }
}
