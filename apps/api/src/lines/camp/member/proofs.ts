import { Injectable, Logger } from '@nestjs/common';
import { localTime } from '@yajin/core';
import { Alerts, BusinessError, Clock, onlyRow, rows, type Database, type Row } from '@yajin/server';
import type { CampAlert } from '../camp-alert.js';
import type { Camp } from '@yajin/contract';
import type { PlanetPost } from '@yajin/planet';
import { DataSource, type EntityManager } from 'typeorm';
import { Audit, SYSTEM } from '../../../system/index.js';
import { recount } from '../checkin/credited-days.js';
import { enqueueListing } from '../refund/refund-list.js';
import { displace, holderOf } from './displacement.js';
import { codesIn, newCode } from './identity-code.js';
import { GRADE } from './member.row.js';
import type { CampMember } from './camp-member.entity.js';
import type { CampIdentityCode } from './camp-identity-code.entity.js';

/** How long a code can be put into a check-in. */
const LIFE_MS = 7 * 86_400_000;

type Shown = Row<CampIdentityCode, 'memberId' | 'planetUserId'> &
  Row<CampMember, 'orderId' | 'planetUserRef' | 'review'> & {
    /** The planet user who showed the code. */
    ref: number;
    /** Whether an operator, or somebody's proof, took this planet user away from the member. */
    refused: boolean;
  };

/**
 * Remembers which codes were shown by the very planet users they were given out for, in the transaction that keeps their posts.
 * A code in somebody else's text proves nothing, so that copying it is of no use. The codes may belong to any camp.
 */
export async function seeCodes(db: Database, posts: PlanetPost[], now: Date): Promise<void> {
  const seen = posts.flatMap(({ userId, text, name, alias, createdAt }) => [
    ...codesIn(text).map((code) => ({ code, userId, at: createdAt })),
    ...codesIn(`${name}\n${alias ?? ''}`).map((code) => ({ code, userId, at: now })),
  ]);
  if (seen.length === 0) return;
  await rows(
    db,
    `UPDATE camp_identity_code c SET seen_at = $4 FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS s (code, user_id, at)
     WHERE c.code = s.code AND c.planet_user_id = s.user_id AND c.seen_at IS NULL AND s.at < c.expires_at`,
    [seen.map(({ code }) => code), seen.map(({ userId }) => userId), seen.map(({ at }) => at), now],
  );
}

