import { Injectable } from '@nestjs/common';
import type { KeptPayer, Order } from '@yajin/payment';
import { Alerts, BusinessError, Clock, maybeRow, onlyRow, rows, type Row } from '@yajin/server';
import type { CampAlert } from '../camp-alert.js';
import type { EntityManager } from 'typeorm';
import { Audit, SYSTEM } from '../../../system/index.js';
import { recount } from '../checkin/credited-days.js';
import { enqueueListing } from '../refund/refund-list.js';
import { Claims, type Asker } from './claims.js';
import { displace, holderOf, type Holder } from './displacement.js';
import { holdMatching, isUniqueViolation, planetUser } from './member.service.js';
import type { CampOrder } from '../h5/camp-order.entity.js';
import type { CampMember } from './camp-member.entity.js';

/** How often it is looked anew who has a planet user, when somebody else came first meanwhile. */
const TRIES = 5;

/** What a paid order of ours says about its payer. */
type Enrolled = Row<CampOrder, 'campId' | 'identity' | 'planetUserId' | 'planetNickname' | 'wechatNickname'>;

/** Why people have to look at a newcomer. */
type Doubt = 'contested' | 'rival';

type Binding = KeptPayer & Row<CampOrder, 'bindStatus' | 'bindDeadline' | 'outcome' | 'erasedAt'>;

/** How payers become the planet users they name: one each, and nobody's deposit is lost where two name the same. */
@Injectable()
export class Joining {
  constructor(
    private readonly clock: Clock,
    private readonly claims: Claims,
    private readonly audit: Audit,
    private readonly alerts: Alerts<CampAlert>,
  ) {}

  /**
   * Makes a payer a member. What another payer has goes to our link's owner where it was only typed; otherwise the newcomer
   * goes to people, and whoever has it is not disturbed.
   * @returns the member's id; null when the same payer, as far as can be told, is a member by that planet user already
   */
  async join(manager: EntityManager, order: Order, row: Enrolled): Promise<number | null> {
    const now = this.clock.now();
    const planetUserId = row.planet_user_id;
    if (planetUserId === null) throw new Error(`order ${order.id} names no planet user`);
    const userRef = await planetUser(manager, planetUserId, now);
    for (let tries = 0; tries < TRIES; tries += 1) {
      // Its lock makes newcomers wait for each other, so that the next look sees what became of the one before.
      const holder = await holderOf(manager, row.camp_id, userRef);
      const claims = await this.claims.of(manager, row.camp_id, planetUserId);
      if (claims.some((claim) => this.claims.samePayer(claim, order.payer) !== false)) return null;
      if (holder?.grade === 'typed' && row.identity === 'signed') {
        await this.makeRoom(manager, order, holder, now);
        continue;
      }
      // A link is its owner's also where others wait; an id that is typed belongs to nobody while they do.
      const before = holder?.id ?? (row.identity === 'signed' ? null : (claims[0]?.member_id ?? null));
      const doubt = before === null ? null : row.identity === 'signed' ? 'rival' : 'contested';
      const member = await insert(manager, order, row, { userRef: doubt ? null : userRef, doubt, now });
      if (!member) continue;
      if (before !== null && doubt) await this.leaveToPeople(manager, member.id, { holder, before }, doubt);
      return member.id;
    }
    throw new Error(`order ${order.id}: others went on taking the planet user`);
  }

  /**
   * Binds a paid order to a planet user as its payer says. Where somebody else has that one, the answer is the same, and people look.
   * @returns the member's id
   * @throws BusinessError 1005 no such order (any more), 1002 bound already, 1003 too late, 1001 the asker has enrolled with the planet user already, 403 when a
   * manager took it away from this member
   */
  async bind(
    manager: EntityManager,
    orderId: number,
    said: { planetUserId: string; planetNickname: string },
    asker: Asker,
  ): Promise<number> {
    const now = this.clock.now();
    const placed = await maybeRow<Row<CampOrder, 'campId'>>(
      manager,
      'SELECT camp_id FROM camp_order WHERE order_id = $1',
      [orderId],
    );
    if (!placed) throw new BusinessError(1005);
    await holdMatching(manager, placed.camp_id);
    const order = await onlyRow<Binding>(
      manager,
      `SELECT c.bind_status, c.bind_deadline, c.outcome, c.erased_at, o.payer_id, o.payer_index
       FROM camp_order c JOIN pay_order_view o ON o.id = c.order_id WHERE c.order_id = $1 FOR UPDATE OF c`,
      [orderId],
    );
    if (order.outcome !== 'member' || order.erased_at !== null) throw new BusinessError(1005);
    if (order.bind_status === 'completed') throw new BusinessError(1002);
    if (order.bind_status === 'expired' || (order.bind_deadline && order.bind_deadline <= now))
      throw new BusinessError(1003);
    const userRef = await planetUser(manager, said.planetUserId, now);
    const refused = await maybeRow(
      manager,
      'SELECT 1 FROM camp_member WHERE order_id = $1 AND $2 = ANY (unmatched_refs)',
      [orderId, userRef],
    );
    if (refused) throw new BusinessError(403, '该星球用户已被解除匹配，请联系管理员');
    for (let tries = 0; tries < TRIES; tries += 1) {
      const holder = await holderOf(manager, placed.camp_id, userRef);
      const claims = await this.claims.of(manager, placed.camp_id, said.planetUserId);
      const own = claims.some(
        (claim) =>
          claim.order_id !== orderId &&
          (this.claims.isOf(claim, asker) || this.claims.samePayer(claim, order) === true),
      );
      if (own) throw new BusinessError(1001);
      const before = holder?.id ?? claims.find((claim) => claim.order_id !== orderId)?.member_id ?? null;
      const member = await fillIn(manager, orderId, said, { userRef: before === null ? userRef : null, now });
      if (!member) continue;
      if (before !== null) await this.leaveToPeople(manager, member.id, { holder, before }, 'contested');
      await rows(
        manager,
        `UPDATE camp_order SET planet_user_id = $2, planet_nickname = $3, identity = 'typed', bind_status = 'completed',
           bind_method = 'user_fill', browser = $4 WHERE order_id = $1`,
        [orderId, said.planetUserId, said.planetNickname, asker.browser],
      );
      await recount(manager, member.id);
      await enqueueListing(manager, placed.camp_id);
      return member.id;
    }
    throw new Error(`order ${orderId}: others went on taking the planet user`);
  }

