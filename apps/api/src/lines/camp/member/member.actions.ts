import { Injectable } from '@nestjs/common';
import { localTime, sentence } from '@yajin/core';
import { BusinessError, Clock, maybeRow, onlyRow, rows, type Row } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource, type EntityManager } from 'typeorm';
import { Audit, type Operator } from '../../../system/index.js';
import { bindBefore } from '../camp/camp.rules.js';
import { recount } from '../checkin/credited-days.js';
import { enqueueListing } from '../refund/refund-list.js';
import { withdrawRecord } from './displacement.js';
import { PLANET_NAME } from './member.row.js';
import { findMember, isUniqueViolation, lockMember, type MemberRow } from './member.service.js';
import type { PlanetUser } from './planet-user.entity.js';

/** What operators do to members. */
@Injectable()
export class MemberActions {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /**
   * Says by hand which planet user a member is, whatever was matched before. Saying it again changes nothing.
   * @throws BusinessError 404, 409 when another member of the camp has the planet user, 1302
   */
  async match(operator: Operator, id: number, userRef: number): Promise<Camp.MatchedMember> {
    return this.db.transaction(async (manager) => {
      const before = await lockMember(manager, operator, id);
      const user = await this.userOfCamp(manager, before, userRef);
      const answer: Camp.MatchedMember = {
        memberId: id,
        matchStatus: 'matched',
        matchConfidence: 100,
        matchMethod: 'manual',
        matchedPlanetUser: user,
      };
      if (before.match_method === 'manual' && before.planet_user_ref === userRef) return answer;
      const now = this.clock.now();
      if (await withdrawRecord(manager, id, now)) throw new BusinessError(1302);
      await rows(
        manager,
        // Whom a person took the place of is not to come back by itself.
        `UPDATE camp_member SET match_status = 'matched', match_confidence = 100, match_method = 'manual', review = NULL, matched_at = $3, updated_at = $3,
           unmatched_refs = array_remove(CASE WHEN planet_user_ref IS NULL THEN unmatched_refs
             ELSE array_append(array_remove(unmatched_refs, planet_user_ref), planet_user_ref) END, $2),
           planet_user_ref = $2
         WHERE id = $1`,
        [id, userRef, now],
      ).catch((error: unknown) => {
        throw isUniqueViolation(error) ? new BusinessError(409, sentence('matched_to_another')) : error;
      });
      await rows(
        manager,
        `UPDATE camp_order SET bind_status = 'completed', bind_method = 'manual' WHERE order_id = $1`,
        [before.order_id],
      );
      await this.follow(manager, operator, before, { action: 'member.match' });
      return answer;
    });
  }

  /**
   * Takes the planet user away from a member, who may then bind again or be matched to another.
   * @throws BusinessError 404, 409 when there is no match, 1302
   */
  async unmatch(operator: Operator, id: number, reason: string): Promise<Camp.UnmatchedMember> {
    return this.db.transaction(async (manager) => {
      const before = await lockMember(manager, operator, id);
      if (before.match_status !== 'matched') throw new BusinessError(409, sentence('not_matched'));
      const now = this.clock.now();
      if (await withdrawRecord(manager, id, now)) throw new BusinessError(1302);
      await rows(
        manager,
        `UPDATE camp_member SET match_status = 'pending', match_confidence = 0, match_method = NULL, matched_at = NULL, updated_at = $2,
           unmatched_refs = array_append(array_remove(unmatched_refs, planet_user_ref), planet_user_ref), planet_user_ref = NULL
         WHERE id = $1`,
        [id, now],
      );
      await rows(
        manager,
        `UPDATE camp_order SET bind_status = 'pending', bind_method = NULL, bind_deadline = $2 WHERE order_id = $1`,
        [before.order_id, bindBefore(now)],
      );
      await this.follow(manager, operator, before, { action: 'member.unmatch', reason });
      return { memberId: id, matchStatus: 'pending', matchConfidence: 0, matchMethod: null };
    });
  }

  /** The first time counts. @throws BusinessError 404 */
  async joinGroup(operator: Operator, id: number): Promise<Camp.JoinedMember> {
    return this.db.transaction(async (manager) => {
      const { joined_at } = await findMember(manager, operator, id);
      if (joined_at) return { memberId: id, joinedGroup: true, joinedAt: localTime(joined_at) };
      const now = this.clock.now();
      const joined = await onlyRow<{ joined_at: Date }>(
        manager,
        `UPDATE camp_member SET joined_group = true, joined_at = coalesce(joined_at, $2), updated_at = $2 WHERE id = $1
         RETURNING coalesce(joined_at, $2) AS joined_at`,
        [id, now],
      );
      const joinedAt = localTime(joined.joined_at);
      await this.audit.record(manager, operator, {
        action: 'member.join_group',
        target: ['member', id],
        before: { joinedGroup: false },
        after: { joinedGroup: true, joinedAt },
      });
      return { memberId: id, joinedGroup: true, joinedAt };
    });
  }

  /** What follows from any change of a match: counts, the refund list with its books, the record of who did it. */
  private async follow(
    manager: EntityManager,
    operator: Operator,
    before: MemberRow,
    { action, reason }: { action: string; reason?: string },
  ): Promise<void> {
    await recount(manager, before.id);
    await enqueueListing(manager, before.camp_id);
    const after = await onlyRow<MemberRow>(manager, 'SELECT * FROM camp_member WHERE id = $1', [before.id]);
    await this.audit.record(manager, operator, {
      action,
      target: ['member', before.id],
      before: matchOf(before),
      after: { ...matchOf(after), ...(reason === undefined ? {} : { reason }) },
    });
  }

  /** One who checked in at the camp, or whose id the member filled in. */
  private async userOfCamp(
    manager: EntityManager,
    member: MemberRow,
    userRef: number,
  ): Promise<Camp.MatchedPlanetUser> {
    const user = await maybeRow<Row<PlanetUser, 'planetUserId'> & { name: string | null }>(
      manager,
      `SELECT p.planet_user_id, ${PLANET_NAME} AS name FROM planet_user p
       WHERE p.id = $1 AND (p.planet_user_id = $3
         OR EXISTS (SELECT FROM camp_checkin k WHERE k.camp_id = $2 AND k.planet_user_ref = p.id))`,
      [userRef, member.camp_id, member.filled_planet_user_id],
    );
    if (!user) throw new BusinessError(404, sentence('not_in_camp'));
    return { id: userRef, planetUserId: user.planet_user_id, planetNickname: user.name ?? '' };
  }
}

function matchOf(row: MemberRow): object {
  return {
    matchStatus: row.match_status,
    matchConfidence: row.match_confidence,
    matchMethod: row.match_method,
    planetUserRef: row.planet_user_ref,
    checkinCount: row.checkin_count,
  };
}
