import { Injectable } from '@nestjs/common';
import { businessDate, localTime, sentence } from '@yajin/core';
import { BusinessError, Clock, invalid, KeptFigures, maybeRow, onlyRow, rows, type Row } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource, type EntityManager } from 'typeorm';
import { CampOptions } from '../camp.options.js';
import {
  Audit,
  campScope,
  Idempotency,
  type Actor,
  type IdempotencyKey,
  type Operator,
} from '../../../system/index.js';
import type { CampDraftDto, CampListQuery, CreateCampDto, UpdateCampDto } from './camp.dto.js';
import {
  enrollUrl,
  presentCamp,
  presentCampDetail,
  presentCampInList,
  type StaffRow,
} from './camp.presenter.js';
import type { CampEntity } from './camp.entity.js';
import { checkPeriod, missingForPublish } from './camp.rules.js';
import { MoneyOfAllCamps, presentMoney } from './camp-money.js';
import { memberTotals, periodOf, type CampRow } from './camp.row.js';
import {
  columnsOf,
  definedOf,
  filledIn,
  filledOnly,
  formerly,
  parametersOf,
  refuseFixed,
  valuesOf,
} from './camp.values.js';
import { draftOf, neededOf, type CampNeed } from './draft.rules.js';

/** Camps under the filters of a list. */
const MATCHING = `FROM camp c WHERE c.deleted_at IS NULL
  AND ($1::bigint IS NULL OR EXISTS (SELECT FROM camp_staff s WHERE s.camp_id = c.id AND s.user_id = $1))
  AND ($2::text IS NULL OR c.status = $2)
  AND ($3::text IS NULL OR strpos(folded(c.name), folded($3)) > 0)
  AND ($4::date IS NULL OR c.start_date >= $4) AND ($5::date IS NULL OR c.start_date <= $5)
  AND ($6::date IS NULL OR c.end_date >= $6) AND ($7::date IS NULL OR c.end_date <= $7)`;