  /** Our link is its owner's: who only typed the same id, by another payer, goes to people. */
  private async makeRoom(manager: EntityManager, order: Order, holder: Holder, now: Date): Promise<void> {
    await displace(manager, this.audit, holder, { now, by: null });
    await this.alerts.raise('camp-identity-linked-away', `member ${holder.id}, by order ${order.id}`, {
      key: `identity-displaced:${holder.id}`,
      params: { member: holder.id },
      within: manager,
    });
  }

  private async leaveToPeople(
    manager: EntityManager,
    memberId: number,
    { holder, before }: { holder: Holder | null; before: number },
    doubt: Doubt,
  ): Promise<void> {
    await this.audit.record(manager, SYSTEM, {
      action: `member.${doubt}`,
      target: ['member', memberId],
      after: { holderMemberId: holder?.id ?? null },
    });
    await this.alerts.raise('camp-identity-contested', `members ${memberId} and ${before}`, {
      key: `identity-${doubt}:${memberId}`,
      params: { member: memberId },
      within: manager,
    });
  }
}

interface Given {
  /** Null for whom people have to look at. */
  userRef: number | null;
  now: Date;
}

/** @returns null when the planet user has a member by now */
function insert(
  manager: EntityManager,
  order: Order,
  row: Enrolled,
  { userRef, doubt, now }: Given & { doubt: Doubt | null },
): Promise<{ id: number } | null> {
  return maybeRow<Row<CampMember, 'id'>>(
    manager,
    `INSERT INTO camp_member (camp_id, order_id, pay_fen, paid_at, filled_planet_user_id, filled_planet_nickname,
       filled_wechat_nickname, match_status, match_confidence, match_method, matched_at, planet_user_ref, review, created_at, updated_at)
     SELECT $1, $2, $3, $4, $5, $6, $7, CASE WHEN matched THEN 'matched' ELSE 'pending' END, CASE WHEN matched THEN 100 ELSE 0 END,
       CASE WHEN matched THEN 'dynamic_qrcode' END, CASE WHEN matched THEN $9::timestamptz END, $8, $10, $9, $9
     FROM (SELECT $8::bigint IS NOT NULL AS matched) AS given
     ON CONFLICT DO NOTHING RETURNING id`,
    [
      row.camp_id,
      order.id,
      order.amountFen,
      order.paidAt,
      row.planet_user_id,
      row.planet_nickname,
      row.wechat_nickname,
      userRef,
      now,
      doubt,
    ],
  );
}

/** @returns null when the planet user has a member by now */
async function fillIn(
  manager: EntityManager,
  orderId: number,
  said: { planetUserId: string; planetNickname: string },
  { userRef, now }: Given,
): Promise<{ id: number } | null> {
  try {
    // Behind a savepoint: what another took at this very moment must not end everything.
    return await manager.transaction((inner) =>
      onlyRow<Row<CampMember, 'id'>>(
        inner,
        // Whoever corrects has been told what zsxq calls people, so a name said later is evidence of nothing.
        `UPDATE camp_member SET filled_planet_user_id = $2, planet_user_ref = $4, updated_at = $5,
           filled_planet_nickname = CASE WHEN id_corrections > 0 THEN coalesce(filled_planet_nickname, $3) ELSE $3 END,
           match_status = CASE WHEN given.matched THEN 'matched' ELSE 'pending' END,
           match_confidence = CASE WHEN given.matched THEN 100 ELSE 0 END,
           match_method = CASE WHEN given.matched THEN 'user_fill' END,
           matched_at = CASE WHEN given.matched THEN $5::timestamptz END,
           review = CASE WHEN given.matched THEN NULL ELSE 'contested' END
         FROM (SELECT $4::bigint IS NOT NULL AS matched) AS given WHERE order_id = $1 RETURNING id`,
        [orderId, said.planetUserId, said.planetNickname, userRef, now],
      ),
    );
  } catch (error) {
    if (isUniqueViolation(error)) return null;
    throw error;
  }
}
