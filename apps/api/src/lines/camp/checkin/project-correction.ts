import { Injectable } from '@nestjs/common';
import { sentence } from '@yajin/core';
import { BusinessError, Clock, forgetAnchors, maybeRow, onlyRow, rows } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource, type EntityManager } from 'typeorm';
import { Audit, type Operator } from '../../../system/index.js';
import type { CampRow } from '../camp/camp.row.js';
import { bindBefore } from '../camp/camp.rules.js';
import { withdrawOpen } from '../member/displacement.js';
import { ERASED } from '../member/smart-match.service.js';
import { checkinAnchors } from './ingest.js';
import { recountMembers } from './credited-days.js';

type Given = Pick<Camp.CorrectPlanetProjectRequest, 'planetProjectId' | 'planetGroupId'>;

/** Puts right from which project of zsxq a published camp's check-ins come. */
@Injectable()
export class ProjectCorrection {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /**
   * What came from the wrong project counts no more, and the next sync reads the right one from the camp's first day. A sync that is under
   * way loses its lease, so it keeps nothing. Refunds that wait for a decision rest on the wrong days: they are withdrawn, and
   * listed anew after that sync.
   * @throws BusinessError 404, 1102 for a draft, which is simply changed; 409 once a refund is approved
   */
  correct(operator: Operator, id: number, given: Given): Promise<Camp.CorrectedPlanetProject> {
    return this.db.transaction(async (manager) => {
      // First its sync, as a page that is being kept has it; then nobody matches, lists or keeps check-ins of this camp meanwhile.
      await rows(manager, 'SELECT 1 FROM camp_sync WHERE camp_id = $1 FOR UPDATE', [id]);
      const camp = await maybeRow<CampRow>(
        manager,
        'SELECT * FROM camp WHERE id = $1 AND deleted_at IS NULL FOR UPDATE',
        [id],
      );
      if (!camp) throw new BusinessError(404);
      if (camp.status === 'draft') throw new BusinessError(1102);
      const now = this.clock.now();
      if (await withdrawOpen(manager, 'camp_id', id, 'project_changed', now))
        throw new BusinessError(409, sentence('camp_paid_back'));
      const before = { planetProjectId: camp.planet_project_id, planetGroupId: camp.planet_group_id };
      const after = {
        planetProjectId: given.planetProjectId,
        planetGroupId: given.planetGroupId === undefined ? before.planetGroupId : given.planetGroupId,
      };
      await rows(
        manager,
        'UPDATE camp SET planet_project_id = $2, planet_group_id = $3, updated_at = $4 WHERE id = $1',
        [id, after.planetProjectId, after.planetGroupId, now],
      );
      const removedCheckins = await this.forget(manager, id, now);
      await this.audit.record(manager, operator, {
        action: 'camp.correct_project',
        target: ['camp', id],
        before,
        after: { ...after, removedCheckins },
      });
      return { id, ...after, removedCheckins };
    });
  }

  /** @returns how many check-ins of zsxq's are gone; those of a file stay */
  private async forget(manager: EntityManager, id: number, now: Date): Promise<number> {
    await rows(
      manager,
      `UPDATE camp_sync SET lease_until = NULL, run_id = NULL, synced_at = NULL, error = NULL, fail_code = NULL, partial = true,
         resume_at = NULL, skipped = 0 WHERE camp_id = $1`,
      [id],
    );
    const { checkins, posters } = await onlyRow<{ checkins: number; posters: number[] | null }>(
      manager,
      `WITH gone AS (
         DELETE FROM camp_checkin WHERE camp_id = $1 AND upload_id IS NULL AND NOT erased RETURNING planet_user_ref
       ) SELECT count(*) AS checkins, array_agg(DISTINCT planet_user_ref) AS posters FROM gone`,
      [id],
    );
    await forgetAnchors(manager, checkinAnchors(id), new Date(0));
    await recountMembers(manager, id, (posters ?? []).map(Number), now);
    await this.unmatch(manager, id, now);
    return checkins;
  }

  /** Whom names matched to people of the wrong project, and who has not proved to be one, the next sync looks for among those of the right one, and they may bind their id. */
  private async unmatch(manager: EntityManager, id: number, now: Date): Promise<void> {
    await rows(
      manager,
      `WITH unmatched AS (
         UPDATE camp_member m SET match_status = 'pending', match_confidence = 0, match_method = NULL, matched_at = NULL, planet_user_ref = NULL,
           checkin_count = 0, last_checkin_at = NULL, updated_at = $2
         WHERE m.camp_id = $1 AND m.match_method = 'smart_match' AND m.proved_ref IS DISTINCT FROM m.planet_user_ref AND NOT ${ERASED} RETURNING m.order_id
       ) UPDATE camp_order o SET bind_status = 'pending', bind_method = NULL, bind_deadline = $3
         FROM unmatched WHERE o.order_id = unmatched.order_id`,
      [id, now, bindBefore(now)],
    );
  }
}
