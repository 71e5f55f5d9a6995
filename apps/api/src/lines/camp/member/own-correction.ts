import { Injectable } from '@nestjs/common';
import { instantOf } from '@yajin/core';
import { BusinessError, Clock, maybeRow, rows, type Row } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import type { EntityManager } from 'typeorm';
import { Audit, SYSTEM } from '../../../system/index.js';
import type { CampEntity } from '../camp/camp.entity.js';
import type { Asker } from './claims.js';
import { Joining } from './joining.js';
import { GRADE } from './member.row.js';
import { holdMatching } from './member.service.js';
import type { CampMember } from './camp-member.entity.js';

/** Of a slip three are enough; more would be trying which ids have enrolled. */
const MOST_CORRECTIONS = 3;

type Corrected = Row<
  CampMember,
  'id' | 'campId' | 'idCorrections' | 'filledPlanetUserId' | 'review' | 'matchMethod'
> &
  Row<CampEntity, 'startDate' | 'status'> & { grade: Camp.IdentityOrNull };

/** Whether a member may still put right the planet id that they typed: until the camp begins, and nobody has shown or decided who they are. */
export function correctable(
  member: Pick<Corrected, 'id_corrections' | 'review' | 'grade' | 'match_method' | 'start_date' | 'status'>,
  now: Date,
): boolean {
  return (
    member.status === 'enrolling' &&
    now < instantOf(member.start_date) &&
    member.id_corrections < MOST_CORRECTIONS &&
    member.match_method !== 'manual' &&
    (member.grade === 'typed' || member.review === 'contested')
  );
}

/** Members put right a planet id that they mistyped, by the rules of binding. */
@Injectable()
export class OwnCorrection {
  constructor(
    private readonly clock: Clock,
    private readonly joining: Joining,
    private readonly audit: Audit,
  ) {}

  /** @throws BusinessError 409 when it is too late or not theirs to change, and as `Joining.bind`; then nothing has changed */
  async correct(
    manager: EntityManager,
    orderId: number,
    said: { planetUserId: string; planetNickname: string },
    asker: Asker,
  ): Promise<number> {
    const { camp_id } = (await maybeRow<Row<CampMember, 'campId'>>(
      manager,
      'SELECT camp_id FROM camp_member WHERE order_id = $1',
      [orderId],
    )) ?? { camp_id: null };
    if (camp_id === null) throw new BusinessError(1004);
    await holdMatching(manager, camp_id);
    await rows(manager, 'SELECT 1 FROM camp_order WHERE order_id = $1 FOR UPDATE', [orderId]);
    const member = await maybeRow<Corrected>(
      manager,
      `SELECT m.id, m.camp_id, m.id_corrections, m.filled_planet_user_id, m.review, m.match_method, c.start_date, c.status, ${GRADE} AS grade
       FROM camp_member m JOIN camp c ON c.id = m.camp_id JOIN camp_order o ON o.order_id = m.order_id
         LEFT JOIN planet_user p ON p.id = m.planet_user_ref WHERE m.order_id = $1 FOR UPDATE OF m`,
      [orderId],
    );
    const now = this.clock.now();
    if (!member || !correctable(member, now))
      throw new BusinessError(409, '现在不能自己修改星球 ID 了，请联系助教');
    await rows(
      manager,
      `UPDATE camp_member SET planet_user_ref = NULL, match_status = 'pending', match_confidence = 0, match_method = NULL, matched_at = NULL,
         review = NULL, filled_planet_user_id = NULL, id_corrections = id_corrections + 1, updated_at = $2 WHERE id = $1`,
      [member.id, now],
    );
    await rows(
      manager,
      `UPDATE camp_order SET bind_status = 'pending', bind_method = NULL, bind_deadline = $2 WHERE order_id = $1`,
      [orderId, instantOf(member.start_date)],
    );
    const id = await this.joining.bind(manager, orderId, said, asker);
    await this.audit.record(manager, SYSTEM, {
      action: 'member.correct_id',
      target: ['member', id],
      before: { planetUserId: member.filled_planet_user_id },
      after: { planetUserId: said.planetUserId },
    });
    return id;
  }
}
