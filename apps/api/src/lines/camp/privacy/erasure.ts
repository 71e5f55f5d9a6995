import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { forgetPayer, holdOrder } from '@yajin/payment';
import { BusinessError, Clock, maybeRow, onlyRow, rows, type Row } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import { Audit, type Actor } from '../../../system/index.js';
import { CLAIMED_BY_ANOTHER, ONLY_TYPED } from '../member/member.row.js';
import { UPLOADED } from '../upload/manual.source.js';
import { notYet, openReason, type Held } from './held-data.js';
import type { PlanetUser } from '../member/planet-user.entity.js';
import type { CampMember } from '../member/camp-member.entity.js';

type Member = Row<CampMember, 'id' | 'campId' | 'planetUserRef'> & {
  filled: string | null;
  refused: number[];
  /** Whether the planet user's check-ins are surely theirs, and nobody else waits for them. */
  theirs: boolean;
};

/** SQL: whether the order `$1` was never erased, or names somebody again. */
const STANDS = `
  SELECT 1 FROM camp_order c JOIN pay_order_view o ON o.id = c.order_id LEFT JOIN camp_member m ON m.order_id = c.order_id
  WHERE c.order_id = $1 AND (c.erased_at IS NULL OR o.payer_id IS NOT NULL OR c.planet_user_id IS NOT NULL OR c.planet_nickname IS NOT NULL
    OR c.wechat_nickname IS NOT NULL OR m.planet_user_ref IS NOT NULL OR m.filled_planet_user_id IS NOT NULL)`;

/** Takes a person out of everything but the books. */
@Injectable()
export class Erasure {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /**
   * Takes the person out of the order, the member and the check-ins; of a planet id that was only typed, or that somebody else claims,
   * the check-ins stay until their time is over. The books and the refunds stay, with numbers only. Done again, it takes out what
   * came to stand there since, and otherwise changes nothing.
   * @throws BusinessError 409 while money is not done, saying what
   */
  async erase({ order_id: orderId, camp_id: campId }: Held, actor: Actor): Promise<void> {
    const at = this.clock.now();
    await this.db.transaction(async (manager) => {
      // As the refund list and matching: the camp first. It keeps a sync from adding check-ins meanwhile.
      await rows(manager, 'SELECT 1 FROM camp WHERE id = $1 FOR UPDATE', [campId]);
      await holdOrder(manager, orderId);
      const open = await openReason(manager, orderId);
      if (open !== null) throw new BusinessError(409, notYet(open));
      const stood = await maybeRow(manager, STANDS, [orderId]);
      // Before the order forgets that it was signed.
      const member = await memberOf(manager, orderId);
      await rows(
        manager,
        `UPDATE camp_order SET planet_user_id = NULL, planet_nickname = NULL, wechat_nickname = NULL, browser = NULL,
           erased_at = coalesce(erased_at, $2) WHERE order_id = $1`,
        [orderId, at],
      );
      if (member) await this.forgetMember(manager, member, at);
      await forgetPayer(manager, orderId);
      await rows(manager, 'DELETE FROM camp_ticket WHERE order_id = $1', [orderId]);
      if (stood)
        await this.audit.record(manager, actor, { action: 'privacy.erase', target: ['order', orderId] });
    });
  }

  private async forgetMember(manager: EntityManager, member: Member, at: Date): Promise<void> {
    await rows(manager, 'DELETE FROM camp_identity_code WHERE member_id = $1', [member.id]);
    await rows(
      manager,
      `UPDATE camp_member SET filled_planet_user_id = NULL, filled_planet_nickname = '已删除 ' || id, filled_wechat_nickname = NULL,
         match_status = 'failed', match_confidence = 0, match_method = NULL, planet_user_ref = NULL, unmatched_refs = '{}', proved_ref = NULL, review = NULL, updated_at = $2
       WHERE id = $1`,
      [member.id, at],
    );
    // Who only typed an id may have typed another's; and what somebody else waits for is not to be lost to them.
    if (member.planet_user_ref !== null && member.theirs)
      await this.forgetCheckins(manager, member.camp_id, member.planet_user_ref, at);
    // Whoever is in another camp too is needed there; and whom another names, or was refused, is needed for that.
    await rows(
      manager,
      `DELETE FROM planet_user u WHERE (id = ANY ($1) OR planet_user_id = $2)
         AND NOT EXISTS (SELECT FROM camp_member m WHERE m.planet_user_ref = u.id)
         AND NOT EXISTS (SELECT FROM camp_member m WHERE m.proved_ref = u.id)
         AND NOT EXISTS (SELECT FROM camp_member m WHERE u.id = ANY (m.unmatched_refs) OR m.filled_planet_user_id = u.planet_user_id)
         AND NOT EXISTS (SELECT FROM camp_checkin c WHERE c.planet_user_ref = u.id)`,
      [[member.planet_user_ref, ...member.refused], member.filled],
    );
  }

  /** The posts' numbers stay, so that no sync brings them back; those that a file was given name the person, and go. */
  private async forgetCheckins(
    manager: EntityManager,
    campId: number,
    planetUserRef: number,
    at: Date,
  ): Promise<void> {
    const nobody = await onlyRow<Row<PlanetUser, 'id'>>(
      manager,
      `INSERT INTO planet_user (planet_user_id, updated_at) VALUES ($1, $2) RETURNING id`,
      [`erased:${randomUUID()}`, at],
    );
    await rows(
      manager,
      `UPDATE camp_checkin SET content = '', erased = true, planet_user_ref = $3,
         topic_id = CASE WHEN starts_with(topic_id, $4) THEN 'erased:' || gen_random_uuid() ELSE topic_id END
       WHERE camp_id = $1 AND planet_user_ref = $2`,
      [campId, planetUserRef, nobody.id, UPLOADED],
    );
    // A file that nobody has applied yet is read once more, if it is still wanted.
    await rows(manager, `DELETE FROM camp_checkin_upload WHERE camp_id = $1 AND status = 'draft'`, [campId]);
  }
}

function memberOf(manager: EntityManager, orderId: number): Promise<Member | null> {
  return maybeRow<Member>(
    manager,
    `SELECT m.id, m.camp_id, m.planet_user_ref, m.filled_planet_user_id AS filled, to_json(m.unmatched_refs) AS refused,
       NOT ${ONLY_TYPED} AND NOT ${CLAIMED_BY_ANOTHER} AS theirs
     FROM camp_member m WHERE m.order_id = $1`,
    [orderId],
  );
}