@Injectable()
export class CampService {
  private readonly totals = new KeptFigures<Awaited<ReturnType<typeof memberTotals>>>();

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly options: CampOptions,
    private readonly audit: Audit,
    private readonly idempotency: Idempotency,
    private readonly money: MoneyOfAllCamps,
  ) {}

  create(actor: Actor, body: CreateCampDto, key: IdempotencyKey | null): Promise<Camp.CreatedCamp> {
    return this.insert(actor, body, [], key);
  }

  /** What is missing is named in the row, and placeholders stand in its columns until it is filled in. */
  draft(actor: Actor, body: CampDraftDto, key: IdempotencyKey | null): Promise<Camp.CreatedCamp> {
    const { values, missing } = draftOf(neededOf(body), businessDate(this.clock.now()));
    return this.insert(actor, { ...body, ...values }, missing, key);
  }

  private async insert(
    actor: Actor,
    body: CreateCampDto,
    missing: CampNeed[],
    key: IdempotencyKey | null,
  ): Promise<Camp.CreatedCamp> {
    checkPeriod(body);
    const values = valuesOf(body);
    const names = columnsOf(values);
    return this.idempotency.once(key, async (manager) => {
      const created = await onlyRow<CampRow>(
        manager,
        `INSERT INTO camp (${names.join(', ')}, created_at, updated_at, missing)
         VALUES (${names.map((_, index) => `$${index + 3}`).join(', ')}, $1, $1, $2) RETURNING *`,
        [this.clock.now(), missing, ...parametersOf(values)],
      );
      await this.assignStaff(manager, created.id, body);
      await this.audit.record(manager, actor, {
        action: 'camp.create',
        target: ['camp', created.id],
        after: filledOnly(body, missing),
      });
      const totals = await memberTotals(manager, []);
      return presentCamp(created, totals(created.id), this.options.publicUrl);
    });
  }

  async list(operator: Operator, query: CampListQuery): Promise<Camp.CampPage> {
    const filter = [
      campScope(operator),
      query.status ?? null,
      query.keyword || null,
      query.startDate ?? null,
      query.endDate ?? null,
      query.endsFrom ?? null,
      query.endsTo ?? null,
    ];
    const found = await rows<CampRow & { total: number }>(
      this.db,
      `SELECT c.*, count(*) OVER () AS total ${MATCHING} ORDER BY c.id DESC LIMIT $8 OFFSET $9`,
      [...filter, query.pageSize, (query.page - 1) * query.pageSize],
    );
    const ids = found.map((row) => row.id);
    const totals = await this.totals.of(ids.join(), () => memberTotals(this.db, ids));
    const money = query.withMoney ? await this.money.now() : null;
    return {
      list: found.map((row) => presentCampInList(row, totals(row.id), money && money.of(row.id))),
      ...this.options.page(
        query,
        found[0]?.total ?? (query.page > 1 ? await this.count(operator, query) : 0),
      ),
      money: money && presentMoney(...(await this.idsOf(filter)).map(money.of)),
    };
  }

  /** All camps under a filter, whatever page is looked at. */
  private async idsOf(filter: unknown[]): Promise<number[]> {
    const all = await rows<Row<CampEntity, 'id'>>(this.db, `SELECT c.id ${MATCHING}`, filter);
    return all.map(({ id }) => id);
  }

  async detail(operator: Operator, id: number): Promise<Camp.CampDetail> {
    const row = await this.visible(operator, id);
    const totals = await this.totals.of(String(id), () => memberTotals(this.db, [id]));
    const money = await this.money.now();
    const staff = await rows<StaffRow>(
      this.db,
      `SELECT u.id, u.real_name AS name, s.duty FROM camp_staff s JOIN sys_user u ON u.id = s.user_id
       WHERE s.camp_id = $1 ORDER BY u.id`,
      [id],
    );
    return presentCampDetail(row, totals(id), money.of(id), staff, this.options.publicUrl, this.clock.now());
  }

  update(actor: Actor, id: number, given: UpdateCampDto): Promise<Camp.UpdatedCamp> {
    return this.change(actor, id, (row, today) => {
      if (row.missing.length === 0) return { body: given, missing: [] };
      // What stood in place of what is missing is no bar to what comes in now.
      const { values, missing } = draftOf({ ...filledIn(row), ...neededOf(given) }, today);
      return { body: Object.keys(given).length === 0 ? given : { ...given, ...values }, missing };
    });
  }

  /** @throws BusinessError 404, 1102 for what is no draft */
  redraft(actor: Actor, id: number, given: CampDraftDto): Promise<Camp.UpdatedCamp> {
    return this.change(actor, id, (row, today) => {
      if (row.status !== 'draft') throw new BusinessError(1102);
      const { values, missing } = draftOf(neededOf(given), today);
      return { body: { ...given, ...values }, missing };
    });
  }

  private change(
    actor: Actor,
    id: number,
    decide: (row: CampRow, today: string) => { body: UpdateCampDto; missing: CampNeed[] },
  ): Promise<Camp.UpdatedCamp> {
    return this.db.transaction(async (manager) => {
      const row = await maybeRow<CampRow>(
        manager,
        'SELECT * FROM camp WHERE id = $1 AND deleted_at IS NULL FOR UPDATE',
        [id],
      );
      if (!row) throw new BusinessError(404);
      const { body, missing } = decide(row, businessDate(this.clock.now()));
      const values = valuesOf(body);
      const names = columnsOf(values);
      if (names.length === 0 && !body.coachIds && !body.volunteerIds) {
        throw invalid({ field: 'body', ...sentence('nothing_to_change') });
      }
      refuseFixed(row, values);
      checkPeriod({ ...periodOf(row), requiredDays: row.required_days, ...definedOf(body) });
      const assignments = names.map((column, index) => `${column} = $${index + 4}`);
      const updated = await onlyRow<CampRow>(
        manager,
        `UPDATE camp SET ${[...assignments, 'updated_at = $2', 'missing = $3'].join(', ')} WHERE id = $1 RETURNING *`,
        [id, this.clock.now(), missing, ...parametersOf(values)],
      );
      await this.assignStaff(manager, id, body);
      await this.audit.record(manager, actor, {
        action: 'camp.update',
        target: ['camp', id],
        before: filledOnly(formerly(row, values), row.missing),
        after: filledOnly(body, missing),
      });
      return { id, name: updated.name, updatedAt: localTime(updated.updated_at) };
    });
  }

  /** @throws BusinessError 1101 when somebody has enrolled, 1102 when it is not a draft */
  async remove(actor: Actor, id: number): Promise<void> {
    await this.db.transaction(async (manager) => {
      const row = await maybeRow<CampRow & { enrolled: boolean }>(
        manager,
        `SELECT c.*, EXISTS (SELECT FROM camp_member m WHERE m.camp_id = c.id) AS enrolled
         FROM camp c WHERE c.id = $1 AND c.deleted_at IS NULL FOR UPDATE`,
        [id],
      );
      if (!row) throw new BusinessError(404);
      if (row.enrolled) throw new BusinessError(1101);
      if (row.status !== 'draft') throw new BusinessError(1102);
      await rows(manager, 'UPDATE camp SET deleted_at = $2 WHERE id = $1', [id, this.clock.now()]);
      await this.audit.record(manager, actor, {
        action: 'camp.delete',
        target: ['camp', id],
        before: { name: row.name },
      });
    });
  }

  async publish(actor: Actor, id: number): Promise<Camp.PublishedCamp> {
    return this.db.transaction(async (manager) => {
      const row = await maybeRow<CampRow>(
        manager,
        'SELECT * FROM camp WHERE id = $1 AND deleted_at IS NULL FOR UPDATE',
        [id],
      );
      if (!row) throw new BusinessError(404);
      if (row.status !== 'draft') throw new BusinessError(1102);
      const now = this.clock.now();
      const planetProjectId = row.planet_project_id;
      const errors = missingForPublish({ ...periodOf(row), missing: row.missing, planetProjectId }, now);
      if (errors.length > 0) throw new BusinessError(1103, undefined, { errors });
      await rows(
        manager,
        `UPDATE camp SET status = 'enrolling', published_at = $2, updated_at = $2 WHERE id = $1`,
        [id, now],
      );
      await this.audit.record(manager, actor, {
        action: 'camp.publish',
        target: ['camp', id],
        before: { status: row.status },
        after: { status: 'enrolling' },
      });
      const url = enrollUrl(this.options.publicUrl, id);
      return {
        id,
        status: 'enrolling',
        enrollUrl: url,
        dynamicQrcodeUrl: `${url}?source=qrcode`,
        publishedAt: localTime(now),
      };
    });
  }

  /** @throws BusinessError 404 when it is not there for this operator */
  async visible(operator: Operator, id: number): Promise<CampRow> {
    const row = await maybeRow<CampRow>(
      this.db,
      `SELECT c.* FROM camp c WHERE c.id = $1 AND c.deleted_at IS NULL
         AND ($2::bigint IS NULL OR EXISTS (SELECT FROM camp_staff s WHERE s.camp_id = c.id AND s.user_id = $2))`,
      [id, campScope(operator)],
    );
    if (!row) throw new BusinessError(404);
    return row;
  }

  private async count(operator: Operator, query: CampListQuery): Promise<number> {
    const first = await this.list(operator, { ...query, page: 1, pageSize: 1 });
    return first.total;
  }

  private async assignStaff(manager: EntityManager, campId: number, body: UpdateCampDto): Promise<void> {
    await this.assign(manager, campId, 'coach', 'coachIds', body.coachIds);
    await this.assign(manager, campId, 'volunteer', 'volunteerIds', body.volunteerIds);
  }

  private async assign(
    manager: EntityManager,
    campId: number,
    duty: StaffRow['duty'],
    field: string,
    userIds: number[] | undefined,
  ): Promise<void> {
    if (!userIds) return;
    await rows(manager, 'DELETE FROM camp_staff WHERE camp_id = $1 AND duty = $2', [campId, duty]);
    const assigned = await rows(
      manager,
      `INSERT INTO camp_staff (camp_id, user_id, duty) SELECT $1, id, $2 FROM sys_user WHERE id = ANY($3) AND role = $2 RETURNING user_id`,
      [campId, duty, userIds],
    );
    if (assigned.length !== userIds.length) throw invalid({ field, ...sentence('staff_unknown') });
  }
}