/** Codes by which members prove to be the planet users they named, and what follows when they do. */
@Injectable()
export class Proofs {
  private readonly logger = new Logger(Proofs.name);

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly alerts: Alerts<CampAlert>,
  ) {}

  /**
   * The code of a member, the same one until it expires or has served.
   * @throws BusinessError 1004 for who has named nobody (any more), 409 for who needs no proof
   */
  issue(memberId: number): Promise<Camp.IdentityCode> {
    return this.db.transaction((manager) => this.write(manager, memberId));
  }

  private async write(manager: EntityManager, memberId: number): Promise<Camp.IdentityCode> {
    const now = this.clock.now();
    // What erasing takes out at the same moment is not read before.
    await rows(
      manager,
      'SELECT 1 FROM camp_order WHERE order_id = (SELECT order_id FROM camp_member WHERE id = $1) FOR SHARE',
      [memberId],
    );
    const member = await onlyRow<
      Row<CampMember, 'review'> & { grade: Camp.IdentityOrNull; named: string | null }
    >(
      manager,
      `SELECT ${GRADE} AS grade, m.review, coalesce(p.planet_user_id, m.filled_planet_user_id) AS named
       FROM camp_member m JOIN camp_order o ON o.order_id = m.order_id LEFT JOIN planet_user p ON p.id = m.planet_user_ref
       WHERE m.id = $1`,
      [memberId],
    );
    if (member.grade === 'signed' || member.grade === 'proved' || member.review === 'rival')
      throw new BusinessError(409, '你的身份已经验证过了');
    if (member.named === null || member.review === 'displaced' || member.review === 'returned')
      throw new BusinessError(1004);
    await rows(
      manager,
      `INSERT INTO camp_identity_code AS c (member_id, code, planet_user_id, expires_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (member_id) DO UPDATE SET code = EXCLUDED.code, planet_user_id = EXCLUDED.planet_user_id,
         expires_at = EXCLUDED.expires_at, seen_at = NULL, settled_at = NULL
       WHERE c.planet_user_id <> EXCLUDED.planet_user_id OR c.settled_at IS NOT NULL OR (c.seen_at IS NULL AND c.expires_at <= $5)`,
      [memberId, newCode(), member.named, new Date(now.getTime() + LIFE_MS), now],
    );
    const { code, planet_user_id, expires_at } = await onlyRow<
      Row<CampIdentityCode, 'code' | 'planetUserId' | 'expiresAt'>
    >(manager, 'SELECT * FROM camp_identity_code WHERE member_id = $1', [memberId]);
    return { code, planetUserId: planet_user_id, expiresAt: localTime(expires_at) };
  }

  /** Does what follows from the codes that were seen, each once: whatever a run left, the next one does. */
  async settle(): Promise<void> {
    const camps = await rows<Row<CampMember, 'campId'>>(
      this.db,
      `SELECT DISTINCT m.camp_id FROM camp_identity_code c JOIN camp_member m ON m.id = c.member_id
       WHERE c.seen_at IS NOT NULL AND c.settled_at IS NULL`,
    );
    for (const { camp_id: campId } of camps) {
      await this.db.transaction(async (manager) => {
        // Until whoever is matching a member of this camp is done; nobody begins before this is.
        await rows(manager, 'SELECT 1 FROM camp WHERE id = $1 FOR UPDATE', [campId]);
        for (const shown of await this.shown(manager, campId)) await this.prove(manager, campId, shown);
      });
    }
  }

  /** First come, first served. */
  private shown(manager: EntityManager, campId: number): Promise<Shown[]> {
    return rows<Shown>(
      manager,
      `SELECT c.member_id, c.planet_user_id, m.order_id, m.planet_user_ref, m.review, p.id AS ref, p.id = ANY (m.unmatched_refs) AS refused
       FROM camp_identity_code c JOIN camp_member m ON m.id = c.member_id JOIN planet_user p ON p.planet_user_id = c.planet_user_id
       WHERE m.camp_id = $1 AND c.seen_at IS NOT NULL AND c.settled_at IS NULL ORDER BY c.seen_at, c.member_id FOR UPDATE OF c`,
      [campId],
    );
  }

  private async prove(manager: EntityManager, campId: number, shown: Shown): Promise<void> {
    const now = this.clock.now();
    const { member_id: memberId, ref } = shown;
    await rows(manager, 'UPDATE camp_identity_code SET settled_at = $2 WHERE member_id = $1', [
      memberId,
      now,
    ]);
    // Matched to somebody else, or given their deposit back meanwhile: that stands.
    if (shown.planet_user_ref !== null && shown.planet_user_ref !== ref) return;
    if (shown.review === 'returned') return;
    const holder = await holderOf(manager, campId, ref);
    const other = holder && holder.id !== memberId ? holder : null;
    if (shown.refused || (other && other.grade !== 'typed')) {
      await this.leaveToPeople(manager, memberId, other?.id ?? null);
      return;
    }
    if (other) {
      await displace(manager, this.audit, other, { now, by: memberId });
      await this.alerts.raise(
        'camp-identity-proved-away',
        `member ${other.id}, proved by member ${memberId}`,
        {
          key: `identity-displaced:${other.id}`,
          params: { member: other.id },
          within: manager,
        },
      );
    }
    await this.bind(manager, shown, now);
    await recount(manager, memberId);
    await enqueueListing(manager, campId);
    await this.audit.record(manager, SYSTEM, {
      action: 'member.prove',
      target: ['member', memberId],
      after: { planetUserId: ref, displacedMemberId: other?.id ?? null },
    });
    this.logger.log(`member ${memberId} proved to be planet user ${ref}`);
  }

  private async bind(manager: EntityManager, { member_id, order_id, ref }: Shown, now: Date): Promise<void> {
    await rows(
      manager,
      `UPDATE camp_member m SET proved_ref = $2, review = NULL, planet_user_ref = $2, match_status = 'matched', updated_at = $3,
         match_confidence = 100, matched_at = CASE WHEN m.planet_user_ref IS NULL THEN $3 ELSE m.matched_at END,
         match_method = coalesce(m.match_method, o.bind_method, 'user_fill')
       FROM camp_order o WHERE m.id = $1 AND o.order_id = m.order_id`,
      [member_id, ref, now],
    );
    await rows(
      manager,
      `UPDATE camp_order o SET bind_status = 'completed', bind_method = m.match_method FROM camp_member m
       WHERE o.order_id = $1 AND m.order_id = o.order_id`,
      [order_id],
    );
    // What waits for a decision rests on more now.
    await rows(
      manager,
      `UPDATE camp_refund SET name_differs = false, match_confidence = 100 WHERE member_id = $1 AND audit_status = 'pending'`,
      [member_id],
    );
  }

  /** Two have proved one planet user, or an operator decided otherwise before: nobody is displaced by that. */
  private async leaveToPeople(
    manager: EntityManager,
    memberId: number,
    holderId: number | null,
  ): Promise<void> {
    await rows(manager, `UPDATE camp_member SET review = 'rival' WHERE id = $1`, [memberId]);
    await this.audit.record(manager, SYSTEM, {
      action: 'member.rival',
      target: ['member', memberId],
      after: { holderMemberId: holderId },
    });
    await this.alerts.raise('camp-identity-rival', `members ${memberId} and ${holderId ?? '(none)'}`, {
      key: `identity-rival:${memberId}`,
      params: { member: memberId },
      within: manager,
    });
  }
}
