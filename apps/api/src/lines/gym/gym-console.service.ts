import { Injectable } from '@nestjs/common';
import { fen, fenFromYuan, localTime, yuanFromFen, sentence } from '@yajin/core';
import type { Console } from '@yajin/contract/console';
import { BusinessError, Clock, conditions, maybeRow, numberedPage, rows, type Row } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import { Audit, Idempotency, type IdempotencyKey, type Operator } from '../../system/index.js';
import type { CreateGymMemberDto, CreateGymOfferDto, GymMemberQuery } from './gym-console.dto.js';
import type { GymMember } from './gym-member.entity.js';
import type { GymOffer } from './gym-offer.entity.js';

/** Members and offers, as operators keep them. */
@Injectable()
export class GymConsoleService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly idempotency: Idempotency,
  ) {}

  /** Newest first. */
  async members(query: GymMemberQuery): Promise<Console.GymMemberPage> {
    const { where, parameters } = conditions([
      [`(strpos(folded(m.name), folded(?)) > 0 OR m.user_id = ?)`, query.keyword || null],
    ]);
    const list = { table: 'gym_member', alias: 'm', where, parameters, anchors: null };
    const { ids, total } = await numberedPage(this.db, list, query);
    const found = await rows<Row<GymMember>>(
      this.db,
      'SELECT * FROM gym_member WHERE id = ANY($1) ORDER BY id DESC',
      [ids],
    );
    const { page, pageSize } = query;
    return { list: found.map(presentMember), total, page, pageSize, totalPages: Math.ceil(total / pageSize) };
  }

  /** @throws BusinessError 404 */
  async member(id: number): Promise<Console.GymMember> {
    const row = await maybeRow<Row<GymMember>>(this.db, 'SELECT * FROM gym_member WHERE id = $1', [id]);
    if (!row) throw new BusinessError(404, sentence('gym_member_unknown'));
    return presentMember(row);
  }

  /** @throws BusinessError 409 when the platform's user is a member already */
  async createMember(
    operator: Operator,
    { userId, name }: CreateGymMemberDto,
    key: IdempotencyKey | null,
  ): Promise<Console.GymMember> {
    return this.idempotency.once(key, async (manager) => {
      const row = await maybeRow<Row<GymMember>>(
        manager,
        'INSERT INTO gym_member (user_id, name, created_at) VALUES ($1, $2, $3) ON CONFLICT (user_id) DO NOTHING RETURNING *',
        [userId, name, this.clock.now()],
      );
      if (!row) throw new BusinessError(409, sentence('gym_member_exists'));
      await this.audit.record(manager, operator, {
        action: 'gym.member_create',
        target: ['gym_member', row.id],
        after: { userId, name },
      });
      return presentMember(row);
    });
  }

  async offers(): Promise<Console.GymOfferList> {
    const found = await rows<Row<GymOffer>>(
      this.db,
      'SELECT * FROM gym_offer ORDER BY active DESC, type, amount_fen, id',
    );
    return { list: found.map(presentOffer) };
  }

  /** @throws BusinessError 409 when an offer of that type costs the same */
  async createOffer(
    operator: Operator,
    offer: CreateGymOfferDto,
    key: IdempotencyKey | null,
  ): Promise<Console.GymOffer> {
    return this.idempotency.once(key, async (manager) => {
      const row = await maybeRow<Row<GymOffer>>(
        manager,
        `INSERT INTO gym_offer (type, name, amount_fen, quantity, created_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING RETURNING *`,
        [offer.type, offer.name, fenFromYuan(offer.amount), offer.quantity, this.clock.now()],
      );
      return this.changed(manager, operator, row, 'gym.offer_create', null);
    });
  }

  /** @throws BusinessError 404, 409 when another offer of that type costs the same now */
  async setActive(operator: Operator, id: number, active: boolean): Promise<Console.GymOffer> {
    return this.db.transaction(async (manager) => {
      const before = await maybeRow<Row<GymOffer>>(
        manager,
        'SELECT * FROM gym_offer WHERE id = $1 FOR UPDATE',
        [id],
      );
      if (!before) throw new BusinessError(404);
      const row = await maybeRow<Row<GymOffer>>(
        manager,
        `UPDATE gym_offer o SET active = $2 WHERE id = $1 AND NOT ($2 AND EXISTS (
           SELECT FROM gym_offer f WHERE f.active AND f.id <> o.id AND f.type = o.type AND f.amount_fen = o.amount_fen))
         RETURNING *`,
        [id, active],
      );
      return this.changed(manager, operator, row, 'gym.offer_update', before);
    });
  }

  private async changed(
    manager: EntityManager,
    operator: Operator,
    row: Row<GymOffer> | null,
    action: string,
    before: Row<GymOffer> | null,
  ): Promise<Console.GymOffer> {
    if (!row) throw new BusinessError(409, sentence('gym_offer_exists'));
    const { type, name, amount, quantity, active } = presentOffer(row);
    await this.audit.record(manager, operator, {
      action,
      target: ['gym_offer', row.id],
      ...(before ? { before: { active: before.active } } : {}),
      after: before ? { active } : { type, name, amount, quantity },
    });
    return presentOffer(row);
  }
}

function presentMember(row: Row<GymMember>): Console.GymMember {
  return {
    id: row.id,
    userId: row.user_id,
    name: row.name,
    membershipUntil: row.membership_until,
    courseLessons: row.course_lessons,
    privateLessons: row.private_lessons,
    createdAt: localTime(row.created_at),
  };
}

function presentOffer(row: Row<GymOffer>): Console.GymOffer {
  return {
    id: row.id,
    type: row.type,
    name: row.name,
    amount: yuanFromFen(fen(row.amount_fen)),
    quantity: row.quantity,
    active: row.active,
    createdAt: localTime(row.created_at),
  };
}
